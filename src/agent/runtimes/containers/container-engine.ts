import type { Container } from '../../../model/kinds/pod/container.ts'
import type { Pod } from '../../../model/kinds/pod.ts'

/** One start of one container. */
export interface ContainerStart {
  readonly pod: Pod
  readonly container: Container
  /** The address that the pod was given by `openPod`. */
  readonly podIP: string
  /** 0 at the first start. */
  readonly restartCount: number
}

/** How a container ended. `exitCode` is 128 + the signal's number when a signal ended it. */
export interface ContainerExit {
  readonly exitCode: number
  readonly message?: string
}

/** A container that has been started. */
export interface RunningContainer {
  /** `scheme://identity`, as in `containerStatuses[].containerID`. */
  readonly id: string
  /** Resolves when the container has ended and nothing that it started is left. */
  readonly exited: Promise<ContainerExit>
  /** Sends a signal to all that runs in the container. No fault when it has ended. */
  signal(name: 'SIGTERM' | 'SIGKILL'): void
  /** Lets it run on when the agent's process ends, which no longer waits for it. */
  release(): void
}

/** What runs single containers, for the runtime that knows how they make up a pod. */
export interface ContainerEngine {
  /** Ends what an earlier run left running. */
  open(): Promise<void>
  /** Prepares what the containers of a pod share, and gives the pod its address. */
  openPod(pod: Pod): Promise<{ readonly podIP: string }>
  /** Rejects with a `StartFailure` for what the manifest or the machine is to blame for. */
  start(start: ContainerStart): Promise<RunningContainer>
  /** Removes what is left of a pod, its logs too. */
  removePod(uid: string): Promise<void>
  /** Removes what is left of all other pods. */
  removeOtherPods(uids: ReadonlySet<string>): Promise<void>
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
