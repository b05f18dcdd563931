import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { buildSchema, execute, GraphQLError, subscribe, validate } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { type Client, connect } from '../../src/client/client.ts'

const schema = buildSchema(`
  type Query { token: String, refuse: String }
  type Mutation { double(n: Int!): Int! hang: Int }
  type Subscription { count(to: Int!): Int! forever: Int! }
`)

interface Server {
  readonly url: string
  readonly port: number
  /** How many streams are being read by a client. */
  readonly live: () => number
  /** Cuts every WebSocket without a word, as a crash does. */
  readonly cut: () => void
  readonly close: () => Promise<void>
}

const open: { close: () => unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function serve(port = 0): Promise<Server> {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, path: '/graphql' })
  let live = 0
  const roots = {
    refuse: () => {
      const causes = [{ field: 'spec', reason: 'FieldValueInvalid', message: 'is wrong' }]
      throw new GraphQLError('it is refused', { extensions: { code: 'INVALID', causes } })
    },
    token: (_args: unknown, context: { token: string }) => context.token,
    double: ({ n }: { n: number }) => 2 * n,
    hang: () => new Promise(() => {}),
    async *count({ to }: { to: number }) {
      for (let n = 1; n <= to; n += 1) yield { count: n }
    },
    forever: () => stream((change) => (live += change)),
  }
  const context = (ctx: { connectionParams?: Record<string, unknown> | undefined }) => ({
    token: ctx.connectionParams?.authorization,
  })
  const options = {
    schema,
    execute,
    subscribe,
    validate,
    roots: { query: roots, mutation: roots, subscription: roots },
    context,
  }
  useServer(options, sockets)
  await new Promise<void>((resolve) => {
    http.listen(port, '127.0.0.1', resolve)
  })
  const bound = (http.address() as AddressInfo).port
  const server: Server = {
    url: `http://127.0.0.1:${bound}/graphql`,
    port: bound,
    live: () => live,
    cut: () => {
      for (const socket of sockets.clients) socket.terminate()
    },
    close: () =>
      new Promise((resolve) => {
        server.cut()
        sockets.close()
        http.close(() => resolve())
      }),
  }
  open.push(server)
  return server
}

/** Yields once and then nothing until it is left; `count` hears of its beginning and its end. */
function stream(count: (change: number) => void): AsyncIterableIterator<unknown> {
  let leave = (): void => {}
  const left = new Promise<void>((resolve) => {
    leave = resolve
  })
  let first = true
  count(1)
  return {
    async next() {
      if (first) {
        first = false
        return { done: false, value: { forever: 0 } }
      }
      await left
      return { done: true, value: undefined }
    },
    return() {
      count(-1)
      leave()
      return Promise.resolve({ done: true, value: undefined })
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

function clientOf(url: string, more: Partial<Parameters<typeof connect>[0]> = {}): Client {
  const client = connect({ url, webSocketImpl: WebSocket, retryWaitMs: () => 5, ...more })
  open.push(client)
  return client
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 2)
    })
  }
}

