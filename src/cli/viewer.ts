import type { Resource } from '../model/resource.ts'
import { type Following, followObjects, type ObjectEvent } from './follow.ts'
import { runInterruptibly } from './interruption.ts'
import type { Session } from './session.ts'

/** Where the events of a watch are seen. */
export interface Viewer {
  show(event: ObjectEvent): void
  /** Tells something that has to do with the watch and not with an object. */
  say(sentence: string): void
  close(): void
}

/** The order of lists: by namespace, then by name. */
export function byName({ metadata: left }: Resource, { metadata: right }: Resource): number {
  const [a, b] = [`${left.namespace ?? ''}/${left.name}`, `${right.namespace ?? ''}/${right.name}`]
  return a < b ? -1 : a > b ? 1 : 0
}

/** Which objects are viewed. */
export interface Viewing extends Pick<Following, 'definition' | 'selection' | 'hasInitial'> {
  /** Whether an object of the selection is meant. */
  readonly isMeant: (object: Resource) => boolean
}

/**
 * Shows what happens to objects, over losses of the connection, as long as `--request-timeout` says, or until Ctrl-C: then it
 * rejects with an Interrupted.
 */
export async function viewObjects(viewer: Viewer, { isMeant, ...watched }: Viewing, session: Session): Promise<void> {
  const end = new AbortController()
  const { requestTimeoutMs } = session
  const timer = requestTimeoutMs === undefined ? undefined : setTimeout(() => end.abort(), requestTimeoutMs)
  try {
    await runInterruptibly(session, (signal) =>
      followObjects(session.client, {
        ...watched,
        signal: AbortSignal.any([signal, end.signal]),
        onEvent: (event) => {
          if (event.type === 'BOOKMARK' || isMeant(event.object)) viewer.show(event)
        },
        onLost: ({ message }) => viewer.say(`${message}; trying again`),
      }),
    )
  } finally {
    clearTimeout(timer)
    viewer.close()
  }
}
