/** Milliseconds that one step of a histogram stands for. */
const stepMs = 0.1

/** Counts of durations in steps of 0.1 ms, so that millions of them from several processes are one small message. */
export class Histogram {
  private readonly counts = new Map<number, number>()
  private total = 0

  get count(): number {
    return this.total
  }

  /** Counts a duration; one below zero, as unequal clocks may give it, counts as zero. */
  record(ms: number): void {
    this.add(Math.max(0, Math.round(ms / stepMs)), 1)
  }

  /** Takes in what another histogram has sent. */
  merge(steps: HistogramSteps): void {
    for (const [step, count] of steps) this.add(step, count)
  }

  /** The steps that are not empty, for a message. */
  steps(): HistogramSteps {
    return [...this.counts]
  }

  /** The least duration in milliseconds that at least this share (0 to 1) of all does not exceed; NaN without any. */
  percentile(share: number): number {
    const wanted = Math.max(1, Math.ceil(share * this.total))
    let seen = 0
    for (const [step, count] of [...this.counts].sort(([left], [right]) => left - right)) {
      seen += count
      if (seen >= wanted) return Math.round(step * stepMs * 10) / 10
    }
    return Number.NaN
  }

  private add(step: number, count: number): void {
    this.counts.set(step, (this.counts.get(step) ?? 0) + count)
    this.total += count
  }
}

/** Pairs of a step and its count. */
export type HistogramSteps = readonly (readonly [step: number, count: number])[]

/** The middle of some values; the mean of both where two are in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
