import { type FSWatcher, watch } from 'node:fs'
import type { RunGroup } from '../../cgroups/run-group.ts'
import { type Log, messageOf } from '../../log.ts'
import type { Timer, Timers } from '../../timers.ts'
import type { ContainerExit, RunningContainer } from '../containers/container-engine.ts'
import { type LiveLog, LogNews } from '../log-news.ts'
import { LogFollower } from './log-follower.ts'
import { isAlive, signalGroup, signalProcess, startTicksOf } from './process-identity.ts'
import { type LogLimits, RotatedLog } from './rotated-log.ts'
import type { RunFolder, StartedRun } from './run-folder.ts'

/** What a container run works with. */
export interface ContainerRunOptions {
  readonly folder: RunFolder
  readonly started: StartedRun
  readonly logFile: string
  readonly logLimits: LogLimits
  readonly outputBytesMax: number
  /** The cgroups of the run, where there are any. */
  readonly group?: RunGroup | undefined
  readonly timers: Timers
  readonly log: Log
  /** Which container it is, for a reader of the agent's log. */
  readonly subject: Readonly<Record<string, unknown>>
}

/** How long output is waited for that something outside of the container's process group still holds open. */
const lastOutputMs = 1_000
/** How long a shim may take to end what its container has left and to write its end down. */
const shimMsMax = 10_000
/** How long output gathers before more of it is read: at first, and in the end when little comes all the time. */
const gatherMsMin = 5
const gatherMsMax = 100
/** How a run is told whose end nobody has seen, as the kubelet tells it. */
export const unknownExit: ContainerExit = {
  exitCode: 137,
  reason: 'ContainerStatusUnknown',
  message: 'The process was not there any more, and nobody was left to say how it ended.',
}

/**
 * A run of a container that this agent follows, no matter which agent has started it. It hears of output and of the end
 * by watching the run's folder; `poll` makes certain what a watch only makes early.
 */
export class ContainerRun implements Omit<RunningContainer, 'exec'>, LiveLog {
  readonly id: string
  readonly startedAt: number
  readonly exited: Promise<ContainerExit>
  readonly #options: ContainerRunOptions
  readonly #follower: LogFollower
  readonly #logNews = new LogNews()
  readonly #watcher: FSWatcher | undefined
  #state: 'running' | 'ending' | 'ended' | 'released' = 'running'
  #resolve: (exit: ContainerExit) => void = () => {}
  #exit: ContainerExit | undefined
  #gathering: Timer | undefined
  #gatherMs = gatherMsMin
  #hasNews = false
  #lateTimer: Timer | undefined
  #pollsWithoutProcess = 0
  /** In the time of `timers.elapsed`. */
  #withoutProcessSince: number | undefined
  #hasWarned = false

