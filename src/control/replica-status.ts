import type { Pod } from '../model/kinds/pod.ts'
import { timestamp } from '../model/timestamp.ts'
import type { RefusedOperation } from './controller.ts'
import { availableInMs, isReady } from './pod-condition.ts'
import type { PodTemplate } from './replica-pod.ts'

/** What a set reports; the same for ReplicationControllers and ReplicaSets. */
export interface ReplicaStatus {
  readonly replicas: number
  readonly fullyLabeledReplicas?: number | undefined
  readonly readyReplicas?: number | undefined
  readonly availableReplicas?: number | undefined
  readonly observedGeneration?: number | undefined
  readonly conditions?: readonly ReplicaCondition[] | undefined
}

/** Why a set is not as it should be; only `ReplicaFailure` is in use. */
export interface ReplicaCondition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly lastTransitionTime?: string | undefined
  readonly reason?: string | undefined
  readonly message?: string | undefined
}

/** What the status of a set is computed from. */
export interface StatusInput {
  readonly previous: ReplicaStatus | undefined
  readonly template: PodTemplate | undefined
  readonly minReadySeconds: number
  readonly generation: number | undefined
  /** The set's active pods that were there before the pass and stay. */
  readonly pods: readonly Pod[]
  /** How many more the pass creates: labelled as the template says, and not ready. */
  readonly created: number
  readonly refused: RefusedOperation | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** The status, and in how many milliseconds it changes because a pod will have been ready for long enough. */
export interface ComputedStatus {
  readonly status: ReplicaStatus
  readonly changesInMs: number | undefined
}

/** The status of a set (Kubernetes' `calculateStatus`). It is the previous one, the same object, when nothing changed. */
export function computeStatus(input: StatusInput): ComputedStatus {
  const { previous, pods, created, generation } = input
  const isFullyLabeled = labelTest(input.template?.metadata?.labels)
  let fullyLabeledReplicas = created
  let readyReplicas = 0
  let availableReplicas = 0
  let changesInMs: number | undefined
  for (const pod of pods) {
    if (isFullyLabeled(pod)) fullyLabeledReplicas += 1
    if (!isReady(pod)) continue
    readyReplicas += 1
    const inMs = input.minReadySeconds === 0 ? 0 : availableInMs(pod, input.minReadySeconds, input.now)
    if (inMs === 0) availableReplicas += 1
    else if (Number.isFinite(inMs)) changesInMs = Math.min(changesInMs ?? inMs, inMs)
  }
  const conditions = conditionsAfter(input)
  const counts = { replicas: pods.length + created, fullyLabeledReplicas, readyReplicas, availableReplicas }
  const status: ReplicaStatus = {
    ...counts,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    ...(conditions === undefined || conditions.length === 0 ? {} : { conditions }),
  }
  return { status: previous !== undefined && isSame(previous, status) ? previous : status, changesInMs }
}

/** A pod's labels are usually the very object that its neighbour has, so the answer for that object is kept. */
function labelTest(wanted: Readonly<Record<string, string>> | undefined): (pod: Pod) => boolean {
  const entries = Object.entries(wanted ?? {})
  let last: { labels: Pod['metadata']['labels']; answer: boolean } | undefined
  return ({ metadata: { labels } }) => {
    if (last === undefined || last.labels !== labels) {
      last = { labels, answer: entries.every(([key, value]) => labels?.[key] === value) }
    }
    return last.answer
  }
}

function conditionsAfter({ previous, refused, now }: StatusInput): readonly ReplicaCondition[] | undefined {
  const conditions = previous?.conditions
  const failure = conditions?.find(({ type }) => type === 'ReplicaFailure')
  const reason = reasonOf(refused)
  if (refused === undefined || reason === undefined) {
    return failure === undefined ? conditions : conditions?.filter((condition) => condition !== failure)
  }
  if (failure !== undefined) return conditions
  const lastTransitionTime = timestamp(now)
  const message = refused.refusal.message
  return [...(conditions ?? []), { type: 'ReplicaFailure', status: 'True', lastTransitionTime, reason, message }]
}

/** A status that was refused is no failure to replicate. */
function reasonOf(refused: RefusedOperation | undefined): string | undefined {
  if (refused?.operation.type === 'create') return 'FailedCreate'
  const base = refused?.operation.base
  return base?.kind === 'Pod' ? 'FailedDelete' : undefined
}

function isSame(a: ReplicaStatus, b: ReplicaStatus): boolean {
  return (
    a.replicas === b.replicas &&
    a.fullyLabeledReplicas === b.fullyLabeledReplicas &&
    a.readyReplicas === b.readyReplicas &&
    a.availableReplicas === b.availableReplicas &&
    a.observedGeneration === b.observedGeneration &&
    (a.conditions === b.conditions || (a.conditions ?? []).length + (b.conditions ?? []).length === 0)
  )
}
