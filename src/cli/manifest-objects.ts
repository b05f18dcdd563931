import { isMap, isSeq, parseAllDocuments, type YAMLMap } from 'yaml'
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

/**
 * Throws a CommandError where an object says that it is in another namespace than the one that a flag has named: one of them is
 * a mistake. Texts that cannot be read are passed over.
 */
export function assertNamespace(files: readonly ManifestFile[], namespace: string | undefined): void {
  if (namespace === undefined || namespace === '') return
  const documents = files.flatMap(({ text }) => [...parseAllDocuments(text, { logLevel: 'silent' })])
  const objects = documents.flatMap(({ contents, errors }) => (errors.length === 0 ? objectsIn(contents) : []))
  for (const object of objects) {
    const own = object.getIn(['metadata', 'namespace'])
    if (typeof own !== 'string' || own === '' || own === namespace) continue
    throw new CommandError(
      `the namespace from the provided object "${own}" does not match the namespace "${namespace}". You must pass '--namespace=${own}' to perform this operation.`,
    )
  }
}

function objectsIn(node: unknown): YAMLMap[] {
  if (!isMap(node)) return []
  const items = node.get('items')
  return isSeq(items) ? items.items.flatMap(objectsIn) : [node]
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
