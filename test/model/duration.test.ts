import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAge, formatDuration } from '../../src/model/duration.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day

describe('formatDuration', () => {
  it.each([
    [-2 * second, '<invalid>'],
    [-1 * second, '0s'],
    [0, '0s'],
    [119 * second, '119s'],
    [2 * minute, '2m'],
    [2 * minute + 5 * second, '2m5s'],
    [10 * minute + 5 * second, '10m'],
    [179 * minute, '179m'],
    [3 * hour, '3h'],
    [3 * hour + 15 * minute, '3h15m'],
    [8 * hour + 59 * minute, '8h'],
    [47 * hour, '47h'],
    [2 * day, '2d'],
    [5 * day + 8 * hour, '5d8h'],
    [8 * day + 8 * hour, '8d'],
    [2 * year + 30 * day, '2y30d'],
    [8 * year, '8y'],
    [20 * year + 300 * day, '20y'],
  ])('prints %i ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text)
  })

  it('never needs more than two units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 * year }), (length) =>
        /^\d+[smhdy](\d+[smhd])?$/.test(formatDuration(length)),
      ),
    )
  })
})

describe('formatAge', () => {
  it.each([
    ['tells the time since then', '2026-01-01T00:00:00Z', '30s'],
    ['does not know the age of what has no time', undefined, '<unknown>'],
    ['does not know the age of what is no time', 'soon', '<unknown>'],
  ])('%s', (_sentence, timestamp, text) => {
    expect(formatAge(timestamp, Date.parse('2026-01-01T00:00:30Z'))).toBe(text)
  })
})
