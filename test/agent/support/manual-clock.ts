import type { Clock } from '../../../src/agent/timers.ts'

/** A clock that a test turns by hand. */
export class ManualClock implements Clock {
  #now: number
  /** By how much the clock has been set forward. */
  #set = 0
  #calls: { at: number; call: () => void }[] = []

  constructor(now = Date.parse('2026-01-01T00:00:00Z')) {
    this.#now = now
  }

  now(): number {
    return this.#now + this.#set
  }

  elapsed(): number {
    return this.#now
  }

  /** Sets the clock forward, or back; no time passes by that. */
  jump(ms: number): void {
    this.#set += ms
  }

  get armed(): number {
    return this.#calls.length
  }

  after(ms: number, call: () => void): () => void {
    const entry = { at: this.#now + ms, call }
    this.#calls.push(entry)
    return () => {
      this.#calls = this.#calls.filter((other) => other !== entry)
    }
  }

  /** Moves on by `ms`, stopping wherever a call is due, and lets promises settle at each stop. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    for (;;) {
      await settle()
      const next = this.#calls.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#calls = this.#calls.filter((other) => other !== next)
      this.#now = Math.max(this.#now, next.at)
      next.call()
    }
    this.#now = until
    await settle()
  }
}

/** Lets every promise that can settle without time passing do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
