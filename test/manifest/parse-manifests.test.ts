import { describe, expect, it } from 'vitest'
import { parseManifests } from '../../src/manifest/parse-manifests.ts'

const head = 'apiVersion: v1\nkind: Pod\n'
const valueOf = (text: string): unknown => parseManifests(text).manifests[0]?.value

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
    const { manifests, causes } = parseManifests(text)
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
    ['a number as the kind', 'apiVersion: v1\nkind: 3', 'manifests[0].kind', 'Required value'],
    [
      'an item that is no object',
      'kind: List\napiVersion: v1\nitems: [3]',
      'manifests[0].items[0]',
      'must be an object',
    ],
    ['a tab', 'apiVersion: v1\nkind:\n\t- a', 'manifests[0]', 'at line 3, column 1'],
    ['an open bracket in the second document', `${head}---\na: [1,\nb: 2\n`, 'manifests[1]', 'malformed YAML at line'],
    [
      'the same key twice',
      'a: 1\nb: 2\na: 3',
      'manifests[0]',
      'malformed YAML at line 3, column 1: Map keys must be unique',
    ],
    ['an alias that leads nowhere', `${head}a: *b`, 'manifests[0]', 'b'],
    ['a merge key without a map', `${head}<<: 3`, 'manifests[0]', 'Merge'],
  ])('tells of %s', (_, text, field, message) => {
    const { causes } = parseManifests(text)
    expect(causes[0]).toMatchObject({ field })
    expect(causes[0]?.message).toContain(message)
  })

  it('tells the faults of all documents, and reads the others', () => {
    const { manifests, causes } = parseManifests(`a: [\n---\n${head}---\nkind: Pod\n`)
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
    const { manifests, causes } = parseManifests(`${head}${levels.join('\n')}`)
    expect(manifests).toEqual([])
    expect(causes[0]?.message).toContain('Excessive alias count')
  })

  it.each([
    ['lists', `${head}a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['objects', `{"a":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`],
  ])('survives %s that are nested without end', (_, text) => {
    expect(parseManifests(text).causes.length).toBeGreaterThan(0)
  })
})
