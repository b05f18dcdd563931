import type { Node } from '../model/kinds/node.ts'
import type { Pod } from '../model/kinds/pod.ts'
import type { Operation } from '../model/operation.ts'
import { timestamp } from '../model/timestamp.ts'
import { nodeNameOf, type Replica } from '../store/replica.ts'
import { type Controller, nothing, type Plan, type PlannedEvent, type Watch } from './controller.ts'
import { readinessOf } from './node-condition.ts'
import { nodeControllerName } from './node-monitor.ts'
import { withConditionTaints } from './node-taints.ts'
import { isReady } from './pod-condition.ts'

/** All that one pass may look at. */
export interface NodeFollowUpWorld {
  readonly node: Node | undefined
  /** Pods that count as ready though their machine is unreachable. */
  readonly pods: readonly Pod[]
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * What follows at once when a machine's conditions, or `spec.unschedulable`, change: its taints, and that the pods of an
 * unreachable one are not ready (Kubernetes' node lifecycle controller, `doNodeProcessingPass` and `MarkPodsNotReady`).
 */
export function nodeFollowUp(): Controller<NodeFollowUpWorld> {
  return {
    name: nodeControllerName,
    watches: [changedNodes, boundPods],
    observe: (replica, name, { now }) => observe(replica, name, now),
    plan: planNodeFollowUp,
  }
}

/**
 * What must be written. Of a pod only its Ready condition, and that once: it is not asked again when its agent tells
 * otherwise, which is then alive.
 */
export function planNodeFollowUp({ node, pods, now }: NodeFollowUpWorld): Plan {
  if (node === undefined) return nothing
  const operations: Operation[] = []
  const events: PlannedEvent[] = []
  const tainted = withConditionTaints(node, now)
  if (tainted !== node) operations.push({ type: 'update', object: tainted, base: node })
  for (const pod of pods) {
    const operation: Operation = { type: 'update', object: unready(pod, now), base: pod }
    operations.push(operation)
    events.push({ regarding: pod, type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready', operation })
  }
  return { operations, events }
}

function observe(replica: Replica, name: string, now: number): NodeFollowUpWorld {
  const node = nodeNamed(replica, name)
  if (node === undefined || readinessOf(node) !== 'Unknown') return { node, pods: [], now }
  const pods = [...replica.onNode(name)] as Pod[]
  return { node, pods: pods.filter(isReady), now }
}

function unready(pod: Pod, now: number): Pod {
  const conditions = (pod.status?.conditions ?? []).map((condition) =>
    condition.type === 'Ready'
      ? { ...condition, status: 'False' as const, lastTransitionTime: timestamp(now) }
      : condition,
  )
  return { ...pod, status: { ...pod.status, conditions } }
}

const changedNodes: Watch = ({ type, object, previous }, _replica, enqueue) => {
  if (object.kind !== 'Node' || type === 'DELETED') return
  const [node, before] = [object as Node, previous as Node | undefined]
  const isNews = before?.status?.conditions !== node.status?.conditions || before?.spec !== node.spec
  if (before === undefined || isNews) enqueue(node.metadata.name)
}

const boundPods: Watch = ({ type, object, previous }, replica, enqueue) => {
  const name = nodeNameOf(object)
  if (name === undefined || type === 'DELETED') return
  if (previous !== undefined && nodeNameOf(previous) === name) return
  const node = nodeNamed(replica, name)
  if (node !== undefined && readinessOf(node) === 'Unknown') enqueue(name)
}

function nodeNamed(replica: Replica, name: string): Node | undefined {
  return replica.get({ kind: 'Node', namespace: '', name }) as Node | undefined
}
