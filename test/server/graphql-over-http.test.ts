import { serverAudits } from 'graphql-http'
import { expect, it } from 'vitest'
import { testServers } from '../support/test-server.ts'

const servers = testServers()

/** The audits ask the server of the moment: each test has one of its own. */
let url = ''
const audits = serverAudits({ url: () => url })

it('is held against all 61 audits of graphql-http', () => {
  expect(audits).toHaveLength(61)
})

it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (_id, _name, audit) => {
  const server = await servers.start()
  url = `${server.url}/graphql`
  const { status, ...result } = await audit.fn()
  expect(status, 'reason' in result ? result.reason : '').toBe('ok')
})
