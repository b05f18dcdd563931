import { type LogStream, logTime } from '../../../model/log-line.ts'
import { entryHeadAt } from './log-entry.ts'
import type { LineBeginning } from './log-tail.ts'

/** What a line joiner starts with. */
export interface LineJoinerOptions {
  /** Only lines that are not older; in milliseconds since 1970. */
  readonly since: number
  readonly beginnings?: Partial<Record<LogStream, LineBeginning>>
}

interface OpenLine {
  readonly time: Buffer
  readonly parts: Buffer[]
  length: number
}

const newline = 10
/** A line that is longer is given in parts, so that nobody has to hold more of it. */
const joinedBytesMax = 65_536

/**
 * Makes lines of the entries of a log, which has long ones in parts; in the same format, where only what is longer than
 * 64 KiB is still in parts. Bytes may be given in pieces of any size.
 */
export class LineJoiner {
  readonly #since: Buffer | null
  readonly #open = new Map<LogStream, OpenLine>()
  #out: Buffer[] = []
  /** The beginning of an entry whose end has not come yet. */
  #left: Buffer = Buffer.alloc(0)

  constructor({ since, beginnings = {} }: LineJoinerOptions) {
    this.#since = since > 0 ? Buffer.from(logTime(since)) : null
    for (const stream of ['stdout', 'stderr'] as const) {
      const beginning = beginnings[stream]
      if (beginning === undefined) continue
      const { time, text } = beginning
      this.#open.set(stream, { time: Buffer.from(time), parts: [text], length: text.length })
    }
  }

  /** The lines that have come to their end with these bytes, which are not kept. */
  take(bytes: Buffer): string {
    const all = this.#left.length === 0 ? bytes : Buffer.concat([this.#left, bytes])
    let start = 0
    for (let end = all.indexOf(newline); end >= 0; end = all.indexOf(newline, start)) {
      this.#takeEntry(all, start, end + 1)
      start = end + 1
    }
    this.#left = Buffer.from(all.subarray(start))
    return this.#taken()
  }

  /** What has no end yet, as lines that go on; afterwards it is forgotten. */
  rest(): string {
    for (const [stream, line] of this.#open) this.#emit(line, stream, 'P')
    this.#open.clear()
    return this.#taken()
  }

  #taken(): string {
    const text = this.#out.length === 1 ? String(this.#out[0]) : Buffer.concat(this.#out).toString()
    this.#out = []
    return text
  }

  #takeEntry(all: Buffer, start: number, end: number): void {
    const head = entryHeadAt(all, start)
    if (head === null || head.textStart > end) return
    const { stream, partial, timeEnd, textStart } = head
    let line = this.#open.get(stream)
    if (line === undefined && !partial) {
      if (this.#isWanted(all, start, timeEnd)) this.#out.push(all.subarray(start, end))
      return
    }
    line ??= { time: Buffer.from(all.subarray(start, timeEnd)), parts: [], length: 0 }
    // What is open outlives the bytes that it came in.
    line.parts.push(Buffer.from(all.subarray(textStart, end - 1)))
    line.length += end - 1 - textStart
    if (partial) this.#open.set(stream, this.#shortened(line, stream))
    else {
      this.#open.delete(stream)
      this.#emit(line, stream, 'F')
    }
  }

  /** Gives what is too long of an open line, in whole characters. */
  #shortened(line: OpenLine, stream: LogStream): OpenLine {
    if (line.length < joinedBytesMax) return line
    const whole = Buffer.concat(line.parts)
    const end = endOfCharacters(whole)
    this.#emit({ ...line, parts: [whole.subarray(0, end)] }, stream, 'P')
    return { time: line.time, parts: [whole.subarray(end)], length: whole.length - end }
  }

  #emit({ time, parts }: OpenLine, stream: LogStream, tag: 'F' | 'P'): void {
    if (!this.#isWanted(time, 0, time.length)) return
    this.#out.push(time, Buffer.from(` ${stream} ${tag} `), ...parts, Buffer.of(newline))
  }

  /** Whether the time that stands there is not before the one that is asked for. */
  #isWanted(bytes: Buffer, start: number, end: number): boolean {
    return this.#since === null || bytes.compare(this.#since, 0, this.#since.length, start, end) >= 0
  }
}

/** Where the last whole character of UTF-8 ends; the end where the bytes are no UTF-8. */
function endOfCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}
