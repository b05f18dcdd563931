/**
 * The last changes of nodes, for readers that catch up when they need to: a ring of slots, each with whether only what
 * is asked of the node has changed or the node itself. A reader keeps its position; one that has fallen out of the ring
 * looks at everything anew.
 */
export class ChangeJournal {
  #ring = new Int32Array(1024)
  /** Position after the newest entry; counts up for ever. */
  head = 0

  /** Notes that a node changed. `judged`: its labels, taints, cordon, name or presence, so that it must be judged anew. */
  note(slot: number, judged: boolean): void {
    this.#ring[this.head++ & (this.#ring.length - 1)] = slot * 2 + (judged ? 1 : 0)
  }

  /** Makes the ring hold at least twice as many entries as there are nodes. All readers fall out of it. */
  reserve(nodes: number): void {
    if (this.#ring.length >= nodes * 2) return
    let length = this.#ring.length
    while (length < nodes * 2) length *= 2
    this.#ring = new Int32Array(length)
    this.head += length
  }

  /** Whether a reader at this position can still catch up entry by entry. */
  holds(position: number): boolean {
    return this.head - position <= this.#ring.length
  }

  /** The slot noted at a position. */
  slotAt(position: number): number {
    return this.#ring[position & (this.#ring.length - 1)]! >> 1
  }

  /** Whether the node noted at a position must be judged anew. */
  judgedAt(position: number): boolean {
    return (this.#ring[position & (this.#ring.length - 1)]! & 1) === 1
  }
}
