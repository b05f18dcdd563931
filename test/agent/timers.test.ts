import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Timers } from '../../src/agent/timers.ts'
import { ManualClock } from './support/manual-clock.ts'

describe('Timers', () => {
  it('fire in the order of their times, and not when cancelled', async () => {
    const delays = fc.array(fc.record({ ms: fc.nat(1000), cancelled: fc.boolean() }), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(delays, async (entries) => {
        const clock = new ManualClock(0)
        const timers = new Timers(clock, fail)
        const fired: number[] = []
        for (const { ms, cancelled } of entries) {
          const timer = timers.after(ms, () => fired.push(ms))
          if (cancelled) timers.cancel(timer)
        }
        await clock.advance(1000)
        expect(fired).toEqual(entries.flatMap(({ ms, cancelled }) => (cancelled ? [] : [ms])).toSorted((a, b) => a - b))
      }),
      { numRuns: 50 },
    )
  })

  it.each([86_400_000, -86_400_000])(
    'fire when their time has passed, though the clock is set by %i ms',
    async (jump) => {
      const clock = new ManualClock()
      const timers = new Timers(clock, fail)
      const fired: number[] = []
      for (const ms of [1_000, 3_000]) timers.after(ms, () => fired.push(ms))
      clock.jump(jump)
      timers.after(2_000, () => fired.push(2_000))
      await clock.advance(999)
      expect(fired).toEqual([])
      await clock.advance(2_001)
      expect(fired).toEqual([1_000, 2_000, 3_000])
    },
  )

  it('hold only one timer of the clock', () => {
    const clock = new ManualClock()
    const timers = new Timers(clock, fail)
    for (const ms of [30, 20, 10, 40]) timers.after(ms, () => {})
    expect(clock.armed).toBe(1)
  })

  it.each([-3_600_000, 3_600_000])('fire when they are due, though somebody sets the clock by %i ms', async (jump) => {
    const clock = new ManualClock()
    let set = 0
    const timers = new Timers(
      { now: () => clock.now() + set, elapsed: () => clock.elapsed(), after: (ms, call) => clock.after(ms, call) },
      fail,
    )
    const fired: number[] = []
    for (const ms of [10, 20]) timers.after(ms, () => fired.push(ms))
    set = jump
    await clock.advance(15)
    timers.after(10, () => fired.push(25))
    await clock.advance(4)
    expect(fired).toEqual([10])
    await clock.advance(6)
    expect(fired).toEqual([10, 20, 25])
  })

  it('tell what a call throws and go on', async () => {
    const clock = new ManualClock()
    const errors: unknown[] = []
    const timers = new Timers(clock, (error) => errors.push(error))
    let called = false
    timers.after(1, () => {
      throw new Error('broken')
    })
    timers.after(2, () => {
      called = true
    })
    await clock.advance(5)
    expect(errors).toHaveLength(1)
    expect(called).toBe(true)
  })
})

function fail(error: unknown): never {
  throw error
}
