import { describe, expect, it } from 'vitest'
import { CommandError, UsageError } from '../../src/cli/failure.ts'
import { valuesAt } from '../../src/cli/json-path.ts'
import { parseRelaxedPath, parseTemplate } from '../../src/cli/json-path-template.ts'
import { describeConformance } from '../support/conformance.ts'

/** The object of kubectl's documentation: https://kubernetes.io/docs/reference/kubectl/jsonpath */
const documented = {
  kind: 'List',
  items: [
    {
      kind: 'None',
      metadata: { name: '127.0.0.1', labels: { 'kubernetes.io/hostname': '127.0.0.1' } },
      status: { capacity: { cpu: '4' }, addresses: [{ type: 'LegacyHostIP', address: '127.0.0.1' }] },
    },
    {
      kind: 'None',
      metadata: { name: '127.0.0.2' },
      status: {
        capacity: { cpu: '8' },
        addresses: [
          { type: 'LegacyHostIP', address: '127.0.0.2' },
          { type: 'another', address: '127.0.0.3' },
        ],
      },
    },
  ],
  users: [
    { name: 'myself', user: {} },
    { name: 'e2e', user: { username: 'admin', password: 'secret' }, age: 7 },
  ],
}

describe('a JSONPath template', () => {
  it.each([
    ['the present object', 'kind is {@.kind}', 'kind is List'],
    ['a field', 'kind is {.kind}', 'kind is List'],
    ['a field from the root', '{$.kind}', 'List'],
    ['a field by its name in brackets', "kind is {['kind']}", 'kind is List'],
    ['a field of all fields of that name', '{..name}', '127.0.0.1 127.0.0.2 myself e2e'],
    ['a wildcard', '{.items[*].metadata.name}', '127.0.0.1 127.0.0.2'],
    ['an element', '{.users[0].name}', 'myself'],
    ['an element from the end', '{.users[-1].name}', 'e2e'],
    ['the last of a list as a slice', '{.users[-1:].name}', 'e2e'],
    ['a slice', '{.users[0:1].name}', 'myself'],
    ['a slice with a step', '{.items[0:2:2].metadata.name}', '127.0.0.1'],
    ['some elements', '{.items[0,1].metadata.name}', '127.0.0.1 127.0.0.2'],
    [
      'a union of paths',
      "{.items[*]['metadata.name', 'status.capacity']}",
      '127.0.0.1 127.0.0.2 {"cpu":"4"} {"cpu":"8"}',
    ],
    ['a filter', '{.users[?(@.name=="e2e")].user.password}', 'secret'],
    ['a map, in the order of its keys', '{.users[1].user}', '{"password":"secret","username":"admin"}'],
    ['a filter in apostrophes', "{.users[?(@.name=='e2e')].user.password}", 'secret'],
    ['a filter by number', '{.users[?(@.age>=7)].name}', 'e2e'],
    ['a filter by difference', '{.users[?(@.name != "e2e")].name}', 'myself'],
    ['a filter by presence', '{.users[?(@.age)].name}', 'e2e'],
    ['a filter after a descent', '{..addresses[?(@.type=="another")].address}', '127.0.0.3'],
    [
      'a range',
      '{range .items[*]}[{.metadata.name}, {.status.capacity}] {end}',
      '[127.0.0.1, {"cpu":"4"}] [127.0.0.2, {"cpu":"8"}] ',
    ],
    [
      'ranges within ranges',
      '{range .items[*]}{range .status.addresses[*]}{.type};{end}|{end}',
      'LegacyHostIP;|LegacyHostIP;another;|',
    ],
    ['quoted text', '{range .items[*]}{.metadata.name}{"\\t"}{end}', '127.0.0.1\t127.0.0.2\t'],
    ['quoted text in apostrophes', "{.kind}{'it\\'s \"so\"\\n'}", 'Listit\'s "so"\n'],
    ['escaped dots', '{.items[0].metadata.labels.kubernetes\\.io/hostname}', '127.0.0.1'],
    ['escaped dots in brackets', "{.items[0].metadata.labels['kubernetes\\.io/hostname']}", '127.0.0.1'],
    ['an object as JSON', '{.items[0].status.capacity}', '{"cpu":"4"}'],
    ['nothing for what is missing', 'a{.missing.field[3].x}b', 'ab'],
    ['spaces within braces', '{ range .items[*] }{ .metadata.name }{ "," }{ end }', '127.0.0.1,127.0.0.2,'],
    ['text alone', 'text', 'text'],
  ])('knows %s', (_, template, text) => {
    expect(parseTemplate(template)(documented)).toBe(text)
  })

  it.each([
    ['an open brace', '{.kind', 'unclosed action'],
    ['an open range', '{range .items[*]}{.kind}', 'unterminated range'],
    ['an end of nothing', '{.kind}{end}', 'not in range, nothing to end'],
    ['an open bracket', '{.items[0}', 'unterminated array'],
    ['an index that is none', '{.items[first]}', 'invalid array index first'],
    ['a step of nothing', '{.items[0:2:0]}', 'step must be > 0'],
  ])('refuses %s', (_, template, message) => {
    expect(() => parseTemplate(template)).toThrow(UsageError)
    expect(() => parseTemplate(template)).toThrow(message)
  })

  it('tells an index that leads nowhere', () => {
    const template = parseTemplate('{.users[5].name}')
    expect(() => template(documented)).toThrow(CommandError)
    expect(() => template(documented)).toThrow('array index out of bounds: index 5, length 2')
  })
})

it('tells a field that must be there and is not, by its name', () => {
  const template = parseTemplate('{.kind}{.missing.field}', { allowsMissing: false })
  expect(() => template(documented)).toThrow(CommandError)
  expect(() => template(documented)).toThrow('error executing jsonpath "{.kind}{.missing.field}": missing is not found')
  expect(() => parseTemplate('{.missing[0]}', { allowsMissing: false })(documented)).toThrow('missing is not found')
  // Where there is nothing, nothing is missing.
  const found = parseTemplate('{.users[?(@.name=="nobody")].name}{.kind}', { allowsMissing: false })
  expect(found(documented)).toBe('List')
})

describe('a path of a flag', () => {
  it.each(['{.kind}', '.kind', '{kind}', 'kind'])('can be written as %s', (path) => {
    expect(valuesAt(parseRelaxedPath(path), documented)).toEqual(['List'])
  })

  it('can have a filter', () => {
    expect(valuesAt(parseRelaxedPath('.users[?(@.name=="e2e")].age'), documented)).toEqual([7])
  })
})

interface Recorded {
  readonly tables: {
    readonly jsonpathRelaxed: readonly {
      readonly input: string
      readonly expectErr: boolean
      readonly expectedOutput: string
    }[]
  }
}

describeConformance<Recorded>('10-kubectl-printers.json', ({ tables }) => {
  const rows = tables.jsonpathRelaxed.filter(({ input }) => input !== '')
  it.each(rows)('reads the path $input of a flag as kubectl does', ({ input, expectErr, expectedOutput }) => {
    if (expectErr) expect(() => parseRelaxedPath(input)).toThrow(UsageError)
    else expect(parseRelaxedPath(input)).toEqual(parseRelaxedPath(expectedOutput))
  })
})
