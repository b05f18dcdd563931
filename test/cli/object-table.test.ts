import { describe, expect, it } from 'vitest'
import { objectTable, type TableStyle } from '../../src/cli/object-table.ts'
import { paintFor } from '../../src/cli/paint.ts'
import { TableWriter } from '../../src/cli/table.ts'
import { definitionOf } from '../../src/model/kinds.ts'
import type { Resource } from '../../src/model/resource.ts'
import { describeConformance } from '../support/conformance.ts'
import { objectNamed } from '../support/objects.ts'

const plain: TableStyle = {
  isWide: false,
  hasNamespace: false,
  hasKind: false,
  labelColumns: [],
  showsLabels: false,
  paint: paintFor({ isTerminal: false }, {}),
}
const now = Date.parse('2026-01-01T00:00:30Z')

function rowOf(object: Resource, style: Partial<TableStyle>): readonly string[] {
  return objectTable(definitionOf(object.kind), { ...plain, ...style }).row(object, now)
}

describe('a table of objects', () => {
  const set = objectNamed('ReplicaSet', 'web', { metadata: { labels: { b: '2', a: '1' } }, spec: { replicas: 1 } })

  it.each<[string, Partial<TableStyle>, string[]]>([
    ['the columns of the kind', {}, ['web', '1', '0', '0', '30s']],
    ['namespaces', { hasNamespace: true }, ['default', 'web', '1', '0', '0', '30s']],
    ['kinds, with their groups', { hasKind: true }, ['replicaset.apps/web', '1', '0', '0', '30s']],
    ['labels in columns', { labelColumns: ['a', 'x/c'] }, ['web', '1', '0', '0', '30s', '1', '<none>']],
    ['all labels', { showsLabels: true }, ['web', '1', '0', '0', '30s', 'a=1,b=2']],
  ])('can have %s', (_, style, row) => {
    expect(rowOf(set, style)).toEqual(row)
  })

  it('colours what tells how an object is', () => {
    const paint = paintFor({ isTerminal: true }, {})
    const pod = objectNamed('Pod', 'web', { spec: { containers: [] }, status: { phase: 'Running' } })
    expect(rowOf(pod, { paint })).toEqual(['web', '0/0', '\u001b[32mRunning\u001b[39m', '0', '30s'])
  })
})

describe('columns', () => {
  it('are as wide as their widest cell, colours and wide characters counted as they are seen', () => {
    const writer = new TableWriter()
    const rows = [
      ['NAME', 'X'],
      ['\u001b[32mab\u001b[39m', 'x'],
      ['漢字漢字', 'x'],
    ]
    expect(writer.format(rows)).toBe('NAME       X\n\u001b[32mab\u001b[39m         x\n漢字漢字   x\n')
  })

  it('stay as wide as they were', () => {
    const writer = new TableWriter()
    writer.format([['long-name', 'x']])
    expect(writer.format([['a', 'x']])).toBe('a           x\n')
  })
})

interface LabelRow {
  readonly pod: Resource
  readonly expect: readonly [{ readonly Cells: readonly (string | number)[] }]
  readonly labelColumns?: readonly string[]
  readonly showLabels?: boolean
}

interface TableRow {
  readonly obj: Resource & { readonly items?: readonly Resource[] }
  readonly expect: string
  readonly opts: {
    readonly ColumnLabels?: readonly string[]
    readonly NoHeaders: boolean
    readonly ShowLabels: boolean
    readonly Wide: boolean
    readonly WithKind: boolean
    readonly WithNamespace: boolean
  }
}

interface Recorded {
  readonly tables: {
    readonly podLabels: readonly LabelRow[]
    readonly podShowLabels: readonly LabelRow[]
    readonly podTable: readonly TableRow[]
  }
}

describeConformance<Recorded>('10-kubectl-printers.json', ({ tables }) => {
  it.each([...tables.podLabels, ...tables.podShowLabels])('shows labels as kubectl does', (row) => {
    const cells = rowOf(row.pod, { labelColumns: row.labelColumns ?? [], showsLabels: row.showLabels ?? false })
    expect(cells).toEqual(row.expect[0].Cells.map(String))
  })

  it.each(tables.podTable)('prints tables as kubectl does: $expect', ({ obj, opts, expect: text }) => {
    const expected = text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => line.split('\t'))
    const pods = obj.items ?? [obj]
    const { header, row } = objectTable(definitionOf('Pod'), {
      ...plain,
      isWide: opts.Wide,
      hasKind: opts.WithKind,
      hasNamespace: opts.WithNamespace,
      showsLabels: opts.ShowLabels,
      labelColumns: opts.ColumnLabels ?? [],
    })
    const lines = [...(opts.NoHeaders ? [] : [header]), ...pods.map((pod) => row(pod, now))]
    // Pods that have ended were not shown then, and a label that is missing was shown as nothing.
    const shown = lines.slice(0, expected.length)
    expect(shown.map((cells) => cells.map((cell) => (cell === '<none>' ? '' : cell)))).toEqual(
      expected.map((cells) => cells.map((cell) => (cell === '<none>' ? '' : cell))),
    )
  })
})
