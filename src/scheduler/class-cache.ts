import type { ClusterState } from './cluster-state.ts'
import { NodeRanking } from './node-ranking.ts'
import { type PodClass, podClassKey, preparePodClass } from './pod-class.ts'
import type { Profile } from './profile.ts'
import type { SchedulingPod, SchedulingSpec } from './subjects.ts'

/** A class that is at hand, with its ranking of the nodes. */
export interface CachedClass {
  readonly podClass: PodClass
  readonly ranking: NodeRanking
  lastUsed: number
  /** Whether it is still the one kept for its key. */
  kept: boolean
}

/**
 * The classes used of late: at most `limit`, the one unused for longest goes first. A ranking takes about 45 bytes per
 * node. Pods that share their spec object, as those of one template do, are looked up by it.
 */
export class ClassCache {
  readonly #state: ClusterState
  readonly #profile: Profile
  readonly #limit: number
  readonly #bySpec = new WeakMap<SchedulingSpec, CachedClass>()
  readonly #byKey = new Map<string, CachedClass>()
  #uses = 0

  constructor(state: ClusterState, profile: Profile, limit: number) {
    this.#state = state
    this.#profile = profile
    this.#limit = limit
  }

  /** The class of a pod. */
  classOf(pod: SchedulingPod): CachedClass {
    let cached = this.#bySpec.get(pod.spec)
    if (cached === undefined || !cached.kept) {
      cached = this.#find(pod)
      this.#bySpec.set(pod.spec, cached)
    }
    cached.lastUsed = ++this.#uses
    return cached
  }

  #find(pod: SchedulingPod): CachedClass {
    const key = podClassKey(pod, this.#state)
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    if (this.#byKey.size >= this.#limit) this.#evict()
    const podClass = preparePodClass(pod, this.#state, this.#profile)
    const cached = { podClass, ranking: new NodeRanking(podClass, this.#state), lastUsed: 0, kept: true }
    this.#byKey.set(key, cached)
    return cached
  }

  #evict(): void {
    let oldest: CachedClass | undefined
    for (const cached of this.#byKey.values()) {
      if (oldest === undefined || cached.lastUsed < oldest.lastUsed) oldest = cached
    }
    if (oldest === undefined) return
    oldest.kept = false
    this.#byKey.delete(oldest.podClass.key)
  }
}
