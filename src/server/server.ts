import { randomUUID } from 'node:crypto'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFaultLog } from '../../schema/error-format.ts'
import { createSchema } from '../../schema/schema.ts'
import { bootstrap } from '../commands/bootstrap.ts'
import { Refusal } from '../model/errors.ts'
import type { RetentionOptions } from '../store/retention.ts'
import { Store } from '../store/store.ts'
import type { WriteTurn } from '../store/write-turn.ts'
import { Assignments } from '../watch/assignments.ts'
import { Hub } from '../watch/hub.ts'
import type { Tokens } from './authentication.ts'
import { createGraphql } from './graphql.ts'
import { createHttpApi } from './http-api.ts'
import { type DocumentLimits, defaultDocumentLimits } from './limits.ts'
import { createMetrics } from './metrics.ts'
import { isOwnOrigin, loopbackNames } from './origin.ts'
import { WebSocketApi } from './websocket.ts'

export interface ServerOptions {
  /** Path of the SQLite file. */
  readonly file: string
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly tokens: Tokens
  readonly version: string
  readonly retention?: RetentionOptions
  readonly limits?: Partial<ServerLimits>
  readonly pollMs?: number
  /** Shared with the controller worker when that is a thread of this process. */
  readonly turn?: WriteTurn
  readonly onFault: (error: unknown) => void
}

export interface ServerLimits {
  readonly document: DocumentLimits
  readonly bodySizeMax: number
  readonly subscriptionsPerConnectionMax: number
  readonly subscriptionsMax: number
}

const defaultLimits: ServerLimits = {
  document: defaultDocumentLimits,
  bodySizeMax: 16 * 1024 ** 2,
  subscriptionsPerConnectionMax: 1_000,
  subscriptionsMax: 50_000,
}

/** A server that listens. */
export interface Server {
  readonly url: string
  readonly port: number
  readonly store: Store
  readonly hub: Hub
  close(): Promise<void>
}

/** Milliseconds between the runs that shorten the log and drop old events. */
const maintenanceMs = 60_000

/**
 * Opens the database and serves the API until it is closed.
 * Throws UNAVAILABLE when the database cannot be opened or the address cannot be listened on.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { file, onFault } = options
  setFaultLog(onFault)
  assertGuarded(options)
  const store = await Store.open({
    file,
    onFault,
    ...pick(options, 'retention'),
    ...pick(options, 'pollMs'),
    ...pick(options, 'turn'),
  })
  const hub = new Hub({ store, onFault })
  const assignments = new Assignments(store)
  await bootstrap({ store, actor: 'system:server', now: Date.now, newUid: randomUUID, random: Math.random })
  const limits = { ...defaultLimits, ...options.limits }
  const yoga = createGraphql({
    schema: createSchema(options.version),
    store,
    hub,
    assignments,
    limits: limits.document,
  })
  const hostNames = isLoopback(options.host) && options.tokens.admin === undefined ? loopbackNames : undefined
  let closing = false
  const unreadiness = () => (closing ? 'the server is closing' : undefined)
  const metrics = createMetrics({ store, hub })
  const api = createHttpApi({ yoga, metrics, tokens: options.tokens, hostNames, unreadiness, ...limits })
  const http = createServer({ requestTimeout: 60_000, headersTimeout: 20_000 }, (request, response) => {
    api(request, response).catch((error: unknown) => {
      onFault(error)
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  })
  const webSockets = new WebSocketApi({
    yoga,
    tokens: options.tokens,
    messageSizeMax: limits.bodySizeMax,
    ...limits,
    onFault,
  })
  http.on('upgrade', (request, socket, head) => {
    const path = (request.url ?? '').split('?', 1)[0]
    if (path === '/graphql' && isOwnOrigin(request, hostNames)) webSockets.upgrade(request, socket, head)
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
  })
  const port = await listen(http, options)
  const maintenance = setInterval(() => {
    store.retention
      .run(Date.now())
      .then(() => store.events.expire(Date.now()))
      .catch(onFault)
  }, maintenanceMs).unref()
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    port,
    store,
    hub,
    close: async () => {
      closing = true
      clearInterval(maintenance)
      hub.close()
      assignments.close()
      webSockets.close()
      await closeHttp(http, webSockets)
      await store.close()
    },
  }
}

/** Without a token everybody may do everything, so nobody but this machine may reach the server. */
function assertGuarded({ host, tokens }: ServerOptions): void {
  if (tokens.admin !== undefined || isLoopback(host)) return
  throw new Refusal(
    'FORBIDDEN',
    `refusing to listen on ${host} without a token: set --token (MYRIAD_TOKEN), or listen on 127.0.0.1`,
  )
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

function listen(http: HttpServer, { host, port }: ServerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? 'another process listens there: stop it, or choose another port with --port'
          : error.message
      reject(new Refusal('UNAVAILABLE', `cannot listen on ${host}:${port}: ${why}`, { cause: error }))
    })
    http.listen(port, host, () => resolve((http.address() as AddressInfo).port))
  })
}

/** Lets what is being answered end; what has not ended after a while is cut. */
async function closeHttp(http: HttpServer, webSockets: WebSocketApi): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()))
  http.closeIdleConnections()
  const cut = setTimeout(() => {
    webSockets.terminate()
    http.closeAllConnections()
  }, 1_000)
  await closed
  clearTimeout(cut)
}

function pick<Options extends object, Key extends keyof Options>(
  options: Options,
  key: Key,
): Partial<Pick<Options, Key>> {
  return options[key] === undefined ? {} : ({ [key]: options[key] } as Pick<Options, Key>)
}
