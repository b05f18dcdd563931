import { createEvent, eventOf, findEvent, removeEvent, updateEvent } from '../../src/commands/events.ts'
import { type FieldSelector, parseFieldSelector } from '../../src/model/field-selector.ts'
import { eventKind } from '../../src/model/kinds/event.ts'
import type { Resource } from '../../src/model/resource.ts'
import { matches, parseSelector } from '../../src/model/selector.ts'
import type { Context } from '../context.ts'
import { addKind, type KindHome, type KindTypes, type Refinement, type Toolbox } from '../kind-types.ts'
import { type ListArguments, type ListRefinement, namespaceOf } from '../pages.ts'
import { decodeParts, encodeCursor, type Page, pageSize, unknownCursor } from '../relay.ts'

/** What narrows a list of events. */
export interface EventFilter {
  readonly involvedUid?: string | null
  readonly type?: string | null
  readonly reason?: string | null
}

/** The Event type, its home beside the log, and the relation `events` of every object. */
export function addEvent(toolbox: Toolbox): KindTypes & { filter: unknown } {
  const { builder, resources } = toolbox
  const filter = builder.inputType('EventFilter', {
    description: 'What narrows a list of events. All that is given must hold.',
    fields: (t) => ({
      involvedUid: t.string({ description: 'Of the object with this uid.' }),
      type: t.string({ description: '"Normal" or "Warning".' }),
      reason: t.string({ description: 'With this reason.' }),
    }),
  })
  const refinement: Refinement = {
    args: (arg) => ({ where: arg({ type: filter, description: 'Only events for which all of this holds.' }) }),
    refine: ({ where }) => ({ where }) as ListRefinement,
  }
  const types = addKind(toolbox, eventKind, { refinement, home: eventHome })
  builder.interfaceField(resources.resource, 'events', (t) =>
    t.field({
      type: types.connection,
      description: 'What was told about this object, the newest first.',
      args: {
        first: t.arg.int({ defaultValue: 20, description: 'Page size, 1 to 1,000.' }),
        after: t.arg.string({ description: 'Cursor after which to go on.' }),
      },
      resolve: ({ metadata }, page, context) => listEvents(context, page, { involvedUid: metadata.uid }),
    }),
  )
  return { ...types, filter }
}

const eventHome: KindHome = {
  get: async (context, place) => {
    const record = await findEvent(context, place)
    return record === undefined ? null : eventOf(record)
  },
  list: (context, args, refinement) => {
    const fields = parseFieldSelector(args.fieldSelector ?? '', [eventKind])
    if (args.labelSelector != null && !matches(parseSelector(args.labelSelector), {})) return emptyPage(context)
    return listEvents(context, args, { ...(refinement as { where?: EventFilter | null }).where, fields })
  },
  create: createEvent,
  update: updateEvent,
  remove: (context, place) => removeEvent(context, place),
}

async function listEvents(
  { store }: Context,
  { namespace, first, after }: Pick<ListArguments, 'namespace' | 'first' | 'after'>,
  where: EventFilter & { readonly fields?: FieldSelector },
): Promise<Page<Resource>> {
  const size = pageSize(first, 20)
  const before = after == null ? undefined : placeIn(after)
  const wanted = {
    namespace: namespaceOf(namespace),
    involvedUid: where.involvedUid ?? undefined,
    type: where.type ?? undefined,
    reason: where.reason ?? undefined,
    fields: where.fields,
  }
  const records = await store.events.list({ ...wanted, before, limit: size + 1 })
  const places = new Map(records.map((record) => [record.uid, record.lastTimestamp]))
  return {
    items: records.slice(0, size).map(eventOf),
    cursorOf: ({ metadata }) => encodeCursor(eventKind.kind, places.get(metadata.uid) ?? 0, metadata.uid),
    hasNextPage: records.length > size,
    hasPreviousPage: before !== undefined,
    totalCount: () => store.events.count(wanted),
    revision: store.replica.revision,
  }
}

function placeIn(cursor: string): { lastTimestamp: number; uid: string } {
  const [lastTimestamp, uid] = decodeParts(cursor, eventKind.kind, 2)
  if (typeof lastTimestamp === 'number' && typeof uid === 'string') return { lastTimestamp, uid }
  throw unknownCursor()
}

function emptyPage({ store }: Context): Page<Resource> {
  const { revision } = store.replica
  return { items: [], cursorOf: () => '', hasNextPage: false, hasPreviousPage: false, totalCount: () => 0, revision }
}
