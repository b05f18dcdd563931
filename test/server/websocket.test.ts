import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Server } from '../../src/server/server.ts'
import { nodeInput, podInput } from '../support/manifests.ts'
import { type Talk, talkTo, testServers } from '../support/test-server.ts'

const faults: unknown[] = []
const servers = testServers(faults)
const admin = 'admin-token-0123456789'
const agent = 'agent-token-0123456789'
const version = '{ cluster { version } }'

async function ask(talk: Talk, id: string, query: string, variables?: object): Promise<unknown> {
  talk.subscribe(id, query, variables)
  const message = await talk.message((one) => one.id === id && (one.type === 'next' || one.type === 'error'))
  return message.payload
}

describe('a WebSocket', () => {
  it('answers queries and mutations, and completes them', async () => {
    const talk = await talkTo(await servers.start())
    expect(await ask(talk, '1', version)).toEqual({ data: { cluster: { version: 'test' } } })
    await talk.message(({ id, type }) => id === '1' && type === 'complete')
    const create = 'mutation ($input: PodInput!) { createPod(input: $input) { name } }'
    expect(await ask(talk, '2', create, { input: podInput('a') })).toEqual({ data: { createPod: { name: 'a' } } })
    expect(await ask(talk, '3', create, { input: podInput('a') })).toMatchObject({
      errors: [{ extensions: { code: 'ALREADY_EXISTS' } }],
    })
  })

  it.each([
    ['a document that cannot be read', '{ a('],
    ['a field that there is not', '{ pood }'],
    ['a subscription to what there is not', 'subscription { podEvents(labelSelector: "a in (") { type } }'],
    ['an operation that is not clear', `query A ${version} query B ${version}`],
    ['a version in the future', 'subscription { podEvents(after: "999999") { type } }'],
    ['a namespace that cannot be', 'subscription { podEvents(namespace: "") { type } }'],
    ['a kind that there is not', 'subscription { resourceEvents(kinds: ["Pood"]) { type } }'],
    ['events, which are not in the log', 'subscription { resourceEvents(kinds: ["Event"]) { type } }'],
    ['a variable that does not fit', 'subscription ($n: String!) { podEvents(namespace: $n) { type } }'],
  ])('answers %s with one error of the code INVALID, and goes on', async (_, query) => {
    const talk = await talkTo(await servers.start())
    const payload = await ask(talk, '1', query)
    const errors = Array.isArray(payload) ? payload : (payload as { errors: unknown[] }).errors
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID' } }])
    expect(await ask(talk, '2', version)).toHaveProperty('data')
  })

  it('is closed with 1001 when the server closes', async () => {
    const server = await servers.start()
    const waiting = await talkTo(server)
    await server.close()
    expect((await waiting.closed).code).toBe(1001)
  })

  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }, '/graphql', 403],
    ['a foreign host name', { host: 'evil.example' }, '/graphql', 403],
    ['another path', {}, '/elsewhere', 404],
  ])('is not opened for %s', async (_, headers, path, status) => {
    const server = await servers.start()
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, 'graphql-transport-ws', { headers })
    const response = await new Promise<{ statusCode?: number | undefined }>((resolve) => {
      socket.on('unexpected-response', (_request, answer) => resolve(answer))
    })
    expect(response.statusCode).toBe(status)
  })

  it('is opened for a page of an allowed origin, and for no other', async () => {
    const server = await servers.start({ allowedOrigins: ['https://app.example'] })
    const talk = await talkTo(server, { headers: { origin: 'https://app.example' } })
    talk.subscribe('q', '{ cluster { version } }')
    expect(await talk.results('q', 1)).toEqual([{ data: { cluster: { version: 'test' } } }])
    await expect(talkTo(server, { headers: { origin: 'https://other.example' } })).rejects.toThrow('403')
  })
})

