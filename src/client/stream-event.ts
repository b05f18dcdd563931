import { RequestError } from './request-error.ts'

/** What an event of a watch tells. */
export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'

/** One event of a watch, as a document of any shape has it. */
export interface StreamEvent {
  /** The data of the response, whose only field is the event. */
  readonly data: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly type: EventType
  /** Where a later watch goes on behind this event. */
  readonly position: string
  /** The object that it tells of. Absent with BOOKMARK, and when it has no field by which it can be known again. */
  readonly object?: { readonly field: string; readonly uid: string; readonly value: object }
}

const types: ReadonlySet<unknown> = new Set<EventType>(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'])

/** Fields of an event that are not its object. */
const ownFields = new Set(['type', 'resourceVersion', 'cursor', 'at', 'actor', 'previous'])

/** Reads the event in a response's data. Throws INVALID when the document does not select what a watch needs. */
export function readEvent(data: unknown): StreamEvent {
  const fields = data as StreamEvent['data']
  const [event] = Object.values(fields)
  const { type, resourceVersion, cursor } = event ?? {}
  const position = resourceVersion ?? cursor
  if (event === undefined || !types.has(type) || typeof position !== 'string') {
    const message = 'a document that is watched selects `type` and `resourceVersion` of its event, under these names'
    throw new RequestError('INVALID', message)
  }
  // What is beside the log is counted by cursors: it comes and goes without a word, so it is not known again.
  const object = resourceVersion === undefined ? undefined : objectOf(event)
  return { data: fields, type: type as EventType, position, ...(object === undefined ? {} : { object }) }
}

function objectOf(event: Readonly<Record<string, unknown>>): StreamEvent['object'] {
  for (const [field, value] of Object.entries(event)) {
    if (ownFields.has(field) || typeof value !== 'object' || value === null) continue
    const { uid, id, metadata } = value as Readonly<Record<string, unknown>>
    const known = uid ?? id ?? (metadata as { readonly uid?: unknown } | undefined)?.uid
    if (typeof known === 'string') return { field, uid: known, value }
  }
  return undefined
}

/** What another event, of the same document, would be. */
export interface Retelling {
  readonly type: EventType
  readonly position: string
  readonly object: NonNullable<StreamEvent['object']>
  readonly previous?: object | undefined
}

/** An event as the server would have sent it: the fields that are not given are those of the event that is the pattern. */
export function retell(pattern: StreamEvent, { type, position, object, previous }: Retelling): StreamEvent {
  const data = Object.fromEntries(
    Object.entries(pattern.data).map(([name, event]) => [
      name,
      {
        ...event,
        type,
        ...('resourceVersion' in event ? { resourceVersion: position } : {}),
        ...('previous' in event ? { previous: previous ?? null } : {}),
        [object.field]: object.value,
      },
    ]),
  )
  return { data, type, position, object }
}
