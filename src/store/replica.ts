import { keyOf, type Resource, type ResourceKey } from '../model/resource.ts'
import type { CommittedChange } from './group-commit.ts'
import { type Entry, KindIndex, type Selection } from './kind-index.ts'
import { sortKeyOf } from './sorted-index.ts'
import { shareStructure } from './structural-sharing.ts'

/** A change as the replica has taken it in, with the version that it replaced. */
export interface AppliedChange extends CommittedChange {
  readonly previous?: Resource
}

/** Told every change once, in revision order, in groups. Must not throw. */
export type ChangeListener = (changes: readonly AppliedChange[]) => void

/** What readers may do with a replica. */
export interface Replica {
  /** All changes up to here have been taken in. */
  readonly revision: number
  /** The kinds of which there have been objects, in the order of their names. */
  kinds(): readonly string[]
  get(key: ResourceKey): Resource | undefined
  byUid(uid: string): Resource | undefined
  /** Objects of a kind in (namespace, name) order. */
  list(kind: string, selection?: Omit<Selection, 'after'>): Iterable<Resource>
  /** Like `list`, from after a sort key; each with its key. */
  select(kind: string, selection: Selection): Iterable<Entry>
  count(kind: string, selection?: Omit<Selection, 'after'>): number
  /** Objects that name this uid among their owners, in no particular order. */
  ownedBy(uid: string): Iterable<Resource>
  /** Pods bound to a node, in no particular order. */
  onNode(name: string): Iterable<Resource>
  onChanges(listener: ChangeListener): () => void
  /** Told when versions have been missed, before the changes that lead over the gap. Must not throw. */
  onGap(listener: () => void): () => void
}

/**
 * All live objects in memory, immutable and indexed. It follows the log: `apply` takes changes in revision order and
 * ignores what it has seen.
 */
export class MemoryReplica implements Replica {
  revision = 0
  private readonly indexes = new Map<string, KindIndex>()
  private readonly uids = new Map<string, Entry>()
  private readonly owners = new Map<string, Set<Entry>>()
  private readonly nodes = new Map<string, Set<Entry>>()
  private readonly listeners = new Set<ChangeListener>()
  private readonly gapListeners = new Set<() => void>()

  kinds(): readonly string[] {
    return [...this.indexes.keys()].sort()
  }

  get(key: ResourceKey): Resource | undefined {
    return this.indexes.get(key.kind)?.get(key.namespace, key.name)?.object
  }

  byUid(uid: string): Resource | undefined {
    return this.uids.get(uid)?.object
  }

  *list(kind: string, selection: Selection = {}): Generator<Resource> {
    for (const entry of this.select(kind, selection)) yield entry.object
  }

  select(kind: string, selection: Selection): Iterable<Entry> {
    return this.indexes.get(kind)?.select(selection) ?? []
  }

  count(kind: string, selection: Selection = {}): number {
    return this.indexes.get(kind)?.count(selection) ?? 0
  }

  *ownedBy(uid: string): Generator<Resource> {
    for (const entry of this.owners.get(uid) ?? []) yield entry.object
  }

  *onNode(name: string): Generator<Resource> {
    for (const entry of this.nodes.get(name) ?? []) yield entry.object
  }

