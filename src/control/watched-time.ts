import type { Clock } from './clock.ts'

/**
 * How long this process has been watching the cluster. It grows with the clock, but between two looks by no more than
 * `stepMsMax`: time during which nobody looked (the process was stopped, or starved) proves nothing about anybody's
 * silence, and an agent that could not be heard gets its time back.
 */
export class WatchedTime {
  private readonly clock: Pick<Clock, 'elapsed'>
  private readonly stepMsMax: number
  private watched = 0
  private lookedAt: number

  constructor(clock: Pick<Clock, 'elapsed'>, stepMsMax: number) {
    this.clock = clock
    this.stepMsMax = stepMsMax
    this.lookedAt = clock.elapsed()
  }

  /** Milliseconds watched so far. Somebody has to look at least every `stepMsMax`, or time is lost. */
  look(): number {
    const elapsed = this.clock.elapsed()
    this.watched += Math.min(Math.max(elapsed - this.lookedAt, 0), this.stepMsMax)
    this.lookedAt = elapsed
    return this.watched
  }
}
