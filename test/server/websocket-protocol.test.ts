import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Server } from '../../src/server/server.ts'
import { type Talk, talkTo, testServers } from '../support/test-server.ts'

/** https://github.com/graphql/graphql-over-http/blob/main/rfcs/GraphQLOverWebSocket.md, close code by close code. */
const faults: unknown[] = []
const servers = testServers(faults, afterAll)
const version = '{ cluster { version } }'
const watch = 'subscription { podEvents { type } }'
const longId = 'ï'.repeat(5_000)
let server: Server
/** One that waits only for a moment, for those who never introduce themselves. */
let impatient: Server

beforeAll(async () => {
  server = await servers.start({ limits: { bodySizeMax: 20_000 } })
  impatient = await servers.start({ limits: { initWaitMs: 50 } })
})

/** What is sent, after the introduction unless `init` is null, and what it is closed with. */
interface Row {
  readonly code: number
  readonly reason?: string
  readonly init?: null
  readonly act: (talk: Talk) => void
}

const invalid = 'Invalid message received'
const sending = (...messages: readonly unknown[]): Row => ({
  code: 4400,
  reason: invalid,
  act: (talk) => {
    for (const message of messages) talk.send(typeof message === 'string' ? message : JSON.stringify(message))
  },
})
const subscribe = (payload: unknown, more: object = { id: '1' }) => sending({ type: 'subscribe', payload, ...more })

const rows: readonly (readonly [string, Row])[] = [
  ['what is no JSON', sending('hello')],
  ['nothing', sending('')],
  ['null', sending('null')],
  ['a list', sending([{ type: 'ping' }])],
  ['lists without end', sending('['.repeat(10_000))],
  ['a message without a type', sending({})],
  ['a type that there is not', sending({ type: 'hello' })],
  ['a type that is no text', sending({ type: { type: 'ping' } })],
  ['a message of bytes', { ...sending(), act: ({ socket }) => socket.send(Buffer.from('{"type":"ping"}')) }],
  ['a message that only servers send', sending({ type: 'next', id: '1', payload: {} })],
  ['an acknowledgement', sending({ type: 'connection_ack' })],
  ['a ping with a list', sending({ type: 'ping', payload: [] })],
  ['a completion of nothing', sending({ type: 'complete' })],
  ['a subscription without an id', subscribe({ query: version }, {})],
  ['a subscription with an empty id', subscribe({ query: version }, { id: '' })],
  ['a subscription whose id is a number', subscribe({ query: version }, { id: 1 })],
  ['a subscription to nothing', subscribe(undefined)],
  ['a document that is no text', subscribe({ query: 3 })],
  ['variables that are a list', subscribe({ query: version, variables: [] })],
  ['a name of an operation that is no text', subscribe({ query: version, operationName: 3 })],
  ['extensions that are a text', subscribe({ query: version, extensions: 'x' })],
  ['an introduction with a list', { ...sending({ type: 'connection_init', payload: [] }), init: null }],
  [
    'a question before its introduction',
    { code: 4401, reason: 'Unauthorized', init: null, act: (talk) => talk.subscribe('1', version) },
  ],
  ['no introduction', { code: 4408, reason: 'Connection initialisation timeout', init: null, act: () => undefined }],
  ['pings instead of an introduction', { code: 4408, init: null, act: (talk) => talk.send({ type: 'ping' }) }],
  ['an id that is in use', twice('1', 'Subscriber for 1 already exists')],
  ['a long id that is in use', twice(longId, `Subscriber for ${'ï'.repeat(5)}…${'ï'.repeat(5)} already exists`)],
  [
    'a second introduction',
    {
      code: 4429,
      reason: 'Too many initialisation requests',
      act: (talk) => talk.send({ type: 'connection_init' }),
    },
  ],
  [
    'two introductions at once',
    {
      code: 4429,
      init: null,
      act: (talk) => {
        for (let time = 0; time < 2; time += 1) talk.send({ type: 'connection_init' })
      },
    },
  ],
  ['a farewell', { code: 1000, act: ({ socket }) => socket.close(1000) }],
  ['a text that is no UTF-8', { code: 1007, act: ({ socket }) => socket.send(Buffer.from([0xff]), { binary: false }) }],
  ['a message that is too large', { code: 1009, act: (talk) => talk.send('x'.repeat(20_001)) }],
  [
    'a frame that is none',
    { code: 1002, act: ({ socket }) => void (socket as unknown as { _socket: Duplex })._socket.write('hello') },
  ],
]

