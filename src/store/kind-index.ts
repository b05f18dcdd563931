import type { Resource } from '../model/resource.ts'
import { matches, type Selector } from '../model/selector.ts'
import { LabelIndex, type Labelled } from './label-index.ts'
import { SortedIndex, sortKeyOf } from './sorted-index.ts'

/** One live object in the replica; `object` is replaced by each newer version. */
export interface Entry extends Labelled {
  readonly sortKey: string
  labels: Readonly<Record<string, string>> | undefined
  object: Resource
  revision: number
}

/** Which objects of a kind are wanted, and where to begin. */
export interface Selection {
  readonly namespace?: string | undefined
  readonly name?: string | undefined
  readonly selector?: Selector | undefined
  /** Sort key after which to begin. */
  readonly after?: string | undefined
}

/** All live objects of one kind, in (namespace, name) order and by label. */
export class KindIndex {
  private readonly all = new SortedIndex<Entry>()
  private readonly labels = new LabelIndex<Entry>()
  private readonly sizes = new Map<string, number>()

  get size(): number {
    return this.all.size
  }

  get(namespace: string, name: string): Entry | undefined {
    return this.all.get(sortKeyOf(namespace, name))
  }

  add(entry: Entry): void {
    this.all.add(entry)
    this.labels.add(entry)
    this.resize(entry, 1)
  }

  remove(entry: Entry): void {
    this.all.remove(entry)
    this.labels.remove(entry)
    this.resize(entry, -1)
  }

  relabel(entry: Entry, labels: Readonly<Record<string, string>> | undefined): void {
    this.labels.remove(entry)
    entry.labels = labels
    this.labels.add(entry)
  }

  /** Objects of a selection, in order. Costs what is taken, not what there is; a name alone is looked for in each namespace. */
  *select({ namespace, name, selector, after }: Selection): Generator<Entry> {
    const filter = selector === undefined || selector.length === 0 ? undefined : selector
    const source = name === undefined ? this.source(filter, after, namespace) : this.named(name, { after, namespace })
    for (const entry of source) {
      if (filter === undefined || matches(filter, entry.labels)) yield entry
    }
  }

  /** How many objects a selection without `after` holds. */
  count({ namespace, name, selector }: Selection): number {
    if (name === undefined && (selector === undefined || selector.length === 0)) {
      return namespace === undefined ? this.all.size : (this.sizes.get(namespace) ?? 0)
    }
    if (namespace === undefined && name === undefined && selector?.length === 1) {
      const sets = this.labels.candidates(selector)
      if (sets !== undefined) return sets.reduce((sum, set) => sum + set.size, 0)
    }
    let count = 0
    for (const _ of this.select({ namespace, name, selector })) count += 1
    return count
  }

  /** The objects of one name, at most one in each namespace. */
  private *named(name: string, { namespace, after }: Pick<Selection, 'namespace' | 'after'>): Generator<Entry> {
    for (const space of namespace === undefined ? [...this.sizes.keys()].sort() : [namespace]) {
      const entry = this.get(space, name)
      if (entry !== undefined && (after === undefined || entry.sortKey > after)) yield entry
    }
  }

  private source(selector: Selector | undefined, after: string | undefined, namespace: string | undefined) {
    const sets = selector === undefined ? undefined : this.labels.candidates(selector)
    if (sets === undefined) return this.all.after(after, namespace)
    const [only] = sets
    if (only === undefined) return []
    if (sets.length === 1) return only.after(after, namespace)
    return merge(sets.map((set) => set.after(after, namespace)))
  }

  private resize(entry: Entry, by: number): void {
    const namespace = entry.object.metadata.namespace ?? ''
    const size = (this.sizes.get(namespace) ?? 0) + by
    if (size === 0) this.sizes.delete(namespace)
    else this.sizes.set(namespace, size)
  }
}

/** Several ordered sources as one. The sources share no member, since a key has one value. */
function* merge(sources: readonly Generator<Entry>[]): Generator<Entry> {
  const heads = sources.map((source) => ({ source, entry: nextOf(source) }))
  for (;;) {
    let least: (typeof heads)[number] | undefined
    for (const head of heads) {
      if (head.entry === undefined) continue
      if (least?.entry === undefined || head.entry.sortKey < least.entry.sortKey) least = head
    }
    if (least?.entry === undefined) return
    yield least.entry
    least.entry = nextOf(least.source)
  }
}

function nextOf(source: Generator<Entry>): Entry | undefined {
  const next = source.next()
  return next.done === true ? undefined : next.value
}
