import type { Pod } from '../model/kinds/pod.ts'
import type { Operation } from '../model/operation.ts'
import { timestamp } from '../model/timestamp.ts'

type Condition = NonNullable<NonNullable<Pod['status']>['conditions']>[number]

/** Binds a pod to a node, and says so in its condition PodScheduled. */
export function markScheduled(pod: Pod, nodeName: string, now: number): Operation {
  const condition = { type: 'PodScheduled', status: 'True' as const, lastTransitionTime: timestamp(now) }
  const object = { ...pod, spec: { ...pod.spec, nodeName }, status: withCondition(pod, condition) }
  return { type: 'update', object, base: pod }
}

/** Says in the condition PodScheduled why a pod fits nowhere. Undefined when it says so already. */
export function markUnschedulable(pod: Pod, message: string, now: number): Operation | undefined {
  const known = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled')
  if (known?.status === 'False' && known.reason === 'Unschedulable' && known.message === message) return undefined
  const lastTransitionTime = known?.status === 'False' ? known.lastTransitionTime : timestamp(now)
  const condition: Condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message,
    ...(lastTransitionTime === undefined ? {} : { lastTransitionTime }),
  }
  return { type: 'update', object: { ...pod, status: withCondition(pod, condition) }, base: pod }
}

function withCondition(pod: Pod, condition: Condition): NonNullable<Pod['status']> {
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== condition.type)
  return { ...pod.status, conditions: [...others, condition] }
}
