import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { type DocumentLimits, documentLimitsRule, judgeCost, judgeText } from '../../src/server/limits.ts'

const schema = buildSchema(`
  type Query { list(first: Int = 50): List! one: Item! things: [Item!]! }
  type List { nodes: [Item!]! total: Int! }
  type Item { name: String! list(first: Int = 20): List! one: Item! }
`)
const unlimited: DocumentLimits = { depth: 1e9, cost: 1e9, aliases: 1e9, tokens: 1e9 }

function faults(text: string, limits: Partial<DocumentLimits>): string[] {
  const rule = documentLimitsRule({ ...unlimited, ...limits })
  return validate(schema, parse(text), [rule]).map(({ message }) => message)
}

describe('the limits of a document', () => {
  it.each([
    ['plain fields', '{ one { name } }', 'depth', 2],
    ['the deepest branch', '{ one { name } other: one { one { one { name } } } }', 'depth', 4],
    [
      'through fragments',
      '{ ...a } fragment a on Query { one { ...b } } fragment b on Item { one { name } }',
      'depth',
      3,
    ],
    ['plain fields', '{ one { name } }', 'cost', 2],
    ['the usual size of a page', '{ list { total } }', 'cost', 51],
    ['the size that is asked for', '{ list(first: 3) { nodes { name } } }', 'cost', 7],
    ['pages of pages', '{ list(first: 10) { nodes { list(first: 10) { nodes { name } } } } }', 'cost', 221],
    ['pages of the usual size within pages', '{ list(first: 2) { nodes { list { total } } } }', 'cost', 45],
    ['a size beyond what a page can have as a full page', '{ list(first: 5000) { total } }', 'cost', 1001],
    ['a size below one as one', '{ list(first: -5) { total } }', 'cost', 2],
    ['null as the usual size', '{ list(first: null) { total } }', 'cost', 51],
    [
      'a fragment wherever it is spread',
      '{ a: one { ...f } b: one { ...f } } fragment f on Item { name one { name } }',
      'cost',
      8,
    ],
    ['an inline fragment', '{ ... on Query { list(first: 2) { ... { total } } } }', 'cost', 3],
    ['a variable as one item', 'query ($n: Int) { list(first: $n) { total } }', 'cost', 2],
    ['aliases', '{ a: one { b: name name } c: one { name } }', 'aliases', 3],
    ['aliases in fragments, each time', '{ ...f ...f } fragment f on Query { a: one { name } }', 'aliases', 2],
  ] as const)('count %s (%s): its %s', (_, text, name, value) => {
    expect(faults(text, { [name]: value })).toEqual([])
    expect(faults(text, { [name]: value - 1 })).toEqual([
      `the operation is too large: its ${name} is ${value}, the limit is ${value - 1}`,
    ])
  })

  it.each([
    ['fragments that go round', '{ ...a } fragment a on Query { one { ...b } } fragment b on Item { one { ...b } }'],
    ['fragments and types that there are not', '{ ...x ... on Nothing { y { z } } nothing { x } }'],
  ])('survive %s', (_, text) => {
    expect(faults(text, {})).toEqual([])
  })

  it('are told at once', () => {
    expect(faults('{ a: list { nodes { name } } }', { depth: 1, cost: 1, aliases: 0 })).toHaveLength(3)
  })

  it('measure fragments that double and double again in no time', () => {
    const fragments = Array.from(
      { length: 500 },
      (_, index) => `fragment f${index} on Item { a: one { ...f${index + 1} } b: one { ...f${index + 1} } }`,
    )
    const [message] = faults(`{ one { ...f0 } } ${fragments.join(' ')} fragment f500 on Item { name }`, { cost: 1000 })
    expect(message).toContain('the limit is 1000')
  })
})

describe('page sizes that are variables', () => {
  const document = parse('query ($n: Int = 10) { list(first: $n) { nodes { list(first: $n) { total } } } }')
  const cost = (variableValues: Record<string, unknown>, limit: number) =>
    judgeCost({ schema, document, variableValues }, limit)?.message

  it.each([
    ['given', { n: 3 }, 16],
    ['left to their default', {}, 121],
    ['null, which is the usual size', { n: null }, 1101],
    ['no numbers, which is for others to refuse', { n: 'x' }, 1101],
  ])('are counted when %s', (_, variables, value) => {
    expect(cost(variables, value)).toBeUndefined()
    expect(cost(variables, value - 1)).toContain(`its cost is ${value}`)
  })

  it('are not looked for where there are none', () => {
    expect(judgeCost({ schema, document: parse('{ list(first: 9) { total } }') }, 0)).toBeUndefined()
  })
})

describe('the nesting of a text', () => {
  const deep = `{ a(b: ${'['.repeat(600)}${']'.repeat(600)}) }`

  it('is told before it is parsed', () => {
    expect(judgeText(deep, unlimited)?.message).toContain('nested more than 500 levels deep')
    expect(judgeText(`{ a(b: ${'[],'.repeat(600)}) }`, unlimited)).toBeUndefined()
  })

  it('is looked at as far as the text may be parsed, and what comes then is for the parser to tell', () => {
    expect(judgeText(deep, { ...unlimited, tokens: 600 })?.message).toContain('nested more than 500 levels deep')
    expect(judgeText(`{ ${'x '.repeat(100)} ${deep}`, { ...unlimited, tokens: 600 })).toBeUndefined()
    expect(judgeText(`{ "${deep}`, unlimited)).toBeUndefined()
  })
})
