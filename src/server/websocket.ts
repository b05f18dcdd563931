import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql'
import { CloseCode, handleProtocols, makeServer, type Server, type SubscribePayload } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { formatError } from '../../schema/error-format.ts'
import { shorten } from '../model/errors.ts'
import { authenticate, type Principal, type Tokens } from './authentication.ts'
import type { Yoga } from './graphql.ts'
import type { ConnectionOperations, OpenOperations } from './open-operations.ts'
import { WebSocketSink } from './websocket-sink.ts'

export interface WebSocketOptions {
  readonly yoga: Yoga
  readonly tokens: Tokens
  /** Bytes that one message may have. */
  readonly messageSizeMax: number
  readonly operations: OpenOperations
  /** Milliseconds that a peer has to introduce itself; default 3,000. */
  readonly initWaitMs?: number
  /** Milliseconds between pings; a peer that has not answered by the next one is gone. */
  readonly keepAliveMs?: number
  readonly onFault: (error: unknown) => void
}

interface Connection {
  readonly socket: Duplex
  readonly webSocket: WebSocket
  readonly request: IncomingMessage
  readonly operations: ConnectionOperations
  principal?: Principal
}

/** What Yoga makes of a request: its plugins around GraphQL's own functions. */
interface Enveloped {
  readonly schema: GraphQLSchema
  readonly parse: (query: string) => DocumentNode
  readonly validate: (schema: GraphQLSchema, document: DocumentNode) => readonly GraphQLError[]
  readonly contextFactory: () => Promise<unknown>
  readonly execute: (args: ExecutionArgs) => Promise<ExecutionResult>
  readonly subscribe: (args: ExecutionArgs) => Promise<AsyncGenerator<ExecutionResult> | ExecutionResult>
}

/** What graphql-ws hands to its `execute` and `subscribe`: our arguments with the enveloped functions. */
interface EnvelopedArgs extends ExecutionArgs {
  readonly rootValue: Pick<Enveloped, 'execute' | 'subscribe'>
}

/** A reason to close in the 123 bytes that RFC 6455 leaves for it: one may quote an id, of which a character may take three. */
function shortReason(reason: string): string {
  return Buffer.byteLength(reason) > 123 ? shorten(reason, 40) : reason
}

/** The GraphQL API over WebSocket, by the graphql-transport-ws protocol. */
export class WebSocketApi {
  private readonly options: WebSocketOptions
  private readonly server: WebSocketServer
  private readonly protocol: Server<{ connection: Connection }>

  constructor(options: WebSocketOptions) {
    this.options = options
    this.server = new WebSocketServer({
      noServer: true,
      maxPayload: options.messageSizeMax,
      perMessageDeflate: false,
      handleProtocols,
    })
    this.protocol = makeServer<Record<string, unknown>, { connection: Connection }>({
      connectionInitWaitTimeout: options.initWaitMs ?? 3_000,
      onConnect: ({ connectionParams, extra }) => this.admit(extra.connection, connectionParams),
      onSubscribe: async ({ extra }, id, payload) => this.prepare(extra.connection, id, payload),
      execute: (args) => (args as EnvelopedArgs).rootValue.execute(args),
      subscribe: (args) => (args as EnvelopedArgs).rootValue.subscribe(args),
      onComplete: ({ extra }) => extra.connection.operations.close(),
      onError: (_, __, ___, errors) => errors.map((error) => formatError(error).toJSON()),
      onNext: (_, __, ___, ____, { errors, ...result }) =>
        ({
          ...result,
          ...(errors === undefined ? {} : { errors: errors.map((error) => formatError(error).toJSON()) }),
        }) as never,
    })
  }

  get connectionCount(): number {
    return this.server.clients.size
  }

  /** Takes over a connection that asked to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.server.handleUpgrade(request, socket, head, (webSocket) =>
      this.open({ socket, webSocket, request, operations: this.options.operations.connection() }),
    )
  }

  /** Closes every connection with 1001 (going away). */
  close(): void {
    for (const client of this.server.clients) client.close(1001, 'the server is closing')
    this.server.close()
  }

