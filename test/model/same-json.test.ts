import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isSameJson } from '../../src/model/same-json.ts'

it.each([
  ['equal texts', 'a', 'a', true],
  ['different types', 1, '1', false],
  ['null and nothing', { a: null }, {}, false],
  ['undefined and nothing', { a: undefined }, {}, true],
  ['an empty map and nothing', { a: {} }, {}, false],
  ['an empty list and nothing', {}, { a: [] }, false],
  ['an empty list and an empty map', [], {}, false],
  ['another order of the keys', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, true],
  ['another order of a list', [1, 2], [2, 1], false],
  ['a longer list', [1], [1, 2], false],
  ['a further key', { a: 1 }, { a: 1, b: 2 }, false],
])('holds %s to be the same or not', (_, left, right, same) => {
  expect([isSameJson(left, right), isSameJson(right, left)]).toEqual([same, same])
})

it('agrees with the text, for keys in one order', () => {
  const value = fc.jsonValue({ maxDepth: 3 })
  const sorted = (_: string, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : part
  fc.assert(
    fc.property(value, value, (left, right) => {
      const texts = [JSON.stringify(left, sorted), JSON.stringify(right, sorted)]
      expect(isSameJson(left, right)).toBe(texts[0] === texts[1])
      expect(isSameJson(left, JSON.parse(texts[0] ?? ''))).toBe(true)
    }),
  )
})
