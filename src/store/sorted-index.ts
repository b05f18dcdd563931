import sortedBTree from 'sorted-btree'

const BTree = sortedBTree.default

/** A member of an index. `sortKey` orders it by namespace, then by name. */
export interface Sortable {
  readonly sortKey: string
}

/** Namespace and name as one text that sorts like the pair: the separator sorts before every legal character. */
export function sortKeyOf(namespace: string, name: string): string {
  return `${namespace}\u0000${name}`
}

/** A set that keeps the order of its members, so that a page costs the page and not the set. */
export class SortedIndex<Member extends Sortable> {
  private readonly tree: InstanceType<typeof BTree<string, Member>> = new BTree<string, Member>(undefined, compareText)

  get size(): number {
    return this.tree.size
  }

  add(member: Member): void {
    this.tree.set(member.sortKey, member)
  }

  remove(member: Member): void {
    this.tree.delete(member.sortKey)
  }

  get(sortKey: string): Member | undefined {
    return this.tree.get(sortKey)
  }

  /** Members after `sortKey` (from the beginning without it), in order, within one namespace if it is given. */
  *after(sortKey: string | undefined, namespace?: string): Generator<Member> {
    const start = namespace === undefined ? undefined : sortKeyOf(namespace, '')
    const from = sortKey !== undefined && (start === undefined || sortKey > start) ? sortKey : start
    const end = namespace === undefined ? undefined : `${namespace}\u0001`
    for (const [key, member] of this.tree.entries(from)) {
      if (key === sortKey) continue
      if (end !== undefined && key >= end) return
      yield member
    }
  }
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
