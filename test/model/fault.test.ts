import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shown } from '../../src/model/fault.ts'

const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)

describe('a value that is shown', () => {
  it('is JSON, up to 500 characters', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        expect(shown(value)).toBe(text.length <= 500 ? text : `${text.slice(0, 500)}…`)
      }),
    )
  })

  it('has null for what is not there, and no members that are not', () => {
    expect(shown(undefined)).toBe('null')
    expect(shown({ a: undefined, b: [undefined, Number.NaN], c: 1 })).toBe('{"b":[null,null],"c":1}')
  })

  it.each([
    ['lists', nested(100_000), `${'['.repeat(500)}…`],
    ['objects', JSON.parse(`${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`), `${'{"a":'.repeat(100)}…`],
  ])('may be nested however deep, in %s', (_, value, text) => {
    expect(shown(value)).toBe(text)
  })
})
