import type { KindDefinition } from '../model/kind.ts'
import type { Resource } from '../model/resource.ts'
import { objectOf } from './objects.ts'
import type { Session } from './session.ts'
import type { WaitingLine } from './waiting-line.ts'

/** An object that something is awaited of. */
export interface Awaited {
  readonly definition: KindDefinition
  readonly namespace: string
  readonly name: string
}

/** What is seen of an object: undefined, when it is not there. */
export type Sight = (object: Resource | undefined) => boolean

/** How it is waited. */
export interface Wait {
  readonly isMet: Sight
  readonly signal: AbortSignal
  readonly line: WaitingLine
  /** Whether a server that cannot be reached is waited for from the beginning. */
  readonly waitForServer?: boolean
}

/**
 * Follows one object until what is awaited of it is met, over losses of the connection, and resolves with the object as it
 * was then. Rejects with the reason of the signal when that aborts before.
 */
export async function awaitObject(
  { client }: Pick<Session, 'client'>,
  { definition, namespace, name }: Awaited,
  { isMet, signal, line, waitForServer = false }: Wait,
): Promise<Resource | undefined> {
  const end = new AbortController()
  const stop = (): void => end.abort()
  signal.addEventListener('abort', stop)
  let last: Resource | undefined
  try {
    const events = client.resources({ kinds: [definition.kind] }).watch({
      ...(namespace === '' ? {} : { namespace }),
      fieldSelector: `metadata.name=${name}`,
      signal: end.signal,
      waitForServer,
      onDisconnect: ({ message }) => line.show(`${message}; trying again`),
      // What is not there when all that is there has been told: the watch has nothing more to tell.
      onBookmark: () => {
        if (last === undefined && isMet(undefined)) end.abort()
      },
    })
    for await (const { type, object } of events) {
      last = type === 'DELETED' ? undefined : objectOf(object)
      if (isMet(last)) return last ?? objectOf(object)
    }
    signal.throwIfAborted()
    return undefined
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
