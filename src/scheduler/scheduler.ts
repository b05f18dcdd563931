import { assert } from '../model/errors.ts'
import { ClassCache } from './class-cache.ts'
import type { ClusterChange, ClusterChangeKind } from './cluster-change.ts'
import type { ClusterState } from './cluster-state.ts'
import { type Diagnosis, diagnose } from './diagnosis.ts'
import { type Explanation, explain } from './explanation.ts'
import type { NodeRanking } from './node-ranking.ts'
import { judge, type PodClass } from './pod-class.ts'
import type { Profile } from './profile.ts'
import type { SchedulingPod } from './subjects.ts'
import type { SchedulingHints } from './waiting-class.ts'

/** Where a pod goes, or why it cannot go anywhere. */
export type Placement =
  | { readonly node: string; readonly unschedulable?: undefined }
  | { readonly node?: undefined; readonly unschedulable: Diagnosis }

/** How much a scheduler may keep. */
export interface SchedulerOptions {
  /** For how many classes of pods the nodes are kept in order, about 45 bytes per node and class. */
  readonly rankingLimit?: number
}

const weightLimit = 300

/**
 * Chooses nodes for pods: of those that pass every filter the one with the highest score, and of those with it the
 * first by name. Exact: no node is left out. Costs O(log nodes) per placement and class in use.
 */
export class Scheduler implements SchedulingHints {
  readonly #state: ClusterState
  readonly #profile: Profile
  readonly #classes: ClassCache
  readonly #diagnoses = new WeakMap<NodeRanking, { readonly version: number; readonly diagnosis: Diagnosis }>()
  readonly #helpedBy: ReadonlyMap<string, readonly ClusterChangeKind[]>

  constructor(state: ClusterState, profile: Profile, { rankingLimit = 128 }: SchedulerOptions = {}) {
    const weights = profile.scores.reduce((sum, { weight }) => sum + weight, 0)
    assert(weights <= weightLimit, `the weights of a profile add up to at most ${weightLimit}`)
    this.#state = state
    this.#profile = profile
    this.#classes = new ClassCache(state, profile, rankingLimit)
    this.#helpedBy = new Map(profile.filters.map(({ name, helpedBy }) => [name, helpedBy]))
  }

  /**
   * Chooses a node and counts the pod on it from now on, as assumed: the binding is then to be committed, and `forget`
   * called if that fails. A pod that is on a node already stays there.
   */
  place(pod: SchedulingPod): Placement {
    const present = this.#state.nodeOf(pod.metadata.uid)
    if (present !== undefined) return { node: present }
    const cached = this.#classes.classOf(pod)
    const ranking = this.#classes.rankingOf(cached)
    const slot = ranking.best()
    if (slot < 0) return { unschedulable: this.#diagnose(cached.podClass, ranking) }
    this.#state.assume(pod.metadata.uid, slot, cached.podClass.demand)
    return { node: this.#state.nameAt(slot) }
  }

  /** Takes back a placement whose binding was refused. Tells what that frees. */
  forget(uid: string): ClusterChange | null {
    return this.#state.forget(uid)
  }

  /** What every filter and score says of every node, as things are. Changes nothing; costs O(nodes). */
  explain(pod: SchedulingPod): Explanation {
    return explain({ pod, state: this.#state, profile: this.#profile })
  }

  /** A text that is equal for pods that have one fate: if one fits nowhere, neither do the others. */
  classOf(pod: SchedulingPod): string {
    return this.#classes.classOf(pod).podClass.key
  }

  /** Whether a change of this kind on a node can turn this filter's no into a yes. */
  canHelp(filter: string, kind: ClusterChangeKind): boolean {
    return this.#helpedBy.get(filter)?.includes(kind) ?? true
  }

  /** The filter that now keeps the pod from a node: null when none does, undefined when there is no such node. */
  refusalOn(pod: SchedulingPod, node: string): string | null | undefined {
    const slot = this.#state.slotOf(node)
    if (slot === undefined) return undefined
    return judge(this.#classes.classOf(pod).podClass, this.#state.nodeAt(slot)!, slot)?.filter ?? null
  }

  #diagnose(podClass: PodClass, ranking: NodeRanking): Diagnosis {
    const known = this.#diagnoses.get(ranking)
    if (known?.version === ranking.rejectionsVersion) return known.diagnosis
    const nodes = this.#state.order.slots.length
    const diagnosis = diagnose(podClass.example, this.#profile.filters, { rejections: ranking.rejections, nodes })
    this.#diagnoses.set(ranking, { version: ranking.rejectionsVersion, diagnosis })
    return diagnosis
  }
}
