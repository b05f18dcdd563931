import type { ContainerStatus } from '../model/kinds/pod/container-status.ts'
import type { Pod } from '../model/kinds/pod.ts'
import type { LogLine } from './log-lines.ts'

/** What is to be read next of a container's log. */
export interface LogStep {
  /** The run before the present one, to its end. */
  readonly previous: boolean
  /** From here on; from the beginning of the run without it. */
  readonly sinceTime?: string | undefined
}

/** Where the reading of a log begins. */
export interface LogStart {
  /** Where nothing older is wanted. */
  readonly sinceTime?: string | undefined
  /** Whether only the last lines are wanted, so that others of the moment of the first of them may not be. */
  readonly isTail?: boolean
}

/** How far the log of a container has been read: over its runs, each line once. */
export class LogProgress {
  /** Whether there is a place to go on from. */
  hasBegun = false
  /** Which run, counted by restarts; undefined before anything is known of it. */
  #run: number | undefined
  #hasEnded = false
  #lastTime: string | undefined
  /** Lines that were read of the moment of the last one; infinite, when all that were there are to be passed over. */
  #atLastTime = 0
  #toSkip = 0
  #isTail: boolean

  constructor({ sinceTime, isTail = false }: LogStart = {}) {
    this.#lastTime = sinceTime
    this.#isTail = isTail
  }

  /** Begins, or goes on, with a run. */
  begin(run: number): void {
    if (this.#run !== undefined && run !== this.#run) {
      this.#lastTime = undefined
      this.#atLastTime = 0
      this.#hasEnded = false
    }
    this.#run = run
  }

  /** All that there is has been read, but for a line that has no end yet. */
  pause(open: LogLine | undefined): void {
    this.hasBegun = true
    if (open !== undefined && this.#isTail) this.#lastTime = open.time
    this.#isTail = false
  }

  /** The run has been read to its end. */
  end(): void {
    this.#hasEnded = true
  }

  /** Tells that reading is taken up where it was left: what is read of the last moment again is not new. */
  resume(): void {
    this.#toSkip = this.#atLastTime
  }

  /** Whether a line has not been read before. */
  isNew({ time }: LogLine): boolean {
    if (time === this.#lastTime) {
      if (this.#toSkip > 0) {
        this.#toSkip -= 1
        return false
      }
    } else {
      if (this.#toSkip > 0 && this.#lastTime !== undefined && time < this.#lastTime) return false
      this.#toSkip = 0
      this.#lastTime = time
      this.#atLastTime = 0
    }
    this.#atLastTime += this.#isTail ? Number.POSITIVE_INFINITY : 1
    this.#isTail = false
    this.hasBegun = true
    return true
  }

  /** What to read now that the container is in this run: nothing, when all of it has been read. */
  steps(run: number): readonly LogStep[] {
    const known = this.#run
    if (known === undefined) return [{ previous: false, sinceTime: this.#lastTime }]
    const rest: LogStep = { previous: run > known, sinceTime: this.#lastTime }
    if (run === known) return this.#hasEnded ? [] : [rest]
    const between: LogStep[] = run - known === 1 ? (this.#hasEnded ? [] : [rest]) : [{ previous: true }]
    return [...between, { previous: false }]
  }
}

/** The status of a container of any sort. */
function statusOf({ status = {} }: Pod, container: string): ContainerStatus | undefined {
  return [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ].find(({ name }) => name === container)
}

/** The run that a container is in or has ended; undefined while it waits for its next. */
export function runOf(pod: Pod, container: string): number | undefined {
  const told = statusOf(pod, container)
  const { running, terminated } = told?.state ?? {}
  return running == null && terminated == null ? undefined : told?.restartCount
}

/** Whether a container will not run again. */
export function isFinished(pod: Pod, container: string): boolean {
  const { metadata, spec, status } = pod
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return true
  const terminated = statusOf(pod, container)?.state?.terminated
  if (terminated == null) return false
  if (metadata.deletionTimestamp !== undefined || spec.restartPolicy === 'Never') return true
  const isInit = spec.initContainers?.some(({ name }) => name === container) ?? false
  return terminated.exitCode === 0 && (isInit || spec.restartPolicy === 'OnFailure')
}
