import { backOff } from './back-off.ts'
import { type Connection, openConnection, type Request, type ResponseSink } from './connection.ts'
import { dataOf, RequestError, type Response } from './request-error.ts'
import { ResponseStream } from './response-stream.ts'

/** Where the server is, and how to reach it. */
export interface ConnectOptions {
  /** The GraphQL endpoint, http(s): or ws(s):, for example `http://127.0.0.1:4000/graphql`. */
  readonly url: string
  readonly token?: string | undefined
  /** A WebSocket class, where there is no global one (Node below 22). */
  readonly webSocketImpl?: unknown
  readonly fetch?: typeof globalThis.fetch
  /** Milliseconds of silence after which the server is asked whether it is still there; default 10,000. */
  readonly keepAliveMs?: number
  /** Milliseconds to wait before connection attempt number `attempt` after a loss; default doubling with jitter, at most 5 s. */
  readonly retryWaitMs?: (attempt: number) => number
}

/** Variables of a GraphQL document by name, without the dollar sign. */
export type Variables = Record<string, unknown>

/** A connection to one Myriad server. Every method rejects with a `RequestError`. */
export interface Client {
  /** Reads over HTTP. */
  query<Data>(document: string, variables?: Variables): Promise<Data>
  /** Writes over HTTP. Never sent twice. */
  mutate<Data>(document: string, variables?: Variables): Promise<Data>
  /**
   * A query or mutation over the WebSocket, in the order in which it was asked: for many small requests. When the
   * connection is lost before the answer, it rejects with UNAVAILABLE and is not sent again.
   */
  send<Data>(document: string, variables?: Variables): Promise<Data>
  /**
   * A subscription over the WebSocket. Leaving the loop ends it on the server. When the connection is lost it throws
   * UNAVAILABLE; whoever wants to go on subscribes again, after the resourceVersion that was seen last.
   */
  subscribe<Data>(document: string, variables?: Variables): AsyncIterableIterator<Data>
  /** Ends the WebSocket; subscriptions end as if the server had completed them. */
  close(): void
}

/** A client of the server at `url`. The WebSocket opens at first use, and again at the first use after it was lost. */
export function connect(options: ConnectOptions): Client {
  const line = new Line(options)
  return {
    query: (document, variables) => post(options, document, variables),
    mutate: (document, variables) => post(options, document, variables),
    send: (document, variables) => sendOnce(line, requestOf(document, variables)),
    subscribe<Data>(document: string, variables?: Variables): AsyncIterableIterator<Data> {
      let stop = (): void => {}
      const stream = new ResponseStream<Data>(() => stop())
      stop = line.start(requestOf(document, variables), stream)
      return stream
    },
    close: () => line.close(),
  }
}

/** The present connection, and the waiting time before the next one. */
class Line {
  readonly #options: ConnectOptions
  #connection: Connection | undefined
  #opening: Promise<Connection> | undefined
  #attempt = 0
  #endWait: (() => void) | undefined
  #closed = false

  constructor(options: ConnectOptions) {
    this.#options = options
  }

  start(request: Request, sink: ResponseSink): () => void {
    if (this.#connection !== undefined) return this.#connection.start(request, sink)
    let stop = (): void => {}
    let stopped = false
    this.#ready().then(
      (connection) => {
        if (!stopped) stop = connection.start(request, sink)
      },
      (error: RequestError) => sink.error(error),
    )
    return () => {
      stopped = true
      stop()
    }
  }

  close(): void {
    this.#closed = true
    this.#endWait?.()
    this.#connection?.close()
    this.#connection = undefined
  }

  /** All who ask while a connection is being opened share that attempt and its outcome. */
  #ready(): Promise<Connection> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined
    })
    return this.#opening
  }

  async #open(): Promise<Connection> {
    if (this.#attempt > 0) await this.#wait()
    if (this.#closed) throw new RequestError('UNAVAILABLE', 'the client has been closed')
    this.#attempt += 1
    const connection = openConnection({
      url: webSocketUrl(this.#options.url),
      token: this.#options.token,
      webSocketImpl: this.#options.webSocketImpl,
      keepAliveMs: this.#options.keepAliveMs ?? 10_000,
      onLost: () => {
        if (this.#connection === connection) this.#connection = undefined
      },
    })
    await connection.ready
    if (this.#closed) {
      connection.close()
      throw new RequestError('UNAVAILABLE', 'the client has been closed')
    }
    this.#attempt = 1
    this.#connection = connection
    return connection
  }

  async #wait(): Promise<void> {
    const attempt = this.#attempt - 1
    const ms = this.#options.retryWaitMs?.(attempt) ?? backOff(attempt, Math.random())
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#endWait = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#endWait = undefined
  }
}

async function sendOnce<Data>(line: Line, request: Request): Promise<Data> {
  const response = await new Promise<Response>((resolve, reject) => {
    line.start(request, {
      response: resolve,
      error: reject,
      complete: () => reject(new RequestError('UNAVAILABLE', 'the operation ended without an answer')),
    })
  })
  return dataOf<Data>(response)
}

async function post<Data>(options: ConnectOptions, document: string, variables?: Variables): Promise<Data> {
  const headers: Record<string, string> = {
    accept: 'application/graphql-response+json, application/json',
    'content-type': 'application/json',
  }
  if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`
  const send = options.fetch ?? globalThis.fetch
  let response: Response
  try {
    const body = JSON.stringify(requestOf(document, variables))
    const answer = await send(httpUrl(options.url), { method: 'POST', headers, body })
    response = (await answer.json()) as Response
  } catch (error) {
    throw new RequestError('UNAVAILABLE', `the server did not answer: ${messageOf(error)}`, { cause: error })
  }
  return dataOf<Data>(response)
}

function requestOf(document: string, variables: Variables | undefined): Request {
  return variables === undefined ? { query: document } : { query: document, variables }
}

function webSocketUrl(url: string): string {
  return url.replace(/^http/, 'ws')
}

function httpUrl(url: string): string {
  return url.replace(/^ws/, 'http')
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
