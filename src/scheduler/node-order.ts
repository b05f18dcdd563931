/** Labels are below this; a score times this plus a label is exact in a double. */
export const labelLimit = 2 ** 38

const gap = 2 ** 20

/**
 * The nodes in the order of their names, each with a number (label) that keeps that order, so that ties between nodes
 * are settled by comparing two numbers. A node that comes between two others gets a label between theirs; when there
 * is no number left between them, all are spread anew and `epoch` goes up.
 */
export class NodeOrder {
  readonly #names: string[] = []
  readonly #slots: number[] = []
  #labels = new Float64Array(64)
  /** Goes up when labels of nodes that stayed have changed. */
  epoch = 0

  /** Slots of the nodes in the order of their names (code units). */
  get slots(): readonly number[] {
    return this.#slots
  }

  /** The label of a node, a whole number from 1 to below `labelLimit`. */
  labelOf(slot: number): number {
    return this.#labels[slot]!
  }

  /** Adds a node. */
  insert(slot: number, name: string): void {
    if (slot >= this.#labels.length) {
      const labels = new Float64Array(Math.max(slot + 1, this.#labels.length * 2))
      labels.set(this.#labels)
      this.#labels = labels
    }
    const index = this.#indexOf(name)
    this.#names.splice(index, 0, name)
    this.#slots.splice(index, 0, slot)
    this.#label(index)
  }

  /** Removes a node. */
  remove(name: string): void {
    const index = this.#indexOf(name)
    this.#names.splice(index, 1)
    this.#slots.splice(index, 1)
  }

  /** Where the name is, or would be. */
  #indexOf(name: string): number {
    let low = 0
    let high = this.#names.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#names[middle]! < name) low = middle + 1
      else high = middle
    }
    return low
  }

  #label(index: number): void {
    const before = index > 0 ? this.#labels[this.#slots[index - 1]!]! : 0
    const after = index + 1 < this.#slots.length ? this.#labels[this.#slots[index + 1]!]! : labelLimit
    const label = between(before, after)
    if (label > before && label < after) this.#labels[this.#slots[index]!] = label
    else this.#spread()
  }

  #spread(): void {
    const step = Math.floor(labelLimit / (this.#slots.length + 1))
    for (let index = 0; index < this.#slots.length; index++) this.#labels[this.#slots[index]!] = step * (index + 1)
    this.epoch++
  }
}

/** A number between the two; near the neighbour at the ends, so that nodes that come in order keep finding room. */
function between(before: number, after: number): number {
  if (before === 0 && after === labelLimit) return labelLimit / 2
  if (after === labelLimit) return Math.min(before + gap, Math.floor((before + after) / 2))
  if (before === 0) return Math.max(after - gap, Math.floor(after / 2))
  return Math.floor((before + after) / 2)
}
