/** Bounds of the waiting time. */
export interface BackOffOptions {
  /** The longest that the first wait may be, in milliseconds. */
  readonly firstMs?: number
  /** The longest that any wait may be, in milliseconds. */
  readonly maxMs?: number
}

/**
 * Milliseconds to wait before attempt number `attempt` (0 is the first after a failure): doubling up to a cap, half of it
 * by chance, so that many clients that failed together do not come back together. `random` is in [0, 1).
 */
export function backOff(attempt: number, random: number, options: BackOffOptions = {}): number {
  const { firstMs = 100, maxMs = 5_000 } = options
  const ceiling = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30))
  return ceiling / 2 + (ceiling / 2) * random
}
