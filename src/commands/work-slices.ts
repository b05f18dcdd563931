import { setImmediate } from 'node:timers/promises'

/** Milliseconds of work after which others have their turn. */
const sliceMs = 10

/** Parts long work, so that nobody else waits for it: after each slice of it the event loop makes a round. */
export class WorkSlices {
  private since = performance.now()

  /** Resolves at once, unless a slice is over. */
  async pause(): Promise<void> {
    if (performance.now() - this.since < sliceMs) return
    await setImmediate()
    this.since = performance.now()
  }

  /** Does work that offers pauses to its end. */
  async finish<Result>(work: Generator<undefined, Result, void>): Promise<Result> {
    for (;;) {
      const { done, value } = work.next()
      if (done === true) return value
      await this.pause()
    }
  }
}