describe('tokens over a WebSocket', () => {
  const start = () => servers.start({ tokens: { admin, agent } })
  const codeOf = async (server: Server, options: Parameters<typeof talkTo>[1]) => {
    const talk = await talkTo(server, { ...options, init: null })
    talk.send({ type: 'connection_init', payload: options?.init })
    return (await talk.closed).code
  }

  it('let in over the introduction and over a header', async () => {
    const server = await start()
    for (const options of [
      { init: { authorization: `Bearer ${admin}` } },
      { init: { Authorization: `Bearer ${admin}` } },
      { headers: { authorization: `Bearer ${admin}` } },
    ]) {
      expect(await ask(await talkTo(server, options), '1', version)).toHaveProperty('data')
    }
  })

  it.each([
    ['none', {}],
    ['a wrong one', { authorization: 'Bearer wrong-token-0123456789' }],
    ['one that is no text', { authorization: [`Bearer ${admin}`] }],
  ])('close with 4401: %s', async (_, init) => {
    expect(await codeOf(await start(), { init })).toBe(4401)
  })

  it('of an agent open what is for agents, and are told FORBIDDEN for the rest', async () => {
    const server = await start()
    const talk = await talkTo(server, { init: { authorization: `Bearer ${agent}` } })
    const register = 'mutation ($nodes: [JSON!]!) { registerClusterNodes(nodes: $nodes) { count } }'
    expect(await ask(talk, '1', register, { nodes: [nodeInput('n1')] })).toEqual({
      data: { registerClusterNodes: { count: 1 } },
    })
    for (const [id, query] of [
      ['2', version],
      ['3', 'subscription { podEvents { type } }'],
    ] as const) {
      expect(JSON.stringify(await ask(talk, id, query))).toContain('"FORBIDDEN"')
    }
  })
})

describe('the number of operations', () => {
  const watch = 'subscription { podEvents { type } }'
  const isRefused = (payload: unknown) => JSON.stringify(payload).includes('TOO_MANY_REQUESTS')

  it('is limited for each connection, and one that ends makes room', async () => {
    const server = await servers.start({ limits: { subscriptionsPerConnectionMax: 2 } })
    const [talk, other] = [await talkTo(server), await talkTo(server)]
    for (const id of ['1', '2']) await ask(talk, id, watch)
    expect(isRefused(await ask(talk, '3', watch))).toBe(true)
    expect(await ask(other, '1', version)).toHaveProperty('data')
    talk.send({ type: 'complete', id: '1' })
    await expect.poll(() => server.hub.subscriberCount).toBe(1)
    expect(isRefused(await ask(talk, '4', watch))).toBe(false)
  })

  it('is limited for all together, and a connection that closes makes room', async () => {
    const server = await servers.start({ limits: { subscriptionsMax: 2 } })
    const [one, two] = [await talkTo(server), await talkTo(server)]
    await ask(one, '1', watch)
    await ask(one, '2', watch)
    expect(isRefused(await ask(two, '1', watch))).toBe(true)
    one.socket.terminate()
    await expect.poll(() => server.hub.subscriberCount).toBe(0)
    expect(isRefused(await ask(two, '2', watch))).toBe(false)
  })

  it('does not grow by what was refused or has ended', async () => {
    const server = await servers.start({ limits: { subscriptionsPerConnectionMax: 1, subscriptionsMax: 1 } })
    const talk = await talkTo(server)
    for (const [index, query] of [
      '{ a(',
      '{ pood }',
      version,
      'subscription { podEvents(after: "99999") { type } }',
      `query A ${version} query B ${version}`,
      version,
    ].entries()) {
      expect(isRefused(await ask(talk, `q${index}`, query))).toBe(false)
      await expect.poll(() => isRefusedNow(server)).toBe(false)
    }
  })

  /** Whether a further operation would be refused at this moment. */
  async function isRefusedNow(server: Server): Promise<boolean> {
    const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent(version)}`)
    await response.text()
    return response.status === 429
  }
})
