import { planDeletion } from '../model/deletion.ts'
import type { Pod } from '../model/kinds/pod.ts'
import type { ReplicaSet } from '../model/kinds/replica-set.ts'
import type { ReplicationController } from '../model/kinds/replication-controller.ts'
import type { Operation } from '../model/operation.ts'
import { controllerOf, type Resource } from '../model/resource.ts'
import { matches, type Selector } from '../model/selector.ts'
import { nothing, type Plan, type PlannedEvent, type RefusedOperation } from './controller.ts'
import { podsToDelete } from './deletion-order.ts'
import { isActive } from './pod-condition.ts'
import { controllerReference, makePods, type PodMaker } from './replica-pod.ts'
import { computeStatus, type ReplicaStatus } from './replica-status.ts'

/** Either kind of set; ReplicationControllers and ReplicaSets differ only in how they write their selector. */
export type PodSet = ReplicaSet | ReplicationController

/** All that one pass over a set may look at. */
export interface ReplicationWorld {
  readonly set: PodSet | undefined
  /** What the set selects; empty selects nothing, since a set that would adopt every pod is never meant. */
  readonly selector: Selector
  /** Whether pods may be created in the set's namespace: it is there and not being deleted. */
  readonly namespaceIsActive: boolean
  /** Pods that the set manages. */
  readonly owned: readonly Pod[]
  /** Pods of the namespace that nobody manages and that the selector matches. */
  readonly orphans: readonly Pod[]
  /** Pods that count for how full a node is, when the set shrinks: those of sets under the same controller too. */
  readonly related: readonly Pod[]
  /** Whether a pod of this name exists in the namespace. */
  readonly isTaken: (name: string) => boolean
  readonly refused: RefusedOperation | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Pods created or deleted in one pass: one transaction of some 20 ms. Kubernetes' `burstReplicas` is 500; a larger slice
 * halves the passes over a large set, a still larger one would keep the new pods from being bound meanwhile.
 */
export const podsPerPassMax = 1_000

/** More would not get past the recorder, which lets 25 events about one object through at once. */
const eventsPerPassMax = 25

/**
 * What must be done for a set to have as many pods as it wants: adopt, release, create, delete, report. Nothing when all
 * is so. The status is that after the plan: it is committed together with the pods that it counts, and not written again
 * for the plan's own effects. While creation is being refused, only pods that are there count. A set that is being deleted
 * only reports, for as long as a finalizer keeps it (Kubernetes' `syncReplicaSet`).
 */
export function planReplication(world: ReplicationWorld, maker: PodMaker): Plan {
  const { set, now } = world
  if (set === undefined || world.selector.length === 0) return nothing
  const claim = claimPods(set, world)
  const difference = isEnding(set) ? 0 : (set.spec.replicas ?? 1) - claim.pods.length
  const creation = difference > 0 ? planCreation(set, world, { missing: difference, maker }) : noChange
  const deletion = difference < 0 ? planShrinking(set, world, { pods: claim.pods, surplus: -difference }) : noChange
  const gone = new Set(deletion.pods)
  const { status, changesInMs } = computeStatus({
    previous: set.status as ReplicaStatus | undefined,
    template: set.spec.template,
    minReadySeconds: set.spec.minReadySeconds ?? 0,
    generation: set.metadata.generation,
    pods: gone.size === 0 ? claim.pods : claim.pods.filter((pod) => !gone.has(pod)),
    created: world.refused === undefined ? creation.pods.length : 0,
    refused: world.refused,
    now,
  })
  const report: Operation[] = status === set.status ? [] : [{ type: 'update', object: { ...set, status }, base: set }]
  const operations = [...claim.operations, ...creation.operations, ...deletion.operations, ...report]
  const requeueAfterMs = creation.isPartial || deletion.isPartial ? 0 : changesInMs
  return {
    operations,
    events: [...creation.events, ...deletion.events],
    ...(requeueAfterMs === undefined ? {} : { requeueAfterMs }),
  }
}

interface Claim {
  /** The set's active pods, with those adopted and without those released, in order of name. */
  readonly pods: readonly Pod[]
  readonly operations: readonly Operation[]
}

/**
 * Which pods are the set's (Kubernetes' `PodControllerRefManager.ClaimPods`); pods that end are left as they are, and a set that
 * ends adopts and releases none.
 */
function claimPods(set: PodSet, { owned, orphans, selector }: ReplicationWorld): Claim {
  const isMatch = matchTest(selector)
  const pods: Pod[] = []
  const operations: Operation[] = []
  for (const pod of owned) {
    if (!isActive(pod)) continue
    if (isMatch(pod)) pods.push(pod)
    else if (!isEnding(set)) operations.push({ type: 'update', object: withoutOwner(pod, set), base: pod })
  }
  for (const pod of isEnding(set) ? [] : orphans) {
    if (!isActive(pod) || !isMatch(pod)) continue
    const adopted = withOwner(pod, set)
    pods.push(adopted)
    operations.push({ type: 'update', object: adopted, base: pod })
  }
  return { pods, operations }
}

function isEnding({ metadata }: PodSet): boolean {
  return metadata.deletionTimestamp !== undefined
}

interface PodChange {
  readonly pods: readonly Pod[]
  readonly operations: readonly Operation[]
  readonly events: readonly PlannedEvent[]
  /** Whether there is more to do than fits into one pass. */
  readonly isPartial: boolean
}

const noChange: PodChange = { pods: [], operations: [], events: [], isPartial: false }

interface Creation {
  readonly missing: number
  readonly maker: PodMaker
}

/** After a refusal one pod is tried alone, so that a full quota is not asked a thousand times. */
function planCreation(set: PodSet, world: ReplicationWorld, { missing, maker }: Creation): PodChange {
  const template = set.spec.template
  if (!world.namespaceIsActive || template === undefined) return noChange
  const count = Math.min(missing, world.refused === undefined ? podsPerPassMax : 1)
  const pods = makePods({ set, template, count, isTaken: world.isTaken, now: world.now }, maker)
  const operations = pods.map((object): Operation => ({ type: 'create', object }))
  const events = operations.slice(0, eventsPerPassMax).map((operation, index) => {
    const message = `Created pod: ${pods[index]?.metadata.name}`
    return { regarding: set, type: 'Normal', reason: 'SuccessfulCreate', message, operation } as const
  })
  return { pods, operations, events, isPartial: count < missing }
}

interface Shrinking {
  readonly pods: readonly Pod[]
  readonly surplus: number
}

function planShrinking(set: PodSet, world: ReplicationWorld, { pods, surplus }: Shrinking): PodChange {
  const count = Math.min(surplus, podsPerPassMax)
  const chosen = podsToDelete(pods, count, { related: world.related.length > 0 ? world.related : pods, now: world.now })
  const adopted = new Set(world.orphans.map((pod) => pod.metadata.uid))
  const operations: Operation[] = []
  const events: PlannedEvent[] = []
  // A pod that is adopted in this pass is deleted in the next, from the version that the adoption makes.
  const deletable = chosen.filter((pod) => !adopted.has(pod.metadata.uid))
  for (const pod of deletable) {
    const operation = planDeletion(pod, { now: world.now })
    if (operation === null) continue
    operations.push(operation)
    if (events.length === eventsPerPassMax) continue
    const message = `Deleted pod: ${pod.metadata.name}`
    events.push({ regarding: set, type: 'Normal', reason: 'SuccessfulDelete', message, operation })
  }
  return { pods: deletable, operations, events, isPartial: deletable.length < surplus }
}

/** A pod's labels are usually the very object that its neighbour has, so the answer for that object is kept. */
function matchTest(selector: Selector): (pod: Pod) => boolean {
  let last: { labels: Pod['metadata']['labels']; answer: boolean } | undefined
  return ({ metadata: { labels } }) => {
    if (last === undefined || last.labels !== labels) last = { labels, answer: matches(selector, labels) }
    return last.answer
  }
}

function withOwner(pod: Pod, set: Resource): Pod {
  const ownerReferences = [...(pod.metadata.ownerReferences ?? []), controllerReference(set)]
  return { ...pod, metadata: { ...pod.metadata, ownerReferences } }
}

function withoutOwner(pod: Pod, set: Resource): Pod {
  const { ownerReferences, ...metadata } = pod.metadata
  const others = (ownerReferences ?? []).filter(({ uid }) => uid !== set.metadata.uid)
  return { ...pod, metadata: others.length === 0 ? metadata : { ...metadata, ownerReferences: others } }
}

/** Whether a set manages a pod: its controller is this very set, not an earlier one of the same name. */
export function isManagedBy(pod: Resource, set: Resource): boolean {
  return controllerOf(pod)?.uid === set.metadata.uid
}
