import { backOff } from './back-off.ts'
import type { ResponseSink } from './connection.ts'
import type { Variables } from './document.ts'
import type { Line } from './line.ts'
import { dataOf, isRequestError, RequestError } from './request-error.ts'
import { readEvent, type StreamEvent } from './stream-event.ts'
import { WatchProgress, type WatchStart } from './watch-progress.ts'

/** How a watch is ended, and who hears of its connection. */
export interface WatchOptions {
  /** Ends the watch, as leaving its loop does. */
  readonly signal?: AbortSignal | undefined
  /** Told when the watch is interrupted: it goes on by itself, without a gap, as soon as it can. */
  readonly onDisconnect?: ((error: RequestError) => void) | undefined
  /** Told when a watch that was interrupted goes on. */
  readonly onReconnect?: (() => void) | undefined
  /** Wait also for a server that cannot be reached at the start, instead of throwing UNAVAILABLE. */
  readonly waitForServer?: boolean | undefined
}

/** What a watch asks, and over which line. */
export interface WatchQuestion {
  readonly line: Line
  readonly document: () => Promise<string>
  /** Without `after`, which the watch sets itself. */
  readonly variables: Variables
  /** Where it begins, asked once; with the present objects if it resolves with undefined. */
  readonly start: () => Promise<WatchStart | undefined>
}

/** Events that may wait for their reader; beyond that the watch is ended on the server, and goes on when they are read. */
const waitingMax = 10_000

/**
 * A subscription that goes on over losses of the connection, restarts of the server and an expired log, read as an async
 * iterator by one reader. It begins when it is first read.
 */
export class WatchStream implements AsyncIterableIterator<StreamEvent> {
  readonly #question: WatchQuestion
  readonly #options: WatchOptions
  readonly #waiting: StreamEvent[] = []
  #progress: WatchProgress | undefined
  #document = ''
  #stop = (): void => {}
  #phase: 'unread' | 'running' | 'paused' | 'ended' = 'unread'
  #hasBegun = false
  #isInterrupted = false
  /** Interruptions since the last event, while the server could be reached. */
  #attempt = 0
  #retry: ReturnType<typeof setTimeout> | undefined
  #error: { readonly thrown: unknown } | undefined
  #wakeReader: (() => void) | undefined
  readonly #end = (): void => this.#finish()

  constructor(question: WatchQuestion, options: WatchOptions = {}) {
    this.#question = question
    this.#options = options
  }

  /** The next event. Rejects once with what no patience mends, after all that came before. */
  async next(): Promise<IteratorResult<StreamEvent>> {
    if (this.#phase === 'unread') void this.#begin()
    for (;;) {
      const event = this.#waiting.shift()
      if (event !== undefined) return { done: false, value: event }
      if (this.#phase === 'ended') break
      if (this.#phase === 'paused') this.#subscribe()
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve
      })
    }
    const error = this.#error
    this.#error = undefined
    if (error !== undefined) throw error.thrown
    return { done: true, value: undefined }
  }

  /** Leaves the watch: it is ended on the server, and what waits is dropped. */
  return(): Promise<IteratorResult<StreamEvent>> {
    this.#finish()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #begin(): Promise<void> {
    this.#phase = 'running'
    const { signal } = this.#options
    if (signal?.aborted === true) return this.#finish()
    signal?.addEventListener('abort', this.#end, { once: true })
    try {
      this.#document = await this.#question.document()
      this.#progress = new WatchProgress(await this.#findStart())
    } catch (error) {
      return this.#fail(error)
    }
    if (this.#phase === 'running') this.#subscribe()
  }

  async #findStart(): Promise<WatchStart | undefined> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#question.start()
      } catch (error) {
        if (this.#options.waitForServer !== true || !isPassing(error)) throw error
      }
      await new Promise<void>((resolve) => {
        this.#retry = setTimeout(resolve, backOff(attempt, Math.random()))
      })
    }
  }

  #subscribe(): void {
    this.#phase = 'running'
    const { line, variables } = this.#question
    const after = this.#progress?.begin()
    const begin: Variables = after !== undefined ? { after } : 'initial' in variables ? { initial: true } : {}
    this.#stop = line.start({ query: this.#document, variables: { ...variables, ...begin } }, this.#sink())
  }

  /** What one subscription brings. After it is over, nothing that it brings counts. */
  #sink(): ResponseSink {
    let isOver = false
    let wasStarted = false
    const isHeard = (): boolean => !isOver && this.#phase === 'running'
    const interrupt = (error: unknown): void => {
      isOver = true
      this.#stop()
      this.#interrupt(error, wasStarted)
    }
    return {
      started: () => {
        if (!isHeard()) return
        wasStarted = true
        this.#hasBegun = true
        if (this.#isInterrupted) this.#tell(this.#options.onReconnect)
        this.#isInterrupted = false
      },
      response: (response) => {
        if (!isHeard()) return
        let data: unknown
        try {
          data = dataOf(response)
        } catch (error) {
          return interrupt(error)
        }
        this.#take(data)
      },
      error: (error) => {
        if (isHeard()) interrupt(error)
      },
      complete: () => {
        if (!isHeard()) return
        if (this.#question.line.isClosed) this.#finish()
        else interrupt(new RequestError('UNAVAILABLE', 'the server has ended the watch'))
      },
    }
  }

  #take(data: unknown): void {
    const progress = this.#progress
    if (progress === undefined) return
    try {
      for (const event of progress.take(readEvent(data))) this.#waiting.push(event)
    } catch (error) {
      return this.#fail(error)
    }
    this.#attempt = 0
    if (this.#waiting.length > waitingMax && progress.isWhole) {
      this.#phase = 'paused'
      this.#stop()
    }
    this.#wake()
  }

  /** A line that could not be opened waits by itself before it tries again; otherwise the waiting is done here. */
  #interrupt(error: unknown, wasStarted: boolean): void {
    if (isRequestError(error, 'EXPIRED')) {
      if (this.#progress?.expire() !== true) return this.#fail(cannotGoOn(error))
    } else if (!isPassing(error) || !(this.#hasBegun || this.#options.waitForServer === true)) {
      return this.#fail(error)
    }
    if (!this.#isInterrupted) this.#tell(() => this.#options.onDisconnect?.(error))
    this.#isInterrupted = true
    if (this.#phase !== 'running') return
    const waitMs = wasStarted && this.#attempt > 0 ? backOff(this.#attempt - 1, Math.random()) : 0
    if (wasStarted) this.#attempt += 1
    this.#retry = setTimeout(() => this.#subscribe(), waitMs)
  }

  /** A listener that throws ends the watch by that. */
  #tell(listener: (() => void) | undefined): void {
    try {
      listener?.()
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    if (this.#phase === 'ended') return
    this.#error = { thrown: error }
    this.#over()
  }

  #finish(): void {
    this.#waiting.length = 0
    this.#error = undefined
    this.#over()
  }

  #over(): void {
    this.#phase = 'ended'
    clearTimeout(this.#retry)
    this.#options.signal?.removeEventListener('abort', this.#end)
    this.#stop()
    this.#wake()
  }

  #wake(): void {
    this.#wakeReader?.()
    this.#wakeReader = undefined
  }
}

/** Whether asking again later may help. */
function isPassing(error: unknown): error is RequestError {
  return isRequestError(error, 'UNAVAILABLE', 'SLOW_CONSUMER', 'TOO_MANY_REQUESTS')
}

function cannotGoOn(error: RequestError): RequestError {
  const message = `${error.message}; a watch that selects the \`uid\` of its objects begins again by itself`
  return new RequestError('EXPIRED', message, { extensions: error.extensions, cause: error })
}
