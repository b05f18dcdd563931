import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogStream } from '../../../model/log-line.ts'
import { ifPresent } from '../../if-present.ts'
import type { RestartBackOff } from '../containers/restart-back-off.ts'
import { logStreams } from './log-lines.ts'
import { type ProcessIdentity, parseIdentity } from './process-identity.ts'

/** Who runs in a run. */
export interface StartedRun {
  readonly bootId: string
  readonly process: ProcessIdentity
  /** The parent of it. */
  readonly shim: ProcessIdentity
  readonly copiers: Readonly<Record<LogStream, ProcessIdentity>>
  /** Milliseconds since 1970. */
  readonly startedAt: number
}

/** How a run ended. */
export interface EndedRun {
  readonly exitCode: number
  readonly reason?: string
  /** Milliseconds since 1970. */
  readonly finishedAt: number
}

const writableByAll = 0o666

/**
 * The folder of one run of a container, in which its shim tells what happens, whether an agent is there or not: `started`
 * (lines: boot id, then the container's process, the shim and the two copiers as in /proc/PID/stat), `stdout` and `stderr` as
 * written, `exit` (the exit code, then the reason where there is one), and `drained` when all output is in the files. What is of no interest to a watcher is
 * in `shim/`: the pipes, and how far the agent has read.
 */
export class RunFolder {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** Makes the folder for a new run. Throws when there is one already. */
  make(): void {
    mkdirSync(this.path)
    mkdirSync(this.shim)
    writeFileSync(this.terminationLog, '')
    chmodSync(this.terminationLog, writableByAll)
  }

  /** The folder of what is of no interest to a watcher. */
  get shim(): string {
    return join(this.path, 'shim')
  }

  /** The file in which the container leaves its last words. */
  get terminationLog(): string {
    return join(this.path, 'termination-log')
  }

  /** Writes down for a later agent how long the container had to wait for this run. */
  keepBackOff(backOff: RestartBackOff): void {
    writeFileSync(join(this.path, 'back-off'), JSON.stringify(backOff))
  }

  /** What was kept; undefined when nothing was, and when a crash of the machine has spoilt it. */
  backOff(): RestartBackOff | undefined {
    const [, delayMs, restartedAt] =
      /^\{"delayMs":(\d+),"restartedAt":(\d+)\}$/.exec(readOrNull(join(this.path, 'back-off')) ?? '') ?? []
    return delayMs === undefined ? undefined : { delayMs: Number(delayMs), restartedAt: Number(restartedAt) }
  }

  output(stream: LogStream): string {
    return join(this.path, stream)
  }

  pipe(stream: LogStream): string {
    return join(this.path, 'shim', stream)
  }

  get position(): string {
    return join(this.path, 'shim', 'position')
  }

  /** Who runs here; null when nothing has been started. Throws when the file cannot be understood. */
  started(): StartedRun | null {
    const file = join(this.path, 'started')
    const text = readOrNull(file)
    if (text === null || text === '') return null
    const [bootId, ...lines] = text.split('\n')
    const [process, shim, stdout, stderr] = lines.map(parseIdentity)
    if (bootId === undefined || !process || !shim || !stdout || !stderr || process.pid < 2) {
      throw new Error(`"${file}" does not say which process was started`)
    }
    return { bootId, process, shim, copiers: { stdout, stderr }, startedAt: statSync(file).mtimeMs }
  }

  /** How the run ended; null when it has not, or when nobody was left to tell. */
  ended(): EndedRun | null {
    const file = join(this.path, 'exit')
    const text = readOrNull(file)
    if (text === null) return null
    const [, code, reason] = /^(\d+) ?(\w*)/.exec(text) ?? []
    if (code === undefined) return null
    return { exitCode: Number(code), finishedAt: statSync(file).mtimeMs, ...(reason ? { reason } : {}) }
  }

  /** What was said when the run could not be started; empty when nothing was. */
  failure(): string {
    return (
      readOrNull(join(this.path, 'shim', 'failure'))
        ?.trim()
        .replaceAll(/\s*\n\s*/g, '; ') ?? ''
    )
  }

  isDrained(): boolean {
    return statSync(join(this.path, 'drained'), { throwIfNoEntry: false }) !== undefined
  }

  /** Gives a run up that has not started, so that a shim on its way does not start it either. Whether it was in time. */
  giveUp(): boolean {
    try {
      writeFileSync(join(this.path, 'started'), '', { flag: 'wx' })
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return this.started() === null
      throw error
    }
  }

  /** Whether there may be output that is not in the log yet. */
  hasOutput(): boolean {
    return statSync(join(this.path, 'shim'), { throwIfNoEntry: false }) !== undefined
  }

  /** Removes what is of no use any more once the run has ended and its output was read. */
  removeOutput(): void {
    for (const stream of logStreams) rmSync(this.output(stream), { force: true })
    rmSync(join(this.path, 'shim'), { recursive: true, force: true })
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true, maxRetries: 3 })
  }
}

function readOrNull(file: string): string | null {
  return ifPresent(() => readFileSync(file, 'utf8'), null)
}
