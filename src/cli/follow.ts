import type { Client, RequestError } from '../client/index.ts'
import type { KindDefinition } from '../model/kind.ts'
import type { Resource } from '../model/resource.ts'
import { inScope, objectOf, type Selection } from './objects.ts'

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
  const { definition, signal, onEvent, onLost, hasInitial } = following
  // Events are followed from the present ones only: who does not want them does not hear of them.
  const isEvent = definition.kind === 'Event'
  let isHeard = hasInitial || !isEvent
  const events = client.resources({ kinds: [definition.kind] }).watch({
    ...inScope(definition, following.selection),
    ...(isEvent ? {} : { initial: hasInitial }),
    signal,
    onDisconnect: onLost,
    onBookmark: () => {
      isHeard = true
      onEvent({ type: 'BOOKMARK' })
    },
  })
  for await (const { type, object } of events) if (isHeard) onEvent({ type, object: objectOf(object) })
}
