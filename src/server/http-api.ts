import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Registry } from 'prom-client'
import type { ErrorCode } from '../model/errors.ts'
import { authenticate, type Tokens } from './authentication.ts'
import type { Yoga } from './graphql.ts'
import { readBody } from './http-body.ts'
import { isOwnOrigin } from './origin.ts'

export interface HttpApiOptions {
  readonly yoga: Yoga
  readonly metrics: Registry
  readonly tokens: Tokens
  /** Host names by which the server may be called; undefined: any. */
  readonly hostNames: ReadonlySet<string> | undefined
  /** Bytes that a request's body may have. */
  readonly bodySizeMax: number
  /** Undefined when the server can serve, else why not. */
  readonly unreadiness: () => string | undefined
}

/** Answers HTTP requests: GraphQL and GraphiQL at /graphql, health, readiness and metrics. */
export function createHttpApi(options: HttpApiOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?', 1)[0]
    response.setHeader('X-Content-Type-Options', 'nosniff')
    if (path === '/healthz') return sendText(response, 200, 'ok')
    if (path === '/readyz') return sendReadiness(response, options.unreadiness())
    if (!isOwnOrigin(request, options.hostNames)) {
      return refuse(
        response,
        403,
        'FORBIDDEN',
        'requests from pages of other origins, or under another host name, are not answered',
      )
    }
    if (path === '/') return redirect(response, '/graphql')
    const principal = authenticate(options.tokens, request.headers.authorization)
    const wantsPage =
      path === '/graphql' && request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (principal === undefined && !wantsPage) {
      response.setHeader('WWW-Authenticate', 'Bearer')
      return refuse(response, 401, 'UNAUTHENTICATED', 'a valid token is needed: send "Authorization: Bearer TOKEN"')
    }
    if (path === '/metrics') return sendMetrics(response, options.metrics)
    if (path !== '/graphql')
      return refuse(response, 404, 'NOT_FOUND', `there is nothing at ${path}; GraphQL is at /graphql`)
    await answerGraphql(options, request, response, principal)
  }
}

async function answerGraphql(
  { yoga, bodySizeMax }: HttpApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
  principal: ReturnType<typeof authenticate>,
): Promise<void> {
  const tooLarge = `the request body is larger than ${bodySizeMax} bytes`
  const length = request.headers['content-length']
  if (Number(length ?? 0) > bodySizeMax) {
    response.setHeader('Connection', 'close')
    return refuse(response, 413, 'INVALID', tooLarge)
  }
  // The page itself holds no data: its requests carry the token that its user enters.
  const context = { principal: principal ?? { actor: 'system:anonymous', role: 'agent' as const } }
  if (length !== undefined || request.method !== 'POST') return yoga.handle(request, response, context as never)
  const body = await readBody(request, bodySizeMax)
  if ('tooLarge' in body) {
    response.setHeader('Connection', 'close')
    return refuse(response, 413, 'INVALID', tooLarge)
  }
  await answerCollected(yoga, { request, response, text: body.text, context })
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
  const answer = await yoga.fetch(
    'http://myriad/graphql',
    { method: 'POST', headers, body: new Uint8Array(text) },
    context as never,
  )
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  for await (const chunk of answer.body ?? []) response.write(chunk)
  response.end()
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

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(302, { Location: to })
  response.end()
}

function refuse(response: ServerResponse, status: number, code: ErrorCode, message: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }))
}