  /** Ends what has not closed by itself. */
  terminate(): void {
    for (const client of this.server.clients) client.terminate()
  }

  private open(connection: Connection): void {
    const { webSocket } = connection
    const closed = this.protocol.opened(
      {
        protocol: webSocket.protocol,
        send: (data) =>
          new Promise((resolve) => {
            // A message to a peer that has gone is nobody's loss: the close event follows.
            if (webSocket.readyState === webSocket.OPEN) webSocket.send(data, () => resolve())
            else resolve()
          }),
        close: (code, reason = '') => webSocket.close(code, shortReason(reason)),
        onMessage: (take) => {
          webSocket.on('message', (data: Buffer, isBinary) => {
            // What comes after the connection has been refused was sent in vain.
            if (webSocket.readyState !== webSocket.OPEN) return
            if (isBinary) return webSocket.close(CloseCode.BadRequest, 'Invalid message received')
            take(data.toString()).catch((error: unknown) => this.refuse(connection, error))
          })
        },
      },
      { connection },
    )
    const stopPinging = this.keepAlive(webSocket)
    webSocket.on('error', () => webSocket.terminate())
    webSocket.once('close', (code, reason) => {
      stopPinging()
      connection.operations.closeAll()
      closed(code, String(reason)).catch(this.options.onFault)
    })
  }

  private keepAlive(webSocket: WebSocket): () => void {
    let alive = true
    webSocket.on('pong', () => {
      alive = true
    })
    const pinging = setInterval(() => {
      if (!alive) return webSocket.terminate()
      alive = false
      webSocket.ping()
    }, this.options.keepAliveMs ?? 30_000).unref()
    return () => clearInterval(pinging)
  }

  /** A message that made no sense, or a fault of our own: both end the connection, only the latter is ours to know. */
  private refuse({ webSocket }: Connection, error: unknown): void {
    const isUnknownType = error instanceof Error && error.message.startsWith('Unexpected message of type')
    if (!isUnknownType) this.options.onFault(error)
    if (isUnknownType) webSocket.close(CloseCode.BadRequest, 'Invalid message received')
    else webSocket.close(CloseCode.InternalServerError, 'Internal server error')
  }

  private admit(connection: Connection, params: Readonly<Record<string, unknown>> | undefined): boolean {
    const shown = params?.['authorization'] ?? params?.['Authorization'] ?? connection.request.headers.authorization
    const principal = authenticate(this.options.tokens, typeof shown === 'string' ? shown : undefined)
    if (principal === undefined) connection.webSocket.close(CloseCode.Unauthorized, 'Unauthorized')
    else connection.principal = principal
    return principal !== undefined
  }

  private async prepare(
    connection: Connection,
    id: string,
    payload: SubscribePayload,
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    try {
      connection.operations.open()
    } catch (refusal) {
      return [formatError(refusal)]
    }
    const prepared = await this.envelop(connection, id, payload)
    // What is refused never begins, so that nobody tells its end.
    if (Array.isArray(prepared)) connection.operations.close()
    return prepared
  }

  private async envelop(
    connection: Connection,
    id: string,
    payload: SubscribePayload,
  ): Promise<ExecutionArgs | GraphQLError[]> {
    const sink = new WebSocketSink(connection.socket, id)
    const { parse, validate, contextFactory, schema, execute, subscribe } = this.options.yoga.getEnveloped({
      principal: connection.principal,
      sink,
      params: payload,
    } as never) as Enveloped
    try {
      const document = parse(payload.query)
      const errors = validate(schema, document)
      if (errors.length > 0) return [...errors]
      if (getOperationAST(document, payload.operationName) == null) {
        return [new GraphQLError('it is not clear which operation is meant: name one that the document has')]
      }
      return {
        schema,
        document,
        operationName: payload.operationName,
        variableValues: payload.variables,
        contextValue: await contextFactory(),
        rootValue: { execute, subscribe },
      } as ExecutionArgs
    } catch (error) {
      return [formatError(error)]
    }
  }
}
