import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  annotationKeyFaults,
  cidrFaults,
  configMapKeyFaults,
  dns1035LabelFaults,
  dnsLabelFaults,
  dnsSubdomainFaults,
  envVarNameFaults,
  generateName,
  httpHeaderNameFaults,
  ipFaults,
  labelValueFaults,
  percentFaults,
  portNameFaults,
  portNumberFaults,
  prefixFaults,
  qualifiedNameFaults,
  relaxedEnvVarNameFaults,
  suggestName,
} from '../../src/model/names.ts'
import { describeConformance } from '../support/conformance.ts'

type Rule = (value: string) => readonly string[]

describe('rules for names', () => {
  it.each([
    [
      'a label tells what it is made of',
      dnsLabelFaults,
      'A',
      [
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      ],
    ],
    ['a label has 63 bytes at most', dnsLabelFaults, 'a'.repeat(64), ['must be no more than 63 bytes']],
    ['a label of 63 bytes is right', dnsLabelFaults, 'a'.repeat(63), []],
    ['a subdomain has 253 bytes at most', dnsSubdomainFaults, 'a'.repeat(254), ['must be no more than 253 bytes']],
    ['a line end is no part of a name', dnsSubdomainFaults, 'a\n', [expect.stringContaining('subdomain must consist')]],
    [
      'length is counted in bytes',
      labelValueFaults,
      'ü'.repeat(32),
      [expect.stringContaining('63 bytes'), expect.anything()],
    ],
    [
      'a qualified name has one slash at most',
      qualifiedNameFaults,
      'a/b/c',
      [expect.stringMatching(/^a valid label key must.*\(e\.g\. 'example\.com\/MyName'\)$/)],
    ],
    [
      'both parts of a qualified name are needed',
      qualifiedNameFaults,
      '/',
      [
        'prefix part must be non-empty',
        'name part must be non-empty',
        expect.stringContaining('name part must consist'),
      ],
    ],
    ['the case of an annotation does not count', annotationKeyFaults, 'Example.COM/Key', []],
    ['the case of a label key does', qualifiedNameFaults, 'Example.COM/Key', [expect.stringContaining('prefix part')]],
    ['a key may not be the parent folder', configMapKeyFaults, '..', ["must not be '..'"]],
    ['a key may not begin with the parent folder', configMapKeyFaults, '..a', ["must not start with '..'"]],
    [
      'an environment variable may not begin with a digit',
      envVarNameFaults,
      '1A',
      [expect.stringContaining('must not start with a digit')],
    ],
    ['today it may', relaxedEnvVarNameFaults, '1A', []],
    [
      'all faults of a port name are told',
      portNameFaults,
      '--',
      [
        'must contain at least one letter (a-z)',
        'must not contain consecutive hyphens',
        'must not begin or end with a hyphen',
      ],
    ],
    [
      'a percentage is a whole number',
      percentFaults,
      '1.5%',
      [expect.stringContaining("(e.g. '1%',  or '93%', regex")],
    ],
    [
      'a header has one example',
      httpHeaderNameFaults,
      'X Y',
      [expect.stringContaining("(e.g. 'X-Header-Name', regex")],
    ],
  ] as [string, Rule, string, string[]][])('%s', (_, rule, value, faults) => {
    expect(rule(value)).toEqual(faults)
  })

  it.each([0, 65536, 1.5, Number.NaN])('%d is no port', (port) => {
    expect(portNumberFaults(port)).toEqual(['must be between 1 and 65535, inclusive'])
  })

  it.each(['::', '1::', '::1', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '1:2:3:4:5:6:1.2.3.4', '::1.2.3.4', '0.0.0.0'])(
    '%s is an address',
    (address) => {
      expect(ipFaults(address)).toEqual([])
    },
  )

  it.each([
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7:8::',
    '1:2:3:4:5:6:7',
    '1.2.3.4::',
    '::1.2.3',
    '12345::',
    'g::',
    '1.2.3',
    '1.2.3.4.5',
  ])('%s is no address', (address) => {
    expect(ipFaults(address)).toHaveLength(1)
  })

  it.each(['10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0', '/8'])('%s is no address block', (block) => {
    expect(cidrFaults(block)).toHaveLength(1)
  })
})

