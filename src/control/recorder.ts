import { isUnavailable } from '../model/errors.ts'
import type { EventCorrelator, Happening } from '../model/event-correlator.ts'
import type { EventRecord } from '../model/event-record.ts'
import type { Clock } from './clock.ts'

/** Takes what is worth telling. Never waits, never throws. */
export interface EventSink {
  record(happening: Happening): void
}

/** Told what the recorder does, for the metrics page. */
export interface RecorderMetrics {
  /** Happenings that were forgotten because more came than could be written. */
  dropped(count: number): void
  /** Happenings beyond what a component may tell about an object. */
  filtered(count: number): void
  written(count: number): void
}

/** Settings of a recorder. */
export interface RecorderOptions {
  readonly events: { write(records: readonly EventRecord[]): Promise<void> }
  readonly correlator: EventCorrelator
  readonly clock: Clock
  /** Told when a batch could not be written and the store itself does not tell why; its events are lost. */
  readonly onFault: (error: unknown) => void
  readonly metrics?: RecorderMetrics
  /** Happenings that may wait; past it the oldest are dropped. */
  readonly waitingMax?: number
  /** Happenings that are looked at in one batch. */
  readonly batchMax?: number
  /** Milliseconds from a happening to the batch that takes it, and at least between two batches. */
  readonly intervalMs?: number
}

interface Waiting {
  readonly happening: Happening
  readonly at: number
}

/** A batch is followed by a pause of this many times what it took, so that events never press the commits. */
const pauseFactor = 4

/**
 * Writes Kubernetes Events in batches beside the commit path. Telling costs an append; correlation and writing happen
 * later, a bounded batch at a time, one after the other.
 */
export class EventRecorder implements EventSink {
  private readonly options: RecorderOptions
  private readonly waitingMax: number
  private readonly batchMax: number
  private readonly intervalMs: number
  private waiting: Waiting[] = []
  private cancelTimer: (() => void) | undefined
  private writing: Promise<void> | undefined
  private closed = false

  constructor(options: RecorderOptions) {
    this.options = options
    this.waitingMax = options.waitingMax ?? 10_000
    this.batchMax = options.batchMax ?? 500
    this.intervalMs = options.intervalMs ?? 200
  }

  record(happening: Happening): void {
    if (this.closed) return
    this.waiting.push({ happening, at: this.options.clock.now() })
    // Dropping a tenth at once keeps the cost of an append constant.
    if (this.waiting.length > this.waitingMax) this.drop(Math.ceil(this.waitingMax / 10))
    this.schedule(this.intervalMs)
  }

  /** Writes all that waits. Resolves when it is written. */
  async flush(): Promise<void> {
    for (;;) {
      await this.writing
      if (this.waiting.length === 0) return
      await this.writeBatch()
    }
  }

  /** Takes no more and writes what waits. */
  async close(): Promise<void> {
    this.closed = true
    this.cancelTimer?.()
    this.cancelTimer = undefined
    await this.flush()
  }

  private schedule(delayMs: number): void {
    if (this.closed || this.cancelTimer !== undefined || this.writing !== undefined) return
    this.cancelTimer = this.options.clock.setTimer(() => {
      this.cancelTimer = undefined
      void this.writeBatch()
    }, delayMs)
  }

  /** Never rejects: a fault is told and costs the batch. */
  private writeBatch(): Promise<void> {
    this.writing ??= this.write().then((tookMs) => {
      this.writing = undefined
      if (this.waiting.length > 0) this.schedule(Math.max(this.intervalMs, tookMs * pauseFactor))
    })
    return this.writing
  }

  private async write(): Promise<number> {
    const { clock, correlator, events, metrics, onFault } = this.options
    const begun = clock.elapsed()
    const batch = this.waiting.splice(0, this.batchMax)
    // Of an event that is counted on within the batch only the last state is written.
    const records = new Map<string, EventRecord>()
    let filtered = 0
    for (const { happening, at } of batch) {
      const record = correlator.correlate(happening, at)
      if (record === undefined) filtered += 1
      else records.set(record.uid, record)
    }
    if (filtered > 0) metrics?.filtered(filtered)
    try {
      if (records.size > 0) await events.write([...records.values()])
      metrics?.written(records.size)
    } catch (error) {
      if (!isUnavailable(error)) onFault(error)
    }
    return clock.elapsed() - begun
  }

  private drop(count: number): void {
    this.waiting.splice(0, count)
    this.options.metrics?.dropped(count)
  }
}
