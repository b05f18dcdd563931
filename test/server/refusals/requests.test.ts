import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Server } from '../../../src/server/server.ts'
import { rawExchange, testServers } from '../../support/test-server.ts'
import { listOfLists } from './row.ts'

const faults: unknown[] = []
const servers = testServers(faults, afterAll)
const version = '{"query":"{ cluster { version } }"}'
const making = (annotation: string | Buffer) =>
  Buffer.concat([
    Buffer.from('{"query":"mutation { createNamespace(input: {metadata: {name: \\"n\\", annotations: {a: \\"'),
    Buffer.from(annotation),
    Buffer.from('\\"}}}) { name } }"}'),
  ])
let server: Server
/** One that waits only for a moment, for those who never end. */
let impatient: Server

beforeAll(async () => {
  server = await servers.start({ limits: { bodySizeMax: 100_000 } })
  impatient = await servers.start({ limits: { headersTimeoutMs: 100, requestTimeoutMs: 200 } })
})

interface Sent {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Whether the length of the body is not told. */
  readonly inChunks?: boolean
}

async function send({ headers = {}, body = version, inChunks = false }: Sent) {
  const bytes = new Uint8Array(Buffer.from(body))
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: inChunks ? new Blob([bytes]).stream() : bytes,
    duplex: 'half',
  } as RequestInit)
  return { status: response.status, text: await response.text() }
}

interface Told {
  readonly status: number
  readonly fields?: readonly string[]
  readonly message: string
}

function expectTold(text: string, { fields, message }: Told): void {
  const { errors } = JSON.parse(text) as {
    errors: { message: string; extensions: { code: string; causes?: object } }[]
  }
  expect(errors).toHaveLength(1)
  expect(errors[0]?.message).toContain(message)
  expect(errors[0]?.extensions.code).toBe('INVALID')
  expect(errors[0]?.extensions.causes).toEqual(fields?.map((field) => expect.objectContaining({ field }) as object))
  expect(text.length).toBeLessThan(5_000)
}

const bodies: readonly (readonly [string, Sent, Told])[] = [
  ['no JSON', { body: '{"query": "{ __typename }"' }, { status: 400, fields: ['body'], message: 'malformed JSON: ' }],
  ['nothing', { body: '' }, { status: 400, fields: ['body'], message: 'malformed JSON: ' }],
  [
    'brackets without end',
    { body: '['.repeat(90_000) },
    { status: 400, fields: ['body'], message: 'malformed JSON: ' },
  ],
  [
    'a document that is a list of lists',
    { body: `{"query":${listOfLists(10_000)}}` },
    { status: 400, fields: ['query'], message: 'query: Invalid value: [[[' },
  ],
  [
    'variables that are a list of lists',
    { body: `{"query":"{ __typename }","variables":${listOfLists(10_000)}}` },
    { status: 400, fields: ['variables'], message: 'must be of type object' },
  ],
  [
    'an unknown member that is a list of lists',
    { body: `{"query":"{ __typename }","x":${listOfLists(40_000)}}` },
    { status: 400, fields: ['x'], message: 'a request has no such member' },
  ],
  ['null', { body: 'null' }, { status: 400, fields: ['body'], message: 'must be an object' }],
  ['several operations', { body: `[${version}]` }, { status: 400, fields: ['body'], message: 'not a list of them' }],
  ['an empty object', { body: '{}' }, { status: 400, fields: ['query'], message: 'Required value' }],
  [
    'members of the wrong types, and one that there is not',
    { body: '{"query":3,"variables":[],"operationName":{},"extensions":"x","toString":1}' },
    {
      status: 400,
      fields: ['query', 'variables', 'operationName', 'extensions', 'toString'],
      message: 'query: Invalid value: 3: must be of type string',
    },
  ],
  [
    'bytes that are no UTF-8',
    { body: making(Buffer.from([0xff])) },
    { status: 400, fields: ['body'], message: 'bytes that are no UTF-8' },
  ],
  [
    'half a character, in chunks',
    { body: making(Buffer.from([0xc3])), inChunks: true },
    { status: 400, fields: ['body'], message: 'bytes that are no UTF-8' },
  ],
  [
    'another charset',
    { body: making('a'), headers: { 'content-type': 'application/json; charset=iso-8859-1' } },
    { status: 415, message: '"iso-8859-1" is not read' },
  ],
  [
    'a content encoding',
    { body: making('a'), headers: { 'content-encoding': 'gzip' } },
    { status: 415, message: '"gzip" is not read' },
  ],
  [
    'text',
    { body: making('a'), headers: { 'content-type': 'text/plain' } },
    { status: 415, message: 'send "Content-Type: application/json"' },
  ],
  [
    'a wish for what there is not',
    { body: making('a'), headers: { accept: 'text/css' } },
    { status: 406, message: 'send "Accept: application/json"' },
  ],
]

