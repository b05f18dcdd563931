import type { NodeManifest, Registration } from './door.ts'
import { type Log, messageOf } from './log.ts'
import type { Timer, Timers } from './timers.ts'

/** What a node status reporter works with. */
export interface NodeStatusReporterOptions {
  /** The node as it was when the agent began. */
  readonly node: NodeManifest
  /** The node as it is now. */
  readonly observe: () => Promise<NodeManifest>
  readonly post: (node: NodeManifest) => Promise<Registration>
  readonly timers: Timers
  readonly log: Log
}

/** How often the machine is looked at, and how often it is told although nothing has changed: as the kubelet does. */
const observeMs = 10_000
const reportMs = 5 * 60_000

/**
 * Looks at a machine and tells the control plane what has changed of its node; what does not change is told every five
 * minutes, because that the agent lives is told by its lease. A failure is told once and made up for by the next look.
 */
export class NodeStatusReporter {
  readonly #options: NodeStatusReporterOptions
  #node: NodeManifest
  #toldText = ''
  #toldAt = Number.NEGATIVE_INFINITY
  #timer: Timer | undefined
  #hasWarned = false
  #isClosed = false

  constructor(options: NodeStatusReporterOptions) {
    this.#options = options
    this.#node = options.node
  }

  /** The node as it was seen last. */
  get node(): NodeManifest {
    return this.#node
  }

  start(): void {
    const { timers } = this.#options
    timers.cancel(this.#timer)
    this.#timer = timers.after(observeMs, () => void this.#look().then(() => this.#isClosed || this.start()))
  }

  /** The control plane has been told of the node. */
  told(node: NodeManifest): void {
    this.#toldText = textOf(node)
    this.#toldAt = this.#options.timers.now()
  }

  close(): void {
    this.#isClosed = true
    this.#options.timers.cancel(this.#timer)
  }

  async #look(): Promise<void> {
    const { observe, post, timers, log } = this.#options
    try {
      const node = await observe()
      this.#node = node
      if (this.#isClosed) return
      if (textOf(node) === this.#toldText && Math.abs(timers.now() - this.#toldAt) < reportMs) return
      const { failed } = await post(node)
      if (failed[0] !== undefined) throw new Error(failed[0].message)
      this.told(node)
      this.#hasWarned = false
    } catch (error) {
      if (!this.#hasWarned && !this.#isClosed)
        log.warn('the state of the node could not be told; it is tried again', { error: messageOf(error) })
      this.#hasWarned = true
    }
  }
}

/** The node without the times at which it was looked at. */
function textOf(node: NodeManifest): string {
  return JSON.stringify(node, (key, value: unknown) => (key === 'lastHeartbeatTime' ? undefined : value))
}
