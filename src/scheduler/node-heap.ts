/**
 * Node slots ordered by a number, the greatest on top. A heap with four children per entry (flat, and the keys of
 * siblings lie side by side) that knows where each slot is, so that changing or removing any entry costs O(log n).
 * Heaps whose slots are disjoint may share `positions`, which is indexed by slot.
 */
export class NodeHeap {
  #keys = new Float64Array(16)
  #slots = new Int32Array(16)
  size = 0

  /** The greatest key; the heap must not be empty. */
  get topKey(): number {
    return this.#keys[0]!
  }

  /** The slot with the greatest key; the heap must not be empty. */
  get topSlot(): number {
    return this.#slots[0]!
  }

  /** Adds a slot that is not in the heap. */
  add(slot: number, key: number, positions: Int32Array): void {
    if (this.size === this.#slots.length) this.#grow()
    this.#rise(this.size++, slot, key, positions)
  }

  /** Gives a slot that is in the heap a new key. */
  change(slot: number, key: number, positions: Int32Array): void {
    const index = positions[slot]!
    const previous = this.#keys[index]!
    if (key > previous) this.#rise(index, slot, key, positions)
    else if (key < previous) this.#sink(index, slot, key, positions)
  }

  /** Removes a slot that is in the heap; its position becomes -1. */
  remove(slot: number, positions: Int32Array): void {
    const index = positions[slot]!
    positions[slot] = -1
    const last = --this.size
    if (index === last) return
    const moved = this.#slots[last]!
    const key = this.#keys[last]!
    if (key > this.#keys[index]!) this.#rise(index, moved, key, positions)
    else this.#sink(index, moved, key, positions)
  }

  #rise(start: number, slot: number, key: number, positions: Int32Array): void {
    const keys = this.#keys
    const slots = this.#slots
    let index = start
    while (index > 0) {
      const parent = (index - 1) >> 2
      if (keys[parent]! >= key) break
      keys[index] = keys[parent]!
      slots[index] = slots[parent]!
      positions[slots[index]!] = index
      index = parent
    }
    keys[index] = key
    slots[index] = slot
    positions[slot] = index
  }

  #sink(start: number, slot: number, key: number, positions: Int32Array): void {
    const keys = this.#keys
    const slots = this.#slots
    const size = this.size
    let index = start
    for (let first = 4 * index + 1; first < size; first = 4 * index + 1) {
      const end = Math.min(first + 4, size)
      let best = first
      for (let child = first + 1; child < end; child++) if (keys[child]! > keys[best]!) best = child
      if (keys[best]! <= key) break
      keys[index] = keys[best]!
      slots[index] = slots[best]!
      positions[slots[index]!] = index
      index = best
    }
    keys[index] = key
    slots[index] = slot
    positions[slot] = index
  }

  #grow(): void {
    const keys = new Float64Array(this.#keys.length * 2)
    keys.set(this.#keys)
    this.#keys = keys
    const slots = new Int32Array(keys.length)
    slots.set(this.#slots)
    this.#slots = slots
  }
}