  onChanges(listener: ChangeListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  onGap(listener: () => void): () => void {
    this.gapListeners.add(listener)
    return () => this.gapListeners.delete(listener)
  }

  /** Takes in an object that is fresh from the parser, as it was found in the database before any change is followed. */
  load(object: Resource, revision: number): void {
    this.add(shareStructure(this.siblingOf(object), object), revision)
  }

  /**
   * Takes in changes up to and with `revision`. `fresh` says that the objects come from the parser and may be rebuilt
   * from shared parts.
   */
  apply(changes: readonly CommittedChange[], revision: number, fresh: boolean): void {
    const applied: AppliedChange[] = []
    for (const change of changes) {
      if (change.revision <= this.revision) continue
      const taken = this.applyOne(change, fresh)
      if (taken !== undefined) applied.push(taken)
    }
    this.revision = Math.max(this.revision, revision)
    if (applied.length === 0) return
    for (const listener of this.listeners) listener(applied)
  }

  /**
   * Becomes like a newer replica to which the log no longer leads: the difference is taken in at `at` (ms) as changes of
   * nobody, what has gone first.
   */
  leapTo(present: MemoryReplica, at: number): void {
    for (const listener of this.gapListeners) listener()
    const by = { actor: 'system:unknown', at }
    const gone = [...this.uids.values()].filter(({ object }) => !present.uids.has(object.metadata.uid))
    const changed = [...present.uids.values()].filter(({ revision }) => revision > this.revision)
    this.apply(
      [
        ...gone.map(({ object }) => ({ ...by, type: 'DELETED' as const, object, revision: this.revision + 1 })),
        ...changed
          .sort((left, right) => left.revision - right.revision)
          .map(({ object, revision }) => ({ ...by, type: this.typeOf(object), object, revision })),
      ],
      present.revision,
      true,
    )
  }

  private typeOf(object: Resource): 'ADDED' | 'MODIFIED' {
    return this.uids.has(object.metadata.uid) ? 'MODIFIED' : 'ADDED'
  }

  private applyOne(change: CommittedChange, fresh: boolean): AppliedChange | undefined {
    const entry = this.uids.get(change.object.metadata.uid)
    if (change.type === 'DELETED') {
      if (entry === undefined) return undefined
      this.remove(entry)
      return { ...change, previous: entry.object }
    }
    if (entry === undefined) {
      const object = fresh ? shareStructure(this.siblingOf(change.object), change.object) : change.object
      this.add(object, change.revision)
      return { ...change, object }
    }
    const previous = entry.object
    const object = fresh ? shareStructure(previous, change.object) : change.object
    this.replace(entry, object, change.revision)
    return { ...change, object, previous }
  }

  /** Some object with the same owner, of whose parts a new one is probably made. */
  private siblingOf(object: Resource): Resource | undefined {
    for (const owner of object.metadata.ownerReferences ?? []) {
      for (const entry of this.owners.get(owner.uid) ?? []) return entry.object
    }
    return undefined
  }

  private add(object: Resource, revision: number): void {
    const { kind, namespace, name } = keyOf(object)
    const entry: Entry = { sortKey: sortKeyOf(namespace, name), labels: object.metadata.labels, object, revision }
    let index = this.indexes.get(kind)
    if (index === undefined) this.indexes.set(kind, (index = new KindIndex()))
    index.add(entry)
    this.uids.set(object.metadata.uid, entry)
    this.link(entry)
  }

  private replace(entry: Entry, object: Resource, revision: number): void {
    const previous = entry.object
    const moved =
      nodeNameOf(previous) !== nodeNameOf(object) ||
      previous.metadata.ownerReferences !== object.metadata.ownerReferences
    if (moved) this.unlink(entry)
    entry.object = object
    entry.revision = revision
    if (moved) this.link(entry)
    if (previous.metadata.labels !== object.metadata.labels) {
      this.indexes.get(object.kind)?.relabel(entry, object.metadata.labels)
    }
  }

  private remove(entry: Entry): void {
    this.unlink(entry)
    this.indexes.get(entry.object.kind)?.remove(entry)
    this.uids.delete(entry.object.metadata.uid)
  }

  private link(entry: Entry): void {
    for (const owner of entry.object.metadata.ownerReferences ?? []) addTo(this.owners, owner.uid, entry)
    const node = nodeNameOf(entry.object)
    if (node !== undefined) addTo(this.nodes, node, entry)
  }

  private unlink(entry: Entry): void {
    for (const owner of entry.object.metadata.ownerReferences ?? []) removeFrom(this.owners, owner.uid, entry)
    const node = nodeNameOf(entry.object)
    if (node !== undefined) removeFrom(this.nodes, node, entry)
  }
}

/** The node that a pod is bound to. Undefined for other kinds and for unbound pods. */
export function nodeNameOf(object: Resource): string | undefined {
  if (object.kind !== 'Pod') return undefined
  const name = (object['spec'] as { nodeName?: string } | undefined)?.nodeName
  return name === '' ? undefined : name
}

function addTo(sets: Map<string, Set<Entry>>, key: string, entry: Entry): void {
  const set = sets.get(key)
  if (set === undefined) sets.set(key, new Set([entry]))
  else set.add(entry)
}

function removeFrom(sets: Map<string, Set<Entry>>, key: string, entry: Entry): void {
  const set = sets.get(key)
  set?.delete(entry)
  if (set?.size === 0) sets.delete(key)
}
