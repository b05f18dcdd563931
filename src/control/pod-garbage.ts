import { planDeletion } from '../model/deletion.ts'
import type { Node } from '../model/kinds/node.ts'
import type { Pod } from '../model/kinds/pod.ts'
import type { Operation } from '../model/operation.ts'
import { timestamp } from '../model/timestamp.ts'
import type { Replica } from '../store/replica.ts'
import type { Store } from '../store/store.ts'
import type { Controller, PassContext, Plan, Watch } from './controller.ts'
import { isTerminal, timeOf } from './pod-condition.ts'
import type { WatchedTime } from './watched-time.ts'

/** All that one pass may look at. Of each list a piece that one pass can handle. */
export interface PodGarbageWorld {
  /** Ended pods beyond the threshold; those that go first, first. */
  readonly surplus: readonly Pod[]
  /** Pods bound to machines that have been absent for the quarantine. */
  readonly orphaned: readonly Pod[]
  /** Pods being deleted that no agent will ever finish: bound to no machine, or to one that is out of service. */
  readonly abandoned: readonly Pod[]
  /** Whether there is more than is listed. */
  readonly hasMore: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** What the pod garbage collector works with; the defaults are those of Kubernetes' controller manager. */
export interface PodGarbageOptions {
  readonly watched: WatchedTime
  readonly store: Pick<Store, 'catchUp'>
  /** Ended pods that are kept; 0 keeps all. */
  readonly terminatedPodsMax?: number
  /** How long a machine must have been seen to be absent before its pods are given up. */
  readonly quarantineMs?: number
  /** Between two passes. */
  readonly periodMs?: number
}

const podsPerPassMax = 1_000
const wholeCluster = 'pods'

/**
 * Removes pods that no set and no agent will ever clean up (Kubernetes' `pkg/controller/podgc`). How long a machine has been
 * absent counts only while this process watches, so that neither a clock that is set nor a stop gives pods up early.
 */
export function podGarbageCollector(options: PodGarbageOptions): Controller<PodGarbageWorld> {
  const periodMs = options.periodMs ?? 20_000
  const observePods = podGarbageObserver(options)
  return {
    name: 'pod-garbage-collector',
    watches: [lostPods],
    initialKeys: [wholeCluster],
    // A process that was stopped must not give pods up by what it knew before: the machine may be back.
    readAhead: () => options.store.catchUp(),
    observe: (replica, _key, context) => observePods(replica, context),
    plan: (world) => planPodGarbage(world, periodMs),
  }
}

/**
 * What must be done with pods that are garbage: each is first marked as failed, if it has not ended, so that whoever
 * counts failures sees it, and deleted without grace in the pass after that.
 */
function planPodGarbage(world: PodGarbageWorld, periodMs: number): Plan {
  const { now } = world
  const given = new Set<string>()
  const operations: Operation[] = []
  let marked = false
  const give = (pod: Pod, condition?: DisruptionCondition) => {
    if (given.has(pod.metadata.uid)) return
    given.add(pod.metadata.uid)
    marked ||= !isTerminal(pod)
    const operation = isTerminal(pod)
      ? planDeletion(pod, { gracePeriodSeconds: 0, now })
      : ({ type: 'update', object: failed(pod, condition), base: pod } as const)
    if (operation !== null) operations.push(operation)
  }
  for (const pod of world.orphaned) give(pod, nodeIsGone(now))
  for (const pod of world.abandoned) give(pod)
  for (const pod of world.surplus) give(pod)
  return { operations, requeueAfterMs: marked || (world.hasMore && operations.length > 0) ? 0 : periodMs }
}

type Status = NonNullable<Pod['status']>
type DisruptionCondition = NonNullable<Status['conditions']>[number]

function failed(pod: Pod, condition: DisruptionCondition | undefined): Pod {
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== condition?.type)
  const conditions = condition === undefined ? others : [...others, condition]
  return { ...pod, status: { ...pod.status, phase: 'Failed', ...(conditions.length === 0 ? {} : { conditions }) } }
}

