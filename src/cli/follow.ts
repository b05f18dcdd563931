import { type Client, RequestError } from '../client/index.ts'
import type { KindDefinition } from '../model/kind.ts'
import type { Resource } from '../model/resource.ts'
import { inScope, type Selection } from './objects.ts'

/** Something that happened to an object. BOOKMARK, without one: all that there was has come. */
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
  readonly onEvent: (event: ObjectEvent) => void
  /** Called when the server cannot be reached, with what is the matter, before it is tried again. */
  readonly onLost: (error: RequestError) => void
}

/**
 * Tells what happens to the objects of a kind, each change once and in order; it goes on where it was when the connection was
 * lost. Resolves when the signal ends it, and rejects with what the server refuses it with.
 */
export async function followObjects(client: Client, following: Following): Promise<void> {
  const { definition, signal, onEvent, onLost, hasInitial: initial } = following
  if (definition.kind === 'Event') return followEvents(client, following)
  const { namespace, labelSelector, fieldSelector } = inScope(definition, following.selection)
  const events = client.resources({ kinds: [definition.kind] }).watch({
    namespace,
    labelSelector,
    fieldSelector,
    initial,
    signal,
    onDisconnect: onLost,
    onBookmark: () => onEvent({ type: 'BOOKMARK' }),
  })
  for await (const { type, object } of events) onEvent({ type, object: object as Resource })
}

interface SentEvent {
  readonly type: ObjectEvent['type']
  /** Where to go on after it. */
  readonly cursor: string
  readonly event: { readonly manifest: Resource } | null
}

/** Kubernetes Events are beside the log, and are followed by a cursor of their own. */
async function followEvents(client: Client, following: Following): Promise<void> {
  const { selection, hasInitial: initial, signal, onEvent, onLost } = following
  const { namespace, fieldSelector } = selection
  let after: string | undefined
  while (!signal.aborted) {
    try {
      const stream = client.subscribe<{ clusterEvents: SentEvent }>(
        eventDocument,
        { namespace, fieldSelector, initial, after },
        { signal },
      )
      for await (const { clusterEvents: sent } of stream) {
        const { type, event, cursor } = sent
        // Before the bookmark the present events come in an order in which nobody can resume.
        if (type === 'BOOKMARK' || after !== undefined) after = cursor
        onEvent(type === 'BOOKMARK' || event === null ? { type: 'BOOKMARK' } : { type, object: event.manifest })
      }
      return
    } catch (error) {
      if (!(error instanceof RequestError) || error.code !== 'UNAVAILABLE' || after === undefined) throw error
      onLost(error)
    }
  }
}

const eventDocument = `subscription Events($namespace: String, $fieldSelector: String, $initial: Boolean, $after: String) {
  clusterEvents(namespace: $namespace, fieldSelector: $fieldSelector, initial: $initial, after: $after) {
    type cursor event { manifest }
  }
}`
