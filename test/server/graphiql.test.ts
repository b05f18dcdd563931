import { Kind, OperationTypeNode, parse, print } from 'graphql'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { connect } from '../../src/client/index.ts'
import { playgroundDocument } from '../../src/server/playground.ts'
import { openApi } from '../support/api.ts'
import { describeInChromium } from '../support/browser.ts'
import { temporaryStores } from '../support/temporary-stores.ts'
import { testServers } from '../support/test-server.ts'

const servers = testServers()
const stores = temporaryStores()

describe('the document of the playground', () => {
  it('runs on a new cluster, from the first operation to the last', async () => {
    const api = await openApi(stores)
    const done: string[] = []
    for (const operation of parse(playgroundDocument).definitions) {
      if (operation.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${operation.kind} in the document`)
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) await api.take(print(operation))
      done.push(operation.name?.value ?? 'unnamed')
    }
    await api.close()
    await stores.clear()
    expect(done).toEqual([
      'Cluster',
      'Apply',
      'Pods',
      'PodEvents',
      'Scale',
      'WhyPending',
      'ClusterEvents',
      'History',
      'Delete',
    ])
  })
})

describeInChromium('the playground', (open) => {
  it('runs the query of a link', async () => {
    const server = await servers.start()
    const { page, faults } = await open()
    await page.goto(`${server.url}/graphql?query=${encodeURIComponent('{ cluster { version } }')}`)
    await page.locator('.graphiql-execute-button').click()
    await expect.poll(() => resultOf(page), { timeout: 10_000 }).toContain('"version"')
    expect(faults).toEqual([])
  })

  it('shows what happens while a subscription is open, with the token that its user has entered', async () => {
    const token = 'a-token-of-the-playground'
    const server = await servers.start({ tokens: { admin: token } })
    const { page } = await open()
    await page.goto(`${server.url}/graphql`)
    await page.getByRole('button', { name: 'Headers' }).click()
    await page.locator('.graphiql-editor-tool .monaco-editor:visible').click()
    await page.keyboard.insertText(`{"Authorization": "Bearer ${token}"}`)
    await run(page, 'PodEvents')
    await expect.poll(() => resultOf(page), { timeout: 10_000 }).toContain('BOOKMARK')
    const client = connect({ url: server.url, token })
    await client.pods.create({
      metadata: { name: 'seen', labels: { app: 'hello' } },
      spec: { containers: [{ name: 'main', image: 'none' }] },
    })
    await expect.poll(() => resultOf(page), { timeout: 10_000 }).toContain('"seen"')
    client.close()
  })
})

/** Chooses an operation from the menu of the button. */
async function run(page: Page, operation: string): Promise<void> {
  await page.locator('.graphiql-execute-button').click()
  await page.getByRole('menuitem', { name: operation, exact: true }).click()
}

async function resultOf(page: Page): Promise<string | null> {
  return page.locator('.result-window').textContent()
}
