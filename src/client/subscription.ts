import { type AnyDocument, textOf, type Variables } from './document.ts'
import type { Line } from './line.ts'
import { RequestError } from './request-error.ts'
import { ResponseStream } from './response-stream.ts'

/** A document with what it is given. */
export interface Operation {
  readonly document: AnyDocument
  readonly variables: Variables | undefined
}

/** Starts a subscription at once, and reads it until it ends, its reader leaves or the signal comes. */
export function subscribe<Data>(
  line: Line,
  { document, variables }: Operation,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): AsyncIterableIterator<Data> {
  let stop = (): void => {}
  let isOver = false
  const leave = (): void => void stream.return()
  const stream = new ResponseStream<Data>(() => {
    isOver = true
    signal?.removeEventListener('abort', leave)
    stop()
  })
  const start = (query: string): void => {
    if (!isOver) stop = line.start({ query, ...(variables === undefined ? {} : { variables }) }, stream)
  }
  signal?.addEventListener('abort', leave, { once: true })
  if (signal?.aborted === true) leave()
  else if (typeof document === 'string') start(document)
  else textOf(document).then(start, (error: unknown) => stream.error(unprintable(error)))
  return stream
}

function unprintable(error: unknown): RequestError {
  return new RequestError('INVALID', `the document cannot be printed: ${String(error)}`, { cause: error })
}
