import type { ClusterChange, ClusterChangeKind } from './cluster-change.ts'
import { PodHeap } from './pod-heap.ts'
import { isTriedBefore, type QueuedPod } from './queued-pod.ts'
import type { SchedulingPod } from './subjects.ts'

/** What the queue must know about filters to tell which change can help which pod. The scheduler knows it. */
export interface SchedulingHints {
  /** A text that is equal for pods that have one fate: if one fits nowhere, neither do the others. */
  classOf(pod: SchedulingPod): string
  /** Whether a change of this kind on a node can turn this filter's no into a yes. */
  canHelp(filter: string, kind: ClusterChangeKind): boolean
  /** The filter that now keeps the pod from a node: null when none does, undefined when there is no such node. */
  refusalOn(pod: SchedulingPod, node: string): string | null | undefined
}

/**
 * The pods of one class that fit nowhere. They have one fate, so one of them, the first in order, is tried for all
 * (the scout): if it finds a place the next one is tried, if not all go on waiting. So a freed slot costs one or two
 * attempts, however many pods wait.
 */
export class WaitingClass {
  readonly pods = new PodHeap<QueuedPod>(isTriedBefore)
  /** Every node is kept from these pods by one of these filters. */
  refusedBy: Set<string>
  /** The pod of this class that is being tried for all. */
  scout: QueuedPod | null = null
  /** When one of them was last tried, in milliseconds. */
  triedAt: number

  constructor(refusedBy: Iterable<string>, triedAt: number) {
    this.refusedBy = new Set(refusedBy)
    this.triedAt = triedAt
  }

  /** Whether nothing is left to keep. */
  get empty(): boolean {
    return this.pods.size === 0 && this.scout === null
  }

  /**
   * Whether the change lets these pods onto its node. Only asked for changes on a node that one of `refusedBy` can be
   * turned by; another filter that then says no becomes one of them, so that no later change is missed.
   */
  isHelpedBy(change: ClusterChange, hints: SchedulingHints): boolean {
    const first = this.pods.peek()
    if (first === undefined || !this.#mayBeHelpedBy(change, hints)) return false
    const refusal = hints.refusalOn(first.pod, change.node)
    if (typeof refusal === 'string') this.refusedBy.add(refusal)
    return refusal === null
  }

  #mayBeHelpedBy({ kinds }: ClusterChange, hints: SchedulingHints): boolean {
    return kinds.some((kind) => {
      if (kind === 'NodeAdd') return true
      for (const filter of this.refusedBy) if (hints.canHelp(filter, kind)) return true
      return false
    })
  }
}
