import type { Pod } from '../model/kinds/pod.ts'
import { isActive, isReady, readySince, timeOf } from './pod-condition.ts'

/** What the choice of pods to delete looks at beside the pods themselves. */
export interface DeletionOrderOptions {
  /** Pods that count for how full a node is: those of the set, and of its siblings under the same controller. */
  readonly related: Iterable<Pod>
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * The `count` pods that go first when a set shrinks, in Kubernetes' order (`ActivePodsWithRanks` in
 * `pkg/controller/controller_utils.go`). The order in which the pods come does not matter.
 */
export function podsToDelete(pods: readonly Pod[], count: number, options: DeletionOrderOptions): Pod[] {
  if (count >= pods.length) return [...pods]
  const podsOnNode = countByNode(options.related)
  const candidates = pods.map((pod) => candidateOf(pod, podsOnNode, options.now))
  // Within one bucket of age Kubernetes falls back to the uid, which is not transitive with the rules that follow;
  // beginning from one order makes the outcome depend on the pods alone.
  candidates.sort((a, b) => compareText(a.pod.metadata.uid, b.pod.metadata.uid))
  candidates.sort(compareCandidates)
  return candidates.slice(0, count).map(({ pod }) => pod)
}

/** The annotation by which a user says which pods of a set are cheap to delete: an int32, lower goes first. */
export const deletionCostAnnotation = 'controller.kubernetes.io/pod-deletion-cost'

interface Candidate {
  readonly pod: Pod
  readonly assigned: boolean
  readonly phase: number
  readonly ready: boolean
  readonly cost: number
  readonly podsOnNode: number
  readonly readySince: Age
  readonly restarts: number
  readonly created: Age
}

/** A time, and how long ago it was in powers of two: pods of about the same age are equals. */
interface Age {
  readonly at: number | undefined
  readonly bucket: number
}

const phaseOrder = { Pending: 0, Unknown: 1, Running: 2 } as const

function candidateOf(pod: Pod, podsOnNode: ReadonlyMap<string, number>, now: number): Candidate {
  return {
    pod,
    assigned: (pod.spec.nodeName ?? '') !== '',
    phase: phaseOrder[(pod.status?.phase ?? 'Pending') as keyof typeof phaseOrder] ?? 0,
    ready: isReady(pod),
    cost: deletionCost(pod),
    podsOnNode: podsOnNode.get(pod.spec.nodeName ?? '') ?? 0,
    readySince: ageOf(readySince(pod), now),
    restarts: Math.max(0, ...(pod.status?.containerStatuses ?? []).map(({ restartCount }) => restartCount)),
    created: ageOf(timeOf(pod.metadata.creationTimestamp), now),
  }
}

function compareCandidates(a: Candidate, b: Candidate): number {
  if (a.assigned !== b.assigned) return a.assigned ? 1 : -1
  if (a.phase !== b.phase) return a.phase - b.phase
  if (a.ready !== b.ready) return a.ready ? 1 : -1
  if (a.cost !== b.cost) return a.cost - b.cost
  if (a.podsOnNode !== b.podsOnNode) return b.podsOnNode - a.podsOnNode
  if (a.ready && a.readySince.at !== b.readySince.at) return compareAges(a, b, 'readySince')
  if (a.restarts !== b.restarts) return b.restarts - a.restarts
  if (a.created.at !== b.created.at) return compareAges(a, b, 'created')
  return 0
}

/** An unknown time comes first, then the younger; ages of one bucket are decided by uid, which is as good as chance. */
function compareAges(a: Candidate, b: Candidate, which: 'readySince' | 'created'): number {
  if (a[which].at === undefined || b[which].at === undefined) return a[which].at === undefined ? -1 : 1
  const difference = a[which].bucket - b[which].bucket
  return difference === 0 ? compareText(a.pod.metadata.uid, b.pod.metadata.uid) : difference
}

function ageOf(at: number | undefined, now: number): Age {
  const nanoseconds = at === undefined ? 0 : (now - at) * 1e6
  return { at, bucket: nanoseconds > 0 ? Math.trunc(Math.log2(nanoseconds)) : -1 }
}

/** A cost that is not an int32 counts as none, as in Kubernetes. */
function deletionCost(pod: Pod): number {
  const text = pod.metadata.annotations?.[deletionCostAnnotation]
  if (text === undefined || !/^(0|-?[1-9]\d*)$/.test(text)) return 0
  const cost = Number(text)
  return cost === (cost | 0) ? cost : 0
}

function countByNode(pods: Iterable<Pod>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const pod of pods) {
    if (!isActive(pod)) continue
    const node = pod.spec.nodeName ?? ''
    counts.set(node, (counts.get(node) ?? 0) + 1)
  }
  return counts
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
