import { type Document, LineCounter } from 'yaml'
import type { Cause } from '../model/errors.ts'
import { requiredFault, typeFault } from '../model/fault.ts'
import { readDocuments } from './yaml-stream.ts'
import { type Places, ValueReader } from './yaml-value.ts'

/** One object of a manifest text, not yet judged. `field` names it in causes: `manifests[2]`. */
export interface ParsedManifest {
  readonly field: string
  readonly apiVersion: string
  readonly kind: string
  readonly value: Readonly<Record<string, unknown>>
  /** Where a field is, such as `spec.containers[0].name`; where what it is in is, when it is not there. */
  readonly placeOf: (field: string) => TextPlace
}

/** A place in a text, counted from 1. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

export interface ParsedManifests {
  readonly manifests: readonly ParsedManifest[]
  readonly causes: readonly Cause[]
}

/** Objects that one text may have: they become one transaction. And documents, of which some may be empty. */
const manifestsMax = 10_000
const documentsMax = 2 * manifestsMax

/** Faults of syntax that are told of one text: what follows the first ones mostly follows from them. */
const syntaxFaultsMax = 20

/**
 * The objects of a text of YAML documents, or of JSON, which is YAML. A `List` counts as its items; empty documents
 * count as nothing. Faults name the line and the column, and all are told at once. Yields where a reader who is not alone
 * may let others go first.
 */
export function* parseManifests(text: string): Generator<undefined, ParsedManifests, void> {
  const reading = new Reading(text)
  const documents = readDocuments(text, reading.lines)
  for (let index = 0; ; ) {
    const { done, value } = documents.next()
    if (done === true) {
      if (value !== undefined) reading.stop(`manifests[${index}]`, value)
      return reading
    }
    if (value === undefined) {
      yield
      continue
    }
    reading.take(value, `manifests[${index}]`)
    index += 1
    if (reading.manifests.length > manifestsMax || index > documentsMax) {
      reading.tooMany()
      return reading
    }
  }
}

/** What has been read of a text. */
class Reading implements ParsedManifests {
  readonly lines = new LineCounter()
  readonly manifests: ParsedManifest[] = []
  readonly causes: Cause[] = []
  private readonly text: string
  private syntaxFaults = 0

  constructor(text: string) {
    this.text = text
  }

  take(document: Document.Parsed, field: string): void {
    if (document.errors.length > 0) return this.addSyntax(document, field)
    const reader = new ValueReader(this.lines)
    const value = reader.read(document.contents)
    for (const { field: inner, offset, message } of reader.faults) {
      const reason = message.startsWith('Duplicate') ? 'FieldValueDuplicate' : 'FieldValueInvalid'
      this.add({ field: joined(field, inner), reason, message: `${message}, ${this.at(offset)}` }, offset)
    }
    if (reader.faults.length === 0 && value !== null && value !== undefined) {
      this.takeObject(value, field, { places: reader.places, offset: document.contents?.range[0] ?? 0 })
    }
  }

  stop(field: string, { offset, message }: { readonly offset: number; readonly message: string }): void {
    this.add({ field, reason: 'FieldValueTooLong', message: `Too long: ${message}, ${this.at(offset)}` }, offset)
  }

  tooMany(): void {
    const message = `Too many: one text may have ${manifestsMax} objects, in ${documentsMax} documents`
    this.manifests.length = 0
    this.causes.push({ field: 'manifests', reason: 'FieldValueTooMany', message })
  }

  private takeObject(value: unknown, field: string, place: Place): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const message = 'Invalid value: a manifest must be an object'
      this.add({ field, reason: 'FieldValueTypeInvalid', message }, place.offset)
      return
    }
    const record = value as Record<string, unknown>
    const { apiVersion, kind, items } = record
    if (typeof kind === 'string' && kind.endsWith('List') && (Array.isArray(items) || kind === 'List')) {
      return this.takeItems(items ?? [], `${field}.items`, place)
    }
    for (const name of ['apiVersion', 'kind'] as const) {
      const cause = typeCause(`${field}.${name}`, record[name])
      if (cause !== undefined) this.add(cause, offsetIn(record, name, place))
    }
    if (typeof apiVersion === 'string' && typeof kind === 'string' && apiVersion !== '' && kind !== '') {
      const placeOf = (inner: string) => this.placeAt(offsetIn(record, inner, place))
      this.manifests.push({ field, apiVersion, kind, value: record, placeOf })
    }
  }

  private takeItems(items: unknown, field: string, place: Place): void {
    if (!Array.isArray(items)) return this.add(typeFault(field, items, 'array'), place.offset)
    for (const [index, item] of items.entries()) {
      const offset = place.places.get(items)?.get(String(index)) ?? place.offset
      this.takeObject(item, `${field}[${index}]`, { ...place, offset })
    }
  }

  private addSyntax({ errors, range: [start] }: Document.Parsed, field: string): void {
    const seen = new Set<number>()
    const language = this.isJson(start) ? 'JSON' : 'YAML'
    for (const { message, pos } of errors) {
      // A second fault at the same place says the same in other words.
      if (seen.has(pos[0]) || this.syntaxFaults >= syntaxFaultsMax) continue
      seen.add(pos[0])
      this.syntaxFaults += 1
      const told = `malformed ${language} ${this.at(pos[0])}: ${message.split('\n')[0]}`
      this.add({ field, reason: 'FieldValueInvalid', message: told }, pos[0])
    }
  }

  /** Whether a document begins as JSON does, with an object or a list of what stands in double quotes. */
  private isJson(start: number): boolean {
    documentInJson.lastIndex = start
    return documentInJson.test(this.text)
  }

  private add(cause: Cause, offset: number): void {
    this.causes.push({ ...cause, ...this.placeAt(offset) })
  }

  private placeAt(offset: number): TextPlace {
    const { line, col } = this.lines.linePos(offset)
    return { line, column: col }
  }

  /** Where an offset is, in words. */
  private at(offset: number): string {
    const { line, column } = this.placeAt(offset)
    return `at line ${line}, column ${column}`
  }
}

const documentInJson = /(?:---)?\s*[[{]\s*[[{"]/y

/** Follows a path as far as it leads, and tells the offset of the last of its members. */
function offsetIn(value: unknown, field: string, { places, offset }: Place): number {
  let [at, last] = [value, offset]
  for (const [, index, name] of field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)) {
    const key = index ?? name ?? ''
    const found = typeof at === 'object' && at !== null ? places.get(at)?.get(key) : undefined
    if (found === undefined) break
    last = found
    at = (at as Readonly<Record<string, unknown>>)[key]
  }
  return last
}

/** Where in the text an object is: the offset of its beginning, and those of its members. */
interface Place {
  readonly places: Places
  readonly offset: number
}

function typeCause(field: string, value: unknown): Cause | undefined {
  if (value === undefined || value === null || value === '') return requiredFault(field)
  return typeof value === 'string' ? undefined : typeFault(field, value, 'string')
}

function joined(field: string, inner: string): string {
  return inner === '' || inner.startsWith('[') ? `${field}${inner}` : `${field}.${inner}`
}
