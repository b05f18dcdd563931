import { eventOf } from '../../src/commands/events.ts'
import type { EventRecord } from '../../src/model/event-record.ts'
import { eventKind } from '../../src/model/kinds/event.ts'
import type { EventFollowing, ToldEvent } from '../../src/watch/event-feed.ts'
import type { Builder } from '../builder.ts'
import type { KindTypes } from '../kind-types.ts'
import { namespaceOf, selectionOf } from '../pages.ts'
import { decodeParts, encodeCursor, unknownCursor } from '../relay.ts'
import type { EventFilter } from './event.ts'

interface ClusterEventsArguments {
  readonly namespace?: string | null | undefined
  readonly fieldSelector?: string | null | undefined
  readonly where?: EventFilter | null | undefined
  readonly after?: string | null | undefined
  readonly initial?: boolean | null | undefined
}

/** The subscription `clusterEvents`: Kubernetes Events, which stand beside the log, as they come. */
export function addClusterEvents(builder: Builder, event: KindTypes & { filter: unknown }, eventType: unknown): void {
  builder.subscriptionField('clusterEvents', (t) =>
    t.field({
      type: addType(builder, event, eventType),
      description:
        'The events of a selection, then those that are written, in the order in which they were last written. The same event comes again when it is counted on. That one goes after its time is not told.',
      args: {
        namespace: t.arg.string({ description: 'Only this namespace.' }),
        fieldSelector: t.arg.string({
          description: 'Kubernetes field selector, such as "involvedObject.name=web,type!=Normal".',
        }),
        where: t.arg({ type: event.filter as never, description: 'Only events for which all of this holds.' }),
        after: t.arg.string({ description: 'Go on after this cursor.' }),
        initial: t.arg.boolean({
          defaultValue: true,
          description: 'Begin with the present events as ADDED and a BOOKMARK. Ignored with `after`.',
        }),
      },
      subscribe: (_, args, { eventFeed, signal }) => eventFeed.follow(followingOf(args), signal?.()),
      resolve: (told) => told,
    }),
  )
}

function addType(builder: Builder, event: KindTypes, eventType: unknown) {
  return builder.objectRef<ToldEvent>('ClusterEvent').implement({
    description: 'One Kubernetes Event of a stream.',
    fields: (t) => ({
      type: t.field({
        type: eventType as never,
        description: 'ADDED, MODIFIED where a known event was counted on or replaced, or BOOKMARK; never DELETED.',
        resolve: ({ type }) => type as never,
      }),
      cursor: t.string({
        description: 'Where among the writes of all events this is; resume with `after` set to it.',
        resolve: ({ cursor }) => encodeCursor(cursorList, cursor),
      }),
      event: t.field({
        type: event.object,
        nullable: true,
        description: 'The event as it is then; null with BOOKMARK.',
        resolve: ({ record }) => (record === undefined ? null : eventOf(record)),
      }),
    }),
  })
}

function followingOf({ after, initial, ...selection }: ClusterEventsArguments): EventFollowing {
  return {
    after: after == null ? undefined : placeIn(after),
    initial: initial ?? true,
    accepts: predicateOf(selection),
  }
}

/** What the cursors of this stream begin with. */
const cursorList = 'clusterEvents'

function placeIn(cursor: string): number {
  const [place] = decodeParts(cursor, cursorList, 1)
  if (typeof place === 'number' && Number.isSafeInteger(place) && place >= 0) return place
  throw unknownCursor()
}

function predicateOf({ namespace, fieldSelector, where }: ClusterEventsArguments): (record: EventRecord) => boolean {
  const only = namespaceOf(namespace)
  const { accepts: acceptsEvent } = selectionOf({ fieldSelector }, [eventKind])
  const { involvedUid, type, reason } = where ?? {}
  return (record) =>
    (only === undefined || record.namespace === only) &&
    (involvedUid == null || record.involvedUid === involvedUid) &&
    (type == null || record.type === type) &&
    (reason == null || record.reason === reason) &&
    (acceptsEvent === undefined || acceptsEvent(eventOf(record)))
}
