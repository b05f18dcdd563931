import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setFaultLog } from '../../schema/error-format.ts'
import { createSchema } from '../../schema/schema.ts'
import { bootstrap } from '../commands/bootstrap.ts'
import { EventInbox } from '../commands/event-inbox.ts'
import { Refusal } from '../model/errors.ts'
import type { DefaultTolerationSeconds } from '../model/kinds/pod-admission.ts'
import type { RetentionOptions } from '../store/retention.ts'
import { Store } from '../store/store.ts'
import type { WriteTurn } from '../store/write-turn.ts'
import { Assignments } from '../watch/assignments.ts'
import { EventFeed } from '../watch/event-feed.ts'
import { Hub } from '../watch/hub.ts'
import { LogRelay } from '../watch/log-relay.ts'
import type { Tokens } from './authentication.ts'
import { createGraphql } from './graphql.ts'
import { createHttpApi } from './http-api.ts'
import { openHttpListener, refuseUpgrade } from './http-listener.ts'
import { type DocumentLimits, defaultDocumentLimits } from './limits.ts'
import { createMetrics } from './metrics.ts'
import { OpenOperations, type OperationLimits } from './open-operations.ts'
import { loopbackNames, mayCall, type OriginRule } from './origin.ts'
import { patientClock } from './patient-clock.ts'
import { WebSocketApi } from './websocket.ts'

export interface ServerOptions {
  /** Path of the SQLite file. */
  readonly file: string
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly tokens: Tokens
  /** Origins, such as `https://app.example`, whose pages may call; default: none but the server's own. */
  readonly allowedOrigins?: readonly string[]
  readonly version: string
  readonly retention?: RetentionOptions
  readonly limits?: Partial<ServerLimits>
  readonly pollMs?: number
  /** How the scheduler of this cluster prefers machines: what `pod.scheduling` explains with. */
  readonly scoring?: 'LeastAllocated' | 'MostAllocated'
  /** For pods that say nothing of machines that are lost. */
  readonly tolerationSeconds?: DefaultTolerationSeconds
  /** Shared with the controller worker when that is a thread of this process. */
  readonly turn?: WriteTurn
  readonly onFault: (error: unknown) => void
  /** Told why when the database cannot be written any more, and undefined when it can again. */
  readonly onWriteHealth?: (fault: string | undefined) => void
}

export interface ServerLimits extends OperationLimits {
  readonly document: DocumentLimits
  /** Bytes that a request's body, or a WebSocket's message, may have. */
  readonly bodySizeMax: number
  /** Logs of pods that may be read at the same time. */
  readonly logStreamsMax: number
  /** Milliseconds that an agent has to answer whoever reads a log. */
  readonly logAnswerMsMax: number
  /** Milliseconds that a client has for its request's headers, for the whole request, to introduce its WebSocket. */
  readonly headersTimeoutMs: number
  readonly requestTimeoutMs: number
  readonly initWaitMs: number
  /** Milliseconds between pings over a WebSocket; a peer that has not answered by the next one is gone. */
  readonly keepAliveMs: number
}

const defaultLimits: ServerLimits = {
  document: defaultDocumentLimits,
  bodySizeMax: 16 * 1024 ** 2,
  subscriptionsPerConnectionMax: 1_000,
  subscriptionsMax: 50_000,
  logStreamsMax: 1_000,
  logAnswerMsMax: 10_000,
  headersTimeoutMs: 20_000,
  requestTimeoutMs: 60_000,
  initWaitMs: 3_000,
  keepAliveMs: 30_000,
}

/** A server that listens. */
export interface Server {
  readonly url: string
  readonly port: number
  readonly store: Store
  readonly hub: Hub
  close(): Promise<void>
}

/** Milliseconds between the runs that shorten the log and drop what is old. */
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
    ...pick(options, 'onWriteHealth'),
  })
  try {
    await bootstrap({ store, actor: 'system:server', now: Date.now, newUid: randomUUID, random: Math.random })
    return await serve(store, options)
  } catch (error) {
    await store.close()
    throw error
  }
}

async function serve(store: Store, options: ServerOptions): Promise<Server> {
  const api = createApi(store, options)
  const { hub, assignments, logs, events, eventFeed, webSockets } = api
  const endStreams = () => {
    hub.close()
    assignments.close()
    logs.close()
    eventFeed.close()
    webSockets.close()
  }
  const { host, port, onFault } = options
  const listener = await openHttpListener({ ...api.limits, ...api, host, port, onFault }).catch((error: unknown) => {
    endStreams()
    throw error
  })
  const stopMaintenance = maintain(store, onFault)
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`,
    port: listener.port,
    store,
    hub,
    close: async () => {
      api.beginClosing()
      stopMaintenance()
      endStreams()
      await listener.close(() => webSockets.terminate())
      await events.close()
      await store.close()
    },
  }
}

/** All that answers requests, over a store and without a socket. */
function createApi(store: Store, options: ServerOptions) {
  const { onFault, tokens, host } = options
  const limits = { ...defaultLimits, ...options.limits }
  const hub = new Hub({ store, onFault })
  const assignments = new Assignments(store)
  const logs = new LogRelay({ streamsMax: limits.logStreamsMax, answerMsMax: limits.logAnswerMsMax })
  const operations = new OpenOperations(limits)
  const schema = createSchema(options.version)
  const events = new EventInbox({ store, onFault })
  const eventFeed = new EventFeed({ events: store.events, onFault })
  const yoga = createGraphql({
    schema,
    store,
    hub,
    assignments,
    logs,
    events,
    eventFeed,
    limits: limits.document,
    ...pick(options, 'scoring'),
    ...pick(options, 'tolerationSeconds'),
  })
  const webSockets = new WebSocketApi({
    ...limits,
    yoga,
    tokens,
    operations,
    messageSizeMax: limits.bodySizeMax,
    onFault,
  })
  const origins: OriginRule = {
    hostNames: tokens.admin === undefined ? new Set([...loopbackNames, host]) : undefined,
    allowedOrigins: new Set(options.allowedOrigins),
  }
  const metrics = createMetrics({ store, hub, logs, operations, connectionCount: () => webSockets.connectionCount })
  let closing = false
  const unreadiness = () => (closing ? 'the server is closing' : store.writeFault)
  return {
    limits,
    hub,
    assignments,
    logs,
    events,
    eventFeed,
    webSockets,
    answer: createHttpApi({ ...limits, yoga, metrics, tokens, origins, operations, unreadiness }),
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const path = (request.url ?? '').split('?', 1)[0]
      if (path !== '/graphql') refuseUpgrade(socket, '404 Not Found')
      else if (!mayCall(request, origins)) refuseUpgrade(socket, '403 Forbidden')
      else webSockets.upgrade(request, socket, head)
    },
    beginClosing: () => {
      closing = true
    },
  }
}

/** Shortens the log and drops old events and the leases of machines that are no more, now and then. Returns what stops that. */
function maintain(store: Store, onFault: (error: unknown) => void): () => void {
  const now = patientClock({ now: Date.now, elapsed: () => performance.now() })
  const maintenance = setInterval(() => {
    store.retention
      .run(now())
      .then(() => store.events.expire(now()))
      .then(() => store.leases.removeOrphans())
      .catch(onFault)
  }, maintenanceMs).unref()
  return () => clearInterval(maintenance)
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

function pick<Options extends object, Key extends keyof Options>(
  options: Options,
  key: Key,
): Partial<Pick<Options, Key>> {
  return options[key] === undefined ? {} : ({ [key]: options[key] } as Pick<Options, Key>)
}
