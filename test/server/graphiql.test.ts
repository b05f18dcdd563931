import { expect, it } from 'vitest'
import { describeInChromium } from '../support/browser.ts'
import { testServers } from '../support/test-server.ts'

const servers = testServers()

describeInChromium('the playground', (open) => {
  it('runs a query', async () => {
    const server = await servers.start()
    const { page, faults } = await open()
    await page.goto(`${server.url}/graphql?query=${encodeURIComponent('{ cluster { version } }')}`)
    await page.locator('.graphiql-execute-button').click()
    await expect.poll(() => page.locator('.result-window').textContent(), { timeout: 10_000 }).toContain('"version"')
    expect(faults).toEqual([])
  })
})
