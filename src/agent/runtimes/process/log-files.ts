import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ifPresent } from '../../if-present.ts'

/** A place in the log of a run. */
export interface LogPlace {
  /** Identity of the file, which stays the same when the file is put aside. */
  readonly inode: number
  readonly offset: number
}

/** One file of the log of a run. */
export interface LogFile {
  readonly path: string
  readonly inode: number
  readonly size: number
  /** When it was put aside, in milliseconds since 1970: nothing in it is newer. Undefined for the present file. */
  readonly putAsideAt: number | undefined
}

/**
 * The files of the log that has `path` as its present file, oldest first; none when there is no such log. They are put
 * aside by this process alone, in one go, so that looking in one go, too, never finds them half-way.
 */
export function logFilesOf(path: string): LogFile[] {
  const folder = dirname(path)
  const current = basename(path)
  const names = ifPresent(() => readdirSync(folder), []).filter((name) => name.startsWith(`${current}.`))
  return [...names.toSorted(), current].flatMap((name) => {
    const file = join(folder, name)
    const stat = statSync(file, { throwIfNoEntry: false })
    if (stat === undefined) return []
    return [{ path: file, inode: stat.ino, size: stat.size, putAsideAt: timeIn(name.slice(current.length + 1)) }]
  })
}

/** Reads a log forwards over all its files, also while it is written and its files are put aside or removed. */
export class LogCursor {
  readonly #path: string
  #file: number
  #inode: number
  #offset: number

  /** `file` is the one of the log in which `place` is. */
  constructor(path: string, file: LogFile, place: LogPlace) {
    this.#path = path
    this.#file = openSync(file.path, 'r')
    this.#inode = place.inode
    this.#offset = place.offset
  }

  /** Reads what comes next into `buffer`. 0 when nothing more has been written. */
  read(buffer: Buffer): number {
    for (;;) {
      const count = readSync(this.#file, buffer, 0, buffer.length, this.#offset)
      this.#offset += count
      if (count > 0 || !this.#openNext()) return count
    }
  }

  close(): void {
    closeSync(this.#file)
  }

  /** Goes on to the next file, if there is one: then nothing more comes in the present one. */
  #openNext(): boolean {
    if (fstatSync(this.#file).ino === statSync(this.#path, { throwIfNoEntry: false })?.ino) return false
    const files = logFilesOf(this.#path)
    // When the present one is not there any more, all before it are not, either.
    const next = files[files.findIndex(({ inode }) => inode === this.#inode) + 1]
    if (next === undefined) return false
    const file = openSync(next.path, 'r')
    closeSync(this.#file)
    this.#file = file
    this.#inode = next.inode
    this.#offset = 0
    return true
  }
}

/** `20260102-030405.678` in milliseconds since 1970. */
function timeIn(text: string): number | undefined {
  const [, date, hour, minute, second] = /^(\d{8})-(\d\d)(\d\d)(\d\d\.\d{3})$/.exec(text) ?? []
  if (date === undefined) return undefined
  return Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${hour}:${minute}:${second}Z`)
}
