import { Refusal } from '../src/model/errors.ts'
import { fieldPredicate, parseFieldSelector, requiredValue } from '../src/model/field-selector.ts'
import type { KindDefinition } from '../src/model/kind.ts'
import type { Resource } from '../src/model/resource.ts'
import { parseSelector, type Selector } from '../src/model/selector.ts'
import type { Replica } from '../src/store/replica.ts'
import { sortKeyOf } from '../src/store/sorted-index.ts'
import { type CursorPart, decodeCursor, decodeParts, encodeCursor, type Page, pageSize } from './relay.ts'

/** How a list is asked for. */
export interface ListArguments {
  readonly namespace?: string | null | undefined
  readonly labelSelector?: string | null | undefined
  readonly fieldSelector?: string | null | undefined
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

type Accepts = (object: Resource) => boolean

/** What beside namespace, labels and fields narrows or orders a list. */
export interface ListRefinement {
  readonly accepts?: Accepts | undefined
  readonly order?: Order | undefined
}

/** The keys of an order, the more important first; among equals (namespace, name) decides. */
export type Order = readonly OrderKey[]

/** One key of an order. Its name says what it is and which end comes first. */
interface OrderKey {
  readonly name: string
  readonly keyOf: (object: Resource) => CursorPart
  readonly descending: boolean
}

/** A page of the objects of one kind, in (namespace, name) order unless refined. */
export function pageOfKind(
  replica: Replica,
  definition: KindDefinition,
  { first, after, ...wanted }: ListArguments,
  { accepts: refined, order }: ListRefinement = {},
): Page<Resource> {
  const { kind } = definition
  const size = pageSize(first)
  const { accepts: acceptsField, ...selection } = selectionOf(wanted, [definition])
  const accepts = acceptsBoth(acceptsField, refined)
  if (order !== undefined) return orderedPage(replica, kind, { ...selection, size, after, accepts, order })
  const start = after == null ? undefined : sortKeyOf(...(decodeCursor(after, kind, 2) as [string, string]))
  const items: Resource[] = []
  let hasNextPage = false
  for (const { object } of replica.select(kind, { ...selection, after: start })) {
    if (accepts !== undefined && !accepts(object)) continue
    hasNextPage = items.length === size
    if (hasNextPage) break
    items.push(object)
  }
  return {
    items,
    cursorOf: placeCursor,
    hasNextPage,
    hasPreviousPage: start !== undefined,
    totalCount: () => countOf(replica, { kind, ...selection, accepts }),
    revision: replica.revision,
  }
}

/** The namespace that is asked for; undefined for all. Throws INVALID for the empty text, which is none. */
export function namespaceOf(namespace: string | null | undefined): string | undefined {
  if (namespace === '') {
    const message = 'Invalid value: "": leave it out for all namespaces'
    const causes = [{ field: 'namespace', reason: 'FieldValueInvalid', message }] as const
    throw new Refusal('INVALID', `namespace: ${message}`, { causes })
  }
  return namespace ?? undefined
}

/** Which objects are wanted: what an index can find, and what each that it finds must still satisfy. */
interface Wanted {
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly selector: Selector | undefined
  readonly accepts: Accepts | undefined
}

/**
 * Which objects of some kinds a list or a watch is about. Throws INVALID for a selector, or a namespace, that cannot be, and for
 * a field that one of the kinds cannot be selected by.
 */
export function selectionOf(
  { namespace, labelSelector, fieldSelector }: Pick<ListArguments, 'namespace' | 'labelSelector' | 'fieldSelector'>,
  definitions: readonly KindDefinition[],
): Wanted {
  const fields = fieldSelector == null ? [] : parseFieldSelector(fieldSelector, definitions)
  return {
    namespace: namespaceOf(namespace) ?? requiredValue(fields, 'metadata.namespace'),
    name: requiredValue(fields, 'metadata.name'),
    selector: labelSelector == null ? undefined : parseSelector(labelSelector),
    accepts: fieldPredicate(fields, definitions),
  }
}

/** Two predicates as one; undefined where neither is given. */
export function acceptsBoth(first: Accepts | undefined, second: Accepts | undefined): Accepts | undefined {
  if (first === undefined || second === undefined) return first ?? second
  return (object) => first(object) && second(object)
}

interface Ordered extends Wanted {
  readonly size: number
  readonly after: string | null | undefined
  readonly order: Order
}

/**
 * A page in an order that no index keeps: the selection is sorted. A cursor holds the keys of its item, so that it stays
 * good when the item has gone.
 */
function orderedPage(replica: Replica, kind: string, ordered: Ordered): Page<Resource> {
  const { size, after, accepts, order, ...selection } = ordered
  const list = `${kind} by ${order.map(({ name }) => name).join()}`
  const placeOf = ({ metadata }: Resource): CursorPart[] => [metadata.namespace ?? '', metadata.name]
  const keysOf = (object: Resource) => [...order.map(({ keyOf }) => keyOf(object)), ...placeOf(object)]
  const compare = (left: readonly CursorPart[], right: readonly CursorPart[]) => compareKeys(left, right, order)
  const found = [...replica.list(kind, selection)].filter((object) => accepts?.(object) ?? true)
  const all = found
    .map((object) => ({ object, keys: keysOf(object) }))
    .sort((left, right) => compare(left.keys, right.keys))
  const place = after == null ? undefined : decodeParts(after, list, order.length + 2)
  const rest = place === undefined ? all : all.filter(({ keys }) => compare(place, keys) < 0)
  return {
    items: rest.slice(0, size).map(({ object }) => object),
    cursorOf: (object) => encodeCursor(list, ...keysOf(object)),
    hasNextPage: rest.length > size,
    hasPreviousPage: rest.length < all.length,
    totalCount: () => all.length,
    revision: replica.revision,
  }
}

function compareKeys(left: readonly CursorPart[], right: readonly CursorPart[], order: Order): number {
  for (const [index, key] of left.entries()) {
    const other = right[index] ?? ''
    if (key !== other) return key < other === (order[index]?.descending ?? false) ? 1 : -1
  }
  return 0
}

/** What the cursors of these lists begin with; those of one kind begin with its name. */
const kindsList = 'kinds'
const wholeList = 'whole'

/** A page of objects of several kinds, in (kind, namespace, name) order. */
export function pageOfKinds(
  replica: Replica,
  kinds: readonly KindDefinition[],
  { first, after, ...wanted }: ListArguments,
): Page<Resource> {
  const size = pageSize(first)
  const { accepts, ...selection } = selectionOf(wanted, kinds)
  const place = after == null ? undefined : decodeCursor(after, kindsList, 3)
  const items: Resource[] = []
  const names = kinds.map(({ kind }) => kind).sort()
  for (const kind of names) {
    if (place !== undefined && kind < (place[0] ?? '')) continue
    const start = place?.[0] === kind ? sortKeyOf(place[1] ?? '', place[2] ?? '') : undefined
    for (const { object } of replica.select(kind, { ...selection, after: start })) {
      if (accepts !== undefined && !accepts(object)) continue
      items.push(object)
      if (items.length > size) break
    }
    if (items.length > size) break
  }
  return {
    items: items.slice(0, size),
    cursorOf: ({ kind, metadata }) => encodeCursor(kindsList, kind, metadata.namespace ?? '', metadata.name),
    hasNextPage: items.length > size,
    hasPreviousPage: place !== undefined,
    totalCount: () => names.reduce((sum, kind) => sum + countOf(replica, { kind, ...selection, accepts }), 0),
    revision: replica.revision,
  }
}

/** A page of what is already at hand in full, in (kind, namespace, name) order. */
export function pageOfList(
  replica: Replica,
  objects: Iterable<Resource>,
  { first, after }: Pick<ListArguments, 'first' | 'after'>,
): Page<Resource> {
  const size = pageSize(first)
  const keyOf = ({ kind, metadata }: Resource) => `${kind}\u0000${sortKeyOf(metadata.namespace ?? '', metadata.name)}`
  const all = [...objects].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
  const place = after == null ? undefined : decodeCursor(after, wholeList, 3).join('\u0000')
  const rest = place === undefined ? all : all.filter((object) => keyOf(object) > place)
  return {
    items: rest.slice(0, size),
    cursorOf: ({ kind, metadata }) => encodeCursor(wholeList, kind, metadata.namespace ?? '', metadata.name),
    hasNextPage: rest.length > size,
    hasPreviousPage: rest.length < all.length,
    totalCount: () => all.length,
    revision: replica.revision,
  }
}

function placeCursor({ kind, metadata }: Resource): string {
  return encodeCursor(kind, metadata.namespace ?? '', metadata.name)
}

function countOf(replica: Replica, { kind, accepts, ...selection }: Wanted & { readonly kind: string }): number {
  if (accepts === undefined) return replica.count(kind, selection)
  let count = 0
  for (const object of replica.list(kind, selection)) if (accepts(object)) count += 1
  return count
}
