import type { Output } from './surroundings.ts'
import { formatTable } from './table.ts'

/** What of a table can be seen. */
export interface Frame {
  readonly header: readonly string[] | undefined
  readonly rows: readonly (readonly string[])[]
  /** How many rows there are beyond these. */
  readonly hidden: number
}

/** How many rows a screen of so many lines can show: the cursor stands below them, and where not all fit a line says so. */
export function visibleRows(count: number, height: number, hasHeader: boolean): number {
  const room = Math.max(1, height - 1 - (hasHeader ? 1 : 0))
  return count <= room ? count : Math.max(1, room - 1)
}

/** The lines of a frame. */
export function frameLines({ header, rows, hidden }: Frame): string[] {
  const lines = formatTable(rows, header).split('\n').slice(0, -1)
  return hidden > 0 ? [...lines, `… and ${hidden} more`] : lines
}

/**
 * What to write so that `lines` stand where `previous` many lines stood, above the cursor: line over line, what is left
 * erased after it, too long ones cut by the terminal, within one synchronised update, so that nothing flickers. Not by
 * log-update: 7.2 loses the lines below one that is inserted.
 */
export function redraw(previous: number, lines: readonly string[]): string {
  const up = previous === 0 ? '' : `\u001b[${previous}A`
  const written = lines.map((line) => `${line}\u001b[K\n`).join('')
  return `${beginUpdate}${cutLines}${up}\r${written}\u001b[J${wrapLines}${endUpdate}`
}

const [beginUpdate, endUpdate] = ['\u001b[?2026h', '\u001b[?2026l']
const [cutLines, wrapLines] = ['\u001b[?7l', '\u001b[?7h']

const hideCursor = '\u001b[?25l'
const showCursor = '\u001b[?25h'
/** Erases the screen and goes to its top. */
const eraseScreen = '\u001b[2J\u001b[H'

/** A part of a terminal that is drawn again and again. */
export class LiveTable {
  readonly #output: Output
  #lines: readonly string[] = []
  #size = ''

  constructor(output: Output) {
    this.#output = output
    output.write(hideCursor)
  }

  /** Draws lines in the place of those that were drawn last. */
  draw(lines: readonly string[]): void {
    const size = `${this.#output.width}x${this.#output.height}`
    const isResized = this.#size !== '' && this.#size !== size
    this.#size = size
    if (!isResized && isSame(this.#lines, lines)) return
    // A terminal that becomes narrower breaks lines: nobody knows any more where they stand.
    const text = isResized ? eraseScreen + redraw(0, lines) : redraw(this.#lines.length, lines)
    this.#lines = lines
    this.#output.write(text)
  }

  /** Leaves what is drawn, without the ^C that the terminal may have put below it, and gives the cursor back. */
  close(): void {
    this.#output.write(`\r\u001b[K${showCursor}`)
  }
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((line, index) => line === right[index])
}