describe('a request with', () => {
  it.each(bodies)('%s is refused with one error, and nothing is changed', async (_, sent, told) => {
    const before = server.store.replica.revision
    const { status, text } = await send(sent)
    expectTold(text, told)
    expect(status).toBe(told.status)
    expect(server.store.replica.revision).toBe(before)
    expect((await send({})).status).toBe(200)
  })

  it.each([
    ['variables that are no JSON', 'query={__typename}&variables={x', ['variables'], 'malformed JSON'],
    ['variables that are a list', 'query={__typename}&variables=[]', ['variables'], 'must be of type object'],
    [
      'variables that are a list of lists',
      `query={__typename}&variables=${listOfLists(5_000)}`,
      ['variables'],
      'must be of type object',
    ],
    ['extensions that are no JSON', 'query={__typename}&extensions=x', ['extensions'], 'malformed JSON'],
    ['nothing to execute', 'foo=1', ['query'], 'Required value'],
  ])('%s in its address is refused with one error', async (_, parameters, fields, message) => {
    const response = await fetch(`${server.url}/graphql?${parameters}`, { headers: { accept: 'application/json' } })
    expectTold(await response.text(), { status: 400, fields, message })
    expect(response.status).toBe(400)
  })

  it('a subscription, whose client takes no events, is refused', async () => {
    const body = JSON.stringify({ query: 'subscription { podEvents { type } }' })
    const { text } = await send({ body, headers: { accept: 'application/json' } })
    expectTold(text, { status: 200, message: 'send "Accept: text/event-stream"' })
    expect(server.hub.subscriberCount).toBe(0)
  })
})

const post = 'POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n'
const exchanges: readonly (readonly [string, string, Told])[] = [
  ['what is no HTTP', 'hello\r\n\r\n', { status: 400, message: 'the request is no HTTP' }],
  [
    'two lengths',
    `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`,
    { status: 400, message: 'the request is no HTTP' },
  ],
  [
    'a length and chunks',
    `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`,
    { status: 400, message: 'the request is no HTTP' },
  ],
  [
    'headers that are too large',
    `${post}X-Large: ${'x'.repeat(20_000)}\r\n\r\n`,
    { status: 431, message: 'the headers of the request are larger than 16 KiB' },
  ],
  ['headers that do not end', post, { status: 408, message: 'the request did not come to its end in time' }],
  [
    'a body that does not end',
    `${post}Content-Length: 50\r\n\r\n{"query"`,
    { status: 408, message: 'the request did not come to its end in time' },
  ],
  [
    'chunks that do not end',
    `${post}Transfer-Encoding: chunked\r\n\r\n5\r\n{"que`,
    { status: 408, message: 'the request did not come to its end in time' },
  ],
  [
    'a length beyond the limit',
    `${post}Content-Length: 100001\r\n\r\n`,
    { status: 413, message: 'the request body is larger than 100000 bytes' },
  ],
  [
    'chunks beyond the limit',
    `${post}Transfer-Encoding: chunked\r\n\r\n186a1\r\n${'x'.repeat(100_001)}\r\n`,
    { status: 413, message: 'the request body is larger than 100000 bytes' },
  ],
]

describe('bytes with', () => {
  it.each(exchanges)('%s are answered with one error, and the connection is closed', async (_, bytes, told) => {
    const answer = await rawExchange(told.status === 408 ? impatient : server, bytes)
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${told.status} `))
    expect(head).toMatch(/^content-type: application\/json; charset=utf-8$/im)
    expect(head).toMatch(/^connection: close$/im)
    expectTold(/\{.*\}/s.exec(body)?.[0] ?? '', told)
    for (const { url } of [server, impatient]) expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect(faults).toEqual([])
  })
})
