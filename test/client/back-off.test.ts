import fc from 'fast-check'
import { expect, it } from 'vitest'
import { backOff } from '../../src/client/back-off.ts'

it('the longest wait doubles up to the cap', () => {
  const longest = Array.from({ length: 8 }, (_, attempt) => backOff(attempt, 1))
  expect(longest).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000])
})

it('a wait is between half of the longest and the longest', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const longest = backOff(attempt, 1)
      const wait = backOff(attempt, random)
      expect(wait).toBeGreaterThanOrEqual(longest / 2)
      expect(wait).toBeLessThanOrEqual(longest)
    }),
  )
})
