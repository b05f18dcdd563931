import { createHash } from 'node:crypto'
import { quantityMilliValue, quantityValue } from '../model/quantity.ts'
import { cpuShares } from './cgroups/cgroup-limits.ts'
import { Cgroups } from './cgroups/cgroups.ts'
import { type Log, messageOf } from './log.ts'
import type { NodeCapacity } from './node.ts'
import type { ReservedResources } from './node-resources.ts'
import type { Timers } from './timers.ts'

/** What the cgroups of an agent follow from. `folder` is the agent's alone. */
export interface AgentCgroupsOptions {
  readonly nodeName: string
  readonly folder: string
  /** The group below which the agent's own is to be; by default that is found out. */
  readonly root?: string | undefined
  readonly podProcessesMax?: number | undefined
  readonly timers: Timers
}

/**
 * Finds out which cgroups the agent may use. The name of its own group follows from its node and folder, so that agents of one
 * machine keep apart and the next agent on the same folder finds what this one has left.
 */
export function openCgroups({ nodeName, folder, root, podProcessesMax, timers }: AgentCgroupsOptions): Cgroups {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 8)
  return new Cgroups({ name: `myriad-${nodeName.slice(0, 63)}-${hash}`, root, podProcessesMax, timers })
}

/** Says in one sentence which limits hold, and why not all. */
export function tellCgroups(cgroups: Cgroups, log: Log): void {
  const held = Object.fromEntries([...cgroups.limits].map(([name, version]) => [name, `v${version}`]))
  const { fault } = cgroups
  if (fault === undefined) log.info('containers are held to their limits by cgroups', held)
  else log.warn('containers are not held to all of their limits', { ...held, reason: fault })
}

/** What a node tells of its cgroups: which limits hold, by which version, and why not all. */
export function cgroupFacts(cgroups: Cgroups): Readonly<Record<string, string>> {
  const held = [...cgroups.limits].map(([name, version]) => `${name}=v${version}`).join(',') || 'none'
  const { fault } = cgroups
  return { 'node.myriad/cgroups': fault === undefined ? held : `${held} (${fault})` }
}

/** Holds all pods together to the machine but for what is reserved (kubelet `--enforce-node-allocatable=pods`). */
export function holdToNode(
  cgroups: Cgroups,
  { capacity, reserved }: { readonly capacity: NodeCapacity; readonly reserved: ReservedResources },
  log: Log,
): void {
  const memoryBytes = quantityValue(capacity.memory) - quantityValue(reserved.memory)
  const milliCpu = quantityMilliValue(capacity.cpu) - quantityMilliValue(reserved.cpu)
  try {
    cgroups.limitAll({ cpuShares: cpuShares(milliCpu), memoryBytes: memoryBytes > 0 ? memoryBytes : undefined })
  } catch (error) {
    log.warn('the pods together are not held to what the node has for them', { error: messageOf(error) })
  }
}
