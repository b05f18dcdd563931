import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excessIn } from '../../src/model/json-size.ts'

const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)

describe('the levels of a value', () => {
  it.each([
    ['a text', 'a', 0],
    ['nothing', null, 0],
    ['an empty list', [], 1],
    ['an object', { a: 1 }, 1],
    ['the deepest part', { a: 1, b: [{ c: [] }] }, 4],
    ['many lists', nested(1_000), 1_000],
  ])('are found for %s', (_, value, levels) => {
    expect([levels - 1, levels].map((most) => excessIn(value, { levels: most }))).toEqual([
      levels > 0 ? 'levels' : undefined,
      undefined,
    ])
  })

  it('are gone down no further than they must be', () => {
    expect(excessIn(nested(1_000_000), { levels: 100 })).toBe('levels')
  })
})

describe('the values in a value', () => {
  it('are all lists, objects and what is in them', () => {
    const count = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? Object.values(value).reduce<number>((sum, part) => sum + count(part), 1)
        : 1
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(excessIn(value, { values: count(value) })).toBeUndefined()
        expect(excessIn(value, { values: count(value) - 1 })).toBe('values')
      }),
    )
  })

  it('are looked at no further in a list than they must be', () => {
    const seen: PropertyKey[] = []
    const list = new Proxy(Array.from({ length: 1_000 }), {
      get: (target, key) => {
        seen.push(key)
        return Reflect.get(target, key) as unknown
      },
      ownKeys: () => expect.unreachable(),
    })
    expect(excessIn(list, { values: 10 })).toBe('values')
    expect(seen).not.toContain('10')
  })
})

it('that is within both bounds has no excess, and which is met first is told', () => {
  const value = { a: [[1]], b: [1, 2, 3] }
  expect(excessIn(value, { levels: 3, values: 8 })).toBeUndefined()
  expect(excessIn(value, { levels: 2, values: 7 })).toBe('levels')
  expect(excessIn(value, { levels: 3, values: 7 })).toBe('values')
})
