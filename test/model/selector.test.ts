import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../src/model/errors.ts'
import {
  formatSelector,
  type LabelSelector,
  type Labels,
  matches,
  matchesNodeSelectorRequirement,
  parseSelector,
  requirementFaults,
  selectorOfLabelSelector,
  selectorOfMap,
} from '../../src/model/selector.ts'
import { describeConformance } from '../support/conformance.ts'

function refusalOf(action: () => unknown): Refusal {
  try {
    action()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('parseSelector', () => {
  it('knows every operator, and keeps the requirements in the order of their keys', () => {
    expect(parseSelector('h,!g,f!=1,e==2,d=3,c<4,b>5,a2 notin (y,x),a1 in (z)')).toEqual([
      { key: 'a1', operator: 'In', values: ['z'] },
      { key: 'a2', operator: 'NotIn', values: ['x', 'y'] },
      { key: 'b', operator: 'Gt', values: ['5'] },
      { key: 'c', operator: 'Lt', values: ['4'] },
      { key: 'd', operator: 'In', values: ['3'], symbol: '=' },
      { key: 'e', operator: 'In', values: ['2'], symbol: '==' },
      { key: 'f', operator: 'NotIn', values: ['1'], symbol: '!=' },
      { key: 'g', operator: 'DoesNotExist', values: [] },
      { key: 'h', operator: 'Exists', values: [] },
    ])
  })

  it.each([
    ['an empty text selects everything', '', ''],
    ['white space is nothing', ' \t\r\n', ''],
    ['in and notin may be keys and values', 'in in (notin),notin=in', 'in in (notin),notin=in'],
    ['a value may be left out', 'x=,y!=', 'x=,y!='],
    ['values may be left out', 'x in (b,,a)', 'x in (,a,b)'],
    ['a key may have a prefix', 'example.com/app = web', 'example.com/app=web'],
  ])('%s: %j', (_, text, formatted) => {
    expect(formatSelector(parseSelector(text))).toBe(formatted)
  })

  it.each([
    ['x,,y', "found ',' at character 3, expected: identifier after ','"],
    ['a in (xyz),', "found the end at character 12, expected: identifier after ','"],
    ['x==a==b', "found '==' at character 5, expected: ',' or 'end of string'"],
    ['!x=a', "found '=' at character 3, expected: ',' or 'end of string'"],
    ['!!x', "found '!' at character 2, expected: identifier"],
    ['x in a', "found 'a' at character 6, expected: '('"],
    ['x in (a', "found the end at character 8, expected: ',' or ')'"],
    ['x in (', "found the end at character 7, expected: ',', ')' or identifier"],
    ['x near y', "found 'near' at character 3, expected: in, notin, =, ==, !=, gt, lt"],
    ['x=(', "found '(' at character 3, expected: identifier"],
    ['x>a', "for 'Gt', 'Lt' operators, the value must be an integer"],
    ['a=b,-x=1', 'at character 5: key: Invalid value: "-x": name part must consist of'],
    ['x=a\u0000', 'values[0][x]: Invalid value'],
  ])('%j is refused and told where', (text, message) => {
    const refusal = refusalOf(() => parseSelector(text))
    expect(refusal.code).toBe('INVALID')
    expect(refusal.causes).toHaveLength(1)
    expect(refusal.causes[0]?.field).toBe('labelSelector')
    expect(refusal.causes[0]?.message).toContain(message)
  })
})

describe('matches', () => {
  it.each([
    ['everything is selected by no requirement', '', undefined, true],
    ['no labels have no key', 'x', undefined, false],
    ['no labels lack every key', '!x,y!=1,z notin (1)', undefined, true],
    ['a name of a method of Object is no label', 'constructor', {}, false],
    ['a name of a method of Object may be a label', 'constructor=x', { constructor: 'x' }, true],
    ['numbers compare by value', 'x>9', { x: '10' }, true],
    ['numbers of 64 bits compare exactly', 'x>9223372036854775806', { x: '9223372036854775807' }, true],
    ['numbers over 64 bits are none', 'x<5', { x: '-9223372036854775809' }, false],
    ['texts are no numbers', 'x>1', { x: 'two' }, false],
  ] as [string, string, Labels | undefined, boolean][])('%s', (_, text, labels, expected) => {
    expect(matches(parseSelector(text), labels)).toBe(expected)
  })
})

describe('selectorOfMap and selectorOfLabelSelector', () => {
  it('a map asks for each of its labels, in the order of their keys', () => {
    expect(formatSelector(selectorOfMap({ tier: 'fe', app: 'web' }))).toBe('app=web,tier=fe')
  })

  it.each([
    ['an empty one selects everything', {}, ''],
    [
      'labels and expressions must both hold',
      { matchLabels: { b: '1' }, matchExpressions: [{ key: 'a', operator: 'Exists' }] },
      'a,b=1',
    ],
    ['sets are kept as sets', { matchExpressions: [{ key: 'a', operator: 'In', values: ['y', 'x'] }] }, 'a in (x,y)'],
  ] as [string, LabelSelector, string][])('%s', (_, labelSelector, formatted) => {
    expect(formatSelector(selectorOfLabelSelector(labelSelector))).toBe(formatted)
  })

  it('all faults are told at once, each with its field', () => {
    const labelSelector = {
      matchLabels: { 'a b': '1' },
      matchExpressions: [
        { key: 'a', operator: 'In' },
        { key: 'b', operator: 'Gt', values: ['1'] },
      ],
    }
    const refusal = refusalOf(() => selectorOfLabelSelector(labelSelector))
    expect(refusal.causes.map((cause) => cause.field)).toEqual([
      'matchLabels',
      'matchExpressions[0]',
      'matchExpressions[1].operator',
    ])
  })
})

describe('matchesNodeSelectorRequirement', () => {
  it.each([
    ['NotIn holds where the key is missing', { key: 'zone', operator: 'NotIn', values: ['a'] }, {}, true],
    ['In does not', { key: 'zone', operator: 'In', values: ['a'] }, {}, false],
    ['Gt compares integers', { key: 'cores', operator: 'Gt', values: ['9'] }, { cores: '16' }, true],
    ['an invalid value never holds', { key: 'zone', operator: 'NotIn', values: ['a b'] }, { zone: 'c' }, false],
    ['an invalid key never holds', { key: '-', operator: 'DoesNotExist' }, {}, false],
    ['NotIn without values never holds', { key: 'zone', operator: 'NotIn', values: [] }, {}, false],
    ['Exists with values never holds', { key: 'zone', operator: 'Exists', values: ['a'] }, { zone: 'a' }, false],
    ['an unknown operator never holds', { key: 'zone', operator: '=', values: ['a'] }, { zone: 'a' }, false],
  ])('%s', (_, requirement, labels, expected) => {
    expect(matchesNodeSelectorRequirement(requirement, labels)).toBe(expected)
    expect(matchesNodeSelectorRequirement(requirement, labels)).toBe(expected)
  })
})

describe('properties', () => {
  const words = fc.stringMatching(/^[a-z0-9]([a-z0-9._-]{0,3}[a-z0-9])?$/)
  const numbers = fc.integer({ min: 0 }).map(String)
  const requirements = fc.oneof(
    words,
    words.map((key) => `!${key}`),
    fc.tuple(words, fc.constantFrom('=', '==', '!='), words).map((parts) => parts.join('')),
    fc.tuple(words, fc.constantFrom('<', '>'), numbers).map((parts) => parts.join('')),
    fc
      .tuple(words, fc.constantFrom('in', 'notin'), fc.array(words, { minLength: 1, maxLength: 3 }))
      .map(([key, operator, values]) => {
        return `${key} ${operator} (${values.join(', ')})`
      }),
  )
  const selectors = fc.array(requirements, { maxLength: 5 })

  it('reading what was written gives the same selector', () => {
    fc.assert(
      fc.property(selectors, (parts) => {
        const selector = parseSelector(parts.join(','))
        expect(parseSelector(formatSelector(selector))).toEqual(selector)
      }),
    )
  })

  it('a selector holds when each of its requirements does, in whatever order', () => {
    fc.assert(
      fc.property(selectors, fc.dictionary(words, words), (parts, labels) => {
        const together = matches(parseSelector(parts.join(',')), labels)
        expect(matches(parseSelector([...parts].reverse().join(',')), labels)).toBe(together)
        expect(parts.every((part) => matches(parseSelector(part), labels))).toBe(together)
      }),
    )
  })

  it('every text is read or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab1,=!<>() \tin-.'.split('')), maxLength: 20 }), (text) => {
        try {
          parseSelector(text)
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
        }
      }),
      { numRuns: 1000 },
    )
  })
})

