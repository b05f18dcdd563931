import type { Clock } from '../../src/control/clock.ts'

interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** A clock that a test turns by hand. */
export class FakeClock implements Clock {
  private time: number
  /** By how much the clock has been set forward. */
  private set = 0
  private readonly timers = new Set<Timer>()

  constructor(startsAt = Date.parse('2026-01-01T00:00:00Z')) {
    this.time = startsAt
  }

  now(): number {
    return this.time + this.set
  }

  steady(): number {
    return this.time
  }

  /** Sets the clock forward, or back; no time passes by that. */
  jump(ms: number): void {
    this.set += ms
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    const timer = { at: this.time + delayMs, callback }
    this.timers.add(timer)
    return () => this.timers.delete(timer)
  }

  /** Lets time pass; timers that come due on the way ring in their order, each at its own time. */
  advance(ms: number): void {
    const end = this.time + ms
    for (let next = this.next(end); next !== undefined; next = this.next(end)) {
      this.timers.delete(next)
      this.time = Math.max(this.time, next.at)
      next.callback()
    }
    this.time = Math.max(this.time, end)
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