describe('generateName', () => {
  it('adds five characters of an alphabet without vowels', () => {
    expect(generateName('web-', () => 0)).toBe('web-bbbbb')
    expect(generateName('web-', () => 0.999_999)).toBe('web-99999')
  })

  it('makes a DNS label of the longest prefix', () => {
    const name = generateName('a'.repeat(100), () => 0.5)
    expect(name).toHaveLength(63)
    expect(dnsLabelFaults(name)).toEqual([])
  })
})

describe('suggestName', () => {
  const words = ['pods', 'nodes', 'namespaces', 'replicasets']
  it.each([
    ['pod', 'pods'],
    ['noeds', 'nodes'],
    ['NameSpace', 'namespaces'],
    ['relpicaset', 'replicasets'],
    ['secrets', undefined],
    ['', undefined],
    ['x'.repeat(1_000_000), undefined],
  ])('%.20s brings %s', (word, suggestion) => {
    expect(suggestName(word, words)).toBe(suggestion)
  })

  it('a known word suggests itself', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1 }), (known) => {
        const word = known.at(-1) ?? ''
        expect(suggestName(word, known)?.toLowerCase()).toBe(word.toLowerCase())
      }),
    )
  })
})

interface Row {
  readonly value: string
  readonly valid: boolean
}

const tableRules: Readonly<Record<string, Rule>> = {
  dns1123Label: dnsLabelFaults,
  dns1123Subdomain: dnsSubdomainFaults,
  dns1035Label: dns1035LabelFaults,
  portName: portNameFaults,
  qualifiedName: qualifiedNameFaults,
  labelValue: labelValueFaults,
  httpHeaderName: httpHeaderNameFaults,
  percent: percentFaults,
  configMapKey: configMapKeyFaults,
  relaxedEnvVarName: relaxedEnvVarNameFaults,
  ip: ipFaults,
  cidr: cidrFaults,
}

const matrixRules: Readonly<Record<string, Rule>> = {
  configMapKey: configMapKeyFaults,
  dns1035Label: dns1035LabelFaults,
  dns1123Label: dnsLabelFaults,
  dns1123Subdomain: dnsSubdomainFaults,
  envVarName: envVarNameFaults,
  httpHeaderName: httpHeaderNameFaults,
  ip: ipFaults,
  labelValue: labelValueFaults,
  objectNameSubdomain_forGenerateNamePrefix: (value) => prefixFaults(value, dnsSubdomainFaults),
  percent: percentFaults,
  portName: portNameFaults,
  qualifiedName: qualifiedNameFaults,
}

interface NamesFile {
  readonly tables: Readonly<Record<string, readonly Row[]>> & {
    readonly portNumber: readonly { readonly value: unknown; readonly valid: boolean }[]
  }
  readonly labels: readonly {
    readonly labels: Readonly<Record<string, string>>
    readonly valid: boolean
    readonly expect?: string
  }[]
  readonly annotations: readonly {
    readonly annotations: Readonly<Record<string, string>>
    readonly valid: boolean
    readonly expect?: string
  }[]
  readonly matrix: readonly (Readonly<Record<string, boolean>> & { readonly value: unknown })[]
}

describeConformance<NamesFile>('03-names.json', ({ tables, labels, annotations, matrix }) => {
  it.each(Object.entries(tableRules))('the table %s', (name, rule) => {
    const wrong = (tables[name] ?? []).filter((row) => (rule(row.value).length === 0) !== row.valid)
    expect(wrong).toEqual([])
  })

  it.each(Object.entries(matrixRules))('the matrix of %s', (name, rule) => {
    const wrong = matrix.filter((row) => (rule(String(row.value)).length === 0) !== row[name])
    expect(wrong.map((row) => row.value)).toEqual([])
  })

  it.each(tables.portNumber)('the port $value', ({ value, valid }) => {
    expect(portNumberFaults(Number(value)).length === 0).toBe(valid)
  })

  it.each(labels)('the labels $labels', (row) => {
    const faults = Object.entries(row.labels).flatMap(([key, value]) => [
      ...qualifiedNameFaults(key),
      ...labelValueFaults(value),
    ])
    expect(faults.length === 0).toBe(row.valid)
    if (row.expect !== undefined) expect(faults.join('; ')).toContain(row.expect)
  })

  it.each(annotations)('the annotations $annotations', (row) => {
    const faults = Object.keys(row.annotations).flatMap(annotationKeyFaults)
    expect(faults.length === 0).toBe(row.valid)
    if (row.expect !== undefined) expect(faults.join('; ')).toContain(row.expect)
  })
})
