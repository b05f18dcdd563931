import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Server } from '../../src/server/server.ts'
import { rawExchange, testServers } from '../support/test-server.ts'

const faults: unknown[] = []
const servers = testServers(faults)
const admin = 'admin-token-0123456789'
const agent = 'agent-token-0123456789'
const version = '{ cluster { version } }'
const json = { 'content-type': 'application/json' }

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | ReadableStream
  readonly path?: string
}

async function send(server: Server, { method = 'POST', headers = json, body, path = '/graphql' }: Sent = {}) {
  const text = body ?? (method === 'GET' ? null : JSON.stringify({ query: version }))
  const options = { method, headers, body: text, duplex: 'half' } as RequestInit
  const response = await fetch(`${server.url}${path}`, options)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('the HTTP API', () => {
  it('answers a query by POST and by GET', async () => {
    const server = await servers.start()
    expect(await send(server)).toMatchObject({ status: 200, text: '{"data":{"cluster":{"version":"test"}}}' })
    const path = `/graphql?query=${encodeURIComponent(version)}`
    expect(await send(server, { method: 'GET', path, headers: {} })).toMatchObject({
      status: 200,
      text: '{"data":{"cluster":{"version":"test"}}}',
    })
  })

  it('answers in UTF-8, by whatever name it is asked for that', async () => {
    const server = await servers.start()
    for (const charset of ['utf-8', 'UTF8', '"utf-8"']) {
      const headers = { ...json, accept: `application/json; charset=${charset}` }
      expect(await send(server, { headers })).toMatchObject({ status: 200 })
    }
  })

  it('answers a body of unknown length like any other', async () => {
    const server = await servers.start()
    const body = new Blob([JSON.stringify({ query: version })]).stream()
    expect((await send(server, { body })).text).toBe('{"data":{"cluster":{"version":"test"}}}')
  })

  it.each([
    ['/healthz', 200, 'ok'],
    ['/readyz', 200, 'ok'],
    ['/nowhere', 404, 'there is nothing at /nowhere'],
  ])('answers GET %s with %d', async (path, status, words) => {
    const server = await servers.start()
    const answer = await send(server, { method: 'GET', path, headers: {} })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(words)
  })

  it('tells the figures of the store and of the hub', async () => {
    const server = await servers.start()
    const { text } = await send(server, { method: 'GET', path: '/metrics', headers: {} })
    for (const name of [
      'resource_version',
      'commits_total',
      'subscribers 0',
      'subscription_groups 0',
      'open_operations',
      'websocket_connections 0',
      'objects{kind="Namespace"} 4',
    ]) {
      expect(text).toContain(`myriad_${name}`)
    }
  })

  it('serves the playground, which loads nothing from elsewhere', async () => {
    const server = await servers.start({ tokens: { admin } })
    const { status, text } = await send(server, { method: 'GET', headers: { accept: 'text/html' } })
    expect(status).toBe(200)
    expect(text.includes('<title>Myriad</title>')).toBe(true)
    expect(text.match(/<(?:script|link)[^>]+(?:src|href)="(?:https?:)?\/\/[^"]*"/g)).toBeNull()
  })

  it('shows who has no token the page and nothing but the page', async () => {
    const server = await servers.start({ tokens: { admin } })
    const path = `/graphql?query=${encodeURIComponent(version)}`
    const { text } = await send(server, { method: 'GET', path, headers: { accept: 'text/html' } })
    expect([text.includes('<title>Myriad</title>'), text.includes('"version":"test"')]).toEqual([true, false])
    const stream = await send(server, { method: 'GET', path, headers: { accept: 'text/event-stream, text/html' } })
    expect(stream.text.includes('"version":"test"')).toBe(false)
  })
})

describe('requests that a page of another origin could send', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  it.each([
    ['a text', { headers: { 'content-type': 'text/plain' } }, 415],
    ['a form', { headers: form, body: `query=${encodeURIComponent(version)}` }, 415],
    [
      'a form of parts',
      { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x\r\n\r\n--x--' },
      415,
    ],
    ['bare GraphQL', { headers: { 'content-type': 'application/graphql' }, body: version }, 415],
    ['no type at all', { headers: {}, body: new Blob([JSON.stringify({ query: version })]).stream() }, 415],
    ['a type that only begins alike', { headers: { 'content-type': 'application/jsonp' } }, 415],
    ['a foreign origin', { headers: { ...json, origin: 'https://evil.example' } }, 403],
    ['an origin that is hidden', { headers: { ...json, origin: 'null' } }, 403],
    [
      'a mutation by GET',
      {
        method: 'GET',
        headers: {},
        path: `/graphql?query=${encodeURIComponent('mutation { cordon(name: "a") { name } }')}`,
      },
      405,
    ],
  ])('are refused: %s', async (_, sent, status) => {
    const server = await servers.start()
    expect((await send(server, sent)).status).toBe(status)
  })

  it.each([
    ['JSON with a charset', 'application/json; charset=utf-8'],
    ['the type in capitals', 'Application/JSON'],
  ])('are answered with %s', async (_, type) => {
    const server = await servers.start()
    expect((await send(server, { headers: { 'content-type': type } })).status).toBe(200)
  })

  it('are answered from the own origin, and not under a foreign host name', async () => {
    const server = await servers.start()
    expect((await send(server, { headers: { ...json, origin: server.url } })).status).toBe(200)
    const ask = (host: string) =>
      rawExchange(server, `GET /metrics HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(await ask('evil.example')).toContain('403 Forbidden')
    expect(await ask(`evil.example:${server.port}`)).toContain('403 Forbidden')
    expect(await ask('LOCALHOST')).toContain('200 OK')
  })

  it('are answered at the very loopback address that is listened on', async () => {
    const server = await servers.start({ host: '127.0.0.2' })
    expect((await send(server)).status).toBe(200)
  })
})

describe('tokens', () => {
  const bearer = (token: string) => ({ ...json, authorization: `Bearer ${token}` })

  it.each([
    ['none', json, 401],
    ['a wrong one', bearer('wrong-token-0123456789'), 401],
    ['an empty one', bearer(''), 401],
    ['half of one', bearer(admin.slice(0, 10)), 401],
    ['another scheme', { ...json, authorization: `Basic ${admin}` }, 401],
    ["the admin's", bearer(admin), 200],
    ['the scheme in small letters', { ...json, authorization: `bearer ${admin}` }, 200],
  ])('let in or not: %s', async (_, headers, status) => {
    const server = await servers.start({ tokens: { admin, agent } })
    const answer = await send(server, { headers })
    expect(answer.status).toBe(status)
    if (status === 401) expect(answer.text).toContain('"UNAUTHENTICATED"')
  })

  it('of an agent open neither queries nor the metrics', async () => {
    const server = await servers.start({ tokens: { admin, agent } })
    expect((await send(server, { headers: bearer(agent) })).text).toContain('"FORBIDDEN"')
    expect((await send(server, { method: 'GET', path: '/metrics', headers: bearer(agent) })).status).toBe(403)
    const body = JSON.stringify({ query: 'mutation { renewLeases(nodeNames: []) }' })
    expect((await send(server, { headers: bearer(agent), body })).text).toBe('{"data":{"renewLeases":0}}')
  })

  it.each(['0.0.0.0', '::', '192.168.1.1', 'example.com'])('are needed to listen on %s', async (host) => {
    await expect(servers.start({ host })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('allow any host name, and do not make up for a foreign origin', async () => {
    const server = await servers.start({ tokens: { admin }, host: '0.0.0.0' })
    const ask = (more: string) =>
      rawExchange(
        server,
        `GET /metrics HTTP/1.1\r\nHost: myriad.example\r\nAuthorization: Bearer ${admin}\r\n${more}Connection: close\r\n\r\n`,
      )
    expect(await ask('')).toContain('200 OK')
    expect(await ask('Origin: https://evil.example\r\n')).toContain('403 Forbidden')
  })
})

describe('limits', () => {
  it.each([
    ['depth', '{ node(id: "x") { ... on Pod { owner { owner { owner { owner { name } } } } } } }', { depth: 3 }],
    ['cost', '{ pods { nodes { node { pods { nodes { name } } } } } }', { cost: 100 }],
    ['aliases', '{ a: cluster { version } b: cluster { version } }', { aliases: 1 }],
  ])('refuse too much %s, once and with the code', async (name, query, part) => {
    const document = { depth: 20, cost: 1e6, aliases: 100, tokens: 1_000, ...part }
    const server = await servers.start({ limits: { document } })
    const { status, text } = await send(server, {
      body: JSON.stringify({ query }),
      headers: { ...json, accept: 'application/graphql-response+json' },
    })
    expect(JSON.parse(text)).toMatchObject({
      errors: [{ extensions: { code: 'INVALID', causes: [{ field: name, reason: 'FieldValueTooMany' }] } }],
    })
    expect(status).toBe(400)
  })

  it('count the page sizes that variables say', async () => {
    const server = await servers.start({ limits: { document: { depth: 20, cost: 3_000, aliases: 9, tokens: 1_000 } } })
    const query = 'query ($n: Int) { pods(first: $n) { nodes { node { pods(first: $n) { totalCount } } } } }'
    const ask = async (n: number) => (await send(server, { body: JSON.stringify({ query, variables: { n } }) })).text
    expect(await ask(10)).toContain('"data"')
    expect(await ask(1_000)).toContain('the operation is too large: its cost is')
  })

  it('hold for subscriptions over SSE, too, and give way when one ends', async () => {
    const server = await servers.start({ limits: { subscriptionsMax: 1 } })
    const abort = new AbortController()
    const body = JSON.stringify({ query: 'subscription { podEvents { type } }' })
    const open = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { ...json, accept: 'text/event-stream' },
      body,
      signal: abort.signal,
    })
    expect(open.status).toBe(200)
    const refused = await send(server)
    expect([refused.status, refused.text.includes('TOO_MANY_REQUESTS')]).toEqual([429, true])
    abort.abort()
    await expect.poll(async () => (await send(server)).status).toBe(200)
  })
})

describe('the server', () => {
  it('frees a subscription over SSE when its client has gone, whether its length was told or not', async () => {
    const server = await servers.start()
    const text = JSON.stringify({ query: 'subscription { podEvents { type } }' })
    for (const body of [text, new Blob([text]).stream()]) {
      const abort = new AbortController()
      const options = {
        method: 'POST',
        headers: { ...json, accept: 'text/event-stream' },
        body,
        duplex: 'half',
        signal: abort.signal,
      } as RequestInit
      const response = await fetch(`${server.url}/graphql`, options)
      await response.body?.getReader().read()
      expect(server.hub.subscriberCount).toBe(1)
      abort.abort()
      await expect.poll(() => server.hub.subscriberCount).toBe(0)
    }
  })

  it('survives peers that ask for an upgrade and reset the connection', async () => {
    const server = await servers.start()
    for (const path of ['/nowhere', '/graphql']) {
      const socket = connect(server.port, '127.0.0.1')
      socket.write(`GET ${path} HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
      socket.resetAndDestroy()
    }
    expect((await send(server)).status).toBe(200)
  })

  it('says who has the port, and leaves nothing open', async () => {
    const server = await servers.start()
    const file = servers.newFile()
    await expect(servers.start({ port: server.port, file })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('another process listens there') as unknown,
    })
    expect((await servers.start({ file })).port).not.toBe(server.port)
  })

  it('closes in a moment though a client holds a stream open', async () => {
    const server = await servers.start()
    const body = JSON.stringify({ query: 'subscription { podEvents { type } }' })
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { ...json, accept: 'text/event-stream' },
      body,
    })
    await server.close()
    expect(await response.text()).toContain('UNAVAILABLE')
    expect(faults).toEqual([])
  })
})
