/** A source of time. */
export interface Clock {
  /** Milliseconds since 1970, as the machine has it: somebody may set it, and then it jumps. */
  now(): number
  /** Milliseconds since some moment, that only ever grow. */
  elapsed(): number
  /** Calls back once after `ms` milliseconds; the function that comes back cancels it. */
  after(ms: number, call: () => void): () => void
}

/** The clock of the machine. A pending call keeps the process alive. */
export const systemClock: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  after(ms, call) {
    // Node fires at once what lies further away than 2^31 - 1 ms; Timers asks again when it is early.
    const timer = setTimeout(call, Math.min(ms, 2_147_483_647))
    return () => clearTimeout(timer)
  },
}

/** A call that lies ahead, at a time of the clock's `elapsed`. */
export interface Timer {
  readonly at: number
  call: (() => void) | null
}

/** Any number of timers on one timer of the clock: a binary heap by time; cancelled ones are dropped when they surface. */
export class Timers {
  readonly #clock: Clock
  readonly #onError: (error: unknown) => void
  readonly #heap: Timer[] = []
  #disarm: (() => void) | undefined
  #armedFor = Number.POSITIVE_INFINITY

  /** `onError` hears what a call throws, so that it does not take the other timers with it. */
  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.#clock = clock
    this.#onError = onError
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#clock.now()
  }

  /** Milliseconds that only ever pass. */
  elapsed(): number {
    return this.#clock.elapsed()
  }

  /** Calls back in `ms`, whatever becomes of `now`; those with the same time in no certain order. */
  after(ms: number, call: () => void): Timer {
    const timer: Timer = { at: this.#clock.elapsed() + Math.max(0, ms), call }
    this.#push(timer)
    this.#arm()
    return timer
  }

  /** Forgets a timer; one that has fired already or is undefined is no fault. */
  cancel(timer: Timer | undefined): void {
    if (timer !== undefined) timer.call = null
  }

  /** Resolves after `ms`, or never when the timers are closed before. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve)
    })
  }

  close(): void {
    this.#disarm?.()
    this.#disarm = undefined
    this.#heap.length = 0
  }

  #arm(): void {
    const first = this.#heap[0]
    if (first === undefined || first.at >= this.#armedFor) return
    this.#disarm?.()
    this.#armedFor = first.at
    this.#disarm = this.#clock.after(Math.max(0, first.at - this.#clock.elapsed()), () => this.#fire())
  }

  #fire(): void {
    this.#armedFor = Number.POSITIVE_INFINITY
    this.#disarm = undefined
    const now = this.#clock.elapsed()
    for (let first = this.#heap[0]; first !== undefined && first.at <= now; first = this.#heap[0]) {
      this.#pop()
      const { call } = first
      first.call = null
      try {
        call?.()
      } catch (error) {
        this.#onError(error)
      }
    }
    this.#arm()
  }

  #push(timer: Timer): void {
    const heap = this.#heap
    let index = heap.push(timer) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent] as Timer
      if (above.at <= timer.at) break
      heap[index] = above
      index = parent
    }
    heap[index] = timer
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && (heap[child + 1] as Timer).at < (heap[child] as Timer).at) child += 1
      const below = heap[child] as Timer
      if (below.at >= last.at) break
      heap[index] = below
      index = child
    }
    heap[index] = last
  }
}
