import type { Container } from '../../../model/kinds/pod/container.ts'
import type { Pod } from '../../../model/kinds/pod.ts'
import type { LogRequest } from '../../../model/log-request.ts'
import type { CloseOptions } from '../runtime.ts'
import type { RestartBackOff } from './restart-back-off.ts'

/** One start of one container. */
export interface ContainerStart {
  readonly pod: Pod
  readonly container: Container
  /** The address that the pod was given by `openPod`. */
  readonly podIP: string
  /** 0 at the first start. */
  readonly restartCount: number
  /** Kept for the next agent, should that find this run. */
  readonly backOff?: RestartBackOff | undefined
}

/** How a container ended. `exitCode` is 128 + the signal's number when a signal ended it. */
export interface ContainerExit {
  readonly exitCode: number
  /** Default: Completed or Error, as the exit code says. */
  readonly reason?: string
  readonly message?: string
  /** Milliseconds since 1970, where it is not now. */
  readonly finishedAt?: number
}

/** A container that has been started. */
export interface RunningContainer {
  /** `scheme://identity`, as in `containerStatuses[].containerID`. */
  readonly id: string
  /** Milliseconds since 1970, where it is not now. */
  readonly startedAt?: number
  /** Resolves when the container has ended and nothing that it started is left. */
  readonly exited: Promise<ContainerExit>
  /** Runs a program in the container, as its hooks do. Its exit code. Rejects with one sentence when it cannot be run. */
  exec(command: readonly string[]): Promise<number>
  /** Sends a signal to all that runs in the container. No fault when it has ended. */
  signal(name: 'SIGTERM' | 'SIGKILL'): void
  /** Lets it run on when the agent's process ends, which no longer waits for it. */
  release(): void
}

/** The latest run of a container that an earlier run of the agent has left: one that goes on, or one that has ended. */
export interface AdoptedContainer {
  readonly name: string
  readonly restartCount: number
  /** Milliseconds since 1970; undefined when nobody can tell any more. */
  readonly startedAt?: number | undefined
  readonly running?: RunningContainer | undefined
  readonly exit?: ContainerExit | undefined
  readonly backOff?: RestartBackOff | undefined
}

/** What runs single containers, for the runtime that knows how they make up a pod. */
export interface ContainerEngine {
  /** Finds what an earlier run has left. Rejects with one sentence when another agent has the same files. */
  open(): Promise<void>
  /** Hands over what an earlier run has left of a pod; only once. */
  adopt(pod: Pod): readonly AdoptedContainer[]
  /**
   * Prepares what the containers of a pod share, and gives the pod its address. Rejects with one sentence for what is not
   * to be had now; asked again later. A `StartFailure` names the reason for which the containers wait.
   */
  openPod(pod: Pod): Promise<{ readonly podIP: string }>
  /** Takes back what `openPod` has given or is about to, once nothing of the pod will run any more. */
  closePod(uid: string): void
  /** The pod's manifest has changed: what the containers are told of it is told anew. */
  updatePod(pod: Pod): void
  /** Why a pod must go that uses more of the machine than it may; undefined when it does not. */
  overuse(pod: Pod): string | undefined
  /** Rejects with a `StartFailure` for what the manifest or the machine is to blame for. */
  start(start: ContainerStart): Promise<RunningContainer>
  /** Reads the log of a run: see `Runtime`. */
  readLog(wanted: LogRequest, signal: AbortSignal): AsyncIterable<string>
  /** Removes what is left of a pod, its logs too. */
  removePod(uid: string): Promise<void>
  /** Removes what is left of all other pods. */
  removeOtherPods(uids: ReadonlySet<string>): Promise<void>
  /** Ends, and with it what was not adopted, unless pods are kept. Called when all pods have been stopped or let go. */
  close(options: CloseOptions): Promise<void>
}

/**
 * Why a container could not be started. With an `exitCode` it counts as a start that failed, and is tried again with
 * back-off; without one it waits until the pod changes.
 */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'
  readonly reason: string
  readonly exitCode: number | undefined

  constructor(reason: string, message: string, options: { readonly exitCode?: number; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.reason = reason
    this.exitCode = options.exitCode
  }
}
