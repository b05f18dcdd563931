import { RequestError, type RequestErrorCause } from '../client/index.ts'
import type { ManifestFile } from './manifest-files.ts'
import { placeOfLine } from './manifest-text.ts'

/** Where a server says in words that something is. */
const placeInWords = /,? at line \d+, column \d+/

/** Where it says that the other one is of a key that stands twice: in the same object, so in the same file. */
const lineInWords = /\(line (\d+)\)$/

/**
 * The refusal of manifests, with each fault at its file, line and column: `web.yaml:12:5: spec.replicas: Invalid value: …`.
 * What has no causes stays as it is.
 */
export function locateFaults(error: RequestError, files: readonly ManifestFile[]): RequestError {
  const { causes, causesLeftOut } = error
  if (causes.length === 0) return error
  const faults = causes.toSorted(byPlace).map((cause) => `${placeOf(cause, files)}${sentence(cause, files)}`)
  const told = causesLeftOut > 0 ? [...faults, `and ${causesLeftOut} more`] : faults
  const count = causes.length + causesLeftOut
  const message = count === 1 ? `${told[0]}` : `${count} faults, nothing was changed:\n${told.join('\n')}`
  return new RequestError(error.code, message, { cause: error })
}

function byPlace(left: RequestErrorCause, right: RequestErrorCause): number {
  return (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0)
}

function placeOf({ line, column }: RequestErrorCause, files: readonly ManifestFile[]): string {
  if (line === undefined) return ''
  const place = placeOfLine(files, line)
  return `${place.file}:${place.line}${column === undefined ? '' : `:${column}`}: `
}

function sentence({ field, message }: RequestErrorCause, files: readonly ManifestFile[]): string {
  const inner = field.replace(/^manifests(\[\d+\])?\.?/, '')
  const words = message
    .replace(placeInWords, '')
    .replace(lineInWords, (_, line: string) => `(line ${placeOfLine(files, Number(line)).line})`)
  return inner === '' ? words : `${inner}: ${words}`
}
