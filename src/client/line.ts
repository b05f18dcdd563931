import { backOff } from './back-off.ts'
import type { Connection, Request, ResponseSink } from './connection.ts'
import { RequestError } from './request-error.ts'

/** How a line reaches the server. */
export interface LineOptions {
  /** ws: or wss: address. */
  readonly url: string
  readonly token: string | undefined
  readonly webSocketImpl: unknown
  readonly keepAliveMs: number
  readonly retryWaitMs: ((attempt: number) => number) | undefined
}

/** The present WebSocket connection, and the waiting time before the next one. What it needs is loaded at first use. */
export class Line {
  readonly #options: LineOptions
  #connection: Connection | undefined
  #opening: Promise<Connection> | undefined
  #attempt = 0
  #endWait: (() => void) | undefined
  #closed = false

  constructor(options: LineOptions) {
    this.#options = options
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /** Starts an operation, over a new connection if there is none. The function that comes back ends it early. */
  start(request: Request, sink: ResponseSink): () => void {
    if (this.#connection !== undefined) return startOn(this.#connection, request, sink)
    let stop = (): void => {}
    let stopped = false
    this.#ready().then(
      (connection) => {
        if (!stopped) stop = startOn(connection, request, sink)
      },
      (error: RequestError) => {
        if (!stopped) sink.error(error)
      },
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
    if (this.#attempt > 0 && !this.#closed) await this.#wait()
    this.#assertOpen()
    this.#attempt += 1
    const { openConnection } = await import('./connection.ts')
    const connection = openConnection({
      url: this.#options.url,
      token: this.#options.token,
      webSocketImpl: this.#options.webSocketImpl ?? (await findWebSocket()),
      keepAliveMs: this.#options.keepAliveMs,
      onLost: () => {
        if (this.#connection === connection) this.#connection = undefined
      },
    })
    await connection.ready
    if (this.#closed) connection.close()
    this.#assertOpen()
    this.#attempt = 1
    this.#connection = connection
    return connection
  }

  #assertOpen(): void {
    if (this.#closed) throw new RequestError('UNAVAILABLE', 'the client has been closed')
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

function startOn(connection: Connection, request: Request, sink: ResponseSink): () => void {
  const stop = connection.start(request, sink)
  sink.started?.()
  return stop
}

/** The platform's own WebSocket, or that of the package ws, which stands in for it in Node below 22. */
async function findWebSocket(): Promise<unknown> {
  const { WebSocket: own } = globalThis as { readonly WebSocket?: unknown }
  return own ?? (await import('ws')).WebSocket
}