interface SelectorFile {
  readonly cases: readonly {
    readonly selector: string
    readonly valid: boolean
    readonly labels?: Labels
    readonly matches?: boolean
    readonly versionDependent?: string
  }[]
  readonly sets: readonly Labels[]
  readonly matrix: readonly {
    readonly selector: string
    readonly valid: boolean
    readonly canonical: string
    readonly matchesSets: readonly number[]
  }[]
  readonly requirements: readonly {
    readonly key: string
    readonly operator: string
    readonly values: readonly string[]
    readonly valid: boolean
    readonly errorField: string | null
  }[]
  readonly labelSelectorObjects: readonly {
    readonly expectErr: boolean
    readonly in?: RecordedLabelSelector
    readonly out?: { readonly $selector: string }
  }[]
}

interface RecordedLabelSelector {
  readonly MatchLabels?: Labels
  readonly MatchExpressions?: readonly { readonly Key: string; readonly Operator: string; readonly Values?: string[] }[]
}

describeConformance<SelectorFile>('01-selectors.json', (file) => {
  const counted = file.cases.filter((row) => row.versionDependent === undefined)
  it.each(counted)('$selector on $labels', (row) => {
    if (!row.valid) {
      expect(refusalOf(() => parseSelector(row.selector)).code).toBe('INVALID')
      return
    }
    const selector = parseSelector(row.selector)
    if (row.matches !== undefined) expect(matches(selector, row.labels)).toBe(row.matches)
  })

  it.each(file.matrix)('$selector on every set', (row) => {
    if (!row.valid) {
      expect(refusalOf(() => parseSelector(row.selector)).code).toBe('INVALID')
      return
    }
    const selector = parseSelector(row.selector)
    expect(formatSelector(selector)).toBe(row.canonical)
    const found = file.sets.flatMap((labels, index) => (matches(selector, labels) ? [index] : []))
    expect(found).toEqual(row.matchesSets)
  })

  it.each(file.requirements)('the requirement $key $operator $values', (row) => {
    const operator = { '!': 'DoesNotExist' }[row.operator] ?? row.operator
    const faults = requirementFaults(row.key, operator, row.values)
    expect(faults.length === 0).toBe(row.valid)
    if (row.errorField !== null) expect(faults.some((fault) => fault.startsWith(`${row.errorField}:`))).toBe(true)
  })

  it.each(file.labelSelectorObjects)('the label selector $in', (row) => {
    const matchExpressions = row.in?.MatchExpressions?.map(({ Key, Operator, Values }) => {
      return { key: Key, operator: Operator, values: Values }
    })
    const convert = (): string =>
      formatSelector(selectorOfLabelSelector({ matchLabels: row.in?.MatchLabels, matchExpressions }))
    if (row.expectErr) expect(refusalOf(convert).code).toBe('INVALID')
    else expect(convert()).toBe(row.out?.$selector)
  })
})
