import { expect, it } from 'vitest'
import {
  backOffAfterRestart,
  type RestartBackOff,
  restartDueAt,
} from '../../../../src/agent/runtimes/containers/restart-back-off.ts'
import { describeConformance } from '../../../support/conformance.ts'

/** Seconds that a container waits before each restart when it always ends after `lifeMs`. */
function waits(lifeMs: number, restarts: number): number[] {
  let backOff: RestartBackOff | undefined
  let now = 0
  return Array.from({ length: restarts }, () => {
    const finishedAt = now + lifeMs
    now = restartDueAt(backOff, finishedAt)
    backOff = backOffAfterRestart(backOff, finishedAt, now)
    return (now - finishedAt) / 1000
  })
}

it('a container that crashes at once waits 0, 10, 20, 40, 80, 160 and then always 300 seconds', () => {
  expect(waits(0, 9)).toEqual([0, 10, 20, 40, 80, 160, 300, 300, 300])
})

it('a container that runs for more than ten minutes each time never waits', () => {
  expect(waits(600_001, 5)).toEqual([0, 0, 0, 0, 0])
})

describeConformance<{ readonly crashLoopBackoffSeconds: readonly number[] }>('10-facts.json', (facts) => {
  it('a container that crashes at once waits as long as one of Kubernetes', () => {
    const seconds = facts.crashLoopBackoffSeconds
    expect(waits(1, seconds.length + 1)).toEqual([0, ...seconds])
  })
})
