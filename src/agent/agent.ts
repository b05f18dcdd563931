import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { openGraphqlDoor } from './graphql-door.ts'
import { type Log, messageOf } from './log.ts'
import { findPodNetwork } from './network/find-network.ts'
import { withNetworkFacts } from './network/node-facts.ts'
import type { PodNetworkMode } from './network/pod-links.ts'
import { machineAddress, machineNode, type NodeCapacity, simulatedAddress, simulatedNodes } from './node.ts'
import { NodeAgent } from './node-agent.ts'
import { ContainerRuntime } from './runtimes/containers/container-runtime.ts'
import { podsFolderOf } from './runtimes/process/pod-folder.ts'
import { ProcessEngine } from './runtimes/process/process-engine.ts'
import { defaultPath } from './runtimes/process/shim.ts'
import type { CloseOptions } from './runtimes/runtime.ts'
import { SimulatedRuntime } from './runtimes/simulated.ts'
import type { PodLife } from './runtimes/simulated-life.ts'
import { systemClock, Timers } from './timers.ts'

/** Settings of an agent. */
export interface AgentOptions {
  /** The GraphQL endpoint, for example `http://127.0.0.1:4000/graphql`. */
  readonly url: string
  readonly token?: string | undefined
  /** `process`: this machine, its pods being processes of it. `simulated`: many machines that exist only by name. */
  readonly runtime: 'process' | 'simulated'
  /** Name of this machine's node; with `simulated` the nodes name themselves. */
  readonly nodeName: string
  /**
   * How the pods of this machine are connected; default `loopback`, which changes nothing of the machine. `auto`: in network
   * namespaces where the machine allows it.
   */
  readonly podNetwork?: 'auto' | PodNetworkMode
  /** Out of which the subnet of the pods is taken, in CIDR notation; default 10.244.0.0/16. */
  readonly podCIDR?: string
  /** Where the files of the pods are kept; made when it is not there. */
  readonly dataFolder: string
  /** How many machines to simulate; default 1. */
  readonly nodes?: number
  /** What each simulated machine offers. */
  readonly capacity?: Partial<NodeCapacity>
  /** What simulated pods go through. */
  readonly lives?: readonly PodLife[]
  /** Seconds for which a lease holds; default 40, renewed every quarter of it. */
  readonly leaseSeconds?: number
  readonly log: Log
}

/** An agent that runs. */
export interface Agent {
  /**
   * Stops the pods unless `keepPods`, each within its grace period or `gracePeriodSecondsMax` if that is shorter; then
   * hands in their last statuses, for which it waits at most 5 seconds, and ends.
   */
  close(options?: Partial<CloseOptions>): Promise<void>
}

/**
 * Runs an agent until it is closed. It comes up without the control plane and waits for it; rejects only when the machine
 * is to blame, for example when `dataFolder` cannot be made, or when another agent works in it for the same node.
 */
export async function runAgent(options: AgentOptions): Promise<Agent> {
  const { url, token, log, leaseSeconds = 40 } = options
  const timers = new Timers(systemClock, (error) => log.warn('a timer failed', { error: messageOf(error) }))
  const door = openGraphqlDoor({ url, token, webSocketImpl: WebSocket })
  const parts = options.runtime === 'process' ? await processParts(options, timers) : simulatedParts(options, timers)
  const { facts, ...what } = parts
  const agent = new NodeAgent({ ...what, door, leaseSeconds, timers, log, random: Math.random })
  try {
    await agent.start()
    if (facts !== undefined) log.info(facts.message, { podNetwork: facts.mode })
  } catch (error) {
    door.close()
    timers.close()
    throw error
  }
  return {
    close: ({ keepPods = false, gracePeriodSecondsMax = Number.POSITIVE_INFINITY } = {}) =>
      agent.close({ keepPods, gracePeriodSecondsMax }),
  }
}

async function processParts(options: AgentOptions, timers: Timers) {
  const { dataFolder, nodeName, podNetwork = 'loopback', podCIDR = '10.244.0.0/16', log } = options
  const hostIP = machineAddress()
  const folder = join(dataFolder, 'nodes', nodeName)
  await mkdir(folder, { recursive: true })
  const node = await machineNode({
    name: nodeName,
    dataFolder: folder,
    runtimeVersion: 'process://1',
    now: timers.now(),
  })
  const { network, facts } = await findPodNetwork({
    wanted: podNetwork,
    podCIDR,
    nodeName,
    folder,
    podsFolder: podsFolderOf(folder),
    hostIP,
    log,
    path: defaultPath,
  })
  const engine = new ProcessEngine({ dataFolder: folder, hostIP, network, timers, log })
  return {
    facts,
    nodes: [withNetworkFacts(node, facts, timers.now())],
    runtime: new ContainerRuntime({ engine, timers, hostIP, log }),
  }
}

function simulatedParts({ nodes: count = 1, capacity = {}, lives }: AgentOptions, timers: Timers) {
  const nodes = simulatedNodes({ count, capacity, now: timers.now() })
  const hostIP = (nodeName: string): string => simulatedAddress(Number(nodeName.slice('sim-'.length)))
  return {
    facts: undefined,
    nodes,
    runtime: new SimulatedRuntime({ timers, hostIP, ...(lives === undefined ? {} : { lives }) }),
  }
}
