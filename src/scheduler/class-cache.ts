import type { ClusterState } from './cluster-state.ts'
import { NodeRanking } from './node-ranking.ts'
import { type PodClass, podClassKey, preparePodClass } from './pod-class.ts'
import type { Profile } from './profile.ts'
import type { SchedulingPod, SchedulingSpec } from './subjects.ts'

/** A class that is at hand, perhaps with its ranking of the nodes. */
export interface CachedClass {
  readonly podClass: PodClass
  ranking: NodeRanking | null
  usedAt: number
  rankedAt: number
  /** Whether it is still the one kept for its key. */
  kept: boolean
}

/** Classes are light beside rankings: so many are kept for each ranking. */
const classesPerRanking = 32

/**
 * The classes used of late, and rankings for the `rankingLimit` of them that pods were placed by last: a ranking takes
 * about 45 bytes per node. The one unused for longest goes first. Pods that share their spec object, as those of one
 * template do, are looked up by it.
 */
export class ClassCache {
  readonly #state: ClusterState
  readonly #profile: Profile
  readonly #rankingLimit: number
  readonly #bySpec = new WeakMap<SchedulingSpec, CachedClass>()
  readonly #byKey = new Map<string, CachedClass>()
  #rankings = 0
  #uses = 0

  constructor(state: ClusterState, profile: Profile, rankingLimit: number) {
    this.#state = state
    this.#profile = profile
    this.#rankingLimit = rankingLimit
  }

  /** The class of a pod. */
  classOf(pod: SchedulingPod): CachedClass {
    let cached = this.#bySpec.get(pod.spec)
    if (cached === undefined || !cached.kept) {
      cached = this.#find(pod)
      this.#bySpec.set(pod.spec, cached)
    }
    cached.usedAt = ++this.#uses
    return cached
  }

  /** The ranking of the nodes for a class that `classOf` has just given. */
  rankingOf(cached: CachedClass): NodeRanking {
    cached.rankedAt = ++this.#uses
    if (cached.ranking !== null) return cached.ranking
    if (this.#rankings >= this.#rankingLimit) this.#dropRanking(this.#oldest((other) => other.rankedAt, true))
    this.#rankings++
    cached.ranking = new NodeRanking(cached.podClass, this.#state)
    return cached.ranking
  }

  #find(pod: SchedulingPod): CachedClass {
    const key = podClassKey(pod, this.#state)
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    if (this.#byKey.size >= this.#rankingLimit * classesPerRanking) this.#drop(this.#oldest((other) => other.usedAt))
    const podClass = preparePodClass(pod, this.#state, this.#profile)
    const cached = { podClass, ranking: null, usedAt: 0, rankedAt: 0, kept: true }
    this.#byKey.set(key, cached)
    return cached
  }

  #oldest(ageOf: (cached: CachedClass) => number, ranked = false): CachedClass | undefined {
    let oldest: CachedClass | undefined
    for (const cached of this.#byKey.values()) {
      if (ranked && cached.ranking === null) continue
      if (oldest === undefined || ageOf(cached) < ageOf(oldest)) oldest = cached
    }
    return oldest
  }

  #drop(cached: CachedClass | undefined): void {
    if (cached === undefined) return
    this.#dropRanking(cached)
    cached.kept = false
    this.#byKey.delete(cached.podClass.key)
  }

  #dropRanking(cached: CachedClass | undefined): void {
    if (cached === undefined || cached.ranking === null) return
    cached.ranking = null
    this.#rankings--
  }
}
