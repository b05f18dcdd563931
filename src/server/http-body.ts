import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { type Cause, invalid, type Refusal } from '../model/errors.ts'
import { invalidFault, requiredFault, typeFault } from '../model/fault.ts'
import { otherCharset } from './media-type.ts'

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
  const charset = otherCharset(type)
  if (charset !== undefined) {
    return `the request body must be in UTF-8, which is what JSON is in; "${charset}" is not read`
  }
  if (encoding === undefined || /^identity$/i.test(encoding)) return undefined
  return `the request body must be sent as it is; the content encoding "${encoding}" is not read`
}

type Headers = Pick<IncomingMessage['headers'], 'content-type' | 'content-encoding'>

/** What a body asks for, as an object of JSON. Returns the refusal of anything else. */
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
  const causes = memberFaults(value as Readonly<Record<string, unknown>>)
  return causes.length === 0 ? (value as Readonly<Record<string, unknown>>) : invalid('the request body', causes)
}

/** The refusal of what a GET asks for in its address; undefined when that can be read. */
export function judgeAddress(parameters: URLSearchParams): Refusal | undefined {
  const causes: Cause[] = []
  const given: Record<string, unknown> = {}
  for (const name of Object.keys(memberTypes)) {
    const text = parameters.get(name)
    if (text === null) continue
    try {
      given[name] = name === 'variables' || name === 'extensions' ? JSON.parse(text) : text
    } catch (error) {
      causes.push(invalidFault(name, text, `malformed JSON: ${(error as SyntaxError).message}`))
    }
  }
  causes.push(...memberFaults(given))
  return causes.length === 0 ? undefined : invalid('the request', causes)
}

/** The members of a body by their types (https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters). */
const memberTypes = { query: 'string', operationName: 'string', variables: 'object', extensions: 'object' } as const

function memberFaults(body: Readonly<Record<string, unknown>>): Cause[] {
  const required = body['query'] == null ? [requiredFault('query', 'the document that is to be executed')] : []
  const faults = Object.entries(body).flatMap(([name, value]) => {
    if (value === null) return []
    if (!Object.hasOwn(memberTypes, name)) return [invalidFault(name, value, 'a request has no such member')]
    const type = memberTypes[name as keyof typeof memberTypes]
    return typeof value === type && !Array.isArray(value) ? [] : [typeFault(name, value, type)]
  })
  return [...required, ...faults]
}

function unreadable(why: string): Refusal {
  return invalid('the request', [{ field: 'body', reason: 'FieldValueInvalid', message: `Invalid value: ${why}` }])
}
