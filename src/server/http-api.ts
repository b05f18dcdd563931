import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Registry } from 'prom-client'
import { formatError } from '../../schema/error-format.ts'
import { Refusal } from '../model/errors.ts'
import { authenticate, type Principal, type Tokens } from './authentication.ts'
import type { Yoga } from './graphql.ts'
import { judgeAddress, judgeType, parseBody, readBody } from './http-body.ts'
import { takesResults, withoutCharset } from './media-type.ts'
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
      const message = 'requests from pages of other origins, or under another host name, are not answered'
      return refuse(response, 403, new Refusal('FORBIDDEN', message))
    }
    const preflight = preflightHeaders(request, options.origins)
    if (preflight !== undefined) return permit(response, preflight)
    if (path === '/') return redirect(response, '/graphql')
    const principal = authenticate(options.tokens, request.headers.authorization)
    if (principal === undefined && !(path === '/graphql' && wantsPage(request))) {
      response.setHeader('WWW-Authenticate', 'Bearer')
      const message = 'a valid token is needed: send "Authorization: Bearer TOKEN"'
      return refuse(response, 401, new Refusal('UNAUTHENTICATED', message))
    }
    if (path === '/metrics') {
      if (principal?.role === 'admin') return sendMetrics(response, options.metrics)
      return refuse(response, 403, new Refusal('FORBIDDEN', 'the metrics are for those who hold the token of an admin'))
    }
    if (path !== '/graphql')
      return refuse(response, 404, new Refusal('NOT_FOUND', `there is nothing at ${path}; GraphQL is at /graphql`))
    await answerGraphql(options, { request, response, principal: principal ?? nobody })
  }
}

function wantsPage({ method, headers: { accept = '' } }: IncomingMessage): boolean {
  return method === 'GET' && accept.includes('text/html')
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly principal: Principal
}

/** Who asks for the page without a token: the page holds no data, its requests carry the token that its user enters. */
const nobody: Principal = { actor: 'system:anonymous', role: 'nobody' }

async function answerGraphql(options: HttpApiOptions, exchange: Exchange): Promise<void> {
  const { yoga } = options
  const { request, response, principal } = exchange
  const context = { principal } as never
  if (!takesResults(request.headers.accept) && !wantsPage(request)) {
    const message = 'results are JSON or events: send "Accept: application/json", or "text/event-stream"'
    return refuseUnread(response, 406, invalidRequest(message))
  }
  // Yoga knows UTF-8 by one of its names, and not in quotes.
  if (request.headers.accept !== undefined) request.headers.accept = withoutCharset(request.headers.accept)
  if (request.method !== 'POST') {
    const isQuery = request.method === 'GET' && !wantsPage(request)
    const refusal = isQuery ? judgeAddress(new URL(request.url ?? '/', 'http://myriad').searchParams) : undefined
    if (refusal !== undefined) return refuse(response, 400, refusal)
    if (countIn(options, response)) await yoga.handle(request, response, context)
    return
  }
  const badType = judgeType(request.headers)
  if (badType !== undefined) return refuseUnread(response, 415, invalidRequest(badType))
  const body = await readIn(options, exchange)
  if (body === undefined) return
  const params = parseBody(body)
  if (params instanceof Refusal) return refuse(response, 400, params)
  // Yoga knows the type in small letters only; by RFC 9110 they do not matter. It takes a body that has been parsed.
  request.headers['content-type'] = 'application/json'
  await yoga.handle(Object.assign(request, { body: params }), response, context)
}

/** The body of a request that counts as an operation; undefined when it is refused, or its sender has gone. */
async function readIn(options: HttpApiOptions, { request, response }: Exchange): Promise<Buffer | undefined> {
  const { bodySizeMax } = options
  const tooLarge = invalidRequest(`the request body is larger than ${bodySizeMax} bytes`)
  if (Number(request.headers['content-length'] ?? 0) > bodySizeMax) {
    refuseUnread(response, 413, tooLarge)
    return undefined
  }
  if (!countIn(options, response)) return undefined
  const body = await readBody(request, bodySizeMax)
  if ('text' in body) return body.text
  if (body.fault === 'tooLarge') refuseUnread(response, 413, tooLarge)
  else response.destroy()
  return undefined
}

function invalidRequest(message: string): Refusal {
  return new Refusal('INVALID', message)
}

/** Counts the operation until its answer has ended; refuses it when there are too many. */
function countIn({ operations }: HttpApiOptions, response: ServerResponse): boolean {
  const own = operations.connection()
  try {
    own.open()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refuse(response, 429, error)
    return false
  }
  response.once('close', () => own.closeAll())
  return true
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
function refuseUnread(response: ServerResponse, status: number, refusal: Refusal): void {
  response.setHeader('Connection', 'close')
  refuse(response, status, refusal)
}

function refuse(response: ServerResponse, status: number, refusal: Refusal): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify({ errors: [formatError(refusal)] }))
}
