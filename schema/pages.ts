import type { KindDefinition } from '../src/model/kind.ts'
import type { Resource } from '../src/model/resource.ts'
import { parseSelector } from '../src/model/selector.ts'
import type { Replica } from '../src/store/replica.ts'
import { sortKeyOf } from '../src/store/sorted-index.ts'
import { decodeCursor, encodeCursor, type Page, pageSize } from './relay.ts'

/** How a list is asked for. */
export interface ListArguments {
  readonly namespace?: string | null | undefined
  readonly labelSelector?: string | null | undefined
  readonly first: number
  readonly after?: string | null | undefined
}

/** What beside namespace and labels narrows or orders a list. */
export interface ListRefinement {
  readonly accepts?: ((object: Resource) => boolean) | undefined
  readonly compare?: ((left: Resource, right: Resource) => number) | undefined
}

/** A page of the objects of one kind, in (namespace, name) order unless refined. */
export function pageOfKind(
  replica: Replica,
  { kind }: KindDefinition,
  { namespace, labelSelector, first, after }: ListArguments,
  { accepts, compare }: ListRefinement = {},
): Page<Resource> {
  const size = pageSize(first)
  const selection = {
    namespace: namespace ?? undefined,
    selector: labelSelector == null ? undefined : parseSelector(labelSelector),
  }
  if (compare !== undefined) return orderedPage(replica, kind, { ...selection, size, after, accepts, compare })
  const start = after == null ? undefined : sortKeyOf(...(decodeCursor(after, 2) as [string, string]))
  const items: Resource[] = []
  let hasNextPage = false
  for (const { object } of replica.select(kind, { ...selection, after: start })) {
    if (accepts !== undefined && !accepts(object)) continue
    hasNextPage = items.length === size
    if (hasNextPage) break
    items.push(object)
  }
  const totalCount = () =>
    accepts === undefined ? replica.count(kind, selection) : countOf(replica.list(kind, selection), accepts)
  return {
    items,
    cursorOf: placeCursor,
    hasNextPage,
    hasPreviousPage: start !== undefined,
    totalCount,
    revision: replica.revision,
  }
}

interface Ordered extends ListRefinement {
  readonly namespace: string | undefined
  readonly selector: ReturnType<typeof parseSelector> | undefined
  readonly size: number
  readonly after: string | null | undefined
  readonly compare: (left: Resource, right: Resource) => number
}

/** A page in an order that no index keeps: the selection is sorted, ties in (namespace, name) order. */
function orderedPage(replica: Replica, kind: string, ordered: Ordered): Page<Resource> {
  const { size, after, accepts, compare, ...selection } = ordered
  const all = [...replica.list(kind, selection)].filter((object) => accepts?.(object) ?? true).sort(compare)
  const start = after == null ? 0 : placeAfter(all, decodeCursor(after, 2))
  return {
    items: all.slice(start, start + size),
    cursorOf: placeCursor,
    hasNextPage: start + size < all.length,
    hasPreviousPage: start > 0,
    totalCount: () => all.length,
    revision: replica.revision,
  }
}

function placeAfter(all: readonly Resource[], place: readonly string[]): number {
  return all.findIndex(({ metadata }) => (metadata.namespace ?? '') === place[0] && metadata.name === place[1]) + 1
}

/** A page of objects of several kinds, in (kind, namespace, name) order. */
export function pageOfKinds(
  replica: Replica,
  kinds: readonly KindDefinition[],
  { namespace, labelSelector, first, after }: ListArguments,
): Page<Resource> {
  const size = pageSize(first)
  const selector = labelSelector == null ? undefined : parseSelector(labelSelector)
  const selection = { namespace: namespace ?? undefined, selector }
  const place = after == null ? undefined : decodeCursor(after, 3)
  const items: Resource[] = []
  const names = kinds.map(({ kind }) => kind).sort()
  for (const kind of names) {
    if (place !== undefined && kind < (place[0] ?? '')) continue
    const start = place?.[0] === kind ? sortKeyOf(place[1] ?? '', place[2] ?? '') : undefined
    for (const { object } of replica.select(kind, { ...selection, after: start })) {
      items.push(object)
      if (items.length > size) break
    }
    if (items.length > size) break
  }
  return {
    items: items.slice(0, size),
    cursorOf: ({ kind, metadata }) => encodeCursor(kind, metadata.namespace ?? '', metadata.name),
    hasNextPage: items.length > size,
    hasPreviousPage: place !== undefined,
    totalCount: () => names.reduce((sum, kind) => sum + replica.count(kind, selection), 0),
    revision: replica.revision,
  }
}

/** A page of what is already at hand in full, in (kind, namespace, name) order. */
export function pageOfList(
  replica: Replica,
  objects: Iterable<Resource>,
  { first, after }: { first: number; after?: string | null | undefined },
): Page<Resource> {
  const size = pageSize(first)
  const keyOf = ({ kind, metadata }: Resource) => `${kind}\u0000${sortKeyOf(metadata.namespace ?? '', metadata.name)}`
  const all = [...objects].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
  const place = after == null ? undefined : decodeCursor(after, 3).join('\u0000')
  const rest = place === undefined ? all : all.filter((object) => keyOf(object) > place)
  return {
    items: rest.slice(0, size),
    cursorOf: ({ kind, metadata }) => encodeCursor(kind, metadata.namespace ?? '', metadata.name),
    hasNextPage: rest.length > size,
    hasPreviousPage: rest.length < all.length,
    totalCount: () => all.length,
    revision: replica.revision,
  }
}

function placeCursor({ metadata }: Resource): string {
  return encodeCursor(metadata.namespace ?? '', metadata.name)
}

function countOf(objects: Iterable<Resource>, accepts: (object: Resource) => boolean): number {
  let count = 0
  for (const object of objects) if (accepts(object)) count += 1
  return count
}
