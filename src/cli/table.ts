import Table from 'cli-table3'

/** Spaces between two columns, as kubectl has them. */
const gap = 3

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}

/** Rows as text in columns, one line each; without a header where none is given. Ends with a line break unless empty. */
export function formatTable(rows: readonly (readonly string[])[], header?: readonly string[]): string {
  const table = new Table({
    chars: noBorders,
    style: { 'padding-left': 0, 'padding-right': gap, head: [], border: [], compact: true },
  })
  table.push(...(header === undefined ? [] : [[...header]]), ...rows.map((row) => [...row]))
  if (table.length === 0) return ''
  const lines = table.toString().split('\n')
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}
