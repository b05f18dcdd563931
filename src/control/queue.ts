import { setImmediate as nextTurn } from 'node:timers/promises'
import { assert } from '../model/errors.ts'
import type { Clock } from './clock.ts'

/**
 * What a pass over a key asks of the queue.
 * - `done`: nothing more, until somebody adds the key.
 * - `again`: once more after `afterMs`, or before that when somebody adds the key.
 * - `failed`: once more after a back-off that doubles with each failure in a row.
 * With `restMs`, an added key waits until that time has passed, so that a costly pass leaves time to others.
 */
export type Verdict =
  | { readonly type: 'done'; readonly restMs?: number }
  | { readonly type: 'again'; readonly afterMs: number; readonly restMs?: number }
  | { readonly type: 'failed' }

/** Told what the queue does, for the metrics page. */
export interface QueueMetrics {
  /** Keys that wait now. */
  depth(count: number): void
  /** A key failed and will be tried again. */
  retried(): void
}

/** Settings of a queue. `run` makes one pass over a key; what it throws is told to `onFault` and counts as failed. */
export interface QueueOptions {
  readonly run: (key: string) => Promise<Verdict>
  readonly onFault: (key: string, error: unknown) => void
  readonly clock: Clock
  /** From 0 to 1, for the jitter of the back-off. */
  readonly random: () => number
  /** Keys that may run at the same time. */
  readonly concurrency?: number
  readonly metrics?: QueueMetrics
}

/** First delay and cap of the back-off, as client-go's `DefaultControllerRateLimiter` has them. */
const backOffMsMin = 5
const backOffMsMax = 1_000_000

/** Delay before the try that follows `failures` (1 or more) failures in a row: doubled each time, spread by ±25 %. */
export function backOffMs(failures: number, random: () => number): number {
  const spread = 0.75 + random() / 2
  return Math.min(backOffMsMin * 2 ** (failures - 1) * spread, backOffMsMax)
}

/** Milliseconds of passes without a pause, after which the queue lets the event loop turn. */
const busyMsMax = 10

/**
 * Keys that want a pass. A key waits once, however often it is added; it never runs twice at the same time; added while
 * it runs, it runs once more. Keys run in the order in which they were first added.
 */
export class WorkQueue {
  private readonly options: QueueOptions
  private readonly waiting = new Set<string>()
  private readonly running = new Set<string>()
  private readonly addedWhileRunning = new Set<string>()
  private readonly failures = new Map<string, number>()
  private readonly timers = new Map<string, { at: number; cancel: () => void }>()
  private readonly restingUntil = new Map<string, number>()
  private readonly quietListeners = new Set<() => void>()
  private workers = 0
  private closed = false

  constructor(options: QueueOptions) {
    assert((options.concurrency ?? 1) >= 1, 'a queue runs at least one key at a time')
    this.options = options
  }

  /** Asks for a pass over a key, now or as soon as its rest is over. */
  add(key: string): void {
    if (this.closed) return
    const restMs = (this.restingUntil.get(key) ?? 0) - this.options.clock.steady()
    if (this.running.has(key)) this.addedWhileRunning.add(key)
    else if (restMs > 0) this.after(key, restMs)
    else this.enqueue(key)
  }

  /** Asks for a pass over a key in `delayMs`. Of several such wishes the earliest counts, and any pass fulfils it. */
  after(key: string, delayMs: number): void {
    if (this.closed) return
    const at = this.options.clock.steady() + delayMs
    const timer = this.timers.get(key)
    if (timer !== undefined && timer.at <= at) return
    timer?.cancel()
    const ring = () => {
      this.timers.delete(key)
      if (this.running.has(key)) this.addedWhileRunning.add(key)
      else this.enqueue(key)
    }
    this.timers.set(key, { at, cancel: this.options.clock.setTimer(ring, delayMs) })
  }

  /** Resolves as soon as no key waits or runs. Keys that wait for a time to come do not count. */
  async idle(): Promise<void> {
    if (this.quiet()) return
    await new Promise<void>((resolve) => this.quietListeners.add(resolve))
  }

  /** Starts no further pass; resolves when those that run have ended. */
  async close(): Promise<void> {
    this.closed = true
    for (const timer of this.timers.values()) timer.cancel()
    this.timers.clear()
    this.waiting.clear()
    await this.idle()
  }

  private enqueue(key: string): void {
    if (this.closed || this.waiting.has(key)) return
    this.waiting.add(key)
    this.options.metrics?.depth(this.waiting.size)
    if (this.workers < (this.options.concurrency ?? 1)) void this.work()
  }

  /** One of the workers: takes keys until none waits. `run` throws nothing from here on, so this promise never rejects. */
  private async work(): Promise<void> {
    this.workers += 1
    await nextTurn()
    let since = performance.now()
    for (let key = this.take(); key !== undefined; key = this.take()) {
      await this.pass(key)
      if (performance.now() - since < busyMsMax) continue
      await nextTurn()
      since = performance.now()
    }
    this.workers -= 1
    if (this.quiet()) this.tellQuiet()
  }

  /** The next key, marked as running before any of its code runs. */
  private take(): string | undefined {
    const next = this.waiting.values().next()
    if (next.done === true) return undefined
    const key = next.value
    this.waiting.delete(key)
    this.running.add(key)
    this.timers.get(key)?.cancel()
    this.timers.delete(key)
    this.restingUntil.delete(key)
    this.options.metrics?.depth(this.waiting.size)
    return key
  }

  private async pass(key: string): Promise<void> {
    let verdict: Verdict
    try {
      verdict = await this.options.run(key)
    } catch (error) {
      this.options.onFault(key, error)
      verdict = { type: 'failed' }
    }
    this.running.delete(key)
    const added = this.addedWhileRunning.delete(key)
    this.obey(key, verdict)
    if (added) this.add(key)
  }

  private obey(key: string, verdict: Verdict): void {
    if (verdict.type === 'failed') {
      const failures = (this.failures.get(key) ?? 0) + 1
      this.failures.set(key, failures)
      this.options.metrics?.retried()
      this.after(key, backOffMs(failures, this.options.random))
      return
    }
    this.failures.delete(key)
    if (verdict.type === 'again' && verdict.afterMs <= 0) this.enqueue(key)
    else this.rest(key, verdict.restMs ?? 0)
    if (verdict.type === 'again' && verdict.afterMs > 0) this.after(key, verdict.afterMs)
  }

  private rest(key: string, restMs: number): void {
    if (restMs <= 0 || this.closed) return
    const until = this.options.clock.steady() + restMs
    this.restingUntil.set(key, until)
    this.options.clock.setTimer(() => {
      if (this.restingUntil.get(key) === until) this.restingUntil.delete(key)
    }, restMs)
  }

  private quiet(): boolean {
    return this.waiting.size === 0 && this.running.size === 0
  }

  private tellQuiet(): void {
    for (const resolve of this.quietListeners) resolve()
    this.quietListeners.clear()
  }
}
