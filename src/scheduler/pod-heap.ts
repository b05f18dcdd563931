/** What can be in a heap: it knows where. -1 when it is in none; it can be in one at a time. */
export interface HeapItem {
  heapIndex: number
}

/** Items in an order, the first on top; adding and removing any of them costs O(log n). */
export class PodHeap<Item extends HeapItem> {
  readonly #items: Item[] = []
  readonly #before: (a: Item, b: Item) => boolean

  /** `before` must be a total order: no two items are equal. */
  constructor(before: (a: Item, b: Item) => boolean) {
    this.#before = before
  }

  get size(): number {
    return this.#items.length
  }

  /** The first item, which stays. */
  peek(): Item | undefined {
    return this.#items[0]
  }

  /** Takes out the first item. */
  pop(): Item | undefined {
    const first = this.#items[0]
    if (first !== undefined) this.remove(first)
    return first
  }

  /** Adds an item that is in no heap. */
  add(item: Item): void {
    this.#items.push(item)
    this.#rise(this.#items.length - 1, item)
  }

  /** Takes out an item of this heap. */
  remove(item: Item): void {
    const index = item.heapIndex
    item.heapIndex = -1
    const last = this.#items.pop()
    if (last === undefined || last === item) return
    const parent = this.#items[(index - 1) >> 1]
    if (index > 0 && parent !== undefined && this.#before(last, parent)) this.#rise(index, last)
    else this.#sink(index, last)
  }

  #rise(start: number, item: Item): void {
    let index = start
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = this.#items[above]!
      if (!this.#before(item, parent)) break
      this.#set(index, parent)
      index = above
    }
    this.#set(index, item)
  }

  #sink(start: number, item: Item): void {
    let index = start
    for (;;) {
      const left = 2 * index + 1
      if (left >= this.#items.length) break
      const right = left + 1
      const below = right < this.#items.length && this.#before(this.#items[right]!, this.#items[left]!) ? right : left
      const child = this.#items[below]!
      if (!this.#before(child, item)) break
      this.#set(index, child)
      index = below
    }
    this.#set(index, item)
  }

  #set(index: number, item: Item): void {
    this.#items[index] = item
    item.heapIndex = index
  }
}
