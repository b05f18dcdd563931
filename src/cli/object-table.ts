import type { Column, KindDefinition } from '../model/kind.ts'
import type { Resource } from '../model/resource.ts'
import { paintCell } from './cell-colour.ts'
import type { Paint } from './paint.ts'
import { resourceOf } from './resource-name.ts'

/** How a table of objects looks. */
export interface TableStyle {
  readonly isWide: boolean
  /** Whether a column tells the namespace. */
  readonly hasNamespace: boolean
  /** Whether names begin with the kind, as in `pod/web`. */
  readonly hasKind: boolean
  /** Labels that have a column of their own. */
  readonly labelColumns: readonly string[]
  /** Whether a last column tells all labels. */
  readonly showsLabels: boolean
  readonly paint: Paint
}

/** The table of one kind. `now` is in milliseconds. */
export interface ObjectTable {
  readonly header: readonly string[]
  readonly row: (object: Resource, now: number) => readonly string[]
}

const none = '<none>'

/** The table of a kind's objects, with the columns of its definition, as `kubectl get` prints it. */
export function objectTable(definition: KindDefinition, style: TableStyle): ObjectTable {
  const columns = [
    ...(style.hasNamespace ? [namespaceColumn] : []),
    ...definition.columns.filter(({ wide = false }) => style.isWide || !wide),
    ...style.labelColumns.map(labelColumn),
    ...(style.showsLabels ? [labelsColumn] : []),
  ]
  const [, group = ''] = /^[^.]*(\..*)?$/.exec(resourceOf(definition)) ?? []
  const prefix = style.hasKind ? `${definition.singular}${group}/` : ''
  return {
    header: columns.map(({ name }) => name),
    row: (object, now) =>
      columns.map(({ name, cell }) => {
        const text = cell(object, now)
        return name === 'NAME' ? `${prefix}${text}` : paintCell(style.paint, name, text)
      }),
  }
}

const namespaceColumn: Column = { name: 'NAMESPACE', cell: ({ metadata }) => metadata.namespace ?? '' }

const labelsColumn: Column = {
  name: 'LABELS',
  cell: ({ metadata }) => formatLabels(metadata.labels ?? {}) || none,
}

/** A column for a label, headed by the last part of its key. */
function labelColumn(key: string): Column {
  const name = (key.split('/').at(-1) ?? key).toUpperCase()
  return { name, cell: ({ metadata }) => metadata.labels?.[key] ?? none }
}

function formatLabels(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .toSorted()
    .join(',')
}
