import type { ClusterChange, ClusterChangeKind } from './cluster-change.ts'
import type { Diagnosis } from './diagnosis.ts'
import { PodHeap } from './pod-heap.ts'
import { backOffMs, isReadyBefore, isTriedBefore, type QueuedPod } from './queued-pod.ts'
import type { SchedulingPod } from './subjects.ts'
import { type SchedulingHints, WaitingClass } from './waiting-class.ts'

/** How many pods are where. */
export interface QueueCounts {
  /** To be tried now. */
  readonly active: number
  /** Held back for a while. */
  readonly backOff: number
  /** Fit nowhere until something changes. */
  readonly unschedulable: number
  /** Not to be tried before their scheduling gates are removed. */
  readonly gated: number
}

/** A class is tried again after this long in any case (Kubernetes' `podMaxInUnschedulablePodsDuration`). */
const longestWaitMs = 5 * 60_000

/** With more changed nodes than this at once, classes are tried instead of being compared with each node. */
const comparedNodesMax = 64

/**
 * The pods that need a node, and when to try each. Pods to be tried are in order of priority, then age. One that fits
 * nowhere waits until a change in the cluster lets its class onto a node (`waiting-class.ts`), with a back-off that
 * counts only while there are other pods to try, as in Kubernetes. Pure: time in milliseconds is passed in.
 *
 * The loop around it: tell `upsert`, `remove` and `notify` what changed; while `next` gives a pod, place it and report
 * `placed` or `unschedulable`, and `retry` when the binding is refused; sleep until `wakeAt` or news.
 */
export class SchedulingQueue {
  readonly #hints: SchedulingHints
  readonly #pods = new Map<string, QueuedPod>()
  readonly #active = new PodHeap<QueuedPod>(isTriedBefore)
  readonly #backOff = new PodHeap<QueuedPod>(isReadyBefore)
  readonly #errorBackOff = new PodHeap<QueuedPod>(isReadyBefore)
  readonly #waiting = new Map<string, WaitingClass>()
  readonly #changes = new Map<string, Set<ClusterChangeKind>>()
  #changeCount = 0
  #sequence = 0
  #gatedCount = 0
  #waitingCount = 0
  #flushAt = Number.POSITIVE_INFINITY

  constructor(hints: SchedulingHints) {
    this.#hints = hints
  }

  /** How many pods are where. Pods handed out or placed are not counted. */
  get counts(): QueueCounts {
    return {
      active: this.#active.size,
      backOff: this.#backOff.size + this.#errorBackOff.size,
      unschedulable: this.#waitingCount,
      gated: this.#gatedCount,
    }
  }

  /** Takes in a pod as it is now. One that needs no node (any more) leaves the queue. */
  upsert(pod: SchedulingPod, now: number): void {
    const { uid } = pod.metadata
    if (!needsNode(pod)) {
      this.remove(uid, now)
      return
    }
    const known = this.#pods.get(uid)
    if (known === undefined) this.#sort(this.#queued(pod))
    else this.#update(known, pod, now)
  }

  /** Takes a pod out. */
  remove(uid: string, now: number): void {
    const queued = this.#pods.get(uid)
    if (queued === undefined) return
    this.#pods.delete(uid)
    this.#leave(queued)
    this.#succeedScout(queued, now)
  }

  /** Takes note of a change in the cluster. It is weighed when `next` is called. */
  notify({ node, kinds }: ClusterChange): void {
    this.#changeCount++
    const known = this.#changes.get(node)
    if (known === undefined) this.#changes.set(node, new Set(kinds))
    else for (const kind of kinds) known.add(kind)
  }

  /** Hands out the pod to be tried next; its outcome is to be reported before more changes are told. */
  next(now: number): SchedulingPod | undefined {
    this.#weighChanges(now)
    this.#flush(now)
    const queued = this.#active.pop() ?? this.#backOff.pop()
    if (queued === undefined) return undefined
    queued.place = 'taken'
    queued.changesSeen = this.#changeCount
    return queued.pod
  }

  /** Reports that a pod has a node. It stays known until it is seen bound (`upsert`), gone, or refused (`retry`). */
  placed(uid: string, now: number): void {
    const queued = this.#pods.get(uid)
    if (queued === undefined) return
    this.#leave(queued)
    queued.place = 'placed'
    this.#succeedScout(queued, now)
  }

