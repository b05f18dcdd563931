import { connect as connectSocket, type Socket } from 'node:net'
import { afterEach } from 'vitest'
import { WebSocket } from 'ws'
import { type Server, type ServerOptions, startServer } from '../../src/server/server.ts'
import { temporaryStores } from './temporary-stores.ts'

/** Servers on free ports, each over a database of its own unless one is given. */
export interface TestServers {
  newFile(): string
  start(options?: Partial<ServerOptions>): Promise<Server>
}

/**
 * Servers for the tests of a file. A fault of the server fails nothing by itself: it is in `faults`. They are closed after
 * each test, or, with `afterAll`, when all are done.
 */
export function testServers(faults: unknown[] = [], whenDone: typeof afterEach = afterEach): TestServers {
  const stores = temporaryStores(whenDone)
  const servers: Server[] = []
  whenDone(async () => {
    for (const server of servers.splice(0)) await server.close()
    await stores.clear()
  })
  return {
    newFile: () => stores.newFile(),
    start: async (options = {}) => {
      const server = await startServer({
        file: stores.newFile(),
        host: '127.0.0.1',
        port: 0,
        tokens: {},
        version: 'test',
        onFault: (error) => void faults.push(error),
        ...options,
      })
      servers.push(server)
      return server
    },
  }
}

/** One message of the graphql-transport-ws protocol. */
export interface Message {
  readonly type: string
  readonly id?: string
  readonly payload?: unknown
}

/** A WebSocket that speaks the protocol by hand. */
export interface Talk {
  readonly socket: WebSocket
  readonly messages: readonly Message[]
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  send(message: Message | string): void
  subscribe(id: string, query: string, variables?: object): void
  /** Resolves with the first message that is accepted, also one that has come before. */
  message(accepts: (message: Message) => boolean): Promise<Message>
  /** Resolves when so many results of an operation have come, with them. */
  results<Result>(id: string, count: number): Promise<Result[]>
}

/** Opens a WebSocket; with `init` (the default) it introduces itself and waits to be accepted. */
export async function talkTo(
  server: Server,
  { init = {}, headers = {} }: { init?: object | null; headers?: Record<string, string> } = {},
): Promise<Talk> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
  const messages: Message[] = []
  let waiting: (() => void)[] = []
  const wake = () => {
    for (const look of waiting.splice(0)) look()
  }
  socket.on('message', (data: Buffer) => {
    messages.push(JSON.parse(data.toString()) as Message)
    wake()
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => {
      resolve({ code, reason: reason.toString() })
      wake()
    })
  })
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })
  const until = async <Value>(find: () => Value | undefined): Promise<Value> => {
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      if (socket.readyState === socket.CLOSED) throw new Error(`closed; there came ${JSON.stringify(messages)}`)
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
      })
    }
  }
  const send = (message: Message | string) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  const talk: Talk = {
    socket,
    messages,
    closed,
    send,
    subscribe: (id, query, variables) => send({ type: 'subscribe', id, payload: { query, variables } }),
    message: (accepts) => until(() => messages.find(accepts)),
    results: (id, count) =>
      until(() => {
        const mine = messages.filter((message) => message.id === id && message.type === 'next')
        return mine.length >= count ? mine.map(({ payload }) => payload as never) : undefined
      }),
  }
  if (init !== null) {
    talk.send({ type: 'connection_init', payload: init })
    await talk.message(({ type }) => type === 'connection_ack')
  }
  return talk
}

/** What a server answers to bytes that are sent as they are, until it closes or `ends` is found. */
export async function rawExchange(server: Server, text: string, ends?: string): Promise<string> {
  const socket: Socket = connectSocket(server.port, '127.0.0.1')
  socket.setNoDelay(true)
  socket.write(text)
  let answer = ''
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      answer += chunk.toString()
      if (ends !== undefined && answer.includes(ends)) break
    }
  } catch (error) {
    // A server that closes with bytes unread resets the connection: what it said before counts.
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error
  }
  socket.destroy()
  return answer
}
