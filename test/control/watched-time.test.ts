import fc from 'fast-check'
import { expect, it } from 'vitest'
import { WatchedTime } from '../../src/control/watched-time.ts'
import { FakeClock } from '../support/fake-clock.ts'

it('time that was watched counts, a pause counts as one step, and a clock that is set not at all', () => {
  const clock = new FakeClock()
  const watched = new WatchedTime(clock, 5_000)
  const looks = [0, 1_000, 4_999, 5_000, 60_000, 1].map((ms) => {
    clock.advance(ms)
    return watched.look()
  })
  expect(looks).toEqual([0, 1_000, 5_999, 10_999, 15_999, 16_000])
  clock.jump(3_600_000)
  expect(watched.look()).toBe(16_000)
  clock.jump(-7_200_000)
  expect(watched.look()).toBe(16_000)
})

it('never goes back, never outruns the clock, and never grows by more than a step', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1_000, max: 100_000 })), (steps) => {
      let elapsed = 0
      const watched = new WatchedTime({ elapsed: () => elapsed }, 5_000)
      let before = 0
      for (const step of steps) {
        elapsed += step
        const now = watched.look()
        expect(now - before).toBeGreaterThanOrEqual(0)
        expect(now - before).toBeLessThanOrEqual(Math.min(5_000, Math.max(step, 0)))
        before = now
      }
    }),
  )
})
