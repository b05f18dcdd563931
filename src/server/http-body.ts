import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { invalid, type Refusal } from '../model/errors.ts'

/** What a request body is found to be. `gone`: the client went before it was complete. */
export type Body = { readonly text: Buffer } | { readonly fault: 'tooLarge' | 'gone' }

/** Reads a body up to a size in bytes. */
export async function readBody(request: IncomingMessage, sizeMax: number): Promise<Body> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > sizeMax) return { fault: 'tooLarge' }
      chunks.push(chunk)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return { fault: 'gone' }
    throw error
  }
  return { text: Buffer.concat(chunks, size) }
}

/**
 * The type of a body that cannot be read, told in a sentence; undefined for JSON in UTF-8 (RFC 8259, 8.1). JSON is what no
 * form can send, so that a page of another origin cannot either (CSRF).
 */
export function judgeType({ 'content-type': type = '', 'content-encoding': encoding }: Headers): string | undefined {
  if (!/^application\/(?:graphql\+)?json\s*(?:;|$)/i.test(type)) {
    return 'the request body must be JSON: send "Content-Type: application/json"'
  }
  const charset = /;\s*charset="?([^";\s]*)/i.exec(type)?.[1]
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    return `the request body must be in UTF-8, which is what JSON is in; "${charset}" is not read`
  }
  if (encoding === undefined || /^identity$/i.test(encoding)) return undefined
  return `the request body must be sent as it is; the content encoding "${encoding}" is not read`
}

type Headers = Pick<IncomingMessage['headers'], 'content-type' | 'content-encoding'>

/** What a body says: an object of JSON, which holds something. Returns the refusal of anything else. */
export function parseBody(text: Buffer): Refusal | Readonly<Record<string, unknown>> {
  if (!isUtf8(text)) return unreadable('it has bytes that are no UTF-8')
  let value: unknown
  try {
    value = JSON.parse(text.toString())
  } catch (error) {
    return unreadable(`malformed JSON: ${(error as SyntaxError).message}`)
  }
  if (Array.isArray(value)) return unreadable('one operation is sent in one request, not a list of them')
  if (typeof value !== 'object' || value === null) return unreadable('it must be an object such as {"query": "{ … }"}')
  if (Object.keys(value).length > 0) return value as Readonly<Record<string, unknown>>
  const message = 'Required value: the document that is to be executed'
  return invalid('the request body', [{ field: 'query', reason: 'FieldValueRequired', message }])
}

function unreadable(why: string): Refusal {
  return invalid('the request', [{ field: 'body', reason: 'FieldValueInvalid', message: `Invalid value: ${why}` }])
}