describe('over the WebSocket', () => {
  it('sends a request and gives its data', async () => {
    const client = clientOf((await serve()).url)
    const document = 'mutation ($n: Int!) { double(n: $n) }'
    const answers = await Promise.all([1, 2, 3].map((n) => client.send<{ double: number }>(document, { n })))
    expect(answers).toEqual([{ double: 2 }, { double: 4 }, { double: 6 }])
  })

  it('shows its token when it connects', async () => {
    const client = clientOf((await serve()).url, { token: 'abc' })
    expect(await client.send('{ token }')).toEqual({ token: 'Bearer abc' })
  })

  it('throws a refusal with its code and causes', async () => {
    const client = clientOf((await serve()).url)
    await expect(client.send('{ refuse }')).rejects.toMatchObject({
      name: 'RequestError',
      code: 'INVALID',
      message: 'it is refused',
      causes: [{ field: 'spec', reason: 'FieldValueInvalid', message: 'is wrong' }],
    })
  })

  it('reads a subscription to its end', async () => {
    const client = clientOf((await serve()).url)
    const seen: number[] = []
    for await (const { count } of client.subscribe<{ count: number }>('subscription { count(to: 3) }')) seen.push(count)
    expect(seen).toEqual([1, 2, 3])
  })

  it('ends a subscription on the server when its reader leaves', async () => {
    const server = await serve()
    const client = clientOf(server.url)
    for await (const _ of client.subscribe('subscription { forever }')) {
      expect(server.live()).toBe(1)
      break
    }
    await until(() => server.live() === 0)
  })

  it('ends subscriptions when it is closed, as if the server had completed them', async () => {
    const client = clientOf((await serve()).url)
    let messages = 0
    for await (const _ of client.subscribe('subscription { forever }')) {
      messages += 1
      setImmediate(() => client.close())
    }
    expect(messages).toBe(1)
    await expect(client.send('{ token }')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('ends all that is under way with UNAVAILABLE when the connection is lost, and connects again when asked', async () => {
    const server = await serve()
    const client = clientOf(server.url)
    const hanging = client.send('mutation { hang }').catch((error: unknown) => error)
    const read = async (): Promise<void> => {
      for await (const _ of client.subscribe('subscription { forever }')) server.cut()
    }
    await expect(read()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(await hanging).toMatchObject({ code: 'UNAVAILABLE' })
    expect(await client.send('mutation { double(n: 4) }')).toEqual({ double: 8 })
  })

  it('says UNAVAILABLE while there is no server, and works once there is one', async () => {
    const { port, url, close } = await serve()
    await close()
    const client = clientOf(url)
    await expect(client.send('{ token }')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await serve(port)
    expect(await client.send('mutation { double(n: 1) }')).toEqual({ double: 2 })
  })

  it('notices a server that accepts the connection and says nothing, as a stopped one does', async () => {
    const silent = createTcpServer().listen(0, '127.0.0.1')
    const peers: Socket[] = []
    silent.on('connection', (peer) => peers.push(peer))
    open.push({ close: () => silent.close() }, { close: () => peers.forEach((peer) => peer.destroy()) })
    await new Promise((resolve) => {
      silent.once('listening', resolve)
    })
    const client = clientOf(`ws://127.0.0.1:${(silent.address() as AddressInfo).port}`, { keepAliveMs: 30 })
    await expect(client.send('{ token }')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('notices a server that does not answer any more', async () => {
    const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'graphql-transport-ws' })
    open.push({ close: () => sockets.close() })
    await new Promise((resolve) => {
      sockets.once('listening', resolve)
    })
    sockets.on('connection', (socket) => socket.once('message', () => socket.send('{"type":"connection_ack"}')))
    const { port } = sockets.address() as AddressInfo
    const client = clientOf(`ws://127.0.0.1:${port}`, { keepAliveMs: 30 })
    await expect(client.send('{ token }')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})

describe('over HTTP', () => {
  const answering = (body: unknown) => {
    const calls: [string, RequestInit | undefined][] = []
    const fetch = (url: unknown, init?: RequestInit): Promise<Response> => {
      calls.push([String(url), init])
      return Promise.resolve(Response.json(body))
    }
    return { calls, fetch: fetch as typeof globalThis.fetch }
  }

  it('posts the document with its variables and the token', async () => {
    const { calls, fetch } = answering({ data: { pods: [] } })
    const client = clientOf('ws://host/graphql', { fetch, token: 'abc' })
    expect(await client.query('query ($n: Int) { pods }', { n: 1 })).toEqual({ pods: [] })
    const [url, init] = calls[0] ?? []
    expect(url).toBe('http://host/graphql')
    expect(init).toMatchObject({ method: 'POST', headers: { authorization: 'Bearer abc' } })
    expect(JSON.parse(init?.body as string)).toEqual({ query: 'query ($n: Int) { pods }', variables: { n: 1 } })
  })

  it('throws the first error by its code', async () => {
    const { fetch } = answering({ data: null, errors: [{ message: 'no', extensions: { code: 'NOT_FOUND' } }] })
    await expect(clientOf('http://host', { fetch }).mutate('mutation { x }')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  const answers = (status: number, body: string, contentType: string) => {
    const headers = { 'content-type': contentType }
    const fetch = () => Promise.resolve(new Response(body, { status, statusText: 'Words', headers }))
    return clientOf('http://host', { fetch }).query('{ x }')
  }

  it.each([
    [200, 'text/html', '<html>', 'UNAVAILABLE', 'http://host/graphql answered 200 Words with text/html content'],
    [200, 'application/json', '[1]', 'UNAVAILABLE', 'is this the address of a Myriad server'],
    [404, 'text/html', '<html>', 'UNAVAILABLE', 'with its path /graphql?'],
    [
      404,
      'application/json',
      '{"errors": [{"message": "nothing here", "extensions": {"code": "NOT_FOUND"}}]}',
      'UNAVAILABLE',
      'answered 404: nothing here',
    ],
    [401, 'text/plain', 'no', 'UNAUTHENTICATED', 'asks for other credentials'],
    [403, '', '', 'FORBIDDEN', 'does not let it pass'],
    [413, 'text/html', '<html>', 'INVALID', 'the request is larger'],
    [429, 'text/html', '<html>', 'TOO_MANY_REQUESTS', 'ask less often'],
    [502, 'text/html', '<html>', 'UNAVAILABLE', 'the server behind it is not there'],
  ])('says what an answer %i of %s that is not GraphQL means', async (status, type, body, code, words) => {
    await expect(answers(status, body, type)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as string,
    })
  })

  it('says why there is no answer, and what may help', async () => {
    const { port, close } = await serve()
    await close()
    const refused = clientOf(`http://127.0.0.1:${port}`).query('{ x }')
    await expect(refused).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: `no answer from http://127.0.0.1:${port}/graphql: connect ECONNREFUSED 127.0.0.1:${port}; is the server running?`,
    })
  })

  it('gives up at a signal with its reason, and after a time with UNAVAILABLE', async () => {
    const silent = createTcpServer().listen(0, '127.0.0.1')
    const peers: Socket[] = []
    silent.on('connection', (peer) => peers.push(peer))
    open.push({ close: () => silent.close() }, { close: () => peers.forEach((peer) => peer.destroy()) })
    await new Promise((resolve) => {
      silent.once('listening', resolve)
    })
    const client = clientOf(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`, { timeoutMs: 20 })
    await expect(client.query('{ x }')).rejects.toMatchObject({
      message: expect.stringContaining('within 20 ms') as string,
    })
    await expect(client.pods.list()).rejects.toMatchObject({
      message: expect.stringContaining('within 20 ms') as string,
    })
    const reason = new Error('enough')
    const stop = new AbortController()
    const waiting = client.query('{ x }', {}, { signal: stop.signal, timeoutMs: 10_000 })
    stop.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    await expect(client.send('{ x }', {}, { signal: stop.signal })).rejects.toBe(reason)
    await expect(client.send('{ x }', {}, { timeoutMs: 20 })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it.each(['localhost:4000', '', 'ftp://host', 'http://'])('refuses the address "%s"', (url) => {
    expect(() => connect({ url })).toThrow(expect.objectContaining({ code: 'INVALID' }) as Error)
  })

  it('says UNAVAILABLE when the server cannot be reached', async () => {
    const fetch = () => Promise.reject(new TypeError('fetch failed'))
    await expect(clientOf('http://host', { fetch }).query('{ x }')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
