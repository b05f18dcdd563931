import { NodeHeap } from './node-heap.ts'
import { labelLimit } from './node-order.ts'
import type { PreparedStaticScore } from './pod-class.ts'
import { normalized } from './score.ts'

interface Tier {
  /** The raw numbers of the static scores, the same for every node of the tier. */
  readonly raw: readonly number[]
  readonly heap: NodeHeap
  /** What the static scores add to the key of each node of the tier, at the moment. */
  bonus: number
}

/**
 * The nodes that a class fits on, in tiers of equal raw static scores, each tier ordered by key. Static scores relate
 * to the greatest raw number among the nodes that fit, so they change for whole tiers at once, and only when a tier
 * empties or fills: between tiers only the tops need comparing. A key is a score times `labelLimit` plus a number that
 * is greater the earlier the node's name is; keys are unique.
 */
export class NodeTiers {
  readonly #scores: readonly PreparedStaticScore[]
  readonly #tiers: Tier[] = []
  readonly #tierIds = new Map<string, number>()
  /** Tier of each slot that is in a heap, and where it is there; -1 for others. */
  #tierOf = new Int32Array(0)
  #positions = new Int32Array(0)
  #bonusesStale = true
  /** Nodes in all tiers. */
  size = 0

  constructor(scores: readonly PreparedStaticScore[]) {
    this.#scores = scores
  }

  /** Tiers made so far, empty ones included. */
  get tierCount(): number {
    return this.#tiers.length
  }

  /** Forgets all nodes and tiers and makes room for that many slots. */
  clear(slots: number): void {
    this.#tiers.length = 0
    this.#tierIds.clear()
    this.#tierOf = new Int32Array(slots).fill(-1)
    this.#positions = new Int32Array(slots).fill(-1)
    this.#bonusesStale = true
    this.size = 0
  }

  /** Makes room for more slots. */
  reserve(slots: number): void {
    this.#tierOf = grown(this.#tierOf, slots)
    this.#positions = grown(this.#positions, slots)
  }

  /** The tier for nodes with these raw static scores, made when it is new. */
  tierFor(raw: readonly number[]): number {
    const key = raw.length === 1 ? String(raw[0]) : raw.join()
    let id = this.#tierIds.get(key)
    if (id === undefined) {
      id = this.#tiers.push({ raw, heap: new NodeHeap(), bonus: 0 }) - 1
      this.#tierIds.set(key, id)
    }
    return id
  }

  /** Puts a node into a tier with a key, wherever it was before. */
  put(slot: number, tierId: number, key: number): void {
    const present = this.#tierOf[slot]!
    if (present === tierId) {
      this.#tiers[tierId]!.heap.change(slot, key, this.#positions)
      return
    }
    if (present >= 0) this.drop(slot)
    const { heap } = this.#tiers[tierId]!
    if (heap.size === 0) this.#bonusesStale = true
    heap.add(slot, key, this.#positions)
    this.#tierOf[slot] = tierId
    this.size++
  }

  /** Takes a node out, if it is in. */
  drop(slot: number): void {
    const tierId = this.#tierOf[slot]!
    if (tierId < 0) return
    const { heap } = this.#tiers[tierId]!
    heap.remove(slot, this.#positions)
    if (heap.size === 0) this.#bonusesStale = true
    this.#tierOf[slot] = -1
    this.size--
  }

  /** The slot of the best node: the highest score, and of those with it the first by name; -1 when there is none. */
  best(): number {
    if (this.#bonusesStale) this.#renewBonuses()
    let bestSlot = -1
    let bestKey = -1
    for (const { heap, bonus } of this.#tiers) {
      if (heap.size === 0 || heap.topKey + bonus <= bestKey) continue
      bestKey = heap.topKey + bonus
      bestSlot = heap.topSlot
    }
    return bestSlot
  }

  #renewBonuses(): void {
    const filled = this.#tiers.filter(({ heap }) => heap.size > 0)
    const greatest = this.#scores.map((_, index) => filled.reduce((most, { raw }) => Math.max(most, raw[index]!), 0))
    for (const tier of this.#tiers) {
      let bonus = 0
      for (const [index, { weight, normalize }] of this.#scores.entries()) {
        bonus += weight * normalized(Math.min(tier.raw[index]!, greatest[index]!), greatest[index]!, normalize)
      }
      tier.bonus = bonus * labelLimit
    }
    this.#bonusesStale = false
  }
}

function grown(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(Math.max(length, array.length)).fill(-1)
  next.set(array)
  return next
}
