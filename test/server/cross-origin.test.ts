import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { addServerOptions, type ServerSettings } from '../../src/server/config.ts'
import type { Server } from '../../src/server/server.ts'
import { testServers } from '../support/test-server.ts'

const servers = testServers()
const allowed = 'https://app.example'
const json = { 'content-type': 'application/json' }

const post = (server: Server, headers: Readonly<Record<string, string>>, query = '{ cluster { version } }') =>
  fetch(`${server.url}/graphql`, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify({ query }) })
const preflight = (server: Server, origin: string, more: Readonly<Record<string, string>> = {}) =>
  fetch(`${server.url}/graphql`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', ...more },
  })
const corsOf = ({ headers }: Response) => [...headers].filter(([name]) => /^(?:access-control-|vary)/.test(name))

describe('pages of an allowed origin', () => {
  it('may read what they ask for, errors included', async () => {
    const token = 'admin-token-0123456789'
    const server = await servers.start({ allowedOrigins: [allowed], tokens: { admin: token } })
    const answer = await post(server, { origin: allowed, authorization: `Bearer ${token}` })
    expect([answer.status, await answer.text()]).toEqual([200, '{"data":{"cluster":{"version":"test"}}}'])
    const refused = await post(server, { origin: allowed })
    expect(refused.status).toBe(401)
    for (const response of [answer, refused]) {
      expect(corsOf(response)).toEqual([
        ['access-control-allow-origin', allowed],
        ['vary', 'Origin'],
      ])
    }
  })

  it('may follow by server-sent events', async () => {
    const server = await servers.start({ allowedOrigins: [allowed] })
    const headers = { origin: allowed, accept: 'text/event-stream' }
    const response = await post(server, headers, 'subscription { podEvents { type } }')
    expect(response.headers.get('access-control-allow-origin')).toBe(allowed)
    await response.body?.cancel()
  })

  it('are told beforehand what they may send, without a token', async () => {
    const server = await servers.start({ allowedOrigins: [allowed], tokens: { admin: 'admin-token-0123456789' } })
    const wanted = { 'access-control-request-headers': 'authorization,content-type' }
    const response = await preflight(server, allowed, wanted)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(corsOf(response)).toEqual([
      ['access-control-allow-headers', 'authorization,content-type'],
      ['access-control-allow-methods', 'GET, POST'],
      ['access-control-allow-origin', allowed],
      ['access-control-max-age', '600'],
      ['vary', 'Origin, Access-Control-Request-Headers'],
    ])
  })
})

describe('pages of other origins', () => {
  it.each([
    ['where none is allowed', []],
    ['where another one is', [allowed]],
  ])('get no answer that they may read, %s', async (_, allowedOrigins) => {
    const server = await servers.start({ allowedOrigins })
    const foreign = 'https://other.example'
    for (const response of [await post(server, { origin: foreign }), await preflight(server, foreign)]) {
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([403, null])
    }
  })
})

describe('answers to whom is no page of another origin', () => {
  it('say nothing of origins where none is allowed, else only that they differ', async () => {
    const [closed, open] = [await servers.start(), await servers.start({ allowedOrigins: [allowed] })]
    expect(corsOf(await post(closed, {}))).toEqual([])
    expect(corsOf(await post(open, {}))).toEqual([['vary', 'Origin']])
  })
})

describe('--allowed-origins', () => {
  const parse = (...args: readonly string[]) =>
    addServerOptions(new Command())
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .parse(args, { from: 'user' })
      .opts<ServerSettings>().allowedOrigins

  it.each([
    [[], undefined],
    [['--allowed-origins='], []],
    [
      ['--allowed-origins', 'https://app.example, http://LOCALHOST:5173'],
      ['https://app.example', 'http://localhost:5173'],
    ],
  ])('%j means %j', (args, origins) => {
    expect(parse(...args)).toEqual(origins)
  })

  it.each([
    '*',
    'app.example',
    'https://app.example/',
    'https://app.example/a',
    'null',
    'ftp://a',
    'https://*.example',
  ])('refuses %s', (text) => {
    expect(() => parse('--allowed-origins', text)).toThrow(/is no origin/)
  })
})
