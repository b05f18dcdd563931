import type { Clock } from '../../src/control/clock.ts'

interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** A clock that a test turns by hand. */
export class FakeClock implements Clock {
  private passed = 0
  /** What `now` says at the beginning. */
  private epoch: number
  private readonly timers = new Set<Timer>()

  constructor(startsAt = Date.parse('2026-01-01T00:00:00Z')) {
    this.epoch = startsAt
  }

  now(): number {
    return this.epoch + this.passed
  }

  elapsed(): number {
    return this.passed
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    const timer = { at: this.passed + delayMs, callback }
    this.timers.add(timer)
    return () => this.timers.delete(timer)
  }

  /** Lets time pass; timers that come due on the way ring in their order, each at its own time. */
  advance(ms: number): void {
    const end = this.passed + ms
    for (let next = this.next(end); next !== undefined; next = this.next(end)) {
      this.timers.delete(next)
      this.passed = Math.max(this.passed, next.at)
      next.callback()
    }
    this.passed = Math.max(this.passed, end)
  }

  /** Somebody sets the machine's clock: no time passes, but `now` is another. */
  jump(ms: number): void {
    this.epoch += ms
  }

  /** How many timers are set. */
  get pending(): number {
    return this.timers.size
  }

  private next(end: number): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.timers) {
      if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer
    }
    return first
  }
}
