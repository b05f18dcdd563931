import { type Document, isMap, isScalar, LineCounter, parseAllDocuments, type YAMLError } from 'yaml'
import type { Cause } from '../model/errors.ts'
import { kubernetesTags } from './yaml-scalars.ts'

/** One object of a manifest text, not yet judged. `field` names it in causes: `manifests[2]`. */
export interface ParsedManifest {
  readonly field: string
  readonly apiVersion: string
  readonly kind: string
  readonly value: Readonly<Record<string, unknown>>
}

export interface ParsedManifests {
  readonly manifests: readonly ParsedManifest[]
  readonly causes: readonly Cause[]
}

/** Aliases that a document may expand to, so that a small text cannot become a huge object. */
const aliasCountMax = 100

/**
 * The objects of a text of YAML documents, or of JSON, which is YAML. A `List` counts as its items; empty documents
 * count as nothing. Faults name the line and the column, and all are told at once.
 */
export function parseManifests(text: string): ParsedManifests {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
    version: '1.2',
    merge: true,
    customTags: kubernetesTags,
  })
  const manifests: ParsedManifest[] = []
  const causes: Cause[] = []
  if (!Array.isArray(documents)) return { manifests, causes }
  for (const [index, document] of documents.entries()) {
    const field = `manifests[${index}]`
    if (document.errors.length > 0) causes.push(...document.errors.map((error) => syntaxCause(field, error, lines)))
    else readDocument(document, field, manifests, causes)
  }
  return { manifests, causes }
}

function readDocument(document: Document, field: string, manifests: ParsedManifest[], causes: Cause[]): void {
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) return
  if (!isMap(document.contents)) {
    causes.push({ field, reason: 'FieldValueTypeInvalid', message: 'Invalid value: a manifest must be an object' })
    return
  }
  try {
    readObject(document.toJS({ maxAliasCount: aliasCountMax }), field, manifests, causes)
  } catch (error) {
    // Aliases that lead nowhere or to too much, merge keys that name no map: the text is at fault, and the error says how.
    if (!(error instanceof Error)) throw error
    causes.push({ field, reason: 'FieldValueInvalid', message: `Invalid value: ${error.message}` })
  }
}

function readObject(value: unknown, field: string, manifests: ParsedManifest[], causes: Cause[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    causes.push({ field, reason: 'FieldValueTypeInvalid', message: 'Invalid value: a manifest must be an object' })
    return
  }
  const record = value as Record<string, unknown>
  const { apiVersion, kind, items } = record
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
    for (const [index, item] of items.entries()) readObject(item, `${field}.items[${index}]`, manifests, causes)
    return
  }
  for (const name of ['apiVersion', 'kind'] as const) {
    if (typeof record[name] === 'string' && record[name] !== '') continue
    causes.push({ field: `${field}.${name}`, reason: 'FieldValueRequired', message: 'Required value' })
  }
  if (typeof apiVersion === 'string' && typeof kind === 'string' && apiVersion !== '' && kind !== '') {
    manifests.push({ field, apiVersion, kind, value: record })
  }
}

function syntaxCause(field: string, error: YAMLError, lines: LineCounter): Cause {
  const { line, col } = lines.linePos(error.pos[0])
  const message = `malformed YAML at line ${line}, column ${col}: ${error.message.split('\n')[0]}`
  return { field, reason: 'FieldValueInvalid', message }
}
