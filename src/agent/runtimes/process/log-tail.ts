import { closeSync, openSync, readSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { LogStream } from '../../../model/log-line.ts'
import { entryHeadAt, entryHeadBytesMax, type LogEntryHead } from './log-entry.ts'
import type { LogFile, LogPlace } from './log-files.ts'

/** The beginning of a line that ends after the place where reading starts. */
export interface LineBeginning {
  readonly time: string
  readonly text: Buffer
}

/** Where the last lines of a log begin. */
export interface LogTail {
  readonly file: LogFile
  readonly place: LogPlace
  /** Of lines whose first parts are further ahead, among lines of the other stream that are not wanted. */
  readonly beginnings: Partial<Record<LogStream, LineBeginning>>
}

interface Entry {
  readonly file: LogFile
  readonly start: number
  readonly end: number
  readonly head: LogEntryHead
  /** Reads the whole entry; only until the next one is met. */
  readonly read: () => Buffer
}

const blockBytes = 65_536
/** How far ahead of the last lines the first parts of one of them are looked for. */
const beginningsBytesMax = 1024 ** 2
/** Entries after which others have their turn. */
const entriesMax = 5_000

/**
 * Finds the last `count` lines by reading backwards, so that it costs what they cost and not what the log does. Lines in
 * several parts count once; one that has no end yet counts, too. Null for a log without files.
 */
export async function findTail(files: readonly LogFile[], count: number): Promise<LogTail | null> {
  const last = files.at(-1)
  if (last === undefined) return null
  return search(files, new TailSearch({ file: last, offset: last.size }, count))
}

/** The place where a file begins, with the beginnings of lines that end in it. Null where there is no such file. */
export async function findStart(files: readonly LogFile[], index: number): Promise<LogTail | null> {
  const file = files[index]
  if (file === undefined) return null
  return search(files.slice(0, index), new TailSearch({ file, offset: 0 }, undefined))
}

async function search(files: readonly LogFile[], tail: TailSearch): Promise<LogTail> {
  let looked = 0
  for (const entry of entriesBackwards(files)) {
    if (tail.meet(entry)) return tail.found()
    looked += 1
    if (looked % entriesMax === 0) await setImmediate()
  }
  return tail.found()
}

interface Start {
  readonly file: LogFile
  readonly offset: number
}

/** Meets the entries of a log from the last to the first. */
class TailSearch {
  readonly #count: number
  #lines = 0
  /** Streams of which an entry that is wanted has been met. */
  readonly #met = new Set<LogStream>()
  #start: Start
  #isFound: boolean
  #lookedAhead = 0
  /** Streams whose first wanted line may have parts further ahead. */
  readonly #open: Set<LogStream>
  readonly #parts: Record<LogStream, { readonly bytes: Buffer; readonly head: LogEntryHead }[]> = {
    stdout: [],
    stderr: [],
  }

  /** `count` lines before `start` are wanted; undefined: none but what ends behind it. */
  constructor(start: Start, count: number | undefined) {
    this.#count = count ?? 0
    this.#start = start
    this.#isFound = count === undefined
    this.#open = new Set(count === undefined ? ['stdout', 'stderr'] : [])
  }

  /** Whether all is found. */
  meet(entry: Entry): boolean {
    const { stream, partial } = entry.head
    if (!this.#isFound) {
      const endsLine = !partial || !this.#met.has(stream)
      if (!endsLine || this.#lines < this.#count) {
        if (endsLine) this.#lines += 1
        this.#met.add(stream)
        this.#start = { file: entry.file, offset: entry.start }
        return false
      }
      this.#isFound = true
      for (const met of this.#met) this.#open.add(met)
    }
    if (this.#open.has(stream)) {
      if (partial) this.#parts[stream].push({ bytes: entry.read(), head: entry.head })
      else this.#open.delete(stream)
    }
    this.#lookedAhead += entry.end - entry.start
    return this.#open.size === 0 || this.#lookedAhead > beginningsBytesMax
  }

  found(): LogTail {
    const { file, offset } = this.#start
    const beginnings: Partial<Record<LogStream, LineBeginning>> = {}
    for (const stream of ['stdout', 'stderr'] as const) {
      const parts = this.#parts[stream].toReversed()
      const [foremost] = parts
      if (foremost === undefined) continue
      beginnings[stream] = {
        time: foremost.bytes.toString('latin1', 0, foremost.head.timeEnd),
        text: Buffer.concat(parts.map(({ bytes, head }) => bytes.subarray(head.textStart, -1))),
      }
    }
    return { file, place: { inode: file.inode, offset }, beginnings }
  }
}

function* entriesBackwards(files: readonly LogFile[]): Generator<Entry> {
  for (const file of files.toReversed()) {
    const descriptor = openSync(file.path, 'r')
    try {
      yield* entriesOf(file, descriptor)
    } finally {
      closeSync(descriptor)
    }
  }
}

/** The entries of a file, the last first. What has no end yet is left out, and so is what is no entry. */
function* entriesOf(file: LogFile, descriptor: number): Generator<Entry> {
  const block = Buffer.allocUnsafe(blockBytes)
  const read = (start: number, end: number): Buffer => {
    const bytes = Buffer.allocUnsafe(end - start)
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, start))
  }
  let end: number | undefined
  for (let blockEnd = file.size; blockEnd > 0; ) {
    const blockStart = Math.max(0, blockEnd - blockBytes)
    const bytes = block.subarray(0, readSync(descriptor, block, 0, blockEnd - blockStart, blockStart))
    const entryAt = (start: number, entryEnd: number): Entry | null => {
      const headEnd = Math.min(start + entryHeadBytesMax, entryEnd)
      const isHere = start >= blockStart && headEnd <= blockEnd
      const head = isHere ? entryHeadAt(bytes, start - blockStart) : entryHeadAt(read(start, headEnd), 0)
      if (head === null) return null
      const offset = isHere ? start - blockStart : 0
      const own = { ...head, timeEnd: head.timeEnd - offset, textStart: head.textStart - offset }
      return { file, start, end: entryEnd, head: own, read: () => read(start, entryEnd) }
    }
    for (let newline = bytes.lastIndexOf(10); newline >= 0; ) {
      const start = blockStart + newline + 1
      const entry = end === undefined ? null : entryAt(start, end)
      if (entry !== null) yield entry
      end = start
      newline = newline === 0 ? -1 : bytes.lastIndexOf(10, newline - 1)
    }
    const first = blockStart === 0 && end !== undefined ? entryAt(0, end) : null
    if (first !== null) yield first
    blockEnd = blockStart
  }
}
