import { type Client, RequestError } from '../client/index.ts'
import type { KindDefinition } from '../model/kind.ts'
import type { Resource } from '../model/resource.ts'
import { inScope, type Selection } from './objects.ts'

/** Something that happened to an object. BOOKMARK, without one: the present objects have come. */
export type ObjectEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: Resource }
  | { readonly type: 'BOOKMARK' }

/** What is followed. */
export interface Following {
  readonly definition: KindDefinition
  readonly selection: Selection
  /** Whether the present objects come first. */
  readonly hasInitial: boolean
  /** Ends it. */
  readonly signal: AbortSignal
  /** Called when the server cannot be reached, with what is the matter, before it is tried again. */
  readonly onLost: (error: RequestError) => void
}

/**
 * What happens to the objects of a kind, each change once and in order; it goes on where it was when the connection was
 * lost. Ends when the signal does, and throws what the server refuses it with.
 */
export async function* followObjects(client: Client, following: Following): AsyncGenerator<ObjectEvent> {
  const { definition, hasInitial, signal, onLost } = following
  const selection = inScope(definition, following.selection)
  const document = definition.kind === 'Event' ? eventDocument(selection) : objectDocument(definition, selection)
  let after: string | undefined
  while (!signal.aborted) {
    const { namespace, labelSelector, fieldSelector } = selection
    const variables = { namespace, labelSelector, fieldSelector, initial: hasInitial, after }
    const stream = client.subscribe<{ events: SentEvent }>(document, variables)
    const stop = (): void => void stream.return?.()
    signal.addEventListener('abort', stop)
    try {
      for await (const { events } of stream) {
        const event = eventOf(events)
        if (event.type === 'BOOKMARK' || after !== undefined) after = events.position
        yield event
      }
      return
    } catch (error) {
      if (!(error instanceof RequestError) || error.code !== 'UNAVAILABLE' || after === undefined) throw error
      onLost(error)
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }
}

interface SentEvent {
  readonly type: ObjectEvent['type']
  /** Where to go on after it. */
  readonly position: string
  readonly object: { readonly manifest: Resource } | null
}

function eventOf({ type, object }: SentEvent): ObjectEvent {
  return type === 'BOOKMARK' || object === null ? { type: 'BOOKMARK' } : { type, object: object.manifest }
}

function objectDocument({ kind }: KindDefinition, { fieldSelector }: Selection): string {
  const [parameter, byFields] = fieldParameter(fieldSelector)
  return (
    `subscription Objects(${parameter}$namespace: String, $labelSelector: String, $initial: Boolean, $after: ResourceVersion) { ` +
    `events: resourceEvents(kinds: ["${kind}"], ${byFields}namespace: $namespace, labelSelector: $labelSelector, ` +
    'initial: $initial, after: $after) { type position: resourceVersion object: resource { uid manifest } } }'
  )
}

/** Kubernetes Events are beside the log and are followed by a cursor of their own. */
function eventDocument({ fieldSelector }: Selection): string {
  const [parameter, byFields] = fieldParameter(fieldSelector)
  return (
    `subscription Events(${parameter}$namespace: String, $initial: Boolean, $after: String) { ` +
    `events: clusterEvents(${byFields}namespace: $namespace, initial: $initial, after: $after) ` +
    '{ type position: cursor object: event { uid manifest } } }'
  )
}

function fieldParameter(fieldSelector: string | undefined): readonly [string, string] {
  if (fieldSelector === undefined) return ['', '']
  return ['$fieldSelector: String, ', 'fieldSelector: $fieldSelector, ']
}
