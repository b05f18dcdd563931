import { describe, expect, it } from 'vitest'
import { columnsOfFile, parseColumns } from '../../src/cli/custom-columns.ts'
import { UsageError } from '../../src/cli/failure.ts'
import { describeConformance } from '../support/conformance.ts'
import { objectNamed } from '../support/objects.ts'

const pod = objectNamed('Pod', 'web', {
  metadata: { labels: { 'a.b/c': 'd' }, annotations: { b: '1', a: '2' } },
  spec: { nodeName: 'one', containers: [{ name: 'a' }, { name: 'b' }] },
})

describe('custom columns', () => {
  it.each([
    ['a path', 'NAME:.metadata.name', 'NAME\nweb\n'],
    ['several columns', 'NAME:metadata.name,NODE:{.spec.nodeName}', 'NAME   NODE\nweb    one\n'],
    ['several values', 'ALL:.spec.containers[*].name', 'ALL\na,b\n'],
    ['a comma within brackets', 'ALL:.spec.containers[0,1].name,N:.metadata.name', 'ALL   N\na,b   web\n'],
    ['what is missing', 'IP:.status.podIP', 'IP\n<none>\n'],
    ['a map, in the order of its keys', 'T:.metadata.annotations', 'T\n{"a":"2","b":"1"}\n'],
    ['an escaped key', 'L:.metadata.labels.a\\.b/c', 'L\nd\n'],
  ])('can have %s', (_, spec, text) => {
    expect(parseColumns(spec)([pod], { hasHeader: true })).toBe(text)
  })

  it('can do without a header', () => {
    expect(parseColumns('N:.metadata.name')([pod, pod], { hasHeader: false })).toBe('web\nweb\n')
  })

  it('can come from a file', () => {
    const text = columnsOfFile('NAME           NODE\nmetadata.name  spec.nodeName\n')([pod], { hasHeader: true })
    expect(text).toBe('NAME   NODE\nweb    one\n')
  })

  it.each([
    ['a column without a path', () => parseColumns('NAME'), 'expected <header>:<json-path-expr>'],
    ['a file with fewer paths', () => columnsOfFile('A B\n.a'), "(2) and field specifications (1) don't match"],
  ])('cannot have %s', (_, parse, message) => {
    expect(parse).toThrow(UsageError)
    expect(parse).toThrow(message)
  })
})

interface Recorded {
  readonly tables: {
    readonly customColumns: readonly {
      readonly columns: readonly { readonly Header: string; readonly FieldSpec: string }[]
      readonly obj: { readonly items?: readonly object[] }
      readonly expectedOutput: string
    }[]
  }
}

describeConformance<Recorded>('10-kubectl-printers.json', ({ tables }) => {
  it.each(tables.customColumns)('prints custom columns as kubectl does: $expectedOutput', (row) => {
    const spec = row.columns.map(({ Header, FieldSpec }) => `${Header}:${FieldSpec}`).join(',')
    const text = parseColumns(spec)((row.obj.items ?? [row.obj]) as never, { hasHeader: true })
    expect(wordsOf(text)).toEqual(wordsOf(row.expectedOutput))
  })
})

/** Lines as lists of words: how far columns are from each other is another matter. */
function wordsOf(text: string): string[][] {
  return text.split('\n').map((line) => line.split(/\s+/).filter((word) => word !== ''))
}
