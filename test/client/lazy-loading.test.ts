import { expect, it } from 'vitest'
import { builtProgram } from '../support/built-program.ts'
import { testServers } from '../support/test-server.ts'

const servers = testServers()
const program = builtProgram(new URL('programs/loaded-modules.ts', import.meta.url))

/** What a process has loaded of its packages after what it was told to do. */
async function loadedBy(deed: 'query' | 'watch'): Promise<string[]> {
  const server = await servers.start()
  const running = program.start(server.url, deed)
  expect(await running.ended).toBe(0)
  return JSON.parse(running.lines.join('')) as string[]
}

it('a query over HTTP loads no package at all', async () => {
  expect(await loadedBy('query')).toEqual([])
})

it('a watch loads what speaks WebSocket, and no graphql', async () => {
  const loaded = await loadedBy('watch')
  expect(loaded).toContain('graphql-ws')
  expect(loaded).not.toContain('graphql')
})