function nodeIsGone(now: number): DisruptionCondition {
  return {
    type: 'DisruptionTarget',
    status: 'True',
    lastTransitionTime: timestamp(now),
    reason: 'DeletionByPodGC',
    message: 'PodGC: node no longer exists',
  }
}

/** Remembers since when, in watched time, each machine has been missing; all else it reads anew in each pass. */
function podGarbageObserver(options: PodGarbageOptions): (replica: Replica, context: PassContext) => PodGarbageWorld {
  const terminatedPodsMax = options.terminatedPodsMax ?? 12_500
  const quarantineMs = options.quarantineMs ?? 40_000
  let missingSince = new Map<string, number>()
  return (replica, { now }) => {
    const watchedAt = options.watched.look()
    const stillMissing = new Map<string, number>()
    const found = { ended: [] as Pod[], orphaned: [] as Pod[], abandoned: [] as Pod[] }
    for (const object of replica.list('Pod')) {
      const pod = object as Pod
      if (isTerminal(pod)) found.ended.push(pod)
      const name = pod.spec.nodeName ?? ''
      const node = name === '' ? undefined : (replica.get({ kind: 'Node', namespace: '', name }) as Node | undefined)
      if (isAbandoned(pod, node)) found.abandoned.push(pod)
      if (name === '' || node !== undefined) continue
      const since = missingSince.get(name) ?? watchedAt
      stillMissing.set(name, since)
      if (watchedAt - since >= quarantineMs && isRemovable(pod)) found.orphaned.push(pod)
    }
    missingSince = stillMissing
    const surplus = terminatedPodsMax > 0 ? surplusOf(found.ended, terminatedPodsMax) : []
    const lists = [surplus, found.orphaned, found.abandoned]
    return {
      surplus: surplus.slice(0, podsPerPassMax),
      orphaned: found.orphaned.slice(0, podsPerPassMax),
      abandoned: found.abandoned.slice(0, podsPerPassMax),
      hasMore: lists.some((list) => list.length > podsPerPassMax),
      now,
    }
  }
}

/** A pod that is already deleted without grace and only held by a finalizer cannot be helped. */
function isRemovable(pod: Pod): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata
  return !isTerminal(pod) || deletionTimestamp === undefined || deletionGracePeriodSeconds !== 0 || !isHeld(pod)
}

function isHeld(pod: Pod): boolean {
  return (pod.metadata.finalizers ?? []).length > 0
}

function isAbandoned(pod: Pod, node: Node | undefined): boolean {
  if (pod.metadata.deletionTimestamp === undefined || !isRemovable(pod)) return false
  if ((pod.spec.nodeName ?? '') === '') return true
  return node !== undefined && isOutOfService(node)
}

/** Somebody has said that the machine is off for good, and it is not ready either. */
function isOutOfService(node: Node): boolean {
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready')
  const tainted = node.spec?.taints?.some(({ key }) => key === 'node.kubernetes.io/out-of-service') ?? false
  return tainted && ready?.status !== 'True'
}

/** The ended pods beyond those that are kept: evicted ones first, then the oldest, then by name. */
function surplusOf(ended: readonly Pod[], kept: number): Pod[] {
  if (ended.length <= kept) return []
  const order = (a: Pod, b: Pod) =>
    Number(isEvicted(b)) - Number(isEvicted(a)) ||
    created(a) - created(b) ||
    (a.metadata.name < b.metadata.name ? -1 : 1)
  return ended
    .toSorted(order)
    .slice(0, ended.length - kept)
    .filter(isRemovable)
}

function isEvicted({ status }: Pod): boolean {
  return status?.phase === 'Failed' && status.reason === 'Evicted'
}

function created(pod: Pod): number {
  return timeOf(pod.metadata.creationTimestamp) ?? 0
}

/** A machine that goes and an unbound pod that is being deleted need not wait for the period. */
const lostPods: Watch = ({ type, object }, _replica, enqueue) => {
  const isLost =
    object.kind === 'Node'
      ? type === 'DELETED'
      : object.kind === 'Pod' &&
        type !== 'DELETED' &&
        object.metadata.deletionTimestamp !== undefined &&
        ((object as Pod).spec.nodeName ?? '') === ''
  if (isLost) enqueue(wholeCluster)
}
