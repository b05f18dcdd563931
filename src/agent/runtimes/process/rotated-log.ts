import { closeSync, fstatSync, ftruncateSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** How much of a log is kept. */
export interface LogLimits {
  /** Bytes in one file, from which on a new one is begun. */
  readonly fileBytesMax: number
  /** Files of one run, the present one included. */
  readonly filesMax: number
}

/** The kubelet's `containerLogMaxSize` and `containerLogMaxFiles`. */
export const defaultLogLimits: LogLimits = { fileBytesMax: 10 * 1024 ** 2, filesMax: 5 }

/**
 * A log that begins a new file when the present one is full. Earlier files are named FILE.YYYYMMDD-HHMMSS.mmm by the time
 * at which they were put aside, as the kubelet names them but for the milliseconds, and the oldest go first.
 */
export class RotatedLog {
  readonly #path: string
  readonly #limits: LogLimits
  #file: number
  #size: number
  /** Names of files sort by time: no two may have the same one, and none an earlier one than the file before it. */
  #lastTime = 0

  constructor(path: string, limits: LogLimits) {
    this.#path = path
    this.#limits = limits
    this.#file = openSync(path, 'a')
    this.#size = fstatSync(this.#file).size
  }

  /** Bytes in the present file. */
  get size(): number {
    return this.#size
  }

  /** Whether so many more bytes belong into a new file. */
  isFullFor(bytes: number): boolean {
    return this.#size > 0 && this.#size + bytes > this.#limits.fileBytesMax
  }

  /** Puts the present file aside and begins a new one. `now` is in milliseconds since 1970. */
  rotate(now: number): void {
    this.#lastTime = Math.max(now, this.#lastTime + 1)
    const time = new Date(this.#lastTime).toISOString().replaceAll(/[-:Z]/g, '').replace('T', '-')
    renameSync(this.#path, `${this.#path}.${time}`)
    closeSync(this.#file)
    this.#file = openSync(this.#path, 'a')
    this.#size = 0
    const prefix = `${basename(this.#path)}.`
    const folder = dirname(this.#path)
    const earlier = readdirSync(folder)
      .filter((name) => name.startsWith(prefix))
      .toSorted()
    for (const name of earlier.slice(0, Math.max(0, earlier.length - this.#limits.filesMax + 1))) {
      rmSync(join(folder, name), { force: true })
    }
  }

  /** Writes all or nothing: what a full disk has let through of it is taken back before the error is thrown. */
  append(bytes: Buffer): void {
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done)
    } catch (error) {
      ftruncateSync(this.#file, this.#size)
      throw error
    }
    this.#size += bytes.length
  }

  /** Takes back what is beyond `size`. */
  cutTo(size: number): void {
    if (this.#size <= size) return
    ftruncateSync(this.#file, size)
    this.#size = size
  }

  close(): void {
    closeSync(this.#file)
  }
}
