/** Time, as the loops see it. Tests turn it by hand. */
export interface Clock {
  /** Milliseconds since the epoch, as the machine has it: for what is written down. Somebody may set it, and then it jumps. */
  now(): number
  /** Milliseconds since some moment, that only ever grow: for how long something takes and when it is due. */
  elapsed(): number
  /** Calls back once, not before `delayMs` have passed. Returns what cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void
}

/** Node refuses longer timers; a key that is woken early only makes an empty pass. */
const timerDelayMsMax = 2_147_483_647

/** The machine's clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, Math.min(delayMs, timerDelayMsMax)).unref()
    return () => clearTimeout(timer)
  },
}
