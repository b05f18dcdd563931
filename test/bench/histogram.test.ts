import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Histogram, median } from './histogram.ts'

describe('a histogram', () => {
  it.each([
    ['the middle of an odd number of durations', [3, 1, 2], 0.5, 2],
    ['the lower middle of an even number', [1, 2, 3, 4], 0.5, 2],
    ['the longest for everything', [5, 1, 9], 1, 9],
    ['the shortest for nothing', [5, 1, 9], 0, 1],
    ['tenths of milliseconds', [0.14, 0.26], 1, 0.3],
    ['zero for a duration below zero', [-4], 1, 0],
  ])('gives %s', (_, durations, share, expected) => {
    expect(histogramOf(durations).percentile(share)).toBe(expected)
  })

  it('gives no number when it is empty', () => {
    expect(new Histogram().percentile(0.5)).toBeNaN()
  })

  it('is the same whether durations come at once or are merged from parts', () => {
    const durations = fc.array(fc.double({ min: 0, max: 10_000, noNaN: true }))
    fc.assert(
      fc.property(durations, durations, fc.double({ min: 0, max: 1, noNaN: true }), (left, right, share) => {
        const merged = histogramOf(left)
        merged.merge(histogramOf(right).steps())
        const whole = histogramOf([...left, ...right])
        expect(merged.count).toBe(whole.count)
        expect(merged.percentile(share)).toEqual(whole.percentile(share))
      }),
    )
  })
})

describe('the median', () => {
  it.each([
    ['of an odd number of values is the middle one', [9, 1, 5], 5],
    ['of an even number is the mean of both in the middle', [4, 1, 2, 9], 3],
  ])('%s', (_, values, expected) => {
    expect(median(values)).toBe(expected)
  })
})

function histogramOf(durations: readonly number[]): Histogram {
  const histogram = new Histogram()
  for (const ms of durations) histogram.record(ms)
  return histogram
}
