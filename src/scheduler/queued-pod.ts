import type { HeapItem } from './pod-heap.ts'
import type { SchedulingPod } from './subjects.ts'

/** Where a queued pod is. `taken`: handed out by `next`; `placed`: its binding is under way; `gated`: not to be tried yet. */
export type QueuePlace = 'active' | 'backOff' | 'errorBackOff' | 'waiting' | 'gated' | 'taken' | 'placed'

/** A pod that needs a node, with what the queue remembers of it. */
export interface QueuedPod extends HeapItem {
  pod: SchedulingPod
  place: QueuePlace
  classKey: string
  priority: number
  /** Order of arrival, for pods of one age. */
  readonly sequence: number
  /** Times that it fitted nowhere. */
  attempts: number
  /** Times in a row that its binding failed. */
  errors: number
  /** When its back-off ends, in milliseconds. */
  retryAt: number
  /** How many cluster changes the queue knew of when the pod was handed out. */
  changesSeen: number
}

const initialBackOffMs = 1_000
const greatestBackOffMs = 10_000

/** How long a pod is held back after so many failures: 1 s, doubled each time, at most 10 s (Kubernetes' defaults). */
export function backOffMs(failures: number): number {
  return Math.min(initialBackOffMs * 2 ** Math.max(0, failures - 1), greatestBackOffMs)
}

/** Whether a pod is to be tried before another: by priority, then age, then order of arrival (Kubernetes PrioritySort). */
export function isTriedBefore(a: QueuedPod, b: QueuedPod): boolean {
  if (a.priority !== b.priority) return a.priority > b.priority
  const ageA = a.pod.metadata.creationTimestamp ?? ''
  const ageB = b.pod.metadata.creationTimestamp ?? ''
  return ageA === ageB ? a.sequence < b.sequence : ageA < ageB
}

/** Whether a pod's back-off ends before another's. */
export function isReadyBefore(a: QueuedPod, b: QueuedPod): boolean {
  return a.retryAt === b.retryAt ? isTriedBefore(a, b) : a.retryAt < b.retryAt
}
