import { WebSocket } from 'ws'
import type { AgentCgroupsOptions } from './agent-cgroups.ts'
import { openGraphqlDoor } from './graphql-door.ts'
import { type Log, messageOf } from './log.ts'
import type { MachineNodeOptions } from './machine-node.ts'
import type { PodNetworkMode } from './network/pod-links.ts'
import { type NodeCapacity, simulatedAddress, simulatedNodes } from './node.ts'
import { NodeAgent } from './node-agent.ts'
import { processMachine } from './process-machine.ts'
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
  /** Version of the agent, told as the node's `kubeletVersion`. */
  readonly version?: string
  /** What of the machine is for pods, and how its node is registered; default as the kubelet's, with nothing reserved. */
  readonly machine?: Partial<MachineSettings>
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

/** Settings of the machine of an agent. */
export interface MachineSettings
  extends Pick<MachineNodeOptions, 'podsMax' | 'reserved' | 'thresholds' | 'labels' | 'taints'>,
    Pick<AgentCgroupsOptions, 'podProcessesMax'> {
  /** The cgroup below which those of the pods are made; by default that is found out. */
  readonly cgroupRoot: string | undefined
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
  const parts =
    options.runtime === 'process' ? await processMachine(options, timers, door) : simulatedMachines(options, timers)
  const { onStart, ...what } = parts
  const agent = new NodeAgent({ ...what, door, leaseSeconds, timers, log, random: Math.random })
  try {
    await agent.start()
    onStart()
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

/** Nothing is told of what happens to simulated pods: it would be more than all else. */
function simulatedMachines({ nodes: count = 1, capacity = {}, lives }: AgentOptions, timers: Timers) {
  const nodes = simulatedNodes({ count, capacity, now: timers.now() })
  const hostIP = (nodeName: string): string => simulatedAddress(Number(nodeName.slice('sim-'.length)))
  const runtime = new SimulatedRuntime({ timers, hostIP, ...(lives === undefined ? {} : { lives }) })
  return { nodes, runtime, onStart: () => {} }
}
