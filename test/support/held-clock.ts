import type { Clock } from '../../src/control/clock.ts'

/** The clock of a process that can be stopped: time passes, but nobody is woken until the process goes on. */
export class HeldClock implements Clock {
  private readonly clock: Clock
  private held: (() => void)[] | undefined

  constructor(clock: Clock) {
    this.clock = clock
  }

  now(): number {
    return this.clock.now()
  }

  elapsed(): number {
    return this.clock.elapsed()
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    let isCancelled = false
    const ring = () => {
      if (isCancelled) return
      if (this.held === undefined) callback()
      else this.held.push(ring)
    }
    const cancel = this.clock.setTimer(ring, delayMs)
    return () => {
      isCancelled = true
      cancel()
    }
  }

  /** SIGSTOP. */
  hold(): void {
    this.held ??= []
  }

  /** SIGCONT: all that came due meanwhile rings at once. */
  release(): void {
    const held = this.held ?? []
    this.held = undefined
    for (const ring of held) ring()
  }
}
