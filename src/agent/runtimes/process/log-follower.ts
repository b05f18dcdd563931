import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, readSync, statfsSync, writeSync } from 'node:fs'
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { LogStream } from '../../../model/log-line.ts'
import { cutLines, lastLine, lineBytesMax, logStreams } from './log-lines.ts'
import { isAlive, isStopped, type ProcessIdentity, signalProcess, startTicksOf } from './process-identity.ts'
import type { RotatedLog } from './rotated-log.ts'
import type { RunFolder } from './run-folder.ts'
import { startCopier } from './shim.ts'

/** What a log follower works with. */
export interface LogFollowerOptions {
  readonly folder: RunFolder
  readonly log: RotatedLog
  /** Who copies the container's output into the folder, unless an earlier run of the agent has had to replace it. */
  readonly copiers: Readonly<Record<LogStream, ProcessIdentity>>
  /** Bytes of output that a file of the folder may hold before it is emptied. */
  readonly outputBytesMax: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Told when the log has grown. */
  readonly onWritten: () => void
  /** Told of a file that a crash of the machine has spoilt. */
  readonly onUnreadable: (file: string, error: unknown) => void
}

/** One output of the container. */
interface Source {
  readonly stream: LogStream
  readonly file: number
  /** How far it has been read, and is in the log. */
  offset: number
  copier: ProcessIdentity
  /** Whether its copier has been told to stop. */
  held: boolean
}

/** How far the sources are in the log, and how long it was then. */
interface Position extends Readonly<Record<LogStream, { readonly offset: number; readonly copier: ProcessIdentity }>> {
  readonly log: number
}

const buffer = Buffer.allocUnsafe(4 * lineBytesMax)
/** How much of one source is read before others have their turn. */
const readsMax = 16
/** What has to be free on the disk for output to be copied again after it could not be. */
const freeBytesMin = 1024 ** 2
/** How much has come at once when a source is said to be busy. */
const busyBytes = 4 * buffer.length
const positionBytes = 512

/**
 * Brings what a container has written into its log, so that each byte is there once, whenever the agent is killed: the
 * position is written after the log, and what the log has beyond it is taken back and read again. A file that has become
 * too large is emptied while its copier is stopped, when it has been read to the end. A line has the time at which its
 * file was last written.
 */
export class LogFollower {
  readonly #options: LogFollowerOptions
  readonly #sources: Source[]
  readonly #position: number

  constructor(options: LogFollowerOptions) {
    const { folder, log, copiers } = options
    this.#options = options
    closeSync(openSync(folder.position, 'a'))
    this.#position = openSync(folder.position, 'r+')
    const position = readPosition(options)
    if (position !== null) log.cutTo(position.log)
    this.#sources = logStreams.map((stream) => {
      const { offset = 0, copier = copiers[stream] } = position?.[stream] ?? {}
      const file = openSync(folder.output(stream), 'a+')
      // An emptied file is shorter than the position when the agent was killed before it had written the new one.
      const source = { stream, file, copier, held: false, offset: fstatSync(file).size < offset ? 0 : offset }
      signalProcess(copier, 'SIGCONT')
      return source
    })
  }

  /** Reads what has come. Whether there may be so much more that it should be read at once. Throws when the log cannot be written; nothing is lost. */
  read(): boolean {
    let more = false
    for (const source of this.#sources) if (this.#readSource(source)) more = true
    return more
  }

  /**
   * Starts copiers again that have died, so that the container does not wait for ever. While the disk is full there is no
   * use: each would lose what it has in its hands, at most one pipe's content, as the one before it has.
   */
  replaceCopiers(): void {
    const { folder } = this.#options
    for (const source of this.#sources) {
      if (isAlive(source.copier) || freeBytes(folder.path) < freeBytesMin) continue
      const pid = startCopier(folder.pipe(source.stream), folder.output(source.stream))
      if (pid === undefined) continue
      source.copier = { pid, startTicks: startTicksOf(pid) }
      source.held = false
      this.#writePosition()
    }
  }

  /** Ends the copiers, which something outside of the container still keeps waiting. */
  killCopiers(): void {
    for (const { copier } of this.#sources) signalProcess(copier, 'SIGKILL')
  }

  /** Reads all that is left once the container has ended, also a last line without an end. */
  async finish(): Promise<void> {
    // One that was started late may have something in its hands still, or wait for a container that has ended before.
    for (let looks = 0; looks < 20 && this.#sources.some(({ copier }) => isAlive(copier)); looks += 1) {
      for (const source of this.#sources) this.#release(source)
      await setTimeout(10)
    }
    this.killCopiers()
    while (this.read()) await setImmediate()
    for (const source of this.#sources) this.#empty(source, 'F')
  }

  close(): void {
    for (const source of this.#sources) {
      this.#release(source)
      closeSync(source.file)
    }
    closeSync(this.#position)
    this.#options.log.close()
  }

  #readSource(source: Source): boolean {
    const { size, mtimeMs } = fstatSync(source.file)
    if (size >= this.#options.outputBytesMax && !source.held) source.held = signalProcess(source.copier, 'SIGSTOP')
    const begin = source.offset
    for (let reads = 0; source.offset < size; reads += 1) {
      if (reads === readsMax) return true
      const bytes = buffer.subarray(0, readSync(source.file, buffer, 0, buffer.length, source.offset))
      const { text, left } = cutLines(bytes, { stream: source.stream, at: mtimeMs })
      if (text.length === 0) break
      this.#write(text, source, source.offset + bytes.length - left.length)
    }
    if (!source.held) return size - begin >= busyBytes
    if (!isStopped(source.copier) || fstatSync(source.file).size > size) return true
    this.#empty(source, 'P')
    this.#release(source)
    return true
  }

  /** Empties a file that nobody writes and that has been read but for less than a line. */
  #empty(source: Source, tag: 'F' | 'P'): void {
    const { size, mtimeMs } = fstatSync(source.file)
    const left = buffer.subarray(0, readSync(source.file, buffer, 0, buffer.length, source.offset))
    this.#write(lastLine(left, { stream: source.stream, at: mtimeMs }, tag), source, size)
    ftruncateSync(source.file, 0)
    source.offset = 0
    this.#writePosition()
  }

  #release(source: Source): void {
    if (source.held) signalProcess(source.copier, 'SIGCONT')
    source.held = false
  }

  #write(text: Buffer, source: Source, offset: number): void {
    const { log, now, onWritten } = this.#options
    if (log.isFullFor(text.length)) {
      log.rotate(now())
      this.#writePosition()
    }
    log.append(text)
    source.offset = offset
    this.#writePosition()
    onWritten()
  }

  #writePosition(): void {
    const position: Record<string, unknown> = { log: this.#options.log.size }
    for (const { stream, offset, copier } of this.#sources) position[stream] = { offset, copier }
    writeSync(this.#position, JSON.stringify(position).padEnd(positionBytes), 0)
  }
}

/** Null when nothing was written yet, and when it cannot be understood: then lines come twice rather than not at all. */
function readPosition({ folder, onUnreadable }: LogFollowerOptions): Position | null {
  const text = readFileSync(folder.position, 'utf8')
  if (text === '') return null
  try {
    return JSON.parse(text) as Position
  } catch (error) {
    onUnreadable(folder.position, error)
    return null
  }
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
