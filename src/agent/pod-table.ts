import type { PodStatus } from '../model/kinds/pod/pod-status.ts'
import type { Pod } from '../model/kinds/pod.ts'
import type { Assignments, PodStatusOutcome, PodStatusReport } from './door.ts'
import { isTerminal } from './pod.ts'
import type { Runtime } from './runtimes/runtime.ts'

/** One pod that this agent answers for. */
interface Entry {
  pod: Pod
  /**
   * `over`: it had succeeded or failed before this agent came, and may have left something. `stopping`: the runtime was told
   * to stop it. `ended`: nothing of it runs any more, and that was reported.
   */
  state: 'over' | 'running' | 'stopping' | 'ended'
  /** The shortest grace period that the runtime was told. */
  graceSeconds: number
  /** The last status that the runtime told. */
  told: PodStatus | undefined
}

/** Whom a pod table tells what follows. */
export interface PodTableOptions {
  readonly runtime: Runtime
  readonly report: (report: PodStatusReport) => void
  readonly forgetReports: (uid: string) => void
}

/**
 * The pods of this agent's nodes by uid, and what follows from each assignment for the runtime:
 * - a pod that is new is started, unless it has already succeeded or failed: then what may be left of it is stopped;
 * - a pod that is being deleted is stopped within its grace period, and then reported as ended;
 * - a pod that the store no longer has is killed;
 * - a pod that counts as not ready there, because its machine was not heard of, is reported again as it is.
 */
export class PodTable {
  readonly #options: PodTableOptions
  readonly #entries = new Map<string, Entry>()
  /** The uids seen so far of the complete list that is coming in. */
  #listing: Set<string> | undefined

  constructor(options: PodTableOptions) {
    this.#options = options
  }

  /** The assignments begin anew: what is not in the list that comes now is gone. */
  beginListing(): void {
    this.#listing = new Set()
  }

  apply(assignments: Assignments): void {
    for (const pod of assignments.pods) {
      this.#listing?.add(pod.metadata.uid)
      this.#upsert(pod)
    }
    for (const uid of assignments.removed) {
      this.#listing?.delete(uid)
      this.#remove(uid)
    }
    if (this.#listing === undefined || !assignments.complete) return
    const listed = this.#listing
    this.#listing = undefined
    for (const uid of this.#entries.keys()) if (!listed.has(uid)) this.#remove(uid)
    this.#options.runtime.forgetOthers(listed)
  }

  podChanged(uid: string, status: PodStatus): void {
    const entry = this.#entries.get(uid)
    if (entry === undefined || entry.state === 'ended') return
    entry.told = status
    this.#options.report(reportOf(entry.pod, status, false))
  }

  podEnded(uid: string, status: PodStatus): void {
    const entry = this.#entries.get(uid)
    if (entry === undefined) {
      this.#options.runtime.forgetPod(uid)
      return
    }
    if (entry.state === 'ended') return
    entry.told = status
    const deleted = entry.pod.metadata.deletionTimestamp !== undefined
    if (deleted) entry.state = 'ended'
    this.#options.report(reportOf(entry.pod, status, deleted))
  }

  /** The store's answer to a report: a pod that it no longer has is not run any longer. */
  reportSettled(report: PodStatusReport, outcome: PodStatusOutcome): void {
    if (outcome.result === 'GONE') this.#remove(report.uid)
  }

  #upsert(pod: Pod): void {
    const { uid, deletionTimestamp } = pod.metadata
    let entry = this.#entries.get(uid)
    if (entry === undefined) {
      const isOver = isTerminal(pod.status)
      if (isOver && deletionTimestamp === undefined) this.#options.runtime.endPod(pod)
      const state = isOver ? 'over' : 'running'
      entry = { pod, state, graceSeconds: Number.POSITIVE_INFINITY, told: undefined }
      this.#entries.set(uid, entry)
    }
    entry.pod = pod
    if (entry.state === 'ended') return
    if (deletionTimestamp !== undefined) this.#stop(entry, gracePeriodSeconds(pod))
    else if (entry.state === 'running') {
      this.#options.runtime.runPod(pod)
      if (readinessOf(entry.told) === 'True' && readinessOf(pod.status) === 'False') {
        this.#options.report(reportOf(pod, entry.told ?? {}, false))
      }
    }
  }

  #stop(entry: Entry, graceSeconds: number): void {
    if (graceSeconds >= entry.graceSeconds) return
    entry.state = 'stopping'
    entry.graceSeconds = graceSeconds
    this.#options.runtime.stopPod(entry.pod, graceSeconds)
  }

  #remove(uid: string): void {
    const entry = this.#entries.get(uid)
    if (entry === undefined) return
    this.#entries.delete(uid)
    this.#options.forgetReports(uid)
    if (entry.state === 'ended' || entry.state === 'over') this.#options.runtime.forgetPod(uid)
    else this.#options.runtime.stopPod(entry.pod, 0)
  }
}

function gracePeriodSeconds(pod: Pod): number {
  return pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30
}

function readinessOf(status: PodStatus | undefined): string | undefined {
  return status?.conditions?.find(({ type }) => type === 'Ready')?.status
}

function reportOf(pod: Pod, status: PodStatus, ended: boolean): PodStatusReport {
  return {
    uid: pod.metadata.uid,
    namespace: pod.metadata.namespace ?? 'default',
    name: pod.metadata.name,
    status,
    ended,
  }
}
