import { backOff } from '../client/back-off.ts'
import { EventCorrelator, type EventIdentity } from '../model/event-correlator.ts'
import type { EventRecord } from '../model/event-record.ts'
import type { Pod } from '../model/kinds/pod.ts'
import type { Door } from './door.ts'
import { type Log, messageOf } from './log.ts'
import type { PodEvent } from './pod-events.ts'
import type { Timer, Timers } from './timers.ts'

/** What an event reporter works with, and its bounds. */
export interface EventReporterOptions extends EventIdentity {
  readonly door: Pick<Door, 'reportEvents'>
  readonly timers: Timers
  readonly log: Log
  /** Events that may wait; past it the oldest are dropped. Default 1,000. */
  readonly waitingMax?: number
  /** Events in one batch; default 200. */
  readonly batchMax?: number
  /** Milliseconds from an event to the batch that takes it; default 500. */
  readonly intervalMs?: number
}

/** How far the times of events may run ahead of the clock, so that none of them has the time of another. */
const aheadMsMax = 1_000

/** Who tells the events of a node, as Kubernetes names it. */
const component = 'kubelet'

/**
 * Tells the control plane what happens to pods, as the kubelet's recorder does: equal events are counted, many similar ones
 * become one, and what is told of one pod is limited. Batches go out one after the other; what is too much is dropped.
 */
export class EventReporter {
  readonly #options: EventReporterOptions
  readonly #correlator: EventCorrelator
  /** By uid: of an event that is counted on only the last state is sent. */
  readonly #waiting = new Map<string, EventRecord>()
  #timer: Timer | undefined
  #sending: Promise<void> | undefined
  #failures = 0
  #lastMs = 0
  #closed = false

  constructor(options: EventReporterOptions) {
    this.#options = options
    this.#correlator = new EventCorrelator(options)
  }

  /** Takes an event. Never waits, never throws. */
  report(pod: Pod, event: PodEvent): void {
    if (this.#closed) return
    const { waitingMax = 1_000, intervalMs = 500 } = this.#options
    const happening = { ...event, regarding: pod, component, host: pod.spec.nodeName ?? '' }
    const record = this.#correlator.correlate(happening, this.#nextMs())
    if (record === undefined) return
    this.#waiting.set(record.uid, record)
    const [oldest] = this.#waiting.keys()
    if (this.#waiting.size > waitingMax && oldest !== undefined) this.#waiting.delete(oldest)
    this.#schedule(intervalMs)
  }

  /** Sends what waits, as far as it is taken, and takes no more. */
  async close(): Promise<void> {
    this.#closed = true
    this.#options.timers.cancel(this.#timer)
    await this.#sending
    while (this.#waiting.size > 0 && this.#failures === 0) await this.#send()
  }

  /** The time of an event: what is told one after the other is to be listed so, also when it happened at once. */
  #nextMs(): number {
    const now = this.#options.timers.now()
    const aheadMs = this.#lastMs - now
    this.#lastMs = aheadMs >= 0 && aheadMs < aheadMsMax ? this.#lastMs + 1 : now
    return this.#lastMs
  }

  #schedule(ms: number): void {
    if (this.#timer !== undefined || this.#sending !== undefined || this.#closed) return
    this.#timer = this.#options.timers.after(ms, () => {
      this.#timer = undefined
      this.#sending = this.#send().finally(() => {
        this.#sending = undefined
        const { intervalMs = 500, random } = this.#options
        const waitMs = this.#failures === 0 ? intervalMs : backOff(this.#failures, random(), { firstMs: intervalMs })
        if (this.#waiting.size > 0) this.#schedule(waitMs)
      })
    })
  }

  /** Never rejects: what was not taken waits, unless newer events have taken its place. */
  async #send(): Promise<void> {
    const { door, log, batchMax = 200, waitingMax = 1_000 } = this.#options
    const batch = [...this.#waiting.values()].slice(0, batchMax)
    for (const { uid } of batch) this.#waiting.delete(uid)
    try {
      await door.reportEvents(batch)
      this.#failures = 0
    } catch (error) {
      if (this.#failures === 0) log.warn('events could not be told; they wait', { error: messageOf(error) })
      this.#failures += 1
      const newer = [...this.#waiting.values()]
      for (const record of [...batch, ...newer].slice(-waitingMax)) {
        // In their old order, and of each the newest state.
        this.#waiting.delete(record.uid)
        this.#waiting.set(record.uid, record)
      }
    }
  }
}
