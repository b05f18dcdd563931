import { type Log, messageOf } from '../../log.ts'
import type { Timer, Timers } from '../../timers.ts'
import type { RunningContainer } from './container-engine.ts'
import type { ContainerRecord } from './container-record.ts'

/** What stopping the containers of a pod works with. */
export interface PodTerminationOptions {
  readonly records: readonly ContainerRecord[]
  readonly timers: Timers
  readonly log: Log
}

/** What a hook leaves at least for the container to end by itself, in milliseconds (kubelet `minimumGracePeriodInSeconds`). */
const afterHookMsMin = 2_000

/**
 * Stops the containers of a pod within a grace period, of which the shortest that was asked for counts: the main
 * containers are asked first, all at once, and when they have ended the sidecars, the last first, one after the other. Who
 * is asked has its preStop hook run before. What is left at the end is killed.
 */
export class PodTermination {
  readonly #options: PodTerminationOptions
  /** Who has been asked. */
  readonly #asked = new Set<RunningContainer>()
  #killAt = Number.POSITIVE_INFINITY
  #killTimer: Timer | undefined

  constructor(options: PodTerminationOptions) {
    this.#options = options
  }

  /** Shortens the grace period, counted from now, if it is not shorter already. */
  within(gracePeriodSeconds: number): void {
    const { timers } = this.#options
    const killAt = timers.elapsed() + gracePeriodSeconds * 1000
    if (killAt >= this.#killAt) return
    this.#killAt = killAt
    timers.cancel(this.#killTimer)
    if (gracePeriodSeconds > 0) this.#killTimer = timers.after(gracePeriodSeconds * 1000, () => this.#killAll())
    this.proceed()
  }

  /** Asks those whose turn it is now; kills what has only begun when the time was up. */
  proceed(): void {
    if (this.#options.timers.elapsed() >= this.#killAt) {
      this.#killAll()
      return
    }
    const live = this.#options.records.filter(({ running }) => running !== undefined)
    const others = live.filter(({ role }) => role !== 'sidecar')
    for (const record of others.length > 0 ? others : live.slice(-1)) this.#ask(record)
  }

  /** Forgets the end of the grace period. */
  cancel(): void {
    this.#options.timers.cancel(this.#killTimer)
  }

  #ask({ running, container }: ContainerRecord): void {
    if (running === undefined || this.#asked.has(running)) return
    this.#asked.add(running)
    const { preStop } = container.lifecycle ?? {}
    if (preStop?.exec?.command) this.#askAfter(running, running.exec(preStop.exec.command))
    else if (preStop?.sleep) this.#askAfter(running, this.#options.timers.sleep(preStop.sleep.seconds * 1000))
    else {
      if (preStop)
        this.#options.log.warn('a preStop hook of this sort is not supported yet', { container: container.name })
      running.signal('SIGTERM')
    }
  }

  #askAfter(running: RunningContainer, hook: Promise<unknown>): void {
    const { timers, log } = this.#options
    let isDone = false
    const goOn = (): void => {
      if (isDone) return
      isDone = true
      running.signal('SIGTERM')
    }
    // What a hook does not leave is not had: its container is asked in time even if the hook goes on.
    timers.after(Math.max(0, this.#killAt - timers.elapsed() - afterHookMsMin), goOn)
    hook
      .catch((error: unknown) => log.warn('a preStop hook could not be run', { error: messageOf(error) }))
      .finally(goOn)
  }

  #killAll(): void {
    for (const { running } of this.#options.records) running?.signal('SIGKILL')
  }
}
