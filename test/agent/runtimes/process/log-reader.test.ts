import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveLog, LogNews } from '../../../../src/agent/runtimes/log-news.ts'
import { cutLines, lastLine } from '../../../../src/agent/runtimes/process/log-lines.ts'
import { readLog } from '../../../../src/agent/runtimes/process/log-reader.ts'
import { RotatedLog } from '../../../../src/agent/runtimes/process/rotated-log.ts'
import { type LogStream, parseLogLines } from '../../../../src/model/log-line.ts'
import { pod } from '../../support/pod.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-reader-'))
  path = join(folder, '0.log')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Line {
  readonly at: number
  readonly stream: LogStream
  readonly text: string
}

/** Writes a log as the agent does, and knows which lines it has. */
class Writer implements LiveLog {
  readonly lines: Line[] = []
  isOver = false
  readonly #log: RotatedLog
  readonly #news = new LogNews()
  readonly #left: Record<LogStream, Buffer> = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) }
  readonly #open = new Map<LogStream, Line>()
  #now = Date.parse('2026-01-01T00:00:00Z')

  constructor(fileBytesMax: number, filesMax = 1_000) {
    this.#log = new RotatedLog(path, { fileBytesMax, filesMax })
  }

  /** The container writes; a millisecond later that is in the log. */
  write(stream: LogStream, output: string): void {
    this.#now += 1
    const { text, left } = cutLines(Buffer.concat([this.#left[stream], Buffer.from(output)]), { stream, at: this.#now })
    this.#left[stream] = Buffer.from(left)
    this.#append(text)
  }

  end(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      this.#append(lastLine(this.#left[stream], { stream, at: this.#now }, 'F'))
    }
    this.#log.close()
    this.isOver = true
    this.#news.tell()
  }

  more(signal: AbortSignal): Promise<void> {
    return this.#news.wait(signal)
  }

  #append(text: Buffer): void {
    if (text.length === 0) return
    if (this.#log.isFullFor(text.length)) this.#log.rotate(this.#now)
    this.#log.append(text)
    for (const { stream, partial, text: part } of parseLogLines(String(text))) {
      const { at, text: before } = this.#open.get(stream) ?? { at: this.#now, text: '' }
      const line = { at, stream, text: before + part }
      if (partial) this.#open.set(stream, line)
      else this.#open.delete(stream)
      if (!partial) this.lines.push(line)
    }
    this.#news.tell()
  }
}

interface Reading {
  readonly tailLines?: number
  readonly since?: number
  readonly live?: LiveLog
  readonly signal?: AbortSignal
}

function pieces({ tailLines, since, live, signal = new AbortController().signal }: Reading = {}) {
  const sinceTime = since === undefined ? undefined : new Date(since).toISOString()
  return readLog({ path, wanted: { pod: pod('web'), container: 'main', tailLines, sinceTime }, live, signal })
}

/** All lines that are read, long ones put together again. */
async function read(reading: Reading = {}): Promise<Line[]> {
  const open: Partial<Record<LogStream, string>> = {}
  const lines: Line[] = []
  for await (const piece of pieces(reading)) {
    for (const { time, stream, partial, text } of parseLogLines(piece)) {
      const whole = (open[stream] ?? '') + text
      open[stream] = partial ? whole : ''
      if (!partial) lines.push({ at: Date.parse(time), stream, text: whole })
    }
  }
  return lines
}

const outputs = fc.array(
  fc.record({
    stream: fc.constantFrom<LogStream>('stdout', 'stdout', 'stderr'),
    text: fc.string({ unit: fc.constantFrom('a', 'é', '\n', ' ', '語'), maxLength: 40 }),
    /** A long line is told by its length, so that a counterexample can be read. */
    length: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(90_000) }),
  }),
  { maxLength: 40 },
)
const fileSizes = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 300, max: 200_000 }))

