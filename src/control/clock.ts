/** Time, as the loops see it. Tests turn it by hand. */
export interface Clock {
  /** Milliseconds since the epoch: what is written down. It may jump, when somebody sets the machine's clock. */
  now(): number
  /** Milliseconds since some moment: what durations are measured by. It never jumps. */
  steady(): number
  /** Calls back once, not before `delayMs` have passed. Returns what cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void
}

/** Node refuses longer timers; a key that is woken early only makes an empty pass. */
const timerDelayMsMax = 2_147_483_647

/** The machine's clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: Date.now,
  steady: () => performance.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, Math.min(delayMs, timerDelayMsMax)).unref()
    return () => clearTimeout(timer)
  },
}
