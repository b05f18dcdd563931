import type { Resource } from '../model/resource.ts'
import type { ObjectEvent } from './follow.ts'
import { frameLines, LiveTable, visibleRows } from './live-table.ts'
import type { ObjectTable } from './object-table.ts'
import type { Session } from './session.ts'
import type { Viewer } from './viewer.ts'

/** What a live table shows. */
export interface LivePictureOptions {
  readonly table: ObjectTable
  /** The objects in the order of their rows. */
  readonly inOrder: (objects: readonly Resource[]) => readonly Resource[]
  readonly hasHeader: boolean
  readonly session: Pick<Session, 'output' | 'now'>
}

/** Milliseconds between two drawings while much happens, and while nothing does: ages go on. */
const busyMs = 100
const idleMs = 1_000

/** The objects that there are, as a table that is drawn anew in place when something has changed. */
export class LivePicture implements Viewer {
  readonly #options: LivePictureOptions
  readonly #objects = new Map<string, Resource>()
  readonly #screen: LiveTable
  readonly #stopListening: () => void
  #timer: NodeJS.Timeout | undefined
  #isReady = false
  #isDue = false
  #trouble = ''

  constructor(options: LivePictureOptions) {
    const { output } = options.session
    this.#options = options
    this.#screen = new LiveTable(output)
    this.#stopListening = output.onResize(() => this.#draw())
  }

  show(event: ObjectEvent): void {
    this.#trouble = ''
    if (event.type === 'BOOKMARK') {
      this.#isReady = true
      this.#draw()
      return
    }
    const { uid } = event.object.metadata
    if (event.type === 'DELETED') this.#objects.delete(uid)
    else this.#objects.set(uid, event.object)
    this.#drawSoon()
  }

  say(sentence: string): void {
    this.#trouble = sentence
    this.#draw()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#stopListening()
    if (this.#isDue) this.#draw()
    clearTimeout(this.#timer)
    this.#screen.close()
  }

  #drawSoon(): void {
    if (this.#isDue || !this.#isReady) return
    this.#isDue = true
    this.#wait(busyMs)
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#draw(), ms)
  }

  #draw(): void {
    if (!this.#isReady) return
    this.#isDue = false
    this.#screen.draw(this.#lines())
    this.#wait(idleMs)
  }

  #lines(): readonly string[] {
    const { table, inOrder, hasHeader, session } = this.#options
    const objects = inOrder([...this.#objects.values()])
    const trouble = this.#trouble === '' ? [] : [this.#trouble]
    const count = visibleRows(objects.length, session.output.height - trouble.length, hasHeader)
    const now = session.now()
    const rows = objects.slice(0, count).map((object) => table.row(object, now))
    if (rows.length === 0) return [...trouble, 'No resources found; waiting for the first.']
    return [
      ...frameLines({ header: hasHeader ? table.header : undefined, rows, hidden: objects.length - count }),
      ...trouble,
    ]
  }
}
