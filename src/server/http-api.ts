import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Registry } from 'prom-client'
import { type ErrorCode, Refusal } from '../model/errors.ts'
import { authenticate, type Principal, type Tokens } from './authentication.ts'
import type { Yoga } from './graphql.ts'
import { readBody } from './http-body.ts'
import type { OpenOperations } from './open-operations.ts'
import { corsHeaders, mayCall, type OriginRule, preflightHeaders } from './origin.ts'

export interface HttpApiOptions {
  readonly yoga: Yoga
  readonly metrics: Registry
  readonly tokens: Tokens
  readonly origins: OriginRule
  /** Bytes that a request's body may have. */
  readonly bodySizeMax: number
  readonly operations: OpenOperations
  /** Undefined when the server can serve, else why not. */
  readonly unreadiness: () => string | undefined
}

/** Answers HTTP requests: GraphQL and GraphiQL at /graphql, health, readiness and metrics. */
export function createHttpApi(options: HttpApiOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?', 1)[0]
    response.setHeader('X-Content-Type-Options', 'nosniff')
    if (path === '/healthz') return sendHealth(response, options.unreadiness())
    if (path === '/readyz') return sendReadiness(response, options.unreadiness())
    for (const [name, value] of Object.entries(corsHeaders(request, options.origins))) response.setHeader(name, value)
    if (!mayCall(request, options.origins)) {
      return refuse(
        response,
        403,
        'FORBIDDEN',
        'requests from pages of other origins, or under another host name, are not answered',
      )
    }
    const preflight = preflightHeaders(request, options.origins)
    if (preflight !== undefined) return permit(response, preflight)
    if (path === '/') return redirect(response, '/graphql')
    const principal = authenticate(options.tokens, request.headers.authorization)
    const wantsPage =
      path === '/graphql' && request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (principal === undefined && !wantsPage) {
      response.setHeader('WWW-Authenticate', 'Bearer')
      return refuse(response, 401, 'UNAUTHENTICATED', 'a valid token is needed: send "Authorization: Bearer TOKEN"')
    }
    if (path === '/metrics') {
      if (principal?.role === 'admin') return sendMetrics(response, options.metrics)
      return refuse(response, 403, 'FORBIDDEN', 'the metrics are for those who hold the token of an admin')
    }
    if (path !== '/graphql')
      return refuse(response, 404, 'NOT_FOUND', `there is nothing at ${path}; GraphQL is at /graphql`)
    await answerGraphql(options, { request, response, principal: principal ?? nobody })
  }
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly principal: Principal
}

/** Who asks for the page without a token: the page holds no data, its requests carry the token that its user enters. */
const nobody: Principal = { actor: 'system:anonymous', role: 'nobody' }

async function answerGraphql(options: HttpApiOptions, exchange: Exchange): Promise<void> {
  const { yoga, bodySizeMax } = options
  const { request, response, principal } = exchange
  if (request.method === 'POST' && !isJson(request.headers['content-type'])) {
    const message = 'the request body must be JSON: send "Content-Type: application/json"'
    return refuseUnread(response, 415, message)
  }
  // Yoga knows the type in small letters only; by RFC 9110 they do not matter.
  if (request.method === 'POST') request.headers['content-type'] = 'application/json'
  const tooLarge = `the request body is larger than ${bodySizeMax} bytes`
  const length = request.headers['content-length']
  if (Number(length ?? 0) > bodySizeMax) return refuseUnread(response, 413, tooLarge)
  if (!countIn(options, response)) return
  const context = { principal }
  if (length !== undefined || request.method !== 'POST') return yoga.handle(request, response, context as never)
  const body = await readBody(request, bodySizeMax)
  if ('fault' in body) {
    if (body.fault === 'tooLarge') refuseUnread(response, 413, tooLarge)
    else response.destroy()
    return
  }
  await answerCollected(yoga, { request, response, text: body.text, context })
}

/** JSON is what no form can send, so that a page of another origin cannot either (CSRF). */
function isJson(contentType: string | undefined): boolean {
  return /^application\/(?:graphql\+)?json\s*(?:;|$)/i.test(contentType ?? '')
}

/** Counts the operation until its answer has ended; refuses it when there are too many. */
function countIn({ operations }: HttpApiOptions, response: ServerResponse): boolean {
  const own = operations.connection()
  try {
    own.open()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refuse(response, 429, error.code, error.message)
    return false
  }
  response.once('close', () => own.closeAll())
  return true
}

interface Collected {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly text: Buffer
  readonly context: unknown
}

/** Answers a request whose length was not told, after its body has been read. */
async function answerCollected(yoga: Yoga, { request, response, text, context }: Collected): Promise<void> {
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || name === 'transfer-encoding' ? [] : [[name, String(value)]],
  )
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const answer = await yoga.fetch(
    'http://myriad/graphql',
    { method: 'POST', headers, body: new Uint8Array(text), signal: gone.signal },
    context as never,
  )
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  await pipeline(answer.body === null ? [] : answer.body, response).catch((error: unknown) => {
    // Whoever has gone does not want the rest.
    if (!gone.signal.aborted) throw error
  })
}

/** A server that cannot serve is not helped by being started again: it lives, and tells what it lacks. */
function sendHealth(response: ServerResponse, unreadiness: string | undefined): void {
  sendText(response, 200, unreadiness === undefined ? 'ok' : `ok, but ${unreadiness}`)
}

function sendReadiness(response: ServerResponse, unreadiness: string | undefined): void {
  sendText(response, unreadiness === undefined ? 200 : 503, unreadiness ?? 'ok')
}

async function sendMetrics(response: ServerResponse, metrics: Registry): Promise<void> {
  response.setHeader('Content-Type', metrics.contentType)
  response.end(await metrics.metrics())
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`${text}\n`)
}

/** Answers a browser that has asked whether a page may send its request. */
function permit(response: ServerResponse, headers: Record<string, string>): void {
  response.writeHead(204, headers)
  response.end()
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(302, { Location: to })
  response.end()
}

/** Refuses a request whose body has not been read, and never will be. */
function refuseUnread(response: ServerResponse, status: number, message: string): void {
  response.setHeader('Connection', 'close')
  refuse(response, status, 'INVALID', message)
}

function refuse(response: ServerResponse, status: number, code: ErrorCode, message: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }))
}
