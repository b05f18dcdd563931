/** Milliseconds after which nobody waits for the turn any longer: SQLite's own lock is what counts. */
const patienceMs = 5_000

/**
 * Lets the threads of one process take turns at writing. SQLite would see to that as well, but by letting a thread sleep,
 * longer each time, while nothing else on it can run; here a thread that waits goes on with its other work, and is woken
 * the moment the turn is free. Only a courtesy: whoever does not take part loses time, not correctness.
 */
export class WriteTurn {
  /** What other threads are given so that they take part: shared memory. */
  readonly shared: SharedArrayBuffer
  private readonly state: Int32Array

  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.shared = shared
    this.state = new Int32Array(shared)
  }

  /** Runs `body` in a turn of its own. */
  async take<Result>(body: () => Promise<Result>): Promise<Result> {
    const isOurs = await this.wait()
    try {
      return await body()
    } finally {
      if (isOurs) this.giveBack()
    }
  }

  /** Resolves with whether the turn is ours; false when patience has ended and somebody else still has it. */
  private async wait(): Promise<boolean> {
    while (Atomics.compareExchange(this.state, 0, free, taken) === taken) {
      const waiting = Atomics.waitAsync(this.state, 0, taken, patienceMs)
      if (waiting.async && (await kept(waiting.value)) === 'timed-out') return false
    }
    return true
  }

  private giveBack(): void {
    Atomics.store(this.state, 0, free)
    Atomics.notify(this.state, 0, 1)
  }
}

/** Keeps this thread alive meanwhile: the wait alone does not, and a thread that has nothing else to do yet would end. */
async function kept<Result>(waiting: Promise<Result>): Promise<Result> {
  const alive = setTimeout(() => {}, patienceMs)
  try {
    return await waiting
  } finally {
    clearTimeout(alive)
  }
}

const free = 0
const taken = 1
