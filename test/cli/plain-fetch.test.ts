import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { plainFetch } from '../../src/cli/plain-fetch.ts'

/** A server that answers with what it was asked, until the work is done. */
async function withEcho(work: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((request, answer) => {
    let body = ''
    request.setEncoding('utf8').on('data', (piece: string) => {
      body += piece
    })
    request.on('end', () => {
      if (body === 'silence') return
      answer.writeHead(418, { 'content-type': 'text/plain' })
      answer.end(`${request.method ?? ''} ${String(request.headers['x-test'])} ${body}`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

describe('the plain fetch', () => {
  it('sends a request and reads the answer, as fetch does', async () => {
    await withEcho(async (url) => {
      for (const send of [plainFetch, globalThis.fetch]) {
        const answer = await send(url, { method: 'POST', headers: { 'x-test': 'yes' }, body: 'größe' })
        expect([answer.status, answer.statusText]).toEqual([418, "I'm a Teapot"])
        expect([answer.headers.get('Content-Type'), answer.headers.get('x-none')]).toEqual(['text/plain', null])
        expect(await answer.text()).toBe('POST yes größe')
      }
    })
  })

  it('fails as fetch does, with the reason as its cause', async () => {
    for (const send of [plainFetch, globalThis.fetch]) {
      // A port that was free a moment ago.
      let url = ''
      await withEcho(async (free) => {
        url = free
      })
      const failure = await send(url).catch((error: unknown) => error as Error)
      expect(failure).toBeInstanceOf(TypeError)
      expect((failure as Error).cause).toMatchObject({ code: 'ECONNREFUSED' })
    }
  })

  it('can be ended', async () => {
    await withEcho(async (url) => {
      const signal = AbortSignal.abort()
      await expect(plainFetch(url, { method: 'POST', body: 'silence', signal })).rejects.toThrow('fetch failed')
    })
  })
})
