import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { positiveInteger, positiveNumber, UsageError } from '../../client-examples/support/program.ts'
import { root } from '../../scripts/setup.mjs'
import { testServers } from '../support/test-server.ts'
import { example, exampleByScript, missingProgram } from './support/examples.ts'

const servers = testServers()
const examples = {
  'alert-on-crash-loops': example('alert-on-crash-loops'),
  'watch-pods': example('watch-pods'),
  'deploy-and-wait': example('deploy-and-wait'),
  'scheduling-latencies': example('scheduling-latencies'),
  'apollo-client': example('apollo-client'),
  urql: example('urql'),
  'live-table': example('live-table'),
}
const eventsOverSse = exampleByScript('events-over-sse')
const noExample = exampleByScript('no-such-example')
/** Nobody listens here. */
const url = 'http://127.0.0.1:1'

it.each<[keyof typeof examples, string[], string]>([
  ['watch-pods', ['web'], "Unexpected argument 'web'"],
  ['deploy-and-wait', [], 'it takes one FILE'],
  ['deploy-and-wait', ['a.yaml', '--timeout', 'soon'], '--timeout must be a number above 0'],
  ['alert-on-crash-loops', ['--restarts', '0'], '--restarts must be a number above 0'],
  ['scheduling-latencies', ['a.csv', 'b.csv'], 'it takes one FILE at most'],
  ['live-table', ['--port', '70000'], '--port must be a number above 0 and at most 65535'],
  ['apollo-client', ['--web'], "Unknown option '--web'"],
  ['urql', ['--web'], "Unknown option '--web'"],
])('%s %j is told what is wrong with its arguments, and ends with 2', async (name, args, fault) => {
  const running = examples[name](url, ...args)
  expect(await running.ended).toBe(2)
  expect(running.lines[0]).toContain(fault)
  expect(running.lines[2]).toContain(name)
})

it.each(['0', '-1', 'soon', '', 'NaN', 'Infinity', '2000001'])('"%s" is no number of seconds', (text) => {
  expect(() => positiveNumber('--timeout', text)).toThrow(
    new UsageError(`--timeout must be a number above 0 and at most 2000000, not "${text}"`),
  )
})

it('a part of a second is a number, and no count', () => {
  expect(positiveNumber('--timeout', '0.5')).toBe(0.5)
  expect(() => positiveInteger('--restarts', '0.5')).toThrow(UsageError)
  expect(positiveInteger('--restarts', '5')).toBe(5)
})

describe.skipIf(missingProgram !== undefined)(
  `events-over-sse${missingProgram === undefined ? '' : ` needs ${missingProgram}`}`,
  () => {
    it('a selector that is none is refused by the script, and by the server in its own words', async () => {
      expect(await eventsOverSse(url, 'app="web"').ended).toBe(2)
      const { url: present } = await servers.start()
      const faulty = eventsOverSse(present, 'app=a=b')
      expect(await faulty.ended).toBe(1)
      expect(faulty.lines).toEqual([expect.stringMatching(/labelSelector: Invalid value: .*app=a=b/)])
    })

    it('the script ends when the server does not know its token', async () => {
      const { url: closed } = await servers.start({ tokens: { admin: 'another-token-of-16' } })
      const stranger = eventsOverSse(closed)
      expect(await stranger.ended).toBe(1)
      expect(stranger.lines).toEqual([expect.stringContaining('a valid token is needed')])
    })
  },
)

it('a name that no example has is answered with those that there are', async () => {
  expect(await noExample(url).ended).toBe(2)
})

it('every example is in the table of the README', () => {
  const readme = readFileSync(join(root, 'client-examples/README.md'), 'utf8')
  const files = readdirSync(join(root, 'client-examples')).filter((file) => /\.(?:ts|sh|html)$/.test(file))
  expect(files.length).toBeGreaterThan(7)
  expect(files.filter((file) => !readme.includes(`[${file}](${file})`))).toEqual([])
})
