import { expect, it } from 'vitest'
import { isRestarted } from '../../../../src/agent/runtimes/containers/restart-policy.ts'
import type { Container } from '../../../../src/model/kinds/pod/container.ts'

const restartOn = (operator: string, values: number[]) => ({
  restartPolicy: 'Never',
  restartPolicyRules: [{ action: 'Restart', exitCodes: { operator, values } }],
})

it.each([
  ['Always', 'main', 0, {}, true],
  ['Always', 'main', 1, {}, true],
  ['OnFailure', 'main', 0, {}, false],
  ['OnFailure', 'main', 1, {}, true],
  ['Never', 'main', 0, {}, false],
  ['Never', 'main', 1, {}, false],
  ['Always', 'step', 0, {}, false],
  ['Always', 'step', 1, {}, true],
  ['Never', 'step', 1, {}, false],
  ['Never', 'sidecar', 0, {}, true],
  ['Never', 'main', 1, { restartPolicy: 'OnFailure' }, true],
  ['Always', 'main', 1, { restartPolicy: 'Never' }, false],
  ['Always', 'main', 42, restartOn('In', [42]), true],
  ['Always', 'main', 1, restartOn('In', [42]), false],
  ['Always', 'main', 1, restartOn('NotIn', [42]), true],
] as const)(
  'in a pod with restartPolicy %s a %s container that ended with %i (%j) is restarted: %s',
  (policy, role, exitCode, own, again) => {
    expect(isRestarted({ container: { name: 'c', ...own } as unknown as Container, role, exitCode }, policy)).toBe(
      again,
    )
  },
)
