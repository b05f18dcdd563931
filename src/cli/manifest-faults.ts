import { isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml'
import { RequestError, type RequestErrorCause } from '../client/index.ts'
import type { ManifestFile } from './manifest-files.ts'
import { joinFiles, placeOfLine } from './manifest-text.ts'

/** A cause, with its line in the joined text where the server knows it. */
interface PlacedCause extends RequestErrorCause {
  readonly line?: number
}

/** Where a server says in words that something is. */
const placeInWords = /,? at line (\d+), column (\d+)/

/** Where it says that the other one is of a key that stands twice: in the same object, so in the same file. */
const lineInWords = /\(line (\d+)\)$/

/**
 * The refusal of manifests, with each fault at its file, line and column: `web.yaml:12:5: spec.replicas: Invalid value: …`.
 * What has no causes stays as it is.
 */
export function locateFaults(error: RequestError, files: readonly ManifestFile[]): RequestError {
  const causes: readonly PlacedCause[] = error.causes
  if (causes.length === 0) return error
  const columnOf = columnFinder(files)
  const faults = causes
    .toSorted(byLine)
    .map((cause) => `${placeOf(cause, { files, columnOf })}${sentence(cause, files)}`)
  const { causesLeftOut } = error.extensions
  const told = typeof causesLeftOut === 'number' ? [...faults, `and ${causesLeftOut} more`] : faults
  const message = told.length === 1 ? `${told[0]}` : `${causes.length} faults, nothing was changed:\n${told.join('\n')}`
  return new RequestError(error.code, message, { cause: error })
}

function byLine(left: PlacedCause, right: PlacedCause): number {
  return (lineOf(left) ?? 0) - (lineOf(right) ?? 0)
}

/** The line in the joined text: as the server words it, which is where a fault of syntax is, or as it counts it. */
function lineOf({ line, message }: PlacedCause): number | undefined {
  const [, worded] = placeInWords.exec(message) ?? []
  return worded === undefined ? line : Number(worded)
}

interface Finder {
  readonly files: readonly ManifestFile[]
  readonly columnOf: (field: string, line: number) => number | undefined
}

function placeOf(cause: PlacedCause, { files, columnOf }: Finder): string {
  const [, , wordedColumn] = placeInWords.exec(cause.message) ?? []
  const at = lineOf(cause)
  if (at === undefined) return ''
  const place = placeOfLine(files, at)
  const column = wordedColumn === undefined ? columnOf(cause.field, at) : Number(wordedColumn)
  return `${place.file}:${place.line}${column === undefined ? '' : `:${column}`}: `
}

function sentence({ field, message }: PlacedCause, files: readonly ManifestFile[]): string {
  const inner = field.replace(/^manifests(\[\d+\])?\.?/, '')
  const words = message
    .replace(placeInWords, '')
    .replace(lineInWords, (_, line: string) => `(line ${placeOfLine(files, Number(line)).line})`)
  return inner === '' ? words : `${inner}: ${words}`
}

/** Finds the column of a field whose line is known. Which document of the text it is in, the line tells. */
function columnFinder(files: readonly ManifestFile[]): Finder['columnOf'] {
  const lines = new LineCounter()
  const documents = parseAllDocuments(joinFiles(files), { lineCounter: lines, uniqueKeys: false, logLevel: 'silent' })
  const nodes = [...documents].map(({ contents }) => contents as Node | null)
  return (field, line) => {
    const inner = field.replace(/^manifests\[\d+\]\.?/, '')
    for (const node of nodes) {
      const place = lines.linePos(offsetOf(node, inner))
      if (place.line === line) return place.col
    }
    return undefined
  }
}

/** Follows a path as far as it leads, and tells the offset of the last of its members. */
function offsetOf(root: Node | null, field: string): number {
  let [node, offset]: [unknown, number] = [root, root?.range?.[0] ?? 0]
  for (const [, index, name] of field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)) {
    const found = memberOf(node, index ?? name ?? '')
    if (found === undefined) break
    offset = found.offset
    node = found.node
  }
  return offset
}

function memberOf(node: unknown, key: string): { readonly node: unknown; readonly offset: number } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
    return pair !== undefined && isScalar(pair.key) ? { node: pair.value, offset: pair.key.range?.[0] ?? 0 } : undefined
  }
  const item = isSeq(node) ? (node.items[Number(key)] as Node | undefined) : undefined
  return item === undefined ? undefined : { node: item, offset: item.range?.[0] ?? 0 }
}
