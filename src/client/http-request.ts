import type { Request } from './connection.ts'
import { RequestError, type RequestErrorCode, type Response } from './request-error.ts'

/** How one request is cut short. */
export interface RequestOptions {
  /** Gives the request up: it rejects with the reason of the signal, and may have been carried out or not. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds after which it rejects with UNAVAILABLE. */
  readonly timeoutMs?: number | undefined
}

/** Where requests go over HTTP. */
export interface HttpTarget {
  /** http: or https: address. */
  readonly url: string
  readonly token: string | undefined
  readonly fetch: typeof globalThis.fetch | undefined
}

/** An answer over HTTP, as far as it matters what it means. */
interface Answer {
  readonly status: number
  readonly statusText: string
  readonly contentType: string
  readonly text: string
}

/** Sends a request over HTTP and reads the answer, whatever it is, as a GraphQL response or as the error that it stands for. */
export async function postRequest(
  target: HttpTarget,
  request: Request,
  options: RequestOptions = {},
): Promise<Response> {
  const { signal, timeoutMs } = options
  const limit = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)
  const ends = [signal, limit].filter((one) => one !== undefined)
  try {
    return readAnswer(target, await fetchAnswer(target, request, ends))
  } catch (error) {
    if (error instanceof RequestError) throw error
    signal?.throwIfAborted()
    const why = limit?.aborted === true ? `nothing came within ${timeoutMs} ms` : reasonOf(error)
    throw new RequestError('UNAVAILABLE', `no answer from ${target.url}: ${why}`, { cause: error })
  }
}

async function fetchAnswer(target: HttpTarget, request: Request, ends: readonly AbortSignal[]): Promise<Answer> {
  const headers: Record<string, string> = {
    accept: 'application/graphql-response+json, application/json',
    'content-type': 'application/json',
  }
  if (target.token !== undefined) headers['authorization'] = `Bearer ${target.token}`
  const send = target.fetch ?? globalThis.fetch
  const answer = await send(target.url, {
    method: 'POST',
    headers,
    body: JSON.stringify(request),
    ...(ends.length === 0 ? {} : { signal: AbortSignal.any([...ends]) }),
  })
  const { status, statusText } = answer
  return { status, statusText, contentType: answer.headers.get('content-type') ?? '', text: await answer.text() }
}

function readAnswer({ url }: HttpTarget, answer: Answer): Response {
  const response = responseIn(answer.text)
  if (response !== undefined) return response
  const { status, statusText, contentType } = answer
  const [what = ''] = contentType.split(';')
  const said = `${url} answered ${`${status} ${statusText}`.trim()} with ${what === '' ? 'no' : what} content`
  const [code, advice] = meanings[status] ?? usualMeaning
  throw new RequestError(code, `${said}, which is no GraphQL response; ${advice}`)
}

/** The GraphQL response that a text is, if it is one. */
function responseIn(text: string): Response | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Not JSON, such as the page of a proxy: told by whoever asks.
    return undefined
  }
  const isResponse = typeof value === 'object' && value !== null && ('data' in value || Array.isArray(errorsOf(value)))
  return isResponse ? (value as Response) : undefined
}

function errorsOf(value: object): unknown {
  return 'errors' in value ? value.errors : undefined
}

const usualMeaning: readonly [RequestErrorCode, string] = [
  'UNAVAILABLE',
  'is this the address of a Myriad server, with its path /graphql?',
]

/** What the status of an answer that is not the server's own means: proxies and other servers speak by it alone. */
const meanings: Readonly<Record<number, readonly [RequestErrorCode, string]>> = {
  401: ['UNAUTHENTICATED', 'whatever stands before the server asks for other credentials'],
  403: ['FORBIDDEN', 'whatever stands before the server does not let it pass'],
  413: ['INVALID', 'the request is larger than what stands before the server lets pass'],
  429: ['TOO_MANY_REQUESTS', 'ask less often'],
  502: ['UNAVAILABLE', 'the server behind it is not there'],
  503: ['UNAVAILABLE', 'the server behind it is not there'],
  504: ['UNAVAILABLE', 'the server behind it does not answer'],
}

const advices: Readonly<Record<string, string>> = {
  ECONNREFUSED: '; is the server running?',
  ENOTFOUND: '; is the name of the host right?',
}

/** Why fetch failed: in Node the reason is in its cause, which for several addresses has no words but those of its parts. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause
  const { message, code } = first as Error & { readonly code?: unknown }
  return `${message || String(code)}${advices[String(code)] ?? ''}`
}
