import { createClient, type Client as SocketClient } from 'graphql-ws/client'
import { errorOf, RequestError, type Response, type ResponseFault } from './request-error.ts'

/** Where to connect, and whom to tell when it ends. */
export interface ConnectionOptions {
  /** ws: or wss: address. */
  readonly url: string
  readonly token: string | undefined
  readonly webSocketImpl: unknown
  /** Milliseconds of silence after which the server is asked whether it is there; it has as long again to answer. */
  readonly keepAliveMs: number
  /** Called once, when the connection has ended for whatever reason but `close`. */
  readonly onLost: (error: RequestError) => void
}

/** What an operation hears: any number of responses, then exactly one of `error` and `complete`. */
export interface ResponseSink {
  /** It has been sent. */
  started?(): void
  response(response: Response): void
  error(error: RequestError): void
  complete(): void
}

/** A GraphQL document with its variables. */
export interface Request {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
}

/** One WebSocket from its opening to its end. It never reconnects: operations that it takes with it end with UNAVAILABLE. */
export interface Connection {
  /** Resolves when the server has accepted the connection; rejects with UNAVAILABLE or UNAUTHENTICATED. */
  readonly ready: Promise<void>
  /** Starts an operation; the function that comes back ends it early, after which its sink hears nothing more. */
  start(request: Request, sink: ResponseSink): () => void
  /** Ends the connection and with it every operation, each with `complete`. */
  close(): void
}

/** Opens a connection that speaks `graphql-transport-ws` (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md). */
export function openConnection(options: ConnectionOptions): Connection {
  return new WebSocketConnection(options)
}

class WebSocketConnection implements Connection {
  readonly ready: Promise<void>
  readonly #options: ConnectionOptions
  readonly #socket: SocketClient
  readonly #sinks = new Set<ResponseSink>()
  #accept = (): void => {}
  #refuse = (_error: RequestError): void => {}
  #overdue: ReturnType<typeof setTimeout> | undefined
  readonly #unopened: ReturnType<typeof setTimeout>
  #accepted = false
  #ended = false

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.ready = new Promise<void>((resolve, reject) => {
      this.#accept = resolve
      this.#refuse = reject
    })
    // Whoever waits for `ready` hears of the failure; nobody waiting is no fault.
    this.ready.catch(ignoreWhenUnheard)
    // Until the WebSocket is open nobody else watches the time, and a peer that has been stopped still accepts connections.
    this.#unopened = setTimeout(
      () => this.#lose({ message: `no answer within ${options.keepAliveMs} ms` }),
      options.keepAliveMs,
    )
    this.#socket = createClient({
      url: options.url,
      webSocketImpl: options.webSocketImpl,
      lazy: false,
      retryAttempts: 0,
      keepAlive: options.keepAliveMs,
      connectionAckWaitTimeout: options.keepAliveMs,
      ...(options.token === undefined ? {} : { connectionParams: { authorization: `Bearer ${options.token}` } }),
      onNonLazyError: (event) => this.#lose(event),
      on: {
        opened: () => clearTimeout(this.#unopened),
        connected: () => {
          this.#accepted = true
          this.#accept()
        },
        error: (event) => this.#lose(event),
        closed: (event) => this.#lose(event),
        ping: (received) => {
          if (!received) this.#overdue = setTimeout(() => this.#socket.terminate(), options.keepAliveMs)
        },
        pong: () => clearTimeout(this.#overdue),
      },
    })
  }

  start(request: Request, sink: ResponseSink): () => void {
    if (this.#ended) {
      sink.error(new RequestError('UNAVAILABLE', 'the connection to the server is closed'))
      return () => {}
    }
    const sinks = this.#sinks.add(sink)
    const stop = this.#socket.subscribe(request, {
      next: (response) => {
        if (sinks.has(sink)) sink.response(response)
      },
      error: (error) => {
        if (!Array.isArray(error)) this.#lose(error)
        else if (sinks.delete(sink)) sink.error(errorOf(error as ResponseFault[]))
      },
      complete: () => {
        if (sinks.delete(sink)) sink.complete()
      },
    })
    return () => {
      if (sinks.delete(sink)) stop()
    }
  }

  close(): void {
    if (this.#ended) return
    this.#end((sink) => sink.complete())
    this.#refuse(new RequestError('UNAVAILABLE', 'the client has been closed'))
  }

  #lose(event: unknown): void {
    if (this.#ended) return
    const error = lostError(this.#options.url, this.#accepted, event)
    this.#end((sink) => sink.error(error))
    this.#refuse(error)
    this.#options.onLost(error)
  }

  #end(tell: (sink: ResponseSink) => void): void {
    this.#ended = true
    clearTimeout(this.#overdue)
    clearTimeout(this.#unopened)
    // A connection that never opened has nothing to dispose of and says so by rejecting.
    Promise.resolve(this.#socket.dispose()).catch(ignoreWhenUnheard)
    const sinks = [...this.#sinks]
    this.#sinks.clear()
    for (const sink of sinks) tell(sink)
  }
}

/** Close codes: graphql-ws PROTOCOL.md; 4401 and 4403 are what servers answer to a bad token. */
function lostError(url: string, wasAccepted: boolean, event: unknown): RequestError {
  const { code, reason, message, error } = (event ?? {}) as Readonly<Record<string, unknown>>
  const inner = (error as { readonly code?: unknown } | undefined)?.code
  const words = [code, reason || message || inner].filter(
    (word) => typeof word === 'number' || (word && typeof word === 'string'),
  )
  const why = words.length > 0 ? words.join(': ') : 'no reason was given'
  const text = wasAccepted ? `the connection to ${url} was lost (${why})` : `no connection to ${url}: ${why}`
  return new RequestError(code === 4401 || code === 4403 ? 'UNAUTHENTICATED' : 'UNAVAILABLE', text, { cause: event })
}

function ignoreWhenUnheard(): void {}
