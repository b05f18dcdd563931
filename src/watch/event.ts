import type { Resource } from '../model/resource.ts'
import { matches, type Selector } from '../model/selector.ts'

/** What a subscriber is told. A BOOKMARK has no object: "you have seen everything up to here". */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'
  readonly revision: number
  /** When it happened, in milliseconds since the epoch. */
  readonly at: number
  readonly actor?: string
  readonly object?: Resource
  readonly previous?: Resource
}

/** Which objects a subscriber wants to hear of. */
export interface Filter {
  /** Without it: all kinds. */
  readonly kinds?: ReadonlySet<string> | undefined
  /** Without it: all namespaces. */
  readonly namespace?: string | undefined
  /** Without it: all names. */
  readonly name?: string | undefined
  readonly selector?: Selector | undefined
  readonly accepts?: ((object: Resource) => boolean) | undefined
}

/** A change as the log or the replica tells it. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly revision: number
  readonly at: number
  readonly actor: string
  readonly object: Resource
  readonly previous?: Resource
}

/** Whether objects of this kind, namespace and name can pass a filter at all. None of these ever changes. */
export function concerns(filter: Filter, object: Resource): boolean {
  if (filter.kinds !== undefined && !filter.kinds.has(object.kind)) return false
  if (filter.name !== undefined && filter.name !== object.metadata.name) return false
  return filter.namespace === undefined || (object.metadata.namespace ?? '') === filter.namespace
}

/** Whether an object passes a filter. */
export function passes(filter: Filter, object: Resource): boolean {
  if (!concerns(filter, object)) return false
  if (filter.selector !== undefined && !matches(filter.selector, object.metadata.labels)) return false
  return filter.accepts === undefined || filter.accepts(object)
}

/**
 * A change as it looks through a filter: an object that enters counts as ADDED, one that leaves as DELETED; both have
 * a `previous`, and one that was made or removed has none. Undefined: there is nothing to tell.
 */
export function project(filter: Filter, change: Change): WatchEvent | undefined {
  if (!concerns(filter, change.object)) return undefined
  const { type, revision, at, actor, object, previous } = change
  const before = previous !== undefined && passes(filter, previous)
  const now = type !== 'DELETED' && passes(filter, object)
  if (!before && !now) return undefined
  const seen = before && now ? 'MODIFIED' : now ? 'ADDED' : 'DELETED'
  const isGone = type === 'DELETED'
  return { type: seen, revision, at, actor, object, ...(previous === undefined || isGone ? {} : { previous }) }
}
