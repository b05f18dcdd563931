import type { AnyObject, ObjectList } from './kind-objects.ts'
import type { Line } from './line.ts'
import { mappedEvents } from './mapped-events.ts'
import { type Ask, type KindSelection, latestVersion } from './object-requests.ts'
import { readEvent, type StreamEvent } from './stream-event.ts'
import type { WatchStart } from './watch-progress.ts'
import { type WatchOptions, WatchStream } from './watch-stream.ts'

/** What has become of an object. */
export interface WatchEvent<Item> {
  /** MODIFIED comes for each change; an object that enters the selection is ADDED, one that leaves it is DELETED. */
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  /** Place in the log: a watch `after` it goes on behind this event. */
  readonly resourceVersion: string
  /** The object as it is then; as it was last, with DELETED. */
  readonly object: Item
  /** The object before the change, as far as it is known. */
  readonly previous?: Item
  /** When it happened. */
  readonly at: string
  /** Who did it; absent for what was there at the start. */
  readonly actor?: string
}

/** Where a watch of objects begins, beside what every watch has. */
export interface ObjectWatchOptions<Item> extends WatchOptions {
  /**
   * Begin behind a list, or behind the place of an event that was seen, instead of with the objects that are present. Behind a
   * list every later event fits to it, also when the log has expired; behind a bare place an object may then be told as ADDED
   * that was known already.
   */
  readonly after?: ObjectList<Item> | string | undefined
  /** `false`: begin with what happens from now on. */
  readonly initial?: boolean | undefined
  /** Told when everything up to a place of the log has been read: first when the present objects are over. */
  readonly onBookmark?: ((resourceVersion: string) => void) | undefined
}

interface Answer {
  readonly event: {
    readonly type: StreamEvent['type']
    readonly resourceVersion: string
    readonly at: string
    readonly actor: string | null
    readonly object: { readonly uid: string; readonly manifest: AnyObject } | null
    readonly previous: { readonly manifest: AnyObject } | null
  }
}

/** The events of objects, for as long as somebody reads. */
export function watchObjects(
  { line, ask }: { readonly line: Line; readonly ask: Ask },
  { kinds, namespace, labelSelector, fieldSelector }: KindSelection,
  options: ObjectWatchOptions<AnyObject>,
): AsyncIterableIterator<WatchEvent<AnyObject>> {
  const stream = new WatchStream(
    {
      line,
      document: async () => watchDocument(fieldSelector !== undefined),
      variables: { kinds, namespace, labelSelector, fieldSelector },
      start: () => startOf(ask, options),
    },
    options,
  )
  return mappedEvents(stream, (event) => {
    const told = eventOf(event)
    if (told === undefined) options.onBookmark?.(event.position)
    return told
  })
}

async function startOf(
  ask: Ask,
  { after, initial, signal }: ObjectWatchOptions<AnyObject>,
): Promise<WatchStart | undefined> {
  if (typeof after === 'string') return { after }
  if (after !== undefined) return { after: after.resourceVersion, present: after.items.map(presentOf) }
  return initial === false ? { after: await latestVersion(ask, { signal }) } : undefined
}

/** An object of a list as the event that would have told of it. */
function presentOf(object: AnyObject): StreamEvent {
  const { uid, resourceVersion, creationTimestamp } = object.metadata
  const event: Answer['event'] = {
    type: 'ADDED',
    resourceVersion,
    at: creationTimestamp,
    actor: null,
    object: { uid, manifest: object },
    previous: null,
  }
  return readEvent({ event })
}

function eventOf({ data }: StreamEvent): WatchEvent<AnyObject> | undefined {
  const { type, resourceVersion, at, actor, object, previous } = (data as unknown as Answer).event
  if (type === 'BOOKMARK' || object === null) return undefined
  return {
    type,
    resourceVersion,
    object: object.manifest,
    at,
    ...(previous === null ? {} : { previous: previous.manifest }),
    ...(actor === null ? {} : { actor }),
  }
}

function watchDocument(hasFields: boolean): string {
  const [fieldVariable, fieldArgument] = hasFields
    ? [', $fieldSelector: String', ', fieldSelector: $fieldSelector']
    : ['', '']
  return `subscription Watch($kinds: [String!], $namespace: String, $labelSelector: String${fieldVariable}, $after: ResourceVersion) {
  event: resourceEvents(kinds: $kinds, namespace: $namespace, labelSelector: $labelSelector${fieldArgument}, after: $after) {
    type
    resourceVersion
    at
    actor
    object: resource { uid manifest }
    previous { manifest }
  }
}`
}