  /** Reports that a pod fits on no node. */
  unschedulable(uid: string, diagnosis: Diagnosis, now: number): void {
    const queued = this.#pods.get(uid)
    if (queued === undefined) return
    this.#leave(queued)
    if (this.#hints.classOf(queued.pod) !== queued.classKey || isGated(queued.pod)) {
      this.#succeedScout(queued, now)
      this.#sort(queued)
      return
    }
    queued.attempts++
    queued.errors = 0
    queued.retryAt = now + backOffMs(queued.attempts)
    const refusedBy = diagnosis.filters.map(({ filter }) => filter)
    let waiting = this.#waiting.get(queued.classKey)
    if (waiting === undefined) {
      waiting = new WaitingClass(refusedBy, now)
      this.#waiting.set(queued.classKey, waiting)
    } else {
      waiting.refusedBy = new Set(refusedBy)
      waiting.triedAt = now
    }
    if (waiting.scout === queued) waiting.scout = null
    queued.place = 'waiting'
    waiting.pods.add(queued)
    this.#waitingCount++
    this.#flushAt = Math.min(this.#flushAt, now + longestWaitMs)
    if (queued.changesSeen !== this.#changeCount) this.#sendScout(queued.classKey, now)
  }

  /** Reports that the binding of a pod was refused, or that trying it failed: it is tried again after a back-off. */
  retry(uid: string, now: number): void {
    const queued = this.#pods.get(uid)
    if (queued === undefined) return
    this.#leave(queued)
    queued.errors++
    queued.retryAt = now + backOffMs(queued.errors)
    queued.place = 'errorBackOff'
    this.#errorBackOff.add(queued)
    this.#succeedScout(queued, now)
  }

  /** When `next` may have something to give without any news, in milliseconds; null when only news can help. */
  wakeAt(): number | null {
    if (this.#active.size + this.#backOff.size + this.#changes.size > 0) return 0
    const at = Math.min(this.#errorBackOff.peek()?.retryAt ?? Number.POSITIVE_INFINITY, this.#flushAt)
    return at === Number.POSITIVE_INFINITY ? null : at
  }

  #queued(pod: SchedulingPod): QueuedPod {
    const queued: QueuedPod = {
      pod,
      place: 'taken',
      classKey: '',
      priority: 0,
      sequence: this.#sequence++,
      attempts: 0,
      errors: 0,
      retryAt: 0,
      changesSeen: 0,
      heapIndex: -1,
    }
    this.#pods.set(pod.metadata.uid, queued)
    return queued
  }

  /** Puts a pod where it belongs that is new or no longer what it was. */
  #sort(queued: QueuedPod): void {
    queued.classKey = this.#hints.classOf(queued.pod)
    queued.priority = queued.pod.spec.priority ?? 0
    if (isGated(queued.pod)) {
      queued.place = 'gated'
      this.#gatedCount++
    } else {
      queued.place = 'active'
      this.#active.add(queued)
    }
  }

  #update(queued: QueuedPod, pod: SchedulingPod, now: number): void {
    const previous = queued.pod
    const classKey = pod.spec === previous.spec ? queued.classKey : this.#hints.classOf(pod)
    const priority = pod.spec.priority ?? 0
    const same =
      classKey === queued.classKey && priority === queued.priority && isGated(pod) === (queued.place === 'gated')
    const underWay = queued.place === 'taken' || queued.place === 'placed'
    if (same || underWay) {
      queued.pod = pod
      return
    }
    this.#leave(queued)
    this.#succeedScout(queued, now)
    queued.pod = pod
    this.#sort(queued)
  }

  /** Takes a pod out of whichever heap it is in. */
  #leave(queued: QueuedPod): void {
    if (queued.place === 'active') this.#active.remove(queued)
    else if (queued.place === 'backOff') this.#backOff.remove(queued)
    else if (queued.place === 'errorBackOff') this.#errorBackOff.remove(queued)
    else if (queued.place === 'gated') this.#gatedCount--
    else if (queued.place === 'waiting') {
      this.#waitingCount--
      const waiting = this.#waiting.get(queued.classKey)
      waiting?.pods.remove(queued)
      if (waiting?.empty) this.#waiting.delete(queued.classKey)
    }
    queued.place = 'taken'
  }

  /** When a scout leaves other than by fitting nowhere, what it was sent for is still open: the next one goes. */
  #succeedScout(queued: QueuedPod, now: number): void {
    const waiting = this.#waiting.get(queued.classKey)
    if (waiting?.scout !== queued) return
    waiting.scout = null
    this.#sendScout(queued.classKey, now)
  }

  #sendScout(classKey: string, now: number): void {
    const waiting = this.#waiting.get(classKey)
    if (waiting === undefined || waiting.scout !== null) return
    const scout = waiting.pods.pop()
    if (scout === undefined) {
      this.#waiting.delete(classKey)
      return
    }
    this.#waitingCount--
    waiting.scout = scout
    const ready = scout.retryAt <= now
    scout.place = ready ? 'active' : 'backOff'
    const heap = ready ? this.#active : this.#backOff
    heap.add(scout)
  }

  #weighChanges(now: number): void {
    if (this.#changes.size === 0) return
    const changes = [...this.#changes].map(([node, kinds]) => ({ node, kinds: [...kinds] }))
    this.#changes.clear()
    for (const [classKey, waiting] of this.#waiting) {
      if (waiting.scout !== null) continue
      const helped =
        changes.length > comparedNodesMax || changes.some((change) => waiting.isHelpedBy(change, this.#hints))
      if (helped) this.#sendScout(classKey, now)
    }
  }

  /** Lets go those whose back-off has ended, and one of each class that has waited for very long. */
  #flush(now: number): void {
    for (const heap of [this.#backOff, this.#errorBackOff]) {
      for (let first = heap.peek(); first !== undefined && first.retryAt <= now; first = heap.peek()) {
        heap.remove(first)
        first.place = 'active'
        this.#active.add(first)
      }
    }
    if (now < this.#flushAt) return
    this.#flushAt = Number.POSITIVE_INFINITY
    for (const [classKey, waiting] of this.#waiting) {
      if (waiting.triedAt + longestWaitMs <= now) {
        waiting.triedAt = now
        this.#sendScout(classKey, now)
      }
      this.#flushAt = Math.min(this.#flushAt, waiting.triedAt + longestWaitMs)
    }
  }
}

function needsNode({ metadata, spec, status }: SchedulingPod): boolean {
  const ended = status?.phase === 'Succeeded' || status?.phase === 'Failed'
  return !spec.nodeName && !ended && metadata.deletionTimestamp === undefined
}

function isGated({ spec }: SchedulingPod): boolean {
  return spec.schedulingGates !== undefined && spec.schedulingGates.length > 0
}
