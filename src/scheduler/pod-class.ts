import type { ClusterState } from './cluster-state.ts'
import type { Rejection } from './filter.ts'
import { demandKey, type PodDemand } from './pod-demand.ts'
import type { Profile } from './profile.ts'
import type { StaticScore } from './score.ts'
import type { SchedulingNode, SchedulingPod } from './subjects.ts'

/** A static score made ready for a class. */
export interface PreparedStaticScore {
  readonly name: string
  readonly weight: number
  readonly normalize: StaticScore['normalize']
  readonly rawOf: (node: SchedulingNode) => number
}

/** A dynamic score made ready for a class. */
export interface PreparedDynamicScore {
  readonly name: string
  readonly weight: number
  readonly scoreOf: (slot: number) => number
}

/** Pods for which every filter and score says the same of every node, and the filters and scores made ready for them. */
export interface PodClass {
  /** Equal for pods of one class. */
  readonly key: string
  /** Any one pod of the class. */
  readonly example: SchedulingPod
  readonly demand: PodDemand
  readonly staticFilters: readonly ((node: SchedulingNode) => Rejection | null)[]
  readonly dynamicFilters: readonly ((slot: number) => Rejection | null)[]
  readonly staticScores: readonly PreparedStaticScore[]
  readonly dynamicScores: readonly PreparedDynamicScore[]
}

/** The class of a pod, with the profile's filters and scores made ready for it. */
export function preparePodClass(pod: SchedulingPod, state: ClusterState, profile: Profile): PodClass {
  const prepared: PodClass = {
    key: podClassKey(pod, state),
    example: pod,
    demand: state.demandOf(pod.spec),
    staticFilters: profile.filters.flatMap((filter) => (filter.kind === 'static' ? (filter.prepare(pod) ?? []) : [])),
    dynamicFilters: profile.filters.flatMap((filter) =>
      filter.kind === 'dynamic' ? (filter.prepare(pod, state) ?? []) : [],
    ),
    staticScores: profile.scores.flatMap(({ score, weight }) => {
      const rawOf = score.kind === 'static' ? score.prepare(pod) : null
      return rawOf === null || score.kind !== 'static'
        ? []
        : { name: score.name, weight, normalize: score.normalize, rawOf }
    }),
    dynamicScores: profile.scores.flatMap(({ score, weight }) => {
      const scoreOf = score.kind === 'dynamic' ? score.prepare(pod, state) : null
      return scoreOf === null ? [] : { name: score.name, weight, scoreOf }
    }),
  }
  return prepared
}

/** A text that is equal for two pods only if no filter and no score can tell them apart. */
export function podClassKey({ spec }: SchedulingPod, state: ClusterState): string {
  const nodeSelector = Object.entries(spec.nodeSelector ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const rules = [spec.nodeName ?? '', nodeSelector, spec.affinity?.nodeAffinity ?? null, spec.tolerations ?? []]
  return demandKey(state.demandOf(spec)) + JSON.stringify(rules)
}

/** The first filter's rejection of a node, as it is now; null when the pod fits. Static filters are asked first. */
export function judge(podClass: PodClass, node: SchedulingNode, slot: number): Rejection | null {
  for (const filter of podClass.staticFilters) {
    const rejection = filter(node)
    if (rejection !== null) return rejection
  }
  for (const filter of podClass.dynamicFilters) {
    const rejection = filter(slot)
    if (rejection !== null) return rejection
  }
  return null
}
