import { describe, expect, it } from 'vitest'
import {
  findUntolerated,
  formatTaint,
  matchesTaint,
  type Taint,
  type Toleration,
  tolerates,
  toleratesAll,
} from '../../src/model/taint.ts'
import { describeConformance } from '../support/conformance.ts'

describe('tolerates', () => {
  const taint = { key: 'dedicated', value: 'web', effect: 'NoSchedule' }
  it.each([
    [
      'the same key, value and effect',
      { key: 'dedicated', operator: 'Equal', value: 'web', effect: 'NoSchedule' },
      true,
    ],
    ['no operator is Equal', { key: 'dedicated', value: 'web' }, true],
    ['another value is not tolerated', { key: 'dedicated', value: 'db' }, false],
    ['another key is not tolerated', { key: 'other', operator: 'Exists' }, false],
    ['another effect is not tolerated', { key: 'dedicated', operator: 'Exists', effect: 'NoExecute' }, false],
    ['Exists without key tolerates everything', { operator: 'Exists' }, true],
    ['empty texts are as absent ones', { key: '', operator: 'Exists', value: '', effect: '' }, true],
    ['an unknown operator tolerates nothing', { key: 'dedicated', operator: 'In', value: 'web' }, false],
  ] as [string, Toleration, boolean][])('%s', (_, toleration, expected) => {
    expect(tolerates(toleration, taint)).toBe(expected)
  })

  it('a taint without value is tolerated by a toleration without value', () => {
    expect(tolerates({ key: 'a' }, { key: 'a', effect: 'NoExecute' })).toBe(true)
  })
})

describe('findUntolerated', () => {
  const taints = [
    { key: 'a', effect: 'PreferNoSchedule' },
    { key: 'b', effect: 'NoSchedule' },
    { key: 'c', effect: 'NoExecute' },
  ]
  it.each([
    ['the first that counts', [], ['NoSchedule', 'NoExecute'], 'b'],
    ['the next when the first is tolerated', [{ key: 'b', operator: 'Exists' }], ['NoSchedule', 'NoExecute'], 'c'],
    ['every effect counts when none is named', undefined, undefined, 'a'],
    ['none when all are tolerated', [{ operator: 'Exists' }], undefined, undefined],
  ] as [string, Toleration[] | undefined, string[] | undefined, string | undefined][])(
    '%s',
    (_, tolerations, effects, key) => {
      expect(findUntolerated(taints, tolerations, effects)?.key).toBe(key)
      expect(toleratesAll(tolerations, taints, effects)).toBe(key === undefined)
    },
  )

  it('a node without taints has none', () => {
    expect(findUntolerated(undefined, undefined, ['NoSchedule'])).toBeUndefined()
  })
})

interface TolerationRow {
  readonly description: string
  readonly expectTolerated: boolean
  readonly expectError?: boolean
  readonly taint: Taint
  readonly toleration: Toleration
}

interface TolerationsRow {
  readonly description: string
  readonly expectTolerated: boolean
  readonly taints: readonly Taint[]
  readonly tolerations: readonly Toleration[]
  readonly applyFilter?: null
  readonly enableComparisonOperatorsFG?: boolean
}

interface TaintTables {
  readonly tolerationToleratesTaint: readonly TolerationRow[]
  readonly matchTaint: readonly { readonly expectMatch: boolean; readonly taint: Taint; readonly taintToMatch: Taint }[]
  readonly taintToString: readonly { readonly taint: Taint; readonly expectedString: string }[]
}

function describeTables(tables: TaintTables): void {
  it.each(tables.tolerationToleratesTaint)('$description', (row) => {
    expect(tolerates(row.toleration, row.taint)).toBe(row.expectTolerated)
  })

  it.each(tables.matchTaint)('$taint and $taintToMatch', (row) => {
    expect(matchesTaint(row.taint, row.taintToMatch)).toBe(row.expectMatch)
  })

  it.each(tables.taintToString)('$expectedString is written', (row) => {
    expect(formatTaint(row.taint)).toBe(row.expectedString)
  })
}

/** The recorded filters were functions and are lost; a row in which one let no taint count is true of any toleration. */
function effectsOf(row: TolerationsRow): readonly string[] | undefined {
  if (row.applyFilter === null || row.enableComparisonOperatorsFG === true) return undefined
  return row.description.includes('no taints apply to the filter') ? [] : ['NoExecute']
}

describeConformance<{
  readonly tables: TaintTables & {
    readonly tolerationsTolerateTaints: readonly TolerationsRow[]
    readonly podToleratesNodeTaints: readonly {
      readonly test: string
      readonly fits: boolean
      readonly node: { readonly spec: { readonly taints?: readonly Taint[] } }
      readonly pod: { readonly spec: { readonly tolerations?: readonly Toleration[] } }
    }[]
  }
}>('05c-taints-tolerations.json', ({ tables }) => {
  describeTables(tables)

  it.each(tables.tolerationsTolerateTaints)('$description', (row) => {
    expect(toleratesAll(row.tolerations, row.taints, effectsOf(row))).toBe(row.expectTolerated)
  })

  it.each(tables.podToleratesNodeTaints)('$test', ({ node, pod, fits }) => {
    const untolerated = findUntolerated(node.spec.taints, pod.spec.tolerations, ['NoSchedule', 'NoExecute'])
    expect(untolerated === undefined).toBe(fits)
  })
})

describeConformance<{
  readonly tables: TaintTables & {
    readonly untoleratedTaint: readonly TolerationsRow[]
    readonly tolerationNumericCompare_Gt_Lt: readonly {
      readonly description: string
      readonly operator: string
      readonly taintVal: string
      readonly tolerationVal: string
      readonly expectedResult: boolean
    }[]
  }
}>('05p-head-affinity-taints.json', ({ tables }) => {
  describeTables(tables)

  it.each(tables.untoleratedTaint)('$description', (row) => {
    expect(toleratesAll(row.tolerations, row.taints, effectsOf(row))).toBe(row.expectTolerated)
  })

  const numeric = tables.tolerationNumericCompare_Gt_Lt.filter((row) => row.operator === 'Gt' || row.operator === 'Lt')
  it.each(numeric)('$description', (row) => {
    const toleration = { key: 'sla', operator: row.operator, value: row.tolerationVal }
    expect(tolerates(toleration, { key: 'sla', value: row.taintVal, effect: 'NoSchedule' })).toBe(row.expectedResult)
  })
})