describe('reading a log', () => {
  it('gives each line once and in order, the last ones alone, and those since a time', async () => {
    await fc.assert(
      fc.asyncProperty(outputs, fileSizes, fc.nat(60), fc.nat(50), async (written, fileBytesMax, tailLines, ms) => {
        rmSync(folder, { recursive: true })
        beginFolder()
        const writer = new Writer(fileBytesMax)
        for (const { stream, text, length } of written) writer.write(stream, 'x'.repeat(length) + text)
        writer.end()
        const { lines } = writer
        expect(await read()).toEqual(lines)
        const tail = tailLines === 0 ? [] : lines.slice(-tailLines)
        expect(await read({ tailLines })).toEqual(tail)
        const since = Date.parse('2026-01-01T00:00:00Z') + ms
        expect(await read({ since })).toEqual(lines.filter(({ at }) => at >= since))
        expect(await read({ since, tailLines })).toEqual(tail.filter(({ at }) => at >= since))
      }),
      { numRuns: 60 },
    )
  })

  it('follows a log that is written and put aside meanwhile, each line once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(outputs, fileSizes, fc.array(fc.boolean()), async (written, fileBytesMax, pauses) => {
        rmSync(folder, { recursive: true })
        beginFolder()
        const writer = new Writer(fileBytesMax)
        const reading = read({ live: writer })
        for (const [index, { stream, text, length }] of written.entries()) {
          writer.write(stream, 'x'.repeat(length) + text)
          if (pauses[index % Math.max(1, pauses.length)] === true) await nextTurn()
        }
        writer.end()
        expect(await reading).toEqual(writer.lines)
      }),
      { numRuns: 60 },
    )
  })

  it('gives an open line when it is not followed, and counts it as one', async () => {
    const writer = new Writer(1_000_000)
    writer.write('stdout', `one\ntwo\n${'x'.repeat(20_000)}`)
    const texts = async (reading: Reading): Promise<string[]> => {
      let all = ''
      for await (const piece of pieces(reading)) all += piece
      return parseLogLines(all).map(({ text, partial }) => `${text.slice(0, 3)} ${text.length} ${partial}`)
    }
    expect(await texts({})).toEqual(['one 3 false', 'two 3 false', 'xxx 16384 true'])
    expect(await texts({ tailLines: 2 })).toEqual(['two 3 false', 'xxx 16384 true'])
    writer.end()
  })

  it('gives the beginning of a wanted line that is among unwanted ones of the other stream', async () => {
    const writer = new Writer(50_000)
    writer.write('stderr', 'e'.repeat(40_000))
    writer.write('stdout', 'unwanted\n'.repeat(9_000))
    writer.write('stderr', ' end\n')
    writer.end()
    const [line, ...others] = await read({ tailLines: 1 })
    expect(others).toEqual([])
    expect(line?.text).toBe(`${'e'.repeat(40_000)} end`)
  })

  it('goes on with the oldest file that is left when those before it were removed meanwhile', async () => {
    const writer = new Writer(100, 2)
    writer.write('stdout', 'the first line, long enough for a file of its own: '.repeat(2).concat('\n'))
    const reading = pieces({ live: writer })
    expect((await reading.next()).value).toContain('first')
    for (let number = 0; number < 9; number += 1) writer.write('stdout', `line ${number}\n`)
    writer.end()
    let rest = ''
    for await (const piece of reading) rest += piece
    expect(parseLogLines(rest).map(({ text }) => text)).toEqual(['line 6', 'line 7', 'line 8'])
  })

  it('reads nothing more before it is asked for the next piece', async () => {
    const writer = new Writer(10 * 1024 ** 2)
    writer.write('stdout', 'line\n'.repeat(100_000))
    writer.end()
    const reading = pieces()
    const first = await reading.next()
    expect((first.value ?? '').length).toBeLessThanOrEqual(65_536)
    truncateSync(path, 70_000)
    const second = await reading.next()
    expect((second.value ?? '').length).toBeLessThan(10_000)
    await reading.return()
  })

  it('ends when its reader leaves while it waits', async () => {
    const writer = new Writer(1_000)
    const left = new AbortController()
    const reading = pieces({ live: writer, signal: left.signal })
    const next = reading.next()
    await nextTurn()
    left.abort()
    expect(await next).toEqual({ done: true, value: undefined })
    writer.end()
  })

  it('passes over what is no line, as a crash of the machine may leave', async () => {
    const line = '2026-01-01T00:00:00.001000000Z stdout F fine\n'
    writeFileSync(path, `${'\0'.repeat(100)}\nnonsense\n\n${line}2026 stdout X\n${line}half a li`)
    const fine = { at: Date.parse('2026-01-01T00:00:00.001Z'), stream: 'stdout', text: 'fine' }
    expect(await read()).toEqual([fine, fine])
    expect(await read({ tailLines: 5 })).toEqual([fine, fine])
    expect(await read({ tailLines: 1 })).toEqual([fine])
  })

  it('of a run that has none is refused', async () => {
    const message =
      'there is no log of container "main" in pod "web": it could not be started, or its log has been removed'
    await expect(read()).rejects.toMatchObject({ code: 'NOT_FOUND', message })
    await expect(read({ tailLines: 3 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

function beginFolder(): void {
  folder = mkdtempSync(join(tmpdir(), 'log-reader-'))
  path = join(folder, '0.log')
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
