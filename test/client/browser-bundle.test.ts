import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { root, setup } from '../../scripts/setup.mjs'
import { describeInChromium } from '../support/browser.ts'
import { testServers } from '../support/test-server.ts'

const servers = testServers()
const bundle = join(root, 'dist/client/myriad-client.js')
beforeAll(setup, 120_000)

/** A page that follows the pods, and tells what it hears in its window. */
const script = `
import { connect, isRequestError } from '/myriad-client.js'
const client = connect({ url: location.search.slice(1) })
window.words = []
window.client = client
window.isRequestError = isRequestError
const options = {
  onBookmark: () => words.push('bookmark'),
  onDisconnect: (error) => words.push('lost ' + error.code),
  onReconnect: () => words.push('back'),
}
for await (const { type, object } of client.pods.watch(options)) words.push(type + ' ' + object.metadata.name)
`

const manifest = `{ metadata: { name: 'NAME' }, spec: { containers: [{ name: 'c', image: 'none' }] } }`

const files: Readonly<Record<string, readonly [type: string, body: () => string]>> = {
  '/': [
    'text/html',
    () => '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
  ],
  '/page.js': ['text/javascript', () => script],
  '/myriad-client.js': ['text/javascript', () => readFileSync(bundle, 'utf8')],
}
const pages: HttpServer[] = []
afterEach(() => {
  for (const page of pages.splice(0)) page.close()
})

/** Serves the page at an origin of its own. */
async function servePage(): Promise<string> {
  const http = createServer((request, response) => {
    const [type, body] = files[(request.url ?? '').replace(/\?.*/, '')] ?? ['text/plain', () => '']
    response.writeHead(200, { 'content-type': type }).end(body())
  })
  pages.push(http)
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`
}

describeInChromium('the bundle of the client', (open) => {
  it('lists, writes, tells refusals by their code, and watches over a restart of the server', async () => {
    const file = servers.newFile()
    const origin = await servePage()
    const options = { file, allowedOrigins: [origin] }
    const server = await servers.start(options)
    const { page } = await open()
    await page.goto(`${origin}/?${server.url}`)
    const words = () => page.evaluate<string[]>('words')
    const run = (expression: string) => page.evaluate<unknown>(`(async () => ${expression})()`)
    const patience = { timeout: 15_000 }

    await expect.poll(words, patience).toEqual(['bookmark'])
    await run(`client.pods.apply(${manifest.replace('NAME', 'a')})`)
    expect(await run('(await client.pods.list()).items.map(({ metadata }) => metadata.name)')).toEqual(['a'])
    expect(
      await run(`client.pods.apply(${manifest.replace('NAME', 'A_')}).catch((e) => isRequestError(e, 'INVALID'))`),
    ).toBe(true)
    await expect.poll(words, patience).toEqual(['bookmark', 'ADDED a'])
    const { port } = server
    await server.close()
    await expect.poll(words, patience).toEqual(['bookmark', 'ADDED a', 'lost UNAVAILABLE'])
    await servers.start({ ...options, port })
    await run(`client.pods.delete({ name: 'a', gracePeriodSeconds: 0 })`)
    await expect.poll(words, patience).toEqual(['bookmark', 'ADDED a', 'lost UNAVAILABLE', 'back', 'DELETED a'])
  })
})

it('the bundle is one module that needs nothing else', () => {
  const text = readFileSync(bundle, 'utf8')
  expect(text).not.toMatch(/(?:^|[;}\s])(?:import|export)\s*[^;]*from\s*["']/)
  expect(text).not.toMatch(/\bimport\s*\(/)
  expect(text).not.toContain('node:')
})
