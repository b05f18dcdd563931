import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { plainFetch } from '../../src/cli/plain-fetch.ts'

/** A server that answers with what it was asked, until the work is done. */
async function withEcho(work: (url: string, server: Server) => Promise<void>): Promise<void> {
  const server = createServer((request, answer) => {
    let body = ''
    request.setEncoding('utf8').on('data', (piece: string) => {
      body += piece
    })
    request.on('end', () => {
      if (body === 'silence') return
      if (body === 'half') return answer.write('half of it')
      answer.writeHead(418, { 'content-type': 'text/plain' })
      answer.end(`${request.method ?? ''} ${String(request.headers['x-test'])} ${body}`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server)
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

  it('is ended by its signal, as fetch is, before the answer and amid it', async () => {
    await withEcho(async (url, server) => {
      for (const send of [plainFetch, globalThis.fetch]) {
        const end = new AbortController()
        const ask = (body: string) => send(url, { method: 'POST', body, signal: end.signal })
        const half = await ask('half')
        const asked = once(server, 'request')
        const ended = Promise.allSettled([half.text(), ask('silence')])
        await asked
        const reason = new Error('enough')
        end.abort(reason)
        expect(await ended).toEqual([
          { status: 'rejected', reason },
          { status: 'rejected', reason },
        ])
        await expect(ask('silence')).rejects.toBe(reason)
      }
    })
  })
})
