import { expect, it } from 'vitest'
import { faultIn } from '../../../../src/agent/runtimes/process/process-start.ts'

const crowded =
  'the pod has as many processes as it may have (--pod-max-pids), or there is no room for more on the machine'

it.each([
  ['no such network', 'no such network'],
  ['sh: 14: mount: not found', 'mount: not found'],
  ['sh: line 3: mount: not found\nsh: 4: cannot go on', 'mount: not found\ncannot go on'],
  ['sh: 14: Cannot fork', `Cannot fork: ${crowded}`],
  ['bash: fork: Resource temporarily unavailable', `bash: fork: Resource temporarily unavailable: ${crowded}`],
])('what was said as %j is told as %j', (said, told) => {
  expect(faultIn(said)).toBe(told)
})
