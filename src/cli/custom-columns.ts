import type { Resource } from '../model/resource.ts'
import { UsageError } from './failure.ts'
import { type Path, valuesAt } from './json-path.ts'
import { parseRelaxedPath, printedValue } from './json-path-template.ts'
import { formatTable } from './table.ts'

/** Prints objects as a table of columns that the user chose. */
export type ColumnPrinter = (objects: readonly Resource[], options: { readonly hasHeader: boolean }) => string

/** Reads `NAME:.metadata.name,NODE:.spec.nodeName`, as `-o custom-columns=` takes it. */
export function parseColumns(text: string): ColumnPrinter {
  const columns = splitOutsideBrackets(text).map((part) => {
    const colon = part.indexOf(':')
    if (colon < 0) throw new UsageError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`)
    return { header: part.slice(0, colon), path: parseRelaxedPath(part.slice(colon + 1)) }
  })
  return printerOf(columns)
}

/** Reads the file of `-o custom-columns-file=`: a line of headers and a line with as many paths. */
export function columnsOfFile(text: string): ColumnPrinter {
  const [headers = [], paths = []] = text.split('\n').map((line) => line.split(/\s+/).filter((word) => word !== ''))
  if (headers.length !== paths.length || headers.length === 0) {
    throw new UsageError(`number of headers (${headers.length}) and field specifications (${paths.length}) don't match`)
  }
  return printerOf(headers.map((header, index) => ({ header, path: parseRelaxedPath(paths[index] ?? '') })))
}

interface CustomColumn {
  readonly header: string
  readonly path: Path
}

function printerOf(columns: readonly CustomColumn[]): ColumnPrinter {
  return (objects, { hasHeader }) => {
    const rows = objects.map((object) => columns.map(({ path }) => cellOf(path, object)))
    return formatTable(rows, hasHeader ? columns.map(({ header }) => header) : undefined)
  }
}

function cellOf(path: Path, object: Resource): string {
  const values = valuesAt(path, object)
  return values.length === 0 ? '<none>' : values.map(printedValue).join(',')
}

/** The parts between commas that stand in no bracket: `A:.x[0,1],B:.y` is two. */
function splitOutsideBrackets(text: string): string[] {
  const parts = text.match(/(?:\[[^\]]*\]|[^,[])+/g)
  return parts ?? []
}
