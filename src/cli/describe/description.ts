import type { Resource } from '../../model/resource.ts'

/** Lines of a description, whose parts are divided by tabs. */
export type Lines = readonly string[]

const gap = 2

/**
 * Lines as text in which parts that tabs divide stand below each other, as far as neighbouring lines have such a part: the
 * rule of Go's text/tabwriter, by which kubectl's descriptions look as they do.
 */
export function alignTabs(lines: Lines): string {
  const rows = lines.map((line) => line.split('\t'))
  const widths: number[][] = rows.map(() => [])
  measure({ rows, widths }, { column: 0, start: 0, end: rows.length })
  const texts = rows.map((cells, row) =>
    cells
      .map((cell, column) => cell.padEnd(widths[row]?.[column] ?? 0))
      .join('')
      .trimEnd(),
  )
  return texts.map((text) => `${text}\n`).join('')
}

interface Grid {
  readonly rows: readonly (readonly string[])[]
  readonly widths: readonly number[][]
}

interface Block {
  readonly column: number
  readonly start: number
  readonly end: number
}

function measure(grid: Grid, { column, start, end }: Block): void {
  const isWider = (row: number): boolean => (grid.rows[row]?.length ?? 0) > column + 1
  for (let row = start; row < end; row += 1) {
    if (!isWider(row)) continue
    let next = row
    while (next < end && isWider(next)) next += 1
    const cells = grid.rows.slice(row, next).map((one) => one[column] ?? '')
    const width = Math.max(...cells.map((cell) => cell.length)) + gap
    for (const widths of grid.widths.slice(row, next)) widths[column] = width
    measure(grid, { column: column + 1, start: row, end: next })
    row = next
  }
}

/** The lines, further to the right. */
export function indent(lines: Lines, by = '  '): string[] {
  return lines.map((line) => `${by}${line}`)
}

/** A title above lines that are further to the right; with nothing below it, `<none>`. */
export function section(title: string, lines: Lines): string[] {
  return lines.length === 0 ? [`${title}:\t<none>`] : [`${title}:`, ...indent(lines)]
}

/** A map in as many lines as it has entries: `Labels:	app=web`. Values of more than one line stand below their key. */
export function mapLines(title: string, map: Readonly<Record<string, string>> | undefined, sign = '='): string[] {
  const entries = Object.entries(map ?? {}).toSorted(([left], [right]) => (left < right ? -1 : 1))
  return listLines(
    title,
    entries.map(([key, value]) => `${key}${sign}${value}`.replaceAll('\t', ' ')),
  )
}

/** Texts below each other, the first beside the title. */
export function listLines(title: string, texts: readonly string[]): string[] {
  if (texts.length === 0) return [`${title}:\t<none>`]
  return texts.flatMap((text) => text.split('\n')).map((text, index) => `${index === 0 ? `${title}:` : ''}\t${text}`)
}

/** A table with a line below its header. */
export function ruledTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const rule = header.map((title) => '-'.repeat(title.length))
  return [header, rule, ...rows].map((row) => row.join('\t'))
}

/** A time as mails have it, in UTC: `Wed, 25 Nov 2026 04:47:47 +0000`. */
export function timeText(time: string | undefined): string {
  const date = new Date(time ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? '<unset>' : date.toUTCString().replace('GMT', '+0000')
}

/** The lines that descriptions of all kinds begin with. */
export function headLines({ metadata }: Resource): string[] {
  return [`Name:\t${metadata.name}`, ...(metadata.namespace === undefined ? [] : [`Namespace:\t${metadata.namespace}`])]
}

/** The lines of labels and annotations. What `apply` remembers in an annotation is no news, as for kubectl. */
export function labelLines({ metadata }: Pick<Resource, 'metadata'>): string[] {
  const { 'kubectl.kubernetes.io/last-applied-configuration': _, ...annotations } = metadata.annotations ?? {}
  return [...mapLines('Labels', metadata.labels), ...mapLines('Annotations', annotations, ': ')]
}

/** What is said of the conditions of an object: their type, status, and where there is one the reason. */
export function conditionLines(
  conditions:
    | readonly { readonly type: string; readonly status: string; readonly reason?: string | undefined }[]
    | undefined,
): string[] {
  if (conditions === undefined || conditions.length === 0) return []
  const hasReason = conditions.some(({ reason }) => reason !== undefined)
  const rows = conditions.map(({ type, status, reason }) => [type, status, ...(hasReason ? [reason ?? ''] : [])])
  return ['Conditions:', ...indent(ruledTable(['Type', 'Status', ...(hasReason ? ['Reason'] : [])], rows))]
}
