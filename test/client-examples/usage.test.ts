import { expect, it } from 'vitest'
import { example } from './support/examples.ts'

const examples = {
  'alert-on-crash-loops': example('alert-on-crash-loops'),
  'watch-pods': example('watch-pods'),
  'deploy-and-wait': example('deploy-and-wait'),
}
/** Nobody listens here. */
const url = 'http://127.0.0.1:1'

it.each<[keyof typeof examples, string[], string]>([
  ['watch-pods', ['--pods'], "Unknown option '--pods'"],
  ['watch-pods', ['web'], "Unexpected argument 'web'"],
  ['deploy-and-wait', [], 'it takes one FILE'],
  ['deploy-and-wait', ['a.yaml', 'b.yaml'], 'it takes one FILE'],
  ['deploy-and-wait', ['a.yaml', '--timeout', 'soon'], '--timeout must be a number above 0'],
  ['deploy-and-wait', ['a.yaml', '--timeout', '0'], '--timeout must be a number above 0'],
  ['deploy-and-wait', ['a.yaml', '--timeout=-1'], '--timeout must be a number above 0'],
  ['deploy-and-wait', ['a.yaml', '--timeout', '1e99'], '--timeout must be a number above 0'],
  ['deploy-and-wait', ['a.yaml', '--timeout='], '--timeout must be a number above 0'],
  ['alert-on-crash-loops', ['--restarts', '0'], '--restarts must be a number above 0'],
  ['alert-on-crash-loops', ['--restarts', '1.5'], '--restarts must be a whole number'],
  ['alert-on-crash-loops', ['--window', 'NaN'], '--window must be a number above 0'],
])('%s %j is told what is wrong with its arguments, and ends with 2', async (name, args, fault) => {
  const running = examples[name](url, ...args)
  expect(await running.ended).toBe(2)
  expect(running.lines[0]).toContain(fault)
  expect(running.lines[2]).toContain(name)
})
