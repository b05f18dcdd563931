import { parseAllDocuments } from 'yaml'
import type { KindDefinition } from '../model/kind.ts'
import { kinds } from '../model/kinds.ts'
import { CommandError } from './failure.ts'
import type { ManifestFile } from './manifest-files.ts'

/** An object that a manifest names. */
export interface NamedManifest {
  readonly definition: KindDefinition
  readonly name: string
  readonly namespace: string | undefined
}

/** The objects that files name, in their order; a `List` counts as its items. Throws a CommandError for what is no object. */
export function objectsNamedIn(files: readonly ManifestFile[]): NamedManifest[] {
  const named = files.flatMap((file) =>
    [...parseAllDocuments(file.text, { logLevel: 'silent' })].flatMap((document) => {
      const [fault] = document.errors
      const at = fault?.linePos?.[0]
      if (fault !== undefined) {
        throw new CommandError(`${file.name}:${at?.line ?? 1}:${at?.col ?? 1}: ${fault.message.split('\n')[0]}`)
      }
      return namedIn(document.toJS() as unknown, file.name)
    }),
  )
  if (named.length > 0) return named
  throw new CommandError('no objects passed')
}

function namedIn(value: unknown, file: string): NamedManifest[] {
  if (value === null || value === undefined) return []
  const { apiVersion, kind, metadata, items } = value as Record<string, unknown>
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
    return items.flatMap((item) => namedIn(item, file))
  }
  const definition = kinds.find((one) => one.kind === kind && one.apiVersion === apiVersion)
  if (definition === undefined) {
    throw new CommandError(`${file}: no matches for kind "${String(kind)}" in version "${String(apiVersion)}"`)
  }
  const { name, namespace } = (metadata ?? {}) as Record<string, unknown>
  if (typeof name !== 'string') throw new CommandError(`${file}: a ${definition.kind} has no metadata.name`)
  return [{ definition, name, namespace: typeof namespace === 'string' && namespace !== '' ? namespace : undefined }]
}
