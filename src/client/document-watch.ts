import { textOf } from './document.ts'
import type { Line } from './line.ts'
import { mappedEvents } from './mapped-events.ts'
import { type Ask, latestVersion } from './object-requests.ts'
import { RequestError } from './request-error.ts'
import type { Operation } from './subscription.ts'
import type { WatchStart } from './watch-progress.ts'
import { type WatchOptions, WatchStream } from './watch-stream.ts'

/** The events of a subscription document, as the server would have sent them over a connection that is never lost. */
export function watchDocument<Data>(
  { line, ask }: { readonly line: Line; readonly ask: Ask },
  { document, variables = {} }: Operation,
  options: WatchOptions = {},
): AsyncIterableIterator<Data> {
  const { after, ...rest } = variables
  const stream = new WatchStream(
    {
      line,
      document: () => watchableText(document),
      variables: rest,
      start: () => startOf(ask, { after, initial: rest['initial'], signal: options.signal }),
    },
    options,
  )
  return mappedEvents(stream, ({ data }) => data as Data)
}

interface Beginning {
  readonly after: unknown
  readonly initial: unknown
  readonly signal: AbortSignal | undefined
}

async function startOf(ask: Ask, { after, initial, signal }: Beginning): Promise<WatchStart | undefined> {
  if (typeof after === 'string') return { after }
  return initial === false ? { after: await latestVersion(ask, { signal }) } : undefined
}

/** The text of a document, if it can be resumed. */
async function watchableText(document: Operation['document']): Promise<string> {
  const text = await textOf(document)
  if (!/\$after\b/.test(text)) {
    throw new RequestError('INVALID', 'a document that is watched has a variable $after and hands it on as `after`')
  }
  if (/\binitial\s*:\s*false\b/.test(text)) {
    const message = 'a document that is watched does not say `initial: false`; let it be a variable, or give `after`'
    throw new RequestError('INVALID', message)
  }
  return text
}
