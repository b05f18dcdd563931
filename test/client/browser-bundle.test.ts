import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { root, setup } from '../../scripts/setup.mjs'
import { describeInChromium } from '../support/browser.ts'
import { testServers } from '../support/test-server.ts'

const servers = testServers()
const bundle = join(root, 'dist/client/myriad-client.js')
beforeAll(setup, 120_000)

/** A page that follows the pods, and tells what it hears in its window. */
const script = `
import { connect, isRequestError } from '/myriad-client.js'
const client = connect({ url: location.origin })
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

describeInChromium('the bundle of the client', (open) => {
  it('lists, writes, tells refusals by their code, and watches over a restart of the server', async () => {
    const file = servers.newFile()
    const server = await servers.start({ file })
    const { page } = await open()
    const served = { '/myriad-client.js': readFileSync(bundle, 'utf8'), '/page.js': script }
    for (const [path, body] of Object.entries(served)) {
      await page.route(server.url + path, (route) => route.fulfill({ contentType: 'text/javascript', body }))
    }
    const body = '<!doctype html><script type="module" src="/page.js"></script>'
    await page.route(`${server.url}/page`, (route) => route.fulfill({ contentType: 'text/html', body }))
    await page.goto(`${server.url}/page`)
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
    await servers.start({ file, port })
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
