import { describe, expect, it } from 'vitest'
import { requireField, sortObjects } from '../../src/cli/sort-by.ts'
import { describeConformance } from '../support/conformance.ts'

describe('objects in the order of a field', () => {
  it.each([
    ['numbers by their amount', [10, 9, -1], [-1, 9, 10]],
    ['quantities by their amount', ['1Gi', '900Mi', '2k', '500m'], ['500m', '2k', '900Mi', '1Gi']],
    ['times', ['2026-01-02T00:00:00Z', '2025-12-31T23:00:00Z'], ['2025-12-31T23:00:00Z', '2026-01-02T00:00:00Z']],
    ['texts as people count', ['pod-10', 'pod-2', 'a'], ['a', 'pod-2', 'pod-10']],
    ['what is missing first', ['b', undefined, 'a'], [undefined, 'a', 'b']],
    ['booleans, false first', [true, false], [false, true]],
    ['equals as they were', ['1', '1.0', '1000m'], ['1', '1.0', '1000m']],
  ])('has %s', (_, values, sorted) => {
    const items = values.map((value: unknown) => ({ value }))
    expect(sortObjects(items, '.value').map(({ value }) => value)).toEqual(sorted)
  })

  it('wants the field to be somewhere', () => {
    const objects = [{ metadata: { name: 'a' } }]
    expect(() => requireField(objects, 'metadata.nmae')).toThrow(
      `couldn't find any field with path "{.metadata.nmae}" in the list of objects`,
    )
    expect(() => requireField([], '.nothing')).not.toThrow()
  })
})

interface Recorded {
  readonly tables: {
    readonly sortBy: readonly {
      readonly name: string
      readonly field: string
      readonly expectedErr: string
      readonly obj: { readonly items: readonly object[] }
      readonly sort?: { readonly items: readonly object[] }
    }[]
  }
}

describeConformance<Recorded>('05n-kubectl-semantics.json', ({ tables }) => {
  it.each(tables.sortBy)('sorts as kubectl does: $name', ({ field, expectedErr, obj, sort }) => {
    if (expectedErr === '') expect(sortObjects(obj.items, field)).toEqual(sort?.items)
    else expect(() => requireField(obj.items, field)).toThrow(expectedErr)
  })
})
