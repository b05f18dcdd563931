import { describe, expect, it } from 'vitest'
import { type ParsedManifests, parseManifests } from '../../src/manifest/parse-manifests.ts'

const head = 'apiVersion: v1\nkind: Pod\n'
const valueOf = (text: string): unknown => parse(text).manifests[0]?.value

function parse(text: string): ParsedManifests {
  const reading = parseManifests(text)
  for (;;) {
    const { done, value } = reading.next()
    if (done === true) return value
  }
}

describe('parseManifests', () => {
  it.each([
    ['nothing', '', []],
    ['comments and empty documents', '# a\n---\n---\n# b\n', []],
    ['one document', head, ['manifests[0] v1 Pod']],
    [
      'several documents, counted with the empty ones',
      `---\n${head}---\n---\n${head}`,
      ['manifests[0] v1 Pod', 'manifests[2] v1 Pod'],
    ],
    ['JSON', '{"apiVersion":"v1","kind":"Pod"}', ['manifests[0] v1 Pod']],
    [
      'JSON documents after one another',
      '{"apiVersion":"v1","kind":"A"}\n---\n{"apiVersion":"v1","kind":"B"}',
      ['manifests[0] v1 A', 'manifests[1] v1 B'],
    ],
    [
      'a list by its items',
      '{"kind":"List","apiVersion":"v1","items":[{"apiVersion":"v1","kind":"A"},{"apiVersion":"v1","kind":"B"}]}',
      ['manifests[0].items[0] v1 A', 'manifests[0].items[1] v1 B'],
    ],
    ['an empty list', '{"kind":"List","apiVersion":"v1","items":[]}', []],
    [
      'a list of one kind',
      '{"kind":"PodList","apiVersion":"v1","items":[{"apiVersion":"v1","kind":"Pod"}]}',
      ['manifests[0].items[0] v1 Pod'],
    ],
  ])('reads %s', (_, text, expected) => {
    const { manifests, causes } = parse(text)
    expect(causes).toEqual([])
    expect(manifests.map(({ field, apiVersion, kind }) => `${field} ${apiVersion} ${kind}`)).toEqual(expected)
  })

  it.each([
    ['a file mode in base eight', 'mode: 0644', { mode: 420 }],
    ['a mode in the newer form', 'mode: 0o644', { mode: 420 }],
    ['a zero', 'mode: 0', { mode: 0 }],
    ['digits that are not in base eight', 'mode: 089', { mode: 89 }],
    ['yes and no, on and off as truth', 'a: yes\nb: No\nc: ON\nd: off', { a: true, b: false, c: true, d: false }],
    ['the same words in quotes as words', `a: "yes"\nb: 'off'`, { a: 'yes', b: 'off' }],
    ['a single letter as a word', 'a: y\nb: n', { a: 'y', b: 'n' }],
    ['a pair of numbers as a text', 'a: 22:22', { a: '22:22' }],
    ['merge keys', 'a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3', { a: { x: 1, y: 2 }, b: { x: 1, y: 3 } }],
    ['characters beyond the first plane', 'a: "\\ud83d\\ude00"', { a: '😀' }],
  ])('reads %s as Kubernetes does', (_, text, expected) => {
    expect(valueOf(`${head}${text}`)).toEqual({ apiVersion: 'v1', kind: 'Pod', ...expected })
  })

  it.each([
    ['a list instead of an object', '- a', 'manifests[0]', 'a manifest must be an object'],
    ['a text instead of an object', 'hello', 'manifests[0]', 'a manifest must be an object'],
    ['no kind', 'apiVersion: v1', 'manifests[0].kind', 'Required value'],
    ['no apiVersion', 'kind: Pod', 'manifests[0].apiVersion', 'Required value'],
    ['an empty kind', 'apiVersion: v1\nkind: ""', 'manifests[0].kind', 'Required value'],
    ['a number as the kind', 'apiVersion: v1\nkind: 3', 'manifests[0].kind', 'must be of type string'],
    [
      'an item that is no object',
      'kind: List\napiVersion: v1\nitems: [3]',
      'manifests[0].items[0]',
      'must be an object',
    ],
    ['a tab', 'apiVersion: v1\nkind:\n\t- a', 'manifests[0]', 'at line 3, column 1'],
    ['a brace too few in JSON', '{"kind": "Pod",\n "a": {', 'manifests[0]', 'malformed JSON at line 2, column 8'],
    [
      'a comma too few in a list of JSON',
      '[{"a": 1}\n {"b": 2}]',
      'manifests[0]',
      'malformed JSON at line 2, column 2',
    ],
    ['a colon too few in JSON behind a document', `${head}---\n{"a" 1}`, 'manifests[1]', 'malformed JSON at line 4'],
    ['a flow of YAML that is not closed', '{a: 1', 'manifests[0]', 'malformed YAML at line 1'],
    ['an open bracket in the second document', `${head}---\na: [1,\nb: 2\n`, 'manifests[1]', 'malformed YAML at line'],
    [
      'the same key twice',
      'a: 1\nb: 2\na: 3',
      'manifests[0].a',
      'Duplicate value: the key "a" is in this object already (line 1), at line 3, column 1',
    ],
    [
      'an alias that leads nowhere',
      `${head}a: *b`,
      'manifests[0].a',
      'there is no anchor "&b" before, at line 3, column 4',
    ],
    ['a merge key without a map', `${head}<<: 3`, 'manifests[0]', 'a merge key "<<" takes a map, or a list of maps'],
    [
      'an alias that leads to what it is in',
      `${head}a: &b {c: *b}`,
      'manifests[0].a.c',
      'may not lead to what it is in',
    ],
    ['10,000 aliases', `a: &a x\nb:\n${'- *a\n'.repeat(10_000)}`, 'manifests[0].b[5000]', 'may not add more than 5000'],
    ['a key that is no text', `${head}? [a]\n: 1`, 'manifests[0]', 'a key must be a text, at line 3, column 3'],
    ['a number without end', `${head}a: [.inf]`, 'manifests[0].a[0]', '.inf: a number must be finite, at line 3'],
    ['what is no number', `${head}a: .nan`, 'manifests[0].a', '.nan: a number must be finite, at line 3'],
    ['a list that is none', `${head.replace('Pod', 'List')}items: {}`, 'manifests[0].items', 'must be of type array'],
  ])('tells of %s', (_, text, field, message) => {
    const { causes } = parse(text)
    expect(causes[0]).toMatchObject({ field })
    expect(causes[0]?.message).toContain(message)
  })

  it('takes aliases and keys that are numbers as Kubernetes does', () => {
    expect(valueOf(`${head}a: &a {b: [1]}\nc: [*a, *a]\n1: x\nyes: y`)).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      a: { b: [1] },
      c: [{ b: [1] }, { b: [1] }],
      '1': 'x',
      true: 'y',
    })
  })

  it('makes a member of a key like __proto__, and nothing else', () => {
    const value = valueOf(`${head}__proto__: {polluted: true}`) as object
    expect(Object.keys(value)).toContain('__proto__')
    expect('polluted' in value).toBe(false)
  })

  it('knows the lines of fields, and of what a field that is missing would be in', () => {
    const [first, second] = parse(
      `${head}spec:\n  containers:\n  - name: a\n    env: []\n  - image: b\n---\n${head}metadata:\n  labels:\n    a.b/c: d`,
    ).manifests
    const lines = ['kind', 'spec', 'spec.containers[1].image', 'spec.containers[1].name', 'spec.replicas', 'status']
    expect(lines.map((field) => first?.placeOf(field).line)).toEqual([2, 3, 7, 7, 3, 1])
    expect(second?.placeOf('metadata.labels[a.b/c]')).toEqual({ line: 13, column: 5 })
  })

  it.each([
    ['a document of too many words', `a: [${'1,'.repeat(250_000)}]`, 'Too long: one document has more than 500000'],
    ['too many objects', `${head}---\n`.repeat(10_001), 'Too many: one text may have 10000 objects'],
    [
      'too many empty documents',
      '---\n'.repeat(20_002),
      'Too many: one text may have 10000 objects, in 20000 documents',
    ],
  ])('does not read %s to its end', (_, text, message) => {
    expect(parse(text).causes).toMatchObject([{ message: expect.stringContaining(message) as string }])
  })

  it('lets others go first all the time, also where the documents are small', () => {
    const reading = parseManifests('---\n'.repeat(15_000))
    let pauses = 0
    while (reading.next().done !== true) pauses += 1
    expect(pauses).toBeGreaterThan(5)
  })

  it('tells once that what is merged is too much', () => {
    const levels = Array.from({ length: 8 }, (_, at) => `a${at + 1}: &a${at + 1} {<<: [${`*a${at},`.repeat(9)}]}\n`)
    const { causes } = parse(`${head}a0: &a0 {x: 1}\n${levels.join('')}`)
    expect(causes.map(({ message }) => message)).toEqual([
      expect.stringContaining('aliases may not add more than 5000 values'),
    ])
  })

  it('tells the first of a million faults of syntax', () => {
    expect(parse('"'.repeat(100_000)).causes).toHaveLength(20)
  })

  it('tells the faults of all documents, and reads the others', () => {
    const { manifests, causes } = parse(`a: [\n---\n${head}---\nkind: Pod\n`)
    expect(causes.map(({ field }) => field)).toEqual(expect.arrayContaining(['manifests[0]']))
    expect(causes.length + manifests.length).toBeGreaterThanOrEqual(2)
  })

  it('does not let aliases grow into more than the text', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) =>
        `a${level}: &a${level} [${
          level === 0
            ? 'x'
            : Array(9)
                .fill(`*a${level - 1}`)
                .join(',')
        }]`,
    )
    const { manifests, causes } = parse(`${head}${levels.join('\n')}`)
    expect(manifests).toEqual([])
    expect(causes[0]?.message).toContain('aliases may not add more than 5000 values, at line 7')
  })

  it.each([
    ['lists', `${head}a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['objects', `{"a":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`],
  ])('survives %s that are nested without end', (_, text) => {
    expect(parse(text).causes.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Too long: nested more than 100 levels deep, at line [13], column \d+$/),
    ])
  })
})
