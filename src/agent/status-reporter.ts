import { backOff } from '../client/back-off.ts'
import type { PodStatusOutcome, PodStatusReport } from './door.ts'
import { type Log, messageOf } from './log.ts'
import type { Timer, Timers } from './timers.ts'

/** What a status reporter works with, and its bounds. */
export interface StatusReporterOptions {
  readonly send: (reports: readonly PodStatusReport[]) => Promise<readonly PodStatusOutcome[]>
  /** Called with the outcome of a report that will not be sent again. */
  readonly onSettled: (report: PodStatusReport, outcome: PodStatusOutcome) => void
  readonly timers: Timers
  readonly log: Log
  readonly random: () => number
  /** Most reports in one batch; default 500. */
  readonly batchSizeMax?: number
  /** Milliseconds that a report waits for others; default 10. */
  readonly batchDelayMs?: number
  /** Most batches under way at once; default 4. */
  readonly batchesInFlightMax?: number
}

/**
 * Sends pod statuses in batches. Of one pod only the latest status is kept, and never are two of its reports under way
 * at once, so that they arrive in order. A report is sent until it is settled: applied, refused for good, or its pod is
 * gone. What is kept is bounded by the number of pods.
 */
export class StatusReporter {
  readonly #options: StatusReporterOptions
  readonly #batchSizeMax: number
  readonly #batchesInFlightMax: number
  /** What may be sent now, in the order in which it came; excludes pods with a report under way. */
  readonly #ready = new Map<string, PodStatusReport>()
  /** What came for a pod while a report of it was under way. */
  readonly #inFlight = new Map<string, PodStatusReport | null>()
  /** What was not taken and waits to be sent again. */
  readonly #failed = new Map<string, PodStatusReport>()
  /** How often in a row a pod's report was not taken. */
  readonly #failures = new Map<string, number>()
  #batchesInFlight = 0
  #timer: Timer | undefined
  #idle: (() => void)[] = []

  constructor(options: StatusReporterOptions) {
    this.#options = options
    this.#batchSizeMax = options.batchSizeMax ?? 500
    this.#batchesInFlightMax = options.batchesInFlightMax ?? 4
  }

  /** Takes a report over. That a pod has ended is never taken back by a later report. */
  report(report: PodStatusReport): void {
    const { uid } = report
    if (this.#inFlight.has(uid)) {
      this.#inFlight.set(uid, later(this.#inFlight.get(uid), report))
      return
    }
    const earlier = this.#failed.get(uid) ?? this.#ready.get(uid)
    this.#failed.delete(uid)
    this.#ready.set(uid, later(earlier, report))
    this.#schedule()
  }

  /** Drops what is not under way of a pod that the store no longer has. */
  forget(uid: string): void {
    this.#ready.delete(uid)
    this.#failed.delete(uid)
    this.#failures.delete(uid)
    if (this.#inFlight.has(uid)) this.#inFlight.set(uid, null)
    this.#tellWhenIdle()
  }

  /** Sends at once what waits for its next attempt; for when the connection is back. */
  retryNow(): void {
    for (const uid of this.#failed.keys()) this.#retry(uid)
  }

  /** Resolves when every report is settled. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle.push(resolve)
      this.#tellWhenIdle()
    })
  }

  #schedule(): void {
    if (this.#ready.size === 0 || this.#batchesInFlight >= this.#batchesInFlightMax) return
    if (this.#ready.size >= this.#batchSizeMax) this.#flush()
    else this.#timer ??= this.#options.timers.after(this.#options.batchDelayMs ?? 10, () => this.#flush())
  }

  #flush(): void {
    this.#options.timers.cancel(this.#timer)
    this.#timer = undefined
    if (this.#ready.size === 0 || this.#batchesInFlight >= this.#batchesInFlightMax) return
    const batch: PodStatusReport[] = []
    for (const report of this.#ready.values()) {
      batch.push(report)
      if (batch.length === this.#batchSizeMax) break
    }
    for (const { uid } of batch) {
      this.#ready.delete(uid)
      this.#inFlight.set(uid, null)
    }
    this.#batchesInFlight += 1
    this.#options.send(batch).then(
      (outcomes) => this.#answered(batch, outcomes),
      (error: unknown) => this.#unanswered(batch, error),
    )
    this.#schedule()
  }

  #answered(batch: readonly PodStatusReport[], outcomes: readonly PodStatusOutcome[]): void {
    const refused: PodStatusReport[] = []
    const outcomeOf = new Map(outcomes.map((outcome) => [outcome.uid, outcome]))
    for (const report of batch) {
      const outcome = outcomeOf.get(report.uid)
      const reason = outcome?.message ?? outcome?.result ?? 'the server did not mention it'
      if (outcome !== undefined && finalResults.has(outcome.result)) {
        if (outcome.result === 'REFUSED') {
          this.#options.log.warn('the status of a pod was refused', { uid: report.uid, reason })
        }
        const newer = this.#land(report)
        this.#failures.delete(report.uid)
        if (newer !== null && outcome.result !== 'GONE') this.report(newer)
        this.#options.onSettled(report, outcome)
        continue
      }
      if (outcome?.result !== 'CONFLICT') {
        this.#options.log.warn('the status of a pod was not taken; it will be sent again', { uid: report.uid, reason })
      }
      refused.push(report)
    }
    this.#keep(refused)
    this.#batchDone()
  }

  #unanswered(batch: readonly PodStatusReport[], error: unknown): void {
    this.#options.log.warn('a batch of pod statuses failed; it will be sent again', { error: messageOf(error) })
    this.#keep(batch)
    this.#batchDone()
  }

  #batchDone(): void {
    this.#batchesInFlight -= 1
    this.#schedule()
    this.#tellWhenIdle()
  }

  /** Takes the pod's report from what is under way; what came meanwhile comes back. */
  #land(report: PodStatusReport): PodStatusReport | null {
    const newer = this.#inFlight.get(report.uid) ?? null
    this.#inFlight.delete(report.uid)
    return newer
  }

  /** Keeps what was not taken for another attempt, after a time that grows with the attempts made. */
  #keep(reports: readonly PodStatusReport[]): void {
    let failures = 0
    const kept = reports.map((report) => {
      const attempts = this.#failures.get(report.uid) ?? 0
      this.#failures.set(report.uid, attempts + 1)
      failures = Math.max(failures, attempts)
      const newer = this.#land(report)
      const latest = newer === null ? report : later(report, newer)
      this.#failed.set(report.uid, latest)
      return latest
    })
    if (kept.length === 0) return
    const { timers, random } = this.#options
    timers.after(backOff(failures, random(), { firstMs: 50, maxMs: 10_000 }), () => {
      for (const report of kept) if (this.#failed.get(report.uid) === report) this.#retry(report.uid)
    })
  }

  #retry(uid: string): void {
    const report = this.#failed.get(uid)
    if (report === undefined) return
    this.#failed.delete(uid)
    this.report(report)
  }

  #tellWhenIdle(): void {
    if (this.#idle.length === 0 || this.#ready.size + this.#inFlight.size + this.#failed.size > 0) return
    const waiting = this.#idle
    this.#idle = []
    for (const tell of waiting) tell()
  }
}

/** Results after which the same report would not be answered otherwise. */
const finalResults: ReadonlySet<string> = new Set(['APPLIED', 'GONE', 'REFUSED'])

function later(earlier: PodStatusReport | null | undefined, report: PodStatusReport): PodStatusReport {
  if (!earlier?.ended || report.ended) return report
  return { ...report, ended: true }
}