function twice(id: string, reason: string): Row {
  return {
    code: 4409,
    reason,
    act: (talk) => {
      for (let time = 0; time < 2; time += 1) talk.subscribe(id, watch)
    },
  }
}

describe('a WebSocket', () => {
  it.each(rows)(
    'is closed after %s, with its own code, and nothing is left',
    async (_, { code, reason, init, act }) => {
      const talk = await talkTo(code === 4408 ? impatient : server, init === null ? { init } : {})
      act(talk)
      const closed = await talk.closed
      expect(closed.code).toBe(code)
      if (reason !== undefined) expect(closed.reason).toBe(reason)
      await expect.poll(() => server.hub.subscriberCount).toBe(0)
      const next = await talkTo(server)
      next.subscribe('1', version)
      expect(await next.results('1', 1)).toEqual([{ data: { cluster: { version: 'test' } } }])
      next.socket.close()
      expect(faults).toEqual([])
    },
  )

  it.each([[undefined], [['graphql-ws']]])('is closed with 4406 where it offers %s', async (protocols) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/graphql`, protocols)
    // A client that has offered others does not take the connection for opened.
    socket.on('error', () => undefined)
    const code = await new Promise((resolve) => socket.on('close', resolve))
    expect(code).toBe(protocols === undefined ? 4406 : 1006)
  })

  it('does nothing of what comes behind a message that closes it', async () => {
    const before = server.store.replica.revision
    const talk = await talkTo(server)
    talk.send('hello')
    talk.subscribe('1', 'mutation { createNamespace(input: {metadata: {name: "late"}}) { name } }')
    expect((await talk.closed).code).toBe(4400)
    expect(talk.messages.map(({ type }) => type)).toEqual(['connection_ack'])
    expect(server.store.replica.revision).toBe(before)
  })
})

describe('a conversation', () => {
  it('has an answer for each ping, also before its introduction', async () => {
    const talk = await talkTo(server, { init: null })
    talk.send({ type: 'ping', payload: { a: 1 } })
    talk.send({ type: 'pong' })
    talk.send({ type: 'connection_init' })
    await talk.message(({ type }) => type === 'connection_ack')
    talk.send({ type: 'ping' })
    await expect.poll(() => talk.messages.length).toBe(3)
    expect(talk.messages).toEqual([{ type: 'pong', payload: { a: 1 } }, { type: 'connection_ack' }, { type: 'pong' }])
    talk.socket.close()
  })

  it('ends each operation with one message, after which its id can be used again', async () => {
    const talk = await talkTo(server)
    talk.send({ type: 'complete', id: 'unknown' })
    for (const [turn, document] of [version, '{ pood }', version].entries()) {
      talk.subscribe('1', document)
      await expect.poll(() => talk.messages.filter(({ type }) => type !== 'next')).toHaveLength(turn + 2)
    }
    expect(talk.messages.map(({ type }) => type)).toEqual([
      'connection_ack',
      'next',
      'complete',
      'error',
      'next',
      'complete',
    ])
    talk.socket.close()
  })

  it('hears no more of a subscription that it has completed', async () => {
    const talk = await talkTo(server)
    talk.subscribe('1', watch)
    await talk.results('1', 1)
    talk.send({ type: 'complete', id: '1' })
    await expect.poll(() => server.hub.subscriberCount).toBe(0)
    talk.subscribe('2', 'mutation { createNamespace(input: {metadata: {name: "quiet"}}) { name } }')
    await talk.message(({ id, type }) => id === '2' && type === 'complete')
    expect(talk.messages.filter(({ id }) => id === '1')).toHaveLength(1)
    talk.socket.close()
  })
})
