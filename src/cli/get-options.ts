import type { KindDefinition } from '../model/kind.ts'
import type { TableStyle } from './object-table.ts'
import { paintFor } from './paint.ts'
import type { Session } from './session.ts'

/** The flags of `myriad get`. */
export interface GetOptions {
  readonly allNamespaces?: boolean
  readonly allowMissingTemplateKeys?: 'true' | 'false'
  readonly chunkSize: number
  readonly fieldSelector?: string
  readonly filename?: readonly string[]
  readonly headers: boolean
  readonly ignoreNotFound?: boolean
  readonly labelColumns: readonly string[]
  readonly output?: string
  readonly outputWatchEvents?: boolean
  readonly recursive?: boolean
  readonly selector?: string
  readonly showKind?: boolean
  readonly showLabels?: boolean
  readonly sortBy?: string
  readonly watch?: boolean
  readonly watchOnly?: boolean
}

/** Namespace of which objects are meant; undefined for all. */
export function namespaceMeant(
  { allNamespaces }: Pick<GetOptions, 'allNamespaces'>,
  session: Session,
): string | undefined {
  return allNamespaces === true ? undefined : session.namespace
}

/** How the tables of a command look. */
export function tableStyle(
  { isWide, hasKind }: Pick<TableStyle, 'isWide' | 'hasKind'>,
  options: GetOptions,
  { output, environment }: Pick<Session, 'output' | 'environment'>,
): (definition: KindDefinition) => TableStyle {
  return ({ scope }) => ({
    isWide,
    hasKind,
    hasNamespace: options.allNamespaces === true && scope === 'Namespaced',
    labelColumns: options.labelColumns,
    showsLabels: options.showLabels === true,
    paint: paintFor(output, environment),
  })
}
