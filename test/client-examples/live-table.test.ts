import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { connect } from '../../src/client/client.ts'
import type { Server } from '../../src/server/server.ts'
import { line } from '../faults/support/myriad.ts'
import { describeInChromium } from '../support/browser.ts'
import { testServers } from '../support/test-server.ts'
import { example, token } from './support/examples.ts'

const servers = testServers()
const liveTable = example('live-table')
const patience = { timeout: 15_000 }

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

async function apply(server: Server, ...names: string[]): Promise<void> {
  const client = connect({ url: server.url, token })
  for (const name of names) {
    await client.pods.apply({ metadata: { name }, spec: { containers: [{ name: 'main', image: 'none' }] } })
  }
  client.close()
}

describeInChromium('live-table', (open) => {
  /** A server with these pods, and the address of a page that shows them. */
  async function serve(tokens: { admin?: string }, ...names: string[]) {
    const port = await freePort()
    const origin = `http://127.0.0.1:${port}`
    const options = { file: servers.newFile(), allowedOrigins: [origin], tokens }
    const server = await servers.start(options)
    await apply(server, ...names)
    await line(liveTable(server.url, '--port', String(port)), /shows the pods/)
    return { origin, server, options }
  }

  const namesOn = (page: Page) => page.locator('tbody td:first-child').allTextContents()
  const connectionOn = (page: Page) => page.getByRole('status')

  it('shows the pods as they are, says when the connection is lost, and goes on', async () => {
    const { origin, server, options } = await serve({}, 'one', 'two')
    const { page, faults } = await open()
    await page.goto(origin)
    await expect.poll(() => namesOn(page), patience).toEqual(['default/one', 'default/two'])
    await expect.poll(() => connectionOn(page).textContent()).toBe(`Live, from ${server.url}/`)
    expect(await page.locator('#count').textContent()).toBe('2 pods')
    expect(faults).toEqual([])

    const { port } = server
    await server.close()
    await expect
      .poll(() => connectionOn(page).textContent(), patience)
      .toMatch(/^The connection to .* was lost .* The table is as of .* Trying again/)
    expect(await namesOn(page)).toEqual(['default/one', 'default/two'])
    const again = await servers.start({ ...options, port })
    await apply(again, 'three')
    await expect.poll(() => namesOn(page), patience).toEqual(['default/one', 'default/three', 'default/two'])
    await expect.poll(() => connectionOn(page).textContent()).toMatch(/^Live/)
    const client = connect({ url: again.url })
    await client.pods.delete({ name: 'one', gracePeriodSeconds: 0 })
    await expect.poll(() => namesOn(page)).toEqual(['default/three', 'default/two'])
  })

  it('says what to do when the server does not allow the page', async () => {
    const { url } = await servers.start()
    const port = await freePort()
    await line(liveTable(url, '--port', String(port)), /shows the pods/)
    const { page } = await open()
    await page.goto(`http://127.0.0.1:${port}`)
    const advice = `may this page call it? It may with --allowed-origins http://127.0.0.1:${port}. Trying again.`
    await expect.poll(() => connectionOn(page).textContent(), patience).toContain(advice)
  })

  it('is sorted and filtered by the keyboard, and fits on a narrow screen', async () => {
    const { origin } = await serve({}, 'a', 'b')
    const { page, faults } = await open()
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto(origin)
    await expect.poll(() => namesOn(page), patience).toEqual(['default/a', 'default/b'])
    await page.keyboard.press('Tab')
    await page.keyboard.type('/B')
    await expect.poll(() => namesOn(page)).toEqual(['default/b'])
    expect(await page.locator('#count').textContent()).toBe('1 of 2 pods')
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => namesOn(page)).toEqual(['default/b', 'default/a'])
    expect(await page.getByRole('columnheader', { name: 'Pod' }).getAttribute('aria-sort')).toBe('descending')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
    expect(faults).toEqual([])
  })

  it('asks for the token of a server that wants one', async () => {
    const { origin, server } = await serve({ admin: token }, 'secret')
    const { page } = await open()
    await page.goto(origin)
    const secret = page.getByLabel('The server wants a token:')
    for (const given of ['another-token-of-16', token]) {
      await expect.poll(() => secret.isVisible(), patience).toBe(true)
      expect(await namesOn(page)).toEqual([])
      await secret.fill(given)
      await page.keyboard.press('Enter')
    }
    await expect.poll(() => namesOn(page), patience).toEqual(['default/secret'])
    expect(await secret.isVisible()).toBe(false)
    expect(await connectionOn(page).textContent()).toBe(`Live, from ${server.url}/`)
  })
})

it('live-table serves its files and nothing else, and lets the page talk to the server alone', async () => {
  const port = await freePort()
  const running = liveTable('http://127.0.0.1:4321', '--port', String(port))
  await line(running, /shows the pods/)
  const answers = ['/', '/myriad-client.js', '/pod-state.js', '/package.json', '/../package.json', '/__proto__']
  const statuses = await Promise.all(
    answers.map(async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).status),
  )
  expect(statuses).toEqual([200, 200, 200, 404, 404, 404])
  const { headers } = await fetch(`http://127.0.0.1:${port}/`)
  const policy = headers.get('content-security-policy')
  expect(policy).toContain("default-src 'none'; script-src 'self' 'sha256-")
  expect(policy).toContain('connect-src http://127.0.0.1:4321 ws://127.0.0.1:4321;')
})
