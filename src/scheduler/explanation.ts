import type { ClusterState } from './cluster-state.ts'
import { countFilters, type FilterCount } from './diagnosis.ts'
import type { Filter, Rejection } from './filter.ts'
import type { Profile, WeightedScore } from './profile.ts'
import { normalized } from './score.ts'
import type { SchedulingPod } from './subjects.ts'

/** What one score says of one node: 0 to 100, and how much that counts. */
export interface NodeScore {
  readonly score: string
  readonly value: number
  readonly weight: number
}

/** What the filters and scores say of one node. */
export interface NodeVerdict {
  readonly node: string
  readonly feasible: boolean
  /** Every filter that is against it, not only the first. */
  readonly rejections: readonly Rejection[]
  /** Every score, in relation to the other nodes that the pod fits on; empty when it does not fit on this one. */
  readonly scores: readonly NodeScore[]
  /** The scores by weight, together; 0 when the pod does not fit. */
  readonly total: number
}

/** What one filter has against how many nodes. */
export interface ExplainedFilter extends FilterCount {
  /** Nodes that only this filter is against: what would take the pod if its objection were lifted. */
  readonly nodesAlone: number
}

/** Why a pod goes where it goes, or waits. */
export interface Explanation {
  /** Nodes by the first filter that is against them. */
  readonly filterCounts: readonly ExplainedFilter[]
  /** Every node, in the order of their names. */
  readonly verdicts: readonly NodeVerdict[]
}

/** What is needed to ask: the pod is taken as not yet placed. */
export interface Question {
  readonly pod: SchedulingPod
  readonly state: ClusterState
  readonly profile: Profile
}

/** Asks every filter and every score about every node. Changes nothing. */
export function explain(question: Question): Explanation {
  const { pod, state, profile } = question
  const tests = profile.filters.map((filter) => testOf(filter, question))
  const judged = state.order.slots.map((slot) => ({
    slot,
    rejections: tests.map((test) => test(slot)).filter((rejection) => rejection !== null),
  }))
  const feasible = judged.filter(({ rejections }) => rejections.length === 0).map(({ slot }) => slot)
  const scores = profile.scores.map((weighted) => scoreNodes(weighted, feasible, question))
  const verdicts = judged.map(({ slot, rejections }) => {
    const own = rejections.length > 0 ? [] : scores.map((scoreOf) => scoreOf(slot))
    const total = own.reduce((sum, { value, weight }) => sum + value * weight, 0)
    return { node: state.nameAt(slot), feasible: rejections.length === 0, rejections, scores: own, total }
  })
  const filterCounts = countFilters(pod, profile.filters, countFirst(verdicts)).map((count) => ({
    ...count,
    nodesAlone: verdicts.filter(({ rejections: [first, second] }) => first?.filter === count.filter && !second).length,
  }))
  return { filterCounts, verdicts }
}

function testOf(filter: Filter, { pod, state }: Question): (slot: number) => Rejection | null {
  if (filter.kind === 'dynamic') return filter.prepare(pod, state) ?? (() => null)
  const test = filter.prepare(pod)
  return (slot) => test?.(state.nodeAt(slot)!) ?? null
}

function scoreNodes(
  { score, weight }: WeightedScore,
  feasible: readonly number[],
  { pod, state }: Question,
): (slot: number) => NodeScore {
  if (score.kind === 'dynamic') {
    const scoreOf = score.prepare(pod, state)
    return (slot) => ({ score: score.name, value: scoreOf?.(slot) ?? 0, weight })
  }
  const rawOf = score.prepare(pod)
  const raw = (slot: number): number => rawOf?.(state.nodeAt(slot)!) ?? 0
  const greatest = feasible.reduce((most, slot) => Math.max(most, raw(slot)), 0)
  return (slot) => ({ score: score.name, value: normalized(raw(slot), greatest, score.normalize), weight })
}

function countFirst(verdicts: readonly NodeVerdict[]): Map<Rejection, number> {
  const counts = new Map<Rejection, number>()
  for (const { rejections } of verdicts) {
    const first = rejections[0]
    if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1)
  }
  return counts
}
