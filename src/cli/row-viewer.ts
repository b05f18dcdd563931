import type { ObjectEvent } from './follow.ts'
import type { GetOptions } from './get-options.ts'
import type { ObjectTable } from './object-table.ts'
import { type ObjectChange, PresentObjects, type PresentOptions } from './present-objects.ts'
import type { Session } from './session.ts'
import { TableWriter } from './table.ts'
import type { Viewer } from './viewer.ts'

/** What rows are made of. */
export interface RowViewerOptions {
  readonly table: ObjectTable
  readonly inOrder: PresentOptions['inOrder']
  readonly options: Pick<GetOptions, 'headers' | 'outputWatchEvents' | 'watchOnly'>
  readonly session: Pick<Session, 'output' | 'errors' | 'now'>
}

/** Length of `MODIFIED`, so that what comes later stands below what came first. */
const longestType = 8

/** The rows of the present objects together, then a row for each event. */
export class RowViewer implements Viewer {
  readonly #told: RowViewerOptions
  readonly #writer = new TableWriter()
  readonly #present: PresentObjects
  #hasHeader: boolean

  constructor(told: RowViewerOptions) {
    this.#told = told
    this.#present = new PresentObjects({ inOrder: told.inOrder, watchOnly: told.options.watchOnly })
    this.#hasHeader = told.options.headers
  }

  show(event: ObjectEvent): void {
    this.#write(this.#present.take(event))
  }

  say(sentence: string): void {
    this.#told.session.errors.write(`${sentence}\n`)
  }

  close(): void {}

  #write(events: readonly ObjectChange[]): void {
    if (events.length === 0) return
    const { table, options, session } = this.#told
    const now = session.now()
    const withType = (type: string, cells: readonly string[]): readonly string[] =>
      options.outputWatchEvents === true ? [type.padEnd(longestType), ...cells] : cells
    const rows = events.map(({ type, object }) => withType(type, table.row(object, now)))
    const header = this.#hasHeader ? [withType('EVENT', table.header)] : []
    this.#hasHeader = false
    session.output.write(this.#writer.format([...header, ...rows]))
  }
}
