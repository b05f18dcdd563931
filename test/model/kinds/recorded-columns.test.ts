import { expect, it } from 'vitest'
import { formatAge } from '../../../src/model/duration.ts'
import { definitionOf, kindNamed, kinds } from '../../../src/model/kinds.ts'
import type { Resource } from '../../../src/model/resource.ts'
import { describeConformance } from '../../support/conformance.ts'
import { rowOf } from './table-row.ts'

interface PodRow {
  readonly pod: Resource
  readonly expect: readonly { readonly Cells: readonly (string | number)[] }[]
}

interface Tables {
  readonly pod: readonly PodRow[]
  readonly podWide: readonly PodRow[]
  readonly podNonTerminated: readonly PodRow[]
  readonly nodeStatus: readonly { readonly node: Resource; readonly status: string }[]
  readonly nodeRole: readonly { readonly node: Resource; readonly expected: string }[]
  readonly nodeExternalIP: readonly { readonly node: Resource; readonly externalIP: string }[]
  readonly replicaSet: readonly { readonly replicaSet: Resource; readonly wideExpect: string }[]
  readonly timestamps: readonly { readonly name: string; readonly exp: string }[]
}

describeConformance<{ tables: Tables }>('10-kubectl-printers.json', ({ tables }) => {
  const pods = [...tables.pod, ...tables.podWide, ...tables.podNonTerminated]
  it.each(pods.map((row) => [row.pod.metadata.name, row] as const))(
    'prints the pod %s',
    (_name, { pod, expect: [expected] }) => {
      const row = rowOf(pod)
      const cells = [
        row['NAME'],
        row['READY'],
        row['STATUS'],
        row['RESTARTS'],
        row['AGE'],
        row['IP'],
        row['NODE'],
        row['NOMINATED NODE'],
      ]
      const recorded = expected?.Cells.map(String) ?? []
      expect(cells.slice(0, recorded.length)).toEqual(recorded)
    },
  )

  it('prints nodes', () => {
    for (const { node, status } of tables.nodeStatus) expect(rowOf(node)['STATUS']).toBe(status)
    for (const { node, expected } of tables.nodeRole) expect(rowOf(node)['ROLES']).toBe(expected)
    for (const { node, externalIP } of tables.nodeExternalIP) expect(rowOf(node)['EXTERNAL-IP']).toBe(externalIP)
  })

  it('prints ReplicaSets', () => {
    for (const { replicaSet, wideExpect } of tables.replicaSet) {
      const cells = Object.values(rowOf(replicaSet, Date.parse(replicaSet.metadata.creationTimestamp)))
      expect(cells).toEqual(wideExpect.trim().split('\t'))
    }
  })

  it.each(tables.timestamps)('tells the age of $name as $exp', ({ exp }) => {
    const units = { s: 1, m: 60, h: 3600, d: 86_400, y: 365 * 86_400 }
    const [, count, unit] = /^(\d+)([smhdy])$/.exec(exp) ?? []
    const seconds = unit === undefined ? -3600 : Number(count) * units[unit as keyof typeof units]
    const then = exp === '<unknown>' ? undefined : new Date(-seconds * 1000).toISOString()
    expect(formatAge(then, 0)).toBe(exp)
  })
})

describeConformance<{ readonly columns_current: Readonly<Record<string, string>> }>('10-facts.json', (facts) => {
  const rows = Object.entries(facts.columns_current).map(([kind, columns]) => [kind.replace('*', ''), columns] as const)
  it.each(rows.filter(([name]) => kinds.some(({ kind }) => kind === name)))('a table of %s has %s', (kind, columns) => {
    const namesOf = (isWide: boolean) =>
      definitionOf(kind)
        .columns.filter(({ wide = false }) => wide === isWide)
        .map(({ name }) => name.replaceAll(' ', '-'))
        .join(' ')
    expect([namesOf(false), namesOf(true)].filter((names) => names !== '').join(' | ')).toBe(columns)
  })
})

interface HeaderRow {
  readonly resource: string
  readonly header: string
}

describeConformance<readonly HeaderRow[]>('10-doc-headers.json', (all) => {
  const rows = all.flatMap(({ resource, header }) => {
    const definition = kindNamed(resource.split('/')[0] ?? '')
    return definition === undefined ? [] : [[resource, header, definition] as const]
  })
  it.each(rows)('a table of %s can be headed %s', (_resource, header, { columns }) => {
    const names = columns.map(({ name }) => name)
    const plain = columns.filter(({ wide = false }) => !wide).map(({ name }) => name)
    const printed = header.split(' | ').filter((name) => name !== '...' && name !== 'NAMESPACE')
    const known = printed.filter((name) => names.includes(name))
    // In the order of ours, then what was asked for by -L or --show-labels.
    expect(known).toEqual(names.filter((name) => known.includes(name)))
    expect(printed.slice(0, known.length)).toEqual(known)
    if (known.length < printed.length && printed.includes('AGE')) expect(known).toEqual(plain)
  })
})
