import type { ObjectRef } from '@pothos/core'
import { Refusal } from '../src/model/errors.ts'
import type { Builder, SchemaTypes } from './builder.ts'

/** One page of a list, as the connection types show it. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly cursorOf: (item: Item) => string
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly totalCount: () => number | Promise<number>
  /** The revision that the list shows: a watch from here misses nothing. */
  readonly revision: number
}

interface Edge<Item> {
  readonly cursor: string
  readonly node: Item
}

const pageSizeMax = 1_000

/** Relay's page information, connections and edges (https://relay.dev/graphql/connections.htm). */
export class Relay {
  private readonly builder: Builder
  private readonly pageInfo: ObjectRef<SchemaTypes, Page<unknown>>

  constructor(builder: Builder) {
    this.builder = builder
    this.pageInfo = builder.objectRef<Page<unknown>>('PageInfo').implement({
      description: 'Where a page stands in its list.',
      fields: (t) => ({
        hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether more follow.' }),
        hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
          description: 'Whether the page does not begin the list.',
        }),
        startCursor: t.string({
          nullable: true,
          description: 'Cursor of the first item.',
          resolve: ({ items, cursorOf }) => (items.length === 0 ? null : cursorOf(items[0])),
        }),
        endCursor: t.string({
          nullable: true,
          description: 'Cursor of the last item, to go on from.',
          resolve: ({ items, cursorOf }) => (items.length === 0 ? null : cursorOf(items.at(-1))),
        }),
      }),
    })
  }

  /** The connection type of an item type: `NAMEConnection` with `NAMEEdge`. */
  connection<Item extends object>(name: string, itemType: unknown): ObjectRef<SchemaTypes, Page<Item>> {
    const edge = this.builder.objectRef<Edge<Item>>(`${name}Edge`).implement({
      description: 'An item with its place in the list.',
      fields: (t) => ({
        cursor: t.exposeString('cursor', { description: 'The place of the item, for `after`.' }),
        node: t.field({ type: itemType as never, description: 'The item.', resolve: ({ node }) => node as never }),
      }),
    })
    return this.builder.objectRef<Page<Item>>(`${name}Connection`).implement({
      description: 'A page of a list.',
      fields: (t) => ({
        edges: t.field({
          type: [edge],
          description: 'The items, each with its cursor.',
          resolve: ({ items, cursorOf }) => items.map((node) => ({ node, cursor: cursorOf(node) })),
        }),
        nodes: t.field({
          type: [itemType] as never,
          description: 'The items alone.',
          resolve: ({ items }) => items as never,
        }),
        pageInfo: t.field({
          type: this.pageInfo,
          description: 'Where the page stands.',
          resolve: (page) => page as Page<unknown>,
        }),
        totalCount: t.int({
          description: 'How many items the whole list has.',
          resolve: ({ totalCount }) => totalCount(),
        }),
        resourceVersion: t.field({
          type: 'ResourceVersion',
          description: 'What the list shows; a subscription with `after` set to it misses nothing.',
          resolve: ({ revision }) => String(revision),
        }),
      }),
    })
  }
}

/** The page size that was asked for, or the usual one. Throws INVALID beyond 1 to 1,000. */
export function pageSize(asked: number | null | undefined, usual = 50): number {
  const first = asked ?? usual
  if (first >= 1 && first <= pageSizeMax) return first
  const message = `Invalid value: ${first}: must be between 1 and ${pageSizeMax}`
  throw new Refusal('INVALID', `first: ${message}`, {
    causes: [{ field: 'first', reason: 'FieldValueInvalid', message }],
  })
}

/** A cursor: the list that it belongs to, and the parts that tell a place in it. */
export function encodeCursor(list: string, ...parts: readonly CursorPart[]): string {
  return Buffer.from(JSON.stringify([list, ...parts])).toString('base64url')
}

/** One part of what tells a place in a list. */
export type CursorPart = string | number

/** The parts of a cursor of texts. Throws INVALID when it is not one of this list's. */
export function decodeCursor(cursor: string, list: string, size: number): string[] {
  const parts = decodeParts(cursor, list, size)
  if (parts.every((part) => typeof part === 'string')) return parts
  throw unknownCursor()
}

/** The parts of a cursor, numbers among them. Throws INVALID when it is not one of this list's. */
export function decodeParts(cursor: string, list: string, size: number): CursorPart[] {
  const [of, ...parts] = partsIn(cursor)
  if (of !== list || parts.length !== size || encodeCursor(list, ...parts) !== cursor) throw unknownCursor()
  return parts
}

function partsIn(cursor: string): CursorPart[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(parts) && parts.every(isCursorPart)) return parts
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw unknownCursor()
}

function isCursorPart(part: unknown): part is CursorPart {
  return typeof part === 'string' || typeof part === 'number'
}

/** The refusal of a cursor that is not one of ours. */
export function unknownCursor(): Refusal {
  const message = 'Invalid value: not a cursor that this list gave'
  return new Refusal('INVALID', `after: ${message}`, {
    causes: [{ field: 'after', reason: 'FieldValueInvalid', message }],
  })
}

/** An opaque ID that tells the type and the identity. */
export function encodeId(type: string, identity: string): string {
  return Buffer.from(`${type}:${identity}`).toString('base64url')
}

/** Type and identity of an ID, or undefined when it is not one of ours. */
export function decodeId(id: string): { type: string; identity: string } | undefined {
  const text = Buffer.from(id, 'base64url').toString()
  const colon = text.indexOf(':')
  return colon > 0 && encodeId(text.slice(0, colon), text.slice(colon + 1)) === id
    ? { type: text.slice(0, colon), identity: text.slice(colon + 1) }
    : undefined
}
