/** What a figure must reach, and the size of run that it is set for. */
export interface Bar {
  readonly atLeast?: number
  readonly below?: number
  /** The size that the bar is for, as words; shown when the run had another. */
  readonly size?: string
  /** Whether the run had that size; default true. */
  readonly applies?: boolean
}

/** One measured value as it is printed. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What the same run measured as the best that is possible here, and what that is. */
  readonly limit?: { readonly value: number; readonly of: string }
  readonly bar?: Bar
}

/** What a bench has found: for the reader, and for programs under the names of `json`. */
export interface Report {
  readonly title: string
  readonly figures: readonly Figure[]
  /** Sentences below the figures. */
  readonly remarks?: readonly string[]
  readonly json: Readonly<Record<string, unknown>>
  /** Why the run does not count, although it came to its end. */
  readonly failure?: string
}

/** The report as a table: value, limit of the same run, bar, whether it was met. */
export function printReport({ title, figures, remarks = [], failure }: Report): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${printNumber(figure.value)} ${figure.unit}`.trim(),
    figure.limit === undefined ? '' : `limit ${printNumber(figure.limit.value)} (${figure.limit.of})`,
    figure.bar === undefined ? '' : printBar(figure.bar, figure.value),
  ])
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0
      return column === 1 ? cell.padStart(width) : cell.padEnd(width)
    })
    return `  ${cells.join('   ').trimEnd()}`
  })
  const notes = remarks.map((remark) => `  ${remark}`)
  return [title, ...lines, ...notes, ...(failure === undefined ? [] : [`FAILED: ${failure}`]), ''].join('\n')
}

/** Whether a value reaches its bar. */
function isMet({ atLeast, below }: Bar, value: number): boolean {
  return (atLeast === undefined || value >= atLeast) && (below === undefined || value < below)
}

/** The figures that have a bar for this size of run, each with whether it was met. */
export function verdicts(figures: readonly Figure[]): Record<string, boolean> {
  const judged = figures.flatMap(({ name, value, bar }) =>
    bar === undefined || bar.applies === false ? [] : [[name, isMet(bar, value)] as const],
  )
  return Object.fromEntries(judged)
}

function printBar(bar: Bar, value: number): string {
  const wanted = bar.atLeast === undefined ? `< ${printNumber(bar.below ?? 0)}` : `≥ ${printNumber(bar.atLeast)}`
  if (bar.applies === false) return `bar ${wanted}, set for ${bar.size ?? 'another size'}`
  return `bar ${wanted}: ${isMet(bar, value) ? 'met' : 'NOT MET'}`
}

function printNumber(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}
