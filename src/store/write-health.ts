import { Refusal } from '../model/errors.ts'
import { sentenceOf } from './sql-fault.ts'

/** Milliseconds between looks whether a database that could not be written can be written again. */
const lookMs = 1_000

/** What SQLite says when the file or its disk is to blame, and what can be done about it. */
const advice: readonly (readonly [says: RegExp, does: string])[] = [
  [/is full/, 'there is no space left (ENOSPC): make space on its disk, and it goes on by itself'],
  [/not a database|malformed/, 'it is damaged: stop the server and restore the database from a backup'],
  [
    /readonly|read-only|attempt to write/,
    'it cannot be written: check the rights of the file, of its folder and of its disk',
  ],
  [/is locked/, 'another process keeps it locked: stop that process'],
  [/disk I\/O|unable to open/, 'its disk fails or has no space left: look after the disk'],
]

export interface WriteHealthOptions {
  /** Writes something that changes nothing, through `watch`. */
  readonly probe: () => Promise<void>
  readonly onChange: (fault: string | undefined) => void
}

/**
 * Whether a database can be written. It is told once when it cannot and once when it can again; while it cannot, it is
 * tried every second, so that no client has to find out.
 */
export class WriteHealth {
  readonly #file: string
  readonly #onChange: (fault: string | undefined) => void
  readonly #probe: () => Promise<void>
  #fault: string | undefined
  #looking: NodeJS.Timeout | undefined
  #closed = false

  constructor(file: string, { probe, onChange }: WriteHealthOptions) {
    this.#file = file
    this.#probe = probe
    this.#onChange = onChange
  }

  /** Why it cannot be written, in one sentence with what to do; undefined while it can. */
  get fault(): string | undefined {
    return this.#fault
  }

  /** Runs a transaction that writes. Where the database is to blame for its failure, it throws UNAVAILABLE. */
  async watch<Result>(transaction: () => Promise<Result>): Promise<Result> {
    try {
      const result = await transaction()
      this.#note(undefined)
      return result
    } catch (error) {
      const said = sentenceOf(error)
      const does = advice.find(([says]) => says.test(said))?.[1]
      if (error instanceof Refusal || does === undefined) throw error
      const fault = `the database ${this.#file} cannot be written (${said}): ${does}`
      this.#note(fault)
      throw new Refusal('UNAVAILABLE', fault, { cause: error })
    }
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#looking)
  }

  #note(fault: string | undefined): void {
    const changed = (this.#fault === undefined) !== (fault === undefined)
    this.#fault = fault
    if (changed) this.#onChange(fault)
    clearTimeout(this.#looking)
    if (fault === undefined || this.#closed) return
    this.#looking = setTimeout(() => void this.#look(), lookMs).unref()
  }

  async #look(): Promise<void> {
    try {
      await this.#probe()
    } catch (error) {
      // A refusal has been noted by `watch`.
      if (!(error instanceof Refusal)) this.#note(`the database ${this.#file} cannot be written (${sentenceOf(error)})`)
    }
  }
}
