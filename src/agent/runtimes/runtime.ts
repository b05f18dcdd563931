import type { PodStatus } from '../../model/kinds/pod/pod-status.ts'
import type { Pod } from '../../model/kinds/pod.ts'
import type { LogRequest } from '../../model/log-request.ts'

/** Told by a runtime, at any time and any number of times, also from within a call of the runtime. */
export interface RuntimeListener {
  /** The pod's status is now this. */
  podChanged(uid: string, status: PodStatus): void
  /** Nothing of the pod runs any more and nothing will: it was stopped, and this is its last status. */
  podEnded(uid: string, status: PodStatus): void
}

/** What runs pods. Pods are known by uid. No method throws for what a pod asks: that is told in its status. */
export interface Runtime {
  /** Makes the runtime ready: finds or clears what an earlier run left behind. Called once, before all else. */
  open(listener: RuntimeListener): Promise<void>
  /** Starts a pod, or gives a newer manifest of one that runs. A pod that has been stopped is not started again. */
  runPod(pod: Pod): void
  /**
   * Stops a pod: its containers have `gracePeriodSeconds` to end, then they are killed. Asked again, the shorter period
   * counts. Told as `podEnded`, also for a pod that is not known.
   */
  stopPod(pod: Pod, gracePeriodSeconds: number): void
  /** A pod of which was told before that it has ended: stops what may be left of it, and tells nothing. */
  endPod(pod: Pod): void
  /**
   * Reads the log of a run of a container, in pieces of whole lines in the CRI's format; the next piece only when it is
   * asked for. With `follow` it goes on until the run has ended. Ends early when `signal` aborts. Rejects with a `Refusal`.
   */
  readLog(wanted: LogRequest, signal: AbortSignal): AsyncIterable<string>
  /** Forgets a pod that has ended, and removes what it left. */
  forgetPod(uid: string): void
  /** All pods of the nodes are known now: removes what earlier runs have left of any other pod. */
  forgetOthers(uids: ReadonlySet<string>): void
  /** Ends the runtime, and with it its pods as `options` say. */
  close(options: CloseOptions): Promise<void>
}

/** What becomes of the pods when the agent ends. */
export interface CloseOptions {
  /** They are left running. */
  readonly keepPods: boolean
  /** Seconds after which they are killed, where their own grace period is longer. */
  readonly gracePeriodSecondsMax: number
}
