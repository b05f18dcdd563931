import type { Frame } from './question.ts'
import type { Sink } from './sink.ts'

/** A result whose JSON text is ready. */
export interface TextResult {
  readonly data: unknown
  readonly stringify: () => string
}

/** Results that may wait to be pulled before the sink counts as congested. */
const waitingMax = 64

/** A sink that is read as an async iterator of results, for transports that pull (SSE). */
export class StreamSink implements Sink {
  private readonly stop: AbortController
  private waiting: string[] = []
  private pulls: ((result: IteratorResult<TextResult, void>) => void)[] = []
  private drained: (() => void)[] = []
  private ended = false

  /** `stop` is aborted when the reader has gone. */
  constructor(stop: AbortController) {
    this.stop = stop
    stop.signal.addEventListener('abort', () => this.end(), { once: true })
  }

  get congested(): boolean {
    return !this.ended && this.waiting.length >= waitingMax
  }

  write(frames: readonly Frame[]): void {
    for (const { text } of frames) this.push(text)
  }

  ready(): Promise<void> {
    return this.congested ? new Promise((resolve) => this.drained.push(resolve)) : Promise.resolve()
  }

  /** Ends the stream after what waits, with a last result if there is one. */
  end(last?: string): void {
    if (this.ended) return
    if (last !== undefined) this.push(last)
    this.ended = true
    this.release()
    for (const pull of this.pulls.splice(0)) pull({ done: true, value: undefined })
  }

  results(): AsyncGenerator<TextResult, void, void> {
    return {
      next: () => this.pull(),
      return: () => {
        this.waiting = []
        this.stop.abort()
        return Promise.resolve({ done: true as const, value: undefined })
      },
      throw: (error: Error) => {
        this.stop.abort()
        return Promise.reject(error)
      },
      [Symbol.asyncIterator]() {
        return this
      },
      [Symbol.asyncDispose]: async () => this.stop.abort(),
    } as AsyncGenerator<TextResult, void, void>
  }

  private push(text: string): void {
    if (this.ended) return
    const pull = this.pulls.shift()
    if (pull === undefined) this.waiting.push(text)
    else pull({ done: false, value: resultOf(text) })
  }

  private pull(): Promise<IteratorResult<TextResult, void>> {
    const text = this.waiting.shift()
    if (!this.congested) this.release()
    if (text !== undefined) return Promise.resolve({ done: false, value: resultOf(text) })
    if (this.ended) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve) => this.pulls.push(resolve))
  }

  private release(): void {
    for (const resolve of this.drained) resolve()
    this.drained = []
  }
}

function resultOf(text: string): TextResult {
  return {
    get data() {
      return (JSON.parse(text) as { data: unknown }).data
    },
    stringify: () => text,
  }
}
