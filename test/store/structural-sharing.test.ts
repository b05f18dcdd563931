import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareStructure } from '../../src/store/structural-sharing.ts'

const values = fc.jsonValue({ maxDepth: 3 })
const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('structural sharing', () => {
  it('never changes what a value says', () => {
    fc.assert(
      fc.property(values, values, (previous, next) => {
        const before = JSON.stringify(previous)
        expect(JSON.stringify(shareStructure(previous, copy(next)))).toBe(JSON.stringify(next))
        expect(JSON.stringify(previous)).toBe(before)
      }),
    )
  })

  it('gives the very same value for an equal one', () => {
    fc.assert(
      fc.property(values, (value) => {
        const previous = copy(value)
        expect(shareStructure(previous, copy(value))).toBe(previous)
      }),
    )
  })

  it.each([
    ['a field that is gone', { a: 1, b: 2 }, { a: 1 }],
    ['a field that is new', { a: 1 }, { a: 1, b: null }],
    ['a list that is longer', [1], [1, 2]],
    ['a list that is shorter', [1, 2], [1]],
    ['a record in place of a list', [], {}],
    ['a field with the name of a method', {}, { toString: null, constructor: {} }],
  ])('sees %s', (_, previous, next) => {
    expect(shareStructure(previous, copy(next))).toEqual(next)
    expect(shareStructure(previous, copy(next))).not.toBe(previous)
  })

  it('keeps the parts that are equal', () => {
    const previous = { spec: { list: [{ a: 1 }, { b: 2 }] }, status: { phase: 'Pending' } }
    const next = { spec: { list: [{ a: 1 }, { b: 3 }] }, status: { phase: 'Pending' } }
    const shared = shareStructure(previous, next)
    expect(shared.status).toBe(previous.status)
    expect(shared.spec.list[0]).toBe(previous.spec.list[0])
    expect(shared.spec.list[1]).toEqual({ b: 3 })
  })
})
