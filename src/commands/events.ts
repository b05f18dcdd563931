import { Refusal } from '../model/errors.ts'
import type { EventRecord } from '../model/event-record.ts'
import { type Event, lastSeen, timesSeen } from '../model/kinds/event.ts'
import { definitionOf } from '../model/kinds.ts'
import type { Resource } from '../model/resource.ts'
import { isSameJson } from '../model/same-json.ts'
import { admitNew, assertPreconditions, type Input, nameIn, type Preconditions } from './admission.ts'
import type { CommandContext } from './command-context.ts'

interface Place {
  readonly namespace: string
  readonly name: string
}

/** Writes a new event. With `dryRun` it is only judged. Throws ALREADY_EXISTS when its name is taken. */
export async function createEvent(
  context: CommandContext,
  { input, dryRun }: { input: Input; dryRun: boolean },
): Promise<Resource> {
  const record = await newEvent(context, input)
  if (!dryRun) await writeEvent(context, record)
  return eventOf(record)
}

/** Replaces an event that is there. With `dryRun` it is only judged. Throws NOT_FOUND. */
export async function updateEvent(
  context: CommandContext,
  { input, dryRun }: { input: Input; dryRun: boolean },
): Promise<Resource> {
  const record = await replacedEvent(context, input)
  if (!dryRun) await writeEvent(context, record)
  return eventOf(record)
}

/** Removes an event. With `dryRun` it stays. Resolves with what it was. Throws NOT_FOUND, and CONFLICT for another uid. */
export async function removeEvent(
  context: CommandContext,
  place: Place,
  { uid, dryRun = false }: { uid?: string | undefined; dryRun?: boolean } = {},
): Promise<Resource> {
  const event = await theEvent(context, place)
  assertPreconditions({ uid }, event, '')
  if (!dryRun) await context.store.events.remove(event.metadata.uid)
  return event
}

/** A new event from what a writer handed in; not yet written. Throws ALREADY_EXISTS when its name is taken. */
export async function newEvent(
  context: CommandContext,
  input: Input,
  createdNamespaces?: ReadonlySet<string>,
): Promise<EventRecord> {
  const record = judgeEvent(context, input, createdNamespaces)
  if ((await findEvent(context, record)) === undefined) return record
  throw new Refusal('ALREADY_EXISTS', `Event "${record.name}" already exists`)
}

/** What an event that is there becomes by what a writer handed in; not yet written. Throws NOT_FOUND and CONFLICT. */
export async function replacedEvent(context: CommandContext, input: Input): Promise<EventRecord> {
  const metadata = input['metadata'] as ({ namespace?: string } & Preconditions) | undefined
  const known = await theEvent(context, { namespace: metadata?.namespace || 'default', name: nameIn(input) })
  const record = judgeEvent(context, input)
  assertPreconditions({ uid: metadata?.uid, resourceVersion: metadata?.resourceVersion }, known)
  return { ...record, uid: known.metadata.uid }
}

/** The event of a manifest, and what applying it does: events stand beside the log and are replaced as a whole. */
export async function planEvent(
  context: CommandContext,
  input: Input,
  createdNamespaces: ReadonlySet<string>,
): Promise<{ action: 'CREATED' | 'CONFIGURED' | 'UNCHANGED'; record: EventRecord }> {
  const told = judgeEvent(context, input, createdNamespaces)
  const known = await findEvent(context, told)
  if (known === undefined) return { action: 'CREATED', record: told }
  const { firstTimestamp, lastTimestamp } = input as Partial<Event>
  const record = {
    ...told,
    uid: known.uid,
    ...(firstTimestamp === undefined ? { firstTimestamp: known.firstTimestamp } : {}),
    ...(lastTimestamp === undefined ? { lastTimestamp: known.lastTimestamp } : {}),
  }
  return { action: isSameJson(record, known) ? 'UNCHANGED' : 'CONFIGURED', record }
}

/** Writes an event as it is told now, in place of what was written of it before. */
export function writeEvent({ store }: CommandContext, record: EventRecord): Promise<void> {
  return store.events.replace(record)
}

/** The event of a name, if it is there. */
export function findEvent({ store }: CommandContext, { namespace, name }: Place): Promise<EventRecord | undefined> {
  return store.events.find({ namespace, name })
}

/** The event of a name as the Kubernetes object that it is. Throws NOT_FOUND. */
export async function theEvent(context: CommandContext, place: Place): Promise<Resource> {
  const record = await findEvent(context, place)
  if (record !== undefined) return eventOf(record)
  throw new Refusal('NOT_FOUND', `Event "${place.name}" not found in namespace "${place.namespace}"`)
}

function judgeEvent(context: CommandContext, input: Input, createdNamespaces?: ReadonlySet<string>): EventRecord {
  return recordOf(admitNew(definitionOf('Event'), input, context, createdNamespaces) as Event, context.now())
}

/** A record as the Kubernetes object that it is. */
export function eventOf(record: EventRecord): Resource {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: record.name,
      namespace: record.namespace,
      uid: record.uid,
      resourceVersion: '0',
      creationTimestamp: new Date(record.firstTimestamp).toISOString(),
    },
    involvedObject: {
      apiVersion: record.involvedApiVersion,
      kind: record.involvedKind,
      namespace: record.involvedNamespace,
      name: record.involvedName,
      uid: record.involvedUid,
    },
    type: record.type,
    reason: record.reason,
    message: record.message,
    count: record.count,
    firstTimestamp: new Date(record.firstTimestamp).toISOString(),
    lastTimestamp: new Date(record.lastTimestamp).toISOString(),
    source: { component: record.component, host: record.host },
    reportingComponent: record.component,
    reportingInstance: record.host,
  }
}

function recordOf(event: Event, now: number): EventRecord {
  const { involvedObject, source, metadata } = event
  const momentOf = (text: string | undefined) => (text === undefined ? now : Date.parse(text))
  return {
    uid: metadata.uid,
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: event.reason ?? '',
    message: event.message ?? '',
    count: timesSeen(event),
    firstTimestamp: momentOf(event.firstTimestamp ?? event.eventTime),
    lastTimestamp: momentOf(lastSeen(event)),
    component: source?.component || event.reportingComponent || '',
    host: source?.host || event.reportingInstance || '',
    involvedApiVersion: involvedObject.apiVersion ?? '',
    involvedKind: involvedObject.kind ?? '',
    involvedNamespace: involvedObject.namespace ?? '',
    involvedName: involvedObject.name ?? '',
    involvedUid: involvedObject.uid ?? '',
  }
}
