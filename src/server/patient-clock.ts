/** The two clocks of a machine, in milliseconds: one that may be set, and one that only ever goes on. */
export interface TwoClocks {
  now(): number
  elapsed(): number
}

/**
 * A clock for throwing things away by their age: the machine's, but never further on than time has passed since this was
 * made. A clock that was set forward by a day, and perhaps back again, makes nothing old; one that was set back keeps
 * things longer.
 */
export function patientClock(clock: TwoClocks): () => number {
  const startedAt = clock.now()
  const begun = clock.elapsed()
  return () => Math.min(clock.now(), startedAt + (clock.elapsed() - begun))
}
