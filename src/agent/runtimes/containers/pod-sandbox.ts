import type { Pod } from '../../../model/kinds/pod.ts'
import { messageOf } from '../../log.ts'
import type { Timer, Timers } from '../../timers.ts'
import { type ContainerEngine, StartFailure } from './container-engine.ts'

/** Whom a sandbox tells. */
export interface PodSandboxOptions {
  readonly engine: ContainerEngine
  readonly timers: Timers
  readonly onOpen: (podIP: string) => void
  /** It could not be opened, and is tried again by itself. */
  readonly onFailure: (waiting: { readonly reason: string; readonly message: string }) => void
}

/** The kubelet's name for the fault (pkg/kubelet/container `ErrCreatePodSandbox`). */
const sandboxFailure = 'CreatePodSandboxError'

const retryMsMin = 1_000
const retryMsMax = 60_000

/** What the containers of a pod share. Nothing of the pod is started before it is open. */
export class PodSandbox {
  readonly #options: PodSandboxOptions
  #state: 'closed' | 'opening' | 'open' = 'closed'
  #retryTimer: Timer | undefined

  constructor(options: PodSandboxOptions) {
    this.#options = options
  }

  get isOpen(): boolean {
    return this.#state === 'open'
  }

  /** Opens it; tries again after 1 s, 2 s, and so on up to a minute, until it is given up. */
  open(pod: () => Pod, attempt = 0): void {
    const { engine, timers, onOpen, onFailure } = this.#options
    this.#state = 'opening'
    engine.openPod(pod()).then(
      ({ podIP }) => {
        if (this.#state !== 'opening') return
        this.#state = 'open'
        onOpen(podIP)
      },
      (error: unknown) => {
        if (this.#state !== 'opening') return
        const delayMs = Math.min(retryMsMax, retryMsMin * 2 ** attempt)
        this.#retryTimer = timers.after(delayMs, () => this.open(pod, attempt + 1))
        const { reason, message } =
          error instanceof StartFailure
            ? error
            : { reason: sandboxFailure, message: `Failed to create pod sandbox: ${messageOf(error)}` }
        onFailure({ reason, message })
      },
    )
  }

  /** Does not try again any more. */
  giveUp(): void {
    this.#options.timers.cancel(this.#retryTimer)
  }

  /** Gives back what the pod has, once nothing of it will run any more. */
  close(uid: string): void {
    this.giveUp()
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#options.engine.closePod(uid)
  }
}
