import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { openGraphqlDoor } from './graphql-door.ts'
import { type Log, messageOf } from './log.ts'
import { machineAddress, machineNode, type NodeCapacity, simulatedAddress, simulatedNodes } from './node.ts'
import { NodeAgent } from './node-agent.ts'
import { ContainerRuntime } from './runtimes/containers/container-runtime.ts'
import { ProcessEngine } from './runtimes/process/process-engine.ts'
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
  /** Milliseconds of silence after which the control plane is asked whether it is still there; default 10,000. */
  readonly keepAliveMs?: number
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
  const door = openGraphqlDoor({ url, token, webSocketImpl: WebSocket, ...keepAliveOf(options) })
  const parts = options.runtime === 'process' ? await processParts(options, timers) : simulatedParts(options, timers)
  const agent = new NodeAgent({ ...parts, door, leaseSeconds, timers, log, random: Math.random })
  try {
    await agent.start()
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

function keepAliveOf({ keepAliveMs }: AgentOptions): Pick<AgentOptions, 'keepAliveMs'> {
  return keepAliveMs === undefined ? {} : { keepAliveMs }
}

async function processParts({ dataFolder, nodeName, log }: AgentOptions, timers: Timers) {
  const hostIP = machineAddress()
  const folder = join(dataFolder, 'nodes', nodeName)
  await mkdir(folder, { recursive: true })
  const node = await machineNode({
    name: nodeName,
    dataFolder: folder,
    runtimeVersion: 'process://1',
    now: timers.now(),
  })
  const engine = new ProcessEngine({ dataFolder: folder, hostIP, timers, log })
  return { nodes: [node], runtime: new ContainerRuntime({ engine, timers, hostIP, log }) }
}

function simulatedParts({ nodes: count = 1, capacity = {}, lives }: AgentOptions, timers: Timers) {
  const nodes = simulatedNodes({ count, capacity, now: timers.now() })
  const hostIP = (nodeName: string): string => simulatedAddress(Number(nodeName.slice('sim-'.length)))
  return { nodes, runtime: new SimulatedRuntime({ timers, hostIP, ...(lives === undefined ? {} : { lives }) }) }
}
