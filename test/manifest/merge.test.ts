import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeThreeWay } from '../../src/manifest/merge.ts'

describe('mergeThreeWay', () => {
  it.each([
    ['takes what is wanted', {}, { a: 1 }, {}, { a: 1 }],
    ['replaces what is there', {}, { a: 2 }, { a: 1 }, { a: 2 }],
    ['removes what was applied and is wanted no more', { a: 1 }, {}, { a: 1 }, {}],
    ['removes it also when somebody has changed it', { a: 1 }, {}, { a: 5 }, {}],
    ['leaves what others have set', {}, { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ['goes into maps', { m: { a: 1, b: 1 } }, { m: { a: 2 } }, { m: { a: 1, b: 1, c: 1 } }, { m: { a: 2, c: 1 } }],
    [
      'takes away a map that was applied, but not what others added',
      { m: { a: 1 } },
      {},
      { m: { a: 1, c: 1 } },
      { m: { c: 1 } },
    ],
    ['takes away a map when nothing is left of it', { m: { a: 1 } }, {}, { m: { a: 1 } }, {}],
    ['takes a list as a whole', { l: [1] }, { l: [2] }, { l: [1, 3] }, { l: [2] }],
    ['removes what is wanted to be null', {}, { a: null }, { a: 1 }, {}],
    ['puts a map in the place of a value', {}, { a: { b: 1 } }, { a: 1 }, { a: { b: 1 } }],
    ['puts a value in the place of a map', { a: { b: 1 } }, { a: 1 }, { a: { b: 1, c: 2 } }, { a: 1 }],
    ['removes names that every object has', { toString: 1 }, {}, { toString: 1 }, {}],
  ])('%s', (_, last, wanted, live, expected) => {
    expect(mergeThreeWay({ last, wanted, live })).toEqual(expected)
  })

  it('takes a member called __proto__ as a member', () => {
    const wanted = JSON.parse('{"__proto__": {"a": 1}}') as Readonly<Record<string, unknown>>
    expect(JSON.stringify(mergeThreeWay({ last: {}, wanted, live: {} }))).toBe('{"__proto__":{"a":1}}')
  })

  const json = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.oneof(fc.integer({ max: 3, min: 0 }), fc.dictionary(fc.constantFrom('x', 'y'), fc.constant(1))),
  )

  it('changes nothing the second time, and changes none of what it is given', () => {
    fc.assert(
      fc.property(json, json, json, (last, wanted, live) => {
        const before = JSON.stringify([last, wanted, live])
        const once = mergeThreeWay({ last, wanted, live })
        expect(mergeThreeWay({ last: wanted, wanted, live: once })).toEqual(once)
        expect(JSON.stringify([last, wanted, live])).toBe(before)
      }),
    )
  })
})
