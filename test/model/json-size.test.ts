import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasMoreValues, isNestedDeeper } from '../../src/model/json-size.ts'

const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)

describe('the nesting of a value', () => {
  it.each([
    ['a text', 'a', 0],
    ['nothing', null, 0],
    ['an empty list', [], 1],
    ['an object', { a: 1 }, 1],
    ['the deepest part', { a: 1, b: [{ c: [] }] }, 4],
    ['many lists', nested(1_000), 1_000],
  ])('is found for %s', (_, value, levels) => {
    expect([levels - 1, levels].map((most) => isNestedDeeper(value, most))).toEqual([levels > 0, false])
  })
})

it('is looked at no deeper than it must be', () => {
  expect(isNestedDeeper(nested(1_000_000), 100)).toBe(true)
})

describe('the number of values', () => {
  it('is that of all lists, objects and what is in them', () => {
    const count = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? Object.values(value).reduce<number>((sum, part) => sum + count(part), 1)
        : 1
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(hasMoreValues(value, count(value))).toBe(false)
        expect(hasMoreValues(value, count(value) - 1)).toBe(true)
      }),
    )
  })
})
