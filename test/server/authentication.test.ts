import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { authenticate } from '../../src/server/authentication.ts'
import { loopbackNames, mayCall } from '../../src/server/origin.ts'

describe('authenticate', () => {
  const tokens = { admin: 'admin-token', agent: 'agent-token' }
  it.each([
    ['nobody when a token is needed and none is shown', tokens, undefined, undefined],
    ['the admin by the token', tokens, 'Bearer admin-token', 'admin'],
    ['an agent by the token', tokens, 'Bearer agent-token', 'system:nodes'],
    ['nobody by another token', tokens, 'Bearer other-token', undefined],
    ['nobody by the token with more', tokens, 'Bearer admin-token ', undefined],
    ['nobody by the token alone', tokens, 'admin-token', undefined],
    ['nobody by nothing', tokens, 'Bearer ', undefined],
    ['no agent where agents have no token', { admin: 'admin-token' }, 'Bearer agent-token', undefined],
    ['everybody where there is no token', {}, undefined, 'system:anonymous'],
    ['everybody where there is no token, whatever is shown', {}, 'Bearer x', 'system:anonymous'],
  ])('knows %s', (_, known, shown, actor) => {
    expect(authenticate(known, shown)?.actor).toBe(actor)
  })
})

describe('mayCall', () => {
  const names = new Set([...loopbackNames, '127.0.0.2'])
  const allowedOrigins = new Set(['https://app.example', 'http://localhost:5173'])
  const judge = (headers: IncomingMessage['headers']) =>
    mayCall({ headers } as IncomingMessage, { hostNames: names, allowedOrigins })
  it.each([
    ['no page', { host: 'localhost:4000' }, true],
    ['a page of the same host and port', { host: 'localhost:4000', origin: 'http://localhost:4000' }, true],
    ['a page of another port', { host: 'localhost:4000', origin: 'http://localhost:5000' }, false],
    ['a page of another name of the same machine', { host: '127.0.0.1:4000', origin: 'http://localhost:4000' }, false],
    ['a page of nowhere', { host: 'localhost:4000', origin: 'null' }, false],
    ['a page of another site', { host: 'localhost:4000', origin: 'https://evil.example' }, false],
    ['a page of an origin that is allowed', { host: 'localhost:4000', origin: 'https://app.example' }, true],
    ['another scheme of such an origin', { host: 'localhost:4000', origin: 'http://app.example' }, false],
    ['another port of such an origin', { host: 'localhost:4000', origin: 'https://app.example:8443' }, false],
    ['a name below such an origin', { host: 'localhost:4000', origin: 'https://a.app.example' }, false],
    ['such an origin under a foreign name', { host: 'evil.example', origin: 'https://app.example' }, false],
    ['a foreign host name', { host: 'evil.example:4000' }, false],
    ['no host name', {}, false],
    ['IPv6', { host: '[::1]:4000', origin: 'http://[::1]:4000' }, true],
    ['a name without a port', { host: 'LOCALHOST' }, true],
    ['the address that is listened on', { host: '127.0.0.2:1' }, true],
    ['a name that only begins alike', { host: 'localhost.evil.example' }, false],
  ])('tells %s', (_, headers, own) => {
    expect(judge(headers)).toBe(own)
  })

  it('takes any host name where names do not matter, but still no foreign page', () => {
    const anyName = (headers: IncomingMessage['headers']) =>
      mayCall({ headers } as IncomingMessage, { hostNames: undefined, allowedOrigins })
    expect(anyName({ host: 'a.example' })).toBe(true)
    expect(anyName({ host: 'a.example', origin: 'https://b.example' })).toBe(false)
  })
})
