import type { Node } from '../model/kinds/node.ts'
import type { NodeStatus } from '../model/kinds/node-status.ts'
import { timestamp } from '../model/timestamp.ts'

type Condition = NonNullable<NodeStatus['conditions']>[number]

/** What a machine's agent tells regularly, and what nobody knows of one that has fallen silent. */
const toldByAgent = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'] as const

/** The status of the machine's Ready condition; undefined when nobody has told it yet. */
export function readinessOf(node: Node): Condition['status'] | undefined {
  return readyConditionOf(node)?.status
}

/** The machine's Ready condition. A plain loop: it is asked of every machine in every pass. */
export function readyConditionOf({ status }: Node): Condition | undefined {
  for (const condition of status?.conditions ?? []) if (condition.type === 'Ready') return condition
  return undefined
}

/**
 * A machine of which nobody hears any more: what its agent used to tell is Unknown. The same machine when that is said
 * already. Reasons and messages are Kubernetes' (node lifecycle controller, `tryUpdateNodeHealth`).
 */
export function withUnknownConditions(node: Node, now: number): Node {
  const before = node.status?.conditions ?? []
  const known = before.map((condition) => (isToldByAgent(condition) ? stopped(condition, now) : condition))
  const missing = toldByAgent.filter((type) => !before.some((condition) => condition.type === type))
  if (missing.length === 0 && known.every((condition, index) => condition === before[index])) return node
  const conditions = [...known, ...missing.map((type) => neverTold(type, node, now))]
  return { ...node, status: { ...node.status, conditions } }
}

function isToldByAgent({ type }: Condition): boolean {
  return (toldByAgent as readonly string[]).includes(type)
}

function stopped(condition: Condition, now: number): Condition {
  if (condition.status === 'Unknown') return condition
  return {
    ...condition,
    status: 'Unknown',
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
    lastTransitionTime: timestamp(now),
  }
}

function neverTold(type: string, { metadata }: Node, now: number): Condition {
  return {
    type,
    status: 'Unknown',
    reason: 'NodeStatusNeverUpdated',
    message: 'Kubelet never posted node status.',
    lastHeartbeatTime: metadata.creationTimestamp,
    lastTransitionTime: timestamp(now),
  }
}
