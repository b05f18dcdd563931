import { z } from 'zod'
import { formatAge } from '../duration.ts'
import type { Column, KindDefinition, SelectableFields } from '../kind.ts'
import { dnsSubdomainFaults } from '../names.ts'
import type { Resource } from '../resource.ts'
import { column, nameColumn, wideColumn } from './column.ts'
import { validateEvent } from './event-validation.ts'
import { int32, object, oneOf, optional, required, text, time } from './field.ts'
import { objectReference } from './object-reference.ts'

const eventSource = object('EventSource', 'Who tells an event.', {
  component: optional(text, 'Name of the part of the system.'),
  host: optional(text, 'Node that it runs on.'),
})

const eventSeries = object('EventSeries', 'An event that goes on.', {
  count: optional(int32, 'How often it has happened.'),
  lastObservedTime: optional(time, 'When it last happened.'),
})

const eventBody = z.strictObject({
  involvedObject: required(objectReference, 'What the event is about.'),
  reason: optional(text, 'What happened, in one CamelCase word, for programs.'),
  message: optional(text, 'What happened, in a sentence, for people.'),
  source: optional(eventSource, 'Who tells it.'),
  firstTimestamp: optional(time, 'When it first happened.'),
  lastTimestamp: optional(time, 'When it last happened.'),
  count: optional(int32, 'How often it has happened.'),
  type: optional(
    oneOf('EventSeverity', 'Whether an event is a warning.', ['Normal', 'Warning']),
    'Whether it is a warning.',
  ),
  eventTime: optional(time, 'When it first happened, for events that count in `series`.'),
  series: optional(eventSeries, 'How often and when it last happened, for an event that goes on.'),
  action: optional(text, 'What was done about it.'),
  related: optional(objectReference, 'Another object that it has to do with.'),
  reportingComponent: optional(text, 'Name of the controller that tells it.'),
  reportingInstance: optional(text, 'Which of several such controllers tells it.'),
})

/** Something that happened to an object (Kubernetes `v1.Event`). Kept for a while, counted when it happens again. */
export interface Event extends Resource, Readonly<z.infer<typeof eventBody>> {}

export const eventKind: KindDefinition = {
  kind: 'Event',
  apiVersion: 'v1',
  typeName: 'Event',
  description: 'Something that happened to an object. Kept for a while, and counted when it happens again.',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  scope: 'Namespaced',
  body: eventBody,
  countsGeneration: false,
  validate: (resource) => validateEvent(resource as Event),
  validateName: dnsSubdomainFaults,
  selectableFields: {
    ...involvedFields(),
    reason: (event) => (event as Event).reason ?? '',
    reportingComponent: (event) => (event as Event).reportingComponent ?? '',
    source: (event) => (event as Event).source?.component || (event as Event).reportingComponent || '',
    type: (event) => (event as Event).type ?? '',
  },
  columns: eventColumns(),
}

/** What is known of the object that an event is about (Kubernetes `registry/core/event` ToSelectableFields). */
function involvedFields(): SelectableFields {
  const names = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'] as const
  return Object.fromEntries(
    names.map((name) => [`involvedObject.${name}`, (event: Resource) => (event as Event).involvedObject[name] ?? '']),
  )
}

function eventColumns(): readonly Column[] {
  return [
    column<Event>('LAST SEEN', (event, now) => formatAge(lastSeen(event), now)),
    column<Event>('TYPE', (event) => event.type ?? ''),
    column<Event>('REASON', (event) => event.reason ?? ''),
    column<Event>('OBJECT', ({ involvedObject: { kind = '', name } }) =>
      name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase(),
    ),
    wideColumn<Event>('SUBOBJECT', (event) => event.involvedObject.fieldPath ?? ''),
    wideColumn<Event>('SOURCE', sourceOf),
    column<Event>('MESSAGE', (event) => (event.message ?? '').trim()),
    wideColumn<Event>('FIRST SEEN', (event, now) => formatAge(event.firstTimestamp ?? event.eventTime, now)),
    wideColumn<Event>('COUNT', (event) => String(timesSeen(event))),
    { ...nameColumn, wide: true },
  ]
}

/** How often an event has happened; one that does not say so has happened once. */
export function timesSeen(event: Event): number {
  return event.series?.count ?? (event.count || 1)
}

/** When an event was told last, as far as it says so. */
export function lastSeen(event: Event): string | undefined {
  return event.series?.lastObservedTime ?? event.lastTimestamp ?? event.firstTimestamp ?? event.eventTime
}

function sourceOf(event: Event): string {
  const component = event.source?.component || event.reportingComponent || ''
  const host = event.source?.host || event.reportingInstance || ''
  return host === '' ? component : `${component}, ${host}`
}
