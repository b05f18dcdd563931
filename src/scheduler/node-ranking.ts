import type { ClusterState } from './cluster-state.ts'
import type { Rejection } from './filter.ts'
import { labelLimit } from './node-order.ts'
import { NodeTiers } from './node-tiers.ts'
import type { PodClass } from './pod-class.ts'

/**
 * What one class thinks of every node: which it fits on, the best first, and why not on the others. Catches up with the
 * cluster when asked, at a cost of O(log nodes) per change since it was last asked.
 */
export class NodeRanking {
  readonly #state: ClusterState
  readonly #class: PodClass
  readonly #tiers: NodeTiers
  /** Tier of each slot whose node passes the static filters; -1 for others. */
  #tierOf = new Int32Array(0)
  /** Why not on the node in this slot; null when the pod fits or the node is absent. */
  #rejectionOf: (Rejection | null)[] = []
  readonly #rejections = new Map<Rejection, number>()
  #position = -1
  #epoch = -1
  #tiersExpected = 0
  /** Goes up when any rejection changes: tells whether what was said about them still holds. */
  rejectionsVersion = 0

  constructor(podClass: PodClass, state: ClusterState) {
    this.#class = podClass
    this.#state = state
    this.#tiers = new NodeTiers(podClass.staticScores)
  }

  /** The slot of the best node that the pod fits on; -1 when there is none. */
  best(): number {
    this.#catchUp()
    return this.#tiers.best()
  }

  /** How many nodes were rejected how, as of the last look. */
  get rejections(): ReadonlyMap<Rejection, number> {
    return this.#rejections
  }

  #catchUp(): void {
    const { journal, order, slotCount } = this.#state
    if (this.#position === journal.head && this.#epoch === order.epoch) return
    if (this.#position < 0 || this.#epoch !== order.epoch || !journal.holds(this.#position)) {
      this.#rebuild()
      return
    }
    if (slotCount > this.#tierOf.length) this.#reserve(slotCount)
    for (let position = this.#position; position < journal.head; position++) {
      const slot = journal.slotAt(position)
      if (journal.judgedAt(position)) this.#judge(slot)
      this.#rank(slot)
    }
    this.#position = journal.head
    if (this.#tiers.tierCount > this.#tiersExpected) this.#rebuild()
  }

  #rebuild(): void {
    const { journal, order, slotCount } = this.#state
    this.#position = journal.head
    this.#epoch = order.epoch
    this.#tierOf = new Int32Array(roomFor(slotCount)).fill(-1)
    this.#tiers.clear(this.#tierOf.length)
    this.#rejectionOf = Array.from({ length: this.#tierOf.length }, () => null)
    this.#rejections.clear()
    this.rejectionsVersion++
    for (const slot of order.slots) {
      this.#judge(slot)
      this.#rank(slot)
    }
    this.#tiersExpected = 2 * this.#tiers.tierCount + 64
  }

  #reserve(slotCount: number): void {
    const length = roomFor(slotCount)
    const tierOf = new Int32Array(length).fill(-1)
    tierOf.set(this.#tierOf)
    this.#tierOf = tierOf
    this.#tiers.reserve(length)
    while (this.#rejectionOf.length < length) this.#rejectionOf.push(null)
  }

  /** Asks the static filters and scores about the node in a slot. */
  #judge(slot: number): void {
    this.#tierOf[slot] = -1
    const node = this.#state.nodeAt(slot)
    if (node === null) {
      this.#reject(slot, null)
      return
    }
    for (const filter of this.#class.staticFilters) {
      const rejection = filter(node)
      if (rejection !== null) {
        this.#reject(slot, rejection)
        return
      }
    }
    this.#tierOf[slot] = this.#tiers.tierFor(this.#class.staticScores.map(({ rawOf }) => rawOf(node)))
  }

  /** Asks the dynamic filters and scores about the node in a slot, if the static ones let it pass. */
  #rank(slot: number): void {
    const tier = this.#tierOf[slot]!
    if (tier < 0) return
    const { dynamicFilters, dynamicScores } = this.#class
    for (let index = 0; index < dynamicFilters.length; index++) {
      const rejection = dynamicFilters[index]!(slot)
      if (rejection !== null) {
        this.#reject(slot, rejection)
        return
      }
    }
    let score = 0
    for (let index = 0; index < dynamicScores.length; index++) {
      const { weight, scoreOf } = dynamicScores[index]!
      score += weight * scoreOf(slot)
    }
    if (this.#rejectionOf[slot] !== null) this.#setRejection(slot, null)
    this.#tiers.put(slot, tier, score * labelLimit + (labelLimit - this.#state.order.labelOf(slot)))
  }

  #reject(slot: number, rejection: Rejection | null): void {
    this.#tiers.drop(slot)
    if (this.#rejectionOf[slot] !== rejection) this.#setRejection(slot, rejection)
  }

  #setRejection(slot: number, rejection: Rejection | null): void {
    const previous = this.#rejectionOf[slot] ?? null
    if (previous !== null) {
      const count = this.#rejections.get(previous)! - 1
      if (count > 0) this.#rejections.set(previous, count)
      else this.#rejections.delete(previous)
    }
    if (rejection !== null) this.#rejections.set(rejection, (this.#rejections.get(rejection) ?? 0) + 1)
    this.#rejectionOf[slot] = rejection
    this.rejectionsVersion++
  }
}

/** Some more than there are, so that a node that is added seldom makes the arrays grow. */
function roomFor(slotCount: number): number {
  return slotCount + (slotCount >> 3) + 16
}
