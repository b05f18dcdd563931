import type { WatchEvent } from '../../src/watch/event.ts'
import type { Start } from '../../src/watch/hub.ts'
import type { Builder } from '../builder.ts'
import type { KindTypes, Toolbox } from '../kind-types.ts'
import { acceptsBoth, selectionOf } from '../pages.ts'
import type { WatchPlan } from '../watch-plan.ts'
import { type PodFilter, podPredicate } from './pod.ts'
import { loggedKinds } from './resource.ts'

interface WatchArguments {
  readonly namespace?: string | null
  readonly labelSelector?: string | null
  readonly fieldSelector?: string | null
  readonly after?: string | null
  readonly initial?: boolean | null
  readonly mask?: boolean | null
}

/** The subscriptions `podEvents` and `resourceEvents`, answered by the watch hub (see `subscribe.ts`). Gives their EventType. */
export function addWatch({ builder, resources }: Toolbox, pod: KindTypes & { filter: unknown }) {
  const eventType = builder.enumType('EventType', {
    description: 'What an event tells.',
    values: {
      ADDED: { description: 'The object was made, has come into the selection, or was there at the start.' },
      MODIFIED: { description: 'Something that is selected has changed.' },
      DELETED: { description: 'The object was removed, or has left the selection.' },
      BOOKMARK: { description: 'Nothing happened: you have seen everything up to here.' },
    } as const,
  })
  const podEvent = addEventType(builder, { name: 'PodEvent', field: 'pod', type: pod.object, eventType })
  const resourceEvent = addEventType(builder, {
    name: 'ResourceEvent',
    field: 'resource',
    type: resources.resource,
    eventType,
  })
  builder.subscriptionField('podEvents', (t) =>
    t.field({
      type: podEvent,
      description: 'The pods of a selection, then every change of what is selected of them, in the order of the log.',
      args: { ...watchArguments(t.arg), where: t.arg({ type: pod.filter as never, description: 'Only such pods.' }) },
      extensions: {
        watch: (args: WatchArguments & { where?: PodFilter | null }): WatchPlan => {
          const selection = selectionOf(args, [pod.definition])
          return {
            ...planOf(args, 'pod'),
            filter: {
              ...selection,
              kinds: new Set([pod.definition.kind]),
              accepts: acceptsBoth(selection.accepts, podPredicate(args.where)),
            },
          }
        },
      },
      subscribe: answeredByHub,
      resolve: (event) => event,
    }),
  )
  builder.subscriptionField('resourceEvents', (t) =>
    t.field({
      type: resourceEvent,
      description: 'Objects of several kinds in one stream, in one order: those of a selection, then every change.',
      args: { kinds: t.arg.stringList({ description: 'Only these kinds; all without it.' }), ...watchArguments(t.arg) },
      extensions: {
        watch: (args: WatchArguments & { kinds?: readonly string[] | null }): WatchPlan => {
          const definitions = loggedKinds(args.kinds)
          return {
            ...planOf(args, 'resource'),
            filter: {
              ...selectionOf(args, definitions),
              kinds: args.kinds == null ? undefined : new Set(definitions.map(({ kind }) => kind)),
            },
          }
        },
      },
      subscribe: answeredByHub,
      resolve: (event) => event,
    }),
  )
  return eventType
}

function answeredByHub(): AsyncIterable<WatchEvent> {
  throw new Error('watches are answered by the hub')
}

type ArgumentBuilder = Parameters<Parameters<Builder['subscriptionField']>[1]>[0]['arg']

function watchArguments(arg: ArgumentBuilder) {
  return {
    namespace: arg.string({ description: 'Only this namespace.' }),
    labelSelector: arg.string({ description: 'Kubernetes selector, such as "app=web,!canary".' }),
    fieldSelector: arg.string({
      description: 'Kubernetes field selector, such as "status.phase!=Running". What leaves it counts as DELETED.',
    }),
    after: arg({
      type: 'ResourceVersion',
      description: 'Go on after this version; EXPIRED when the log no longer goes back so far.',
    }),
    initial: arg.boolean({
      defaultValue: true,
      description: 'Begin with the present objects as ADDED and a BOOKMARK. Ignored with `after`.',
    }),
    mask: arg.boolean({
      defaultValue: true,
      description:
        'Leave out changes of nothing that is selected below the object. A document that selects no object hears of all.',
    }),
  }
}

function planOf({ after, initial, mask }: WatchArguments, objectField: string): Omit<WatchPlan, 'filter'> {
  const start: Start = after == null ? { initial: initial ?? true } : { after: Number(after) }
  return { start, objectField, masked: mask ?? true }
}

function addEventType(
  builder: Builder,
  { name, field, type, eventType }: { name: string; field: string; type: unknown; eventType: unknown },
) {
  return builder.objectRef<WatchEvent>(name).implement({
    description: 'One event of a stream.',
    fields: (t) => ({
      type: t.field({
        type: eventType as never,
        description: 'What it tells.',
        resolve: (event) => event.type as never,
      }),
      resourceVersion: t.field({
        type: 'ResourceVersion',
        description: 'Where in the log this is; resume with `after` set to it.',
        resolve: ({ revision }) => String(revision),
      }),
      at: t.field({
        type: 'DateTime',
        description: 'When it happened.',
        resolve: ({ at }) => new Date(at).toISOString(),
      }),
      actor: t.string({
        nullable: true,
        description: 'Who did it; null for what was there at the start and for bookmarks.',
        resolve: ({ actor }) => actor ?? null,
      }),
      [field]: t.field({
        type: type as never,
        nullable: true,
        description: 'The object as it is then; as it was last, with DELETED; null with BOOKMARK.',
        resolve: ({ object }) => (object ?? null) as never,
      }),
      previous: t.field({
        type: type as never,
        nullable: true,
        description: 'The object as it was before the change.',
        resolve: (event) => (event.previous ?? null) as never,
      }),
    }),
  })
}
