import type { InterfaceRef } from '@pothos/core'
import { Refusal } from '../src/model/errors.ts'
import { shapeOf } from '../src/model/field-shape.ts'
import { definitionOf } from '../src/model/kinds.ts'
import { controllerOf, objectMeta, type Resource } from '../src/model/resource.ts'
import type { LoggedChange } from '../src/store/change-log.ts'
import type { Store } from '../src/store/store.ts'
import type { Builder, SchemaTypes } from './builder.ts'
import { pageOfList } from './pages.ts'
import { encodeId, type Page, pageSize, type Relay } from './relay.ts'
import type { ShapeTypes } from './shape-types.ts'

export type ResourceInterface = InterfaceRef<SchemaTypes, Resource>

/** What the types of all kinds have in common. */
export interface ResourceTypes {
  readonly node: InterfaceRef<SchemaTypes, object>
  readonly resource: ResourceInterface
  readonly resourceConnection: ReturnType<Relay['connection']>
}

/** The `Node` and `Resource` interfaces, and the relations that every object has. */
export function addResourceInterface(builder: Builder, shapes: ShapeTypes, relay: Relay): ResourceTypes {
  const node = builder.interfaceRef<object>('Node').implement({
    description:
      'Anything with an ID by which it can be fetched again (Relay). A machine of the cluster is a ClusterNode.',
    fields: (t) => ({ id: t.id({ description: 'The global ID.', resolve: (parent) => idOf(parent as Resource) }) }),
  })
  const resource = builder.interfaceRef<Resource>('Resource')
  const resourceConnection = relay.connection<Resource>('Resource', resource)
  const history = addHistory(builder, relay)
  resource.implement({
    description: 'An object of any kind.',
    interfaces: [node],
    resolveType: (object) => definitionOf((object as Resource).kind).typeName,
    fields: (t) => ({
      apiVersion: t.string({
        description: 'API version of the kind, as in manifests.',
        resolve: ({ apiVersion }) => apiVersion,
      }),
      kind: t.string({ description: 'Kind, as in manifests.', resolve: ({ kind }) => kind }),
      metadata: t.field({
        type: shapes.output(shapeOf(objectMeta)) as never,
        description: 'Name, labels, owners and what else every object carries.',
        resolve: ({ metadata }) => metadata as never,
      }),
      name: t.string({ description: 'Shortcut for metadata.name.', resolve: ({ metadata }) => metadata.name }),
      namespace: t.string({
        nullable: true,
        description: 'Shortcut for metadata.namespace.',
        resolve: ({ metadata }) => metadata.namespace ?? null,
      }),
      uid: t.id({ description: 'Shortcut for metadata.uid.', resolve: ({ metadata }) => metadata.uid }),
      labels: t.field({
        type: 'StringMap',
        description: 'Shortcut for metadata.labels; empty when there are none.',
        resolve: ({ metadata }) => metadata.labels ?? {},
      }),
      manifest: t.field({
        type: 'JSON',
        description: 'The whole object as a manifest.',
        resolve: (object) => object,
      }),
      owner: t.field({
        type: resource,
        nullable: true,
        description: 'The object that manages this one.',
        resolve: (object, _, { store }) => store.replica.byUid(controllerOf(object)?.uid ?? '') ?? null,
      }),
      dependents: t.field({
        type: resourceConnection as never,
        description: 'Objects that name this one among their owners.',
        args: {
          first: t.arg.int({ defaultValue: 50, description: 'Page size, 1 to 1,000.' }),
          after: t.arg.string({ description: 'Cursor after which to go on.' }),
        },
        resolve: ({ metadata }, page, { store }) =>
          pageOfList(store.replica, store.replica.ownedBy(metadata.uid), page) as never,
      }),
      history: t.field({
        type: history,
        description: 'Past versions, newest first, as far back as the log goes.',
        args: {
          first: t.arg.int({ defaultValue: 20, description: 'Page size, 1 to 1,000.' }),
          after: t.arg({ type: 'ResourceVersion', description: 'Version after (that is, older than) which to go on.' }),
        },
        resolve: (object, page, { store }) => pageOfVersions(store, object, page),
      }),
    }),
  })
  return { node, resource, resourceConnection: resourceConnection as never }
}

/** The global ID of an object: its type and its uid. */
function idOf(object: Resource): string {
  return encodeId(definitionOf(object.kind).typeName, object.metadata.uid)
}

function addHistory(builder: Builder, relay: Relay) {
  const changeType = builder.enumType('ChangeType', {
    description: 'What happened to an object.',
    values: {
      ADDED: { description: 'It was made.' },
      MODIFIED: { description: 'It was changed.' },
      DELETED: { description: 'It was removed.' },
    } as const,
  })
  const version = builder.objectRef<LoggedChange>('ResourceVersionRecord').implement({
    description: 'One version of an object: what it was, since when, and who made it so.',
    fields: (t) => ({
      type: t.field({ type: changeType, description: 'What happened.', resolve: ({ type }) => type }),
      resourceVersion: t.field({
        type: 'ResourceVersion',
        description: 'The position in the log.',
        resolve: ({ revision }) => String(revision),
      }),
      at: t.field({
        type: 'DateTime',
        description: 'When it happened.',
        resolve: ({ at }) => new Date(at).toISOString(),
      }),
      actor: t.exposeString('actor', { description: 'Who did it.' }),
      manifest: t.field({ type: 'JSON', description: 'The object as it was then.', resolve: ({ object }) => object }),
    }),
  })
  return relay.connection<LoggedChange>('ResourceVersionRecord', version)
}

async function pageOfVersions(
  store: Store,
  { metadata }: Resource,
  { first, after }: { first?: number | null | undefined; after?: string | null | undefined },
): Promise<Page<LoggedChange>> {
  const size = pageSize(first, 20)
  const skip = after == null ? 0 : 1
  const versions = await store.history(Number(after ?? metadata.resourceVersion), size + skip + 1)
  const isOlder = Number(after ?? 0) <= Number(metadata.resourceVersion)
  if (!isOlder || versions.some(({ object }) => object.metadata.uid !== metadata.uid)) {
    const message = `Invalid value: "${after}": not a version of this object`
    throw new Refusal('INVALID', `after: ${message}`, {
      causes: [{ field: 'after', reason: 'FieldValueInvalid', message }],
    })
  }
  const items = versions.slice(skip, skip + size)
  return {
    items,
    cursorOf: (version) => String(version.revision),
    hasNextPage: versions.length > skip + size,
    hasPreviousPage: skip > 0,
    totalCount: () => countVersions(store, Number(metadata.resourceVersion)),
    revision: store.replica.revision,
  }
}

/** Versions that are counted at a time. */
const countPieceSize = 1_000

async function countVersions(store: Store, newest: number): Promise<number> {
  for (let count = 0, from = newest; ; ) {
    const piece = await store.history(from, countPieceSize)
    const last = piece.at(-1)
    count += piece.length
    if (piece.length < countPieceSize || last?.previous === undefined) return count
    from = last.previous
  }
}