  constructor(options: ContainerRunOptions) {
    const { folder, started, logFile, logLimits, outputBytesMax, timers, log, subject } = options
    const { pid, startTicks } = started.process
    this.#options = options
    this.id = `process://${pid}-${startTicks ?? 0}`
    this.startedAt = started.startedAt
    this.exited = new Promise((resolve) => {
      this.#resolve = resolve
    })
    this.#follower = new LogFollower({
      folder,
      log: new RotatedLog(logFile, logLimits),
      copiers: started.copiers,
      outputBytesMax,
      now: () => timers.now(),
      onWritten: () => this.#logNews.tell(),
      onUnreadable: (file, error) =>
        log.warn('how far output was read cannot be read; it is read again', {
          ...subject,
          file,
          error: messageOf(error),
        }),
    })
    this.#watcher = this.#watch()
    this.#check()
    this.#read()
  }

  /** Number of the container's process, and of its group. */
  get pid(): number {
    return this.#options.started.process.pid
  }

  /** How it has ended; undefined while it runs. */
  get exit(): ContainerExit | undefined {
    return this.#exit
  }

  get logFile(): string {
    return this.#options.logFile
  }

  get isOver(): boolean {
    return this.#state === 'ended' || this.#state === 'released'
  }

  more(signal: AbortSignal): Promise<void> {
    return this.#logNews.wait(signal)
  }

  signal(name: 'SIGTERM' | 'SIGKILL'): void {
    const { started, group } = this.#options
    if (this.#state !== 'running') return
    if (isAlive(started.process)) signalGroup(started.process.pid, name)
    if (name === 'SIGKILL') group?.kill()
  }

  release(): void {
    if (this.#state === 'running') this.#leave('released')
  }

  /** The shim has ended. It says how when it could not write it down, for example because the disk is full. */
  shimEnded(code: number | null): void {
    this.#check()
    if (this.#state !== 'running' || this.#lateTimer !== undefined) return
    if (code === null || isAlive(this.#options.started.process)) return
    const isOutOfMemory = code !== 0 && this.#options.group?.wasOutOfMemory() === true
    this.#end({ exitCode: code, ...(isOutOfMemory ? { reason: 'OOMKilled' } : {}) })
  }

  /** Looks whether anything has happened that was not heard of. Called every few seconds. */
  poll(): void {
    this.#check()
    if (this.#state !== 'running' || this.#lateTimer !== undefined) return
    if (isAlive(this.#options.started.process)) {
      this.#follower.replaceCopiers()
      this.#read()
      return
    }
    // The shim may be about to write the end down; one that has ended without has the time of one poll for that.
    const { timers, started } = this.#options
    this.#withoutProcessSince ??= timers.elapsed()
    this.#pollsWithoutProcess += 1
    if (this.#pollsWithoutProcess < 2) return
    if (isAlive(started.shim) && timers.elapsed() - this.#withoutProcessSince < shimMsMax) return
    const { pid } = started.process
    // No process gets the number of a group that has members, so what is left in it is the container's.
    if (startTicksOf(pid) === null) signalGroup(pid, 'SIGKILL')
    this.#options.group?.kill()
    this.#end(unknownExit)
  }

  #watch(): FSWatcher | undefined {
    const { folder, log, subject } = this.#options
    const warn = (error: unknown): void => {
      log.warn('a container cannot be watched; it is looked after every few seconds', {
        ...subject,
        error: messageOf(error),
      })
    }
    try {
      const watcher = watch(folder.path, { persistent: false }, (_event, name) => {
        if (name === 'stdout' || name === 'stderr') this.#outputCame()
        else this.#check()
      })
      watcher.on('error', warn)
      return watcher
    } catch (error) {
      warn(error)
      return undefined
    }
  }

  #outputCame(): void {
    if (this.#gathering === undefined) this.#read()
    else this.#hasNews = true
  }

  #read(): void {
    if (this.#state !== 'running') return
    const { timers, log, subject } = this.#options
    this.#hasNews = false
    try {
      if (this.#follower.read()) this.#gatherMs = 0
      this.#hasWarned = false
    } catch (error) {
      if (!this.#hasWarned)
        log.warn('the log of a container cannot be written', { ...subject, error: messageOf(error) })
      this.#hasWarned = true
    }
    timers.cancel(this.#gathering)
    this.#gathering = timers.after(this.#gatherMs, () => this.#gathered())
  }

  #gathered(): void {
    this.#gathering = undefined
    const isBusy = this.#gatherMs === 0
    this.#gatherMs = this.#hasNews ? Math.min(gatherMsMax, 2 * this.#gatherMs) : 0
    this.#gatherMs = Math.max(gatherMsMin, this.#gatherMs)
    if (isBusy || this.#hasNews) this.#read()
  }

  #check(): void {
    if (this.#state !== 'running') return
    const { folder, timers } = this.#options
    const ended = folder.ended()
    if (ended === null) return
    if (folder.isDrained()) {
      this.#end(ended)
      return
    }
    this.#lateTimer ??= timers.after(lastOutputMs, () => {
      // The shim first: it would go on copying itself when a copier has not ended well.
      signalProcess(this.#options.started.shim, 'SIGKILL')
      this.#follower.killCopiers()
      this.#end(ended)
    })
  }

  #end(exit: ContainerExit): void {
    if (this.#state !== 'running') return
    this.#state = 'ending'
    void this.#finish().then(() => {
      this.#leave('ended')
      this.#exit = exit
      this.#resolve(exit)
    })
  }

  async #finish(): Promise<void> {
    const { folder, log, subject } = this.#options
    try {
      await this.#follower.finish()
      folder.removeOutput()
    } catch (error) {
      log.warn('the last output of a container could not be kept', { ...subject, error: messageOf(error) })
    }
  }

  #leave(state: 'ended' | 'released'): void {
    this.#state = state
    const { timers } = this.#options
    timers.cancel(this.#gathering)
    timers.cancel(this.#lateTimer)
    this.#watcher?.close()
    this.#follower.close()
    this.#logNews.tell()
  }
}
