import type { Pod } from '../model/kinds/pod.ts'

/** Whether a pod still counts as one of its set: it has not ended and nobody is deleting it. */
export function isActive(pod: Pod): boolean {
  return !isTerminal(pod) && pod.metadata.deletionTimestamp === undefined
}

/** Whether a pod has ended for good. */
export function isTerminal(pod: Pod): boolean {
  const phase = pod.status?.phase
  return phase === 'Succeeded' || phase === 'Failed'
}

/** Whether the pod's Ready condition holds. */
export function isReady(pod: Pod): boolean {
  return readyCondition(pod) !== undefined
}

/** Since when the pod is ready, in milliseconds; undefined when it is not ready or nobody has said since when. */
export function readySince(pod: Pod): number | undefined {
  return timeOf(readyCondition(pod)?.lastTransitionTime ?? undefined)
}

/**
 * Milliseconds until a pod has been ready for longer than `minReadySeconds` (Kubernetes' `IsPodAvailable`): 0 when it is
 * available now, Infinity when it is not ready.
 */
export function availableInMs(pod: Pod, minReadySeconds: number, now: number): number {
  if (minReadySeconds === 0) return isReady(pod) ? 0 : Number.POSITIVE_INFINITY
  const since = readySince(pod)
  if (since === undefined) return Number.POSITIVE_INFINITY
  const availableAt = since + minReadySeconds * 1_000 + 1
  return Math.max(0, availableAt - now)
}

/** Milliseconds since the epoch of an RFC 3339 text. */
export function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

/** A plain loop: it is asked about every pod of a set in every pass. */
function readyCondition(pod: Pod) {
  for (const condition of pod.status?.conditions ?? []) {
    if (condition.type === 'Ready') return condition.status === 'True' ? condition : undefined
  }
  return undefined
}
