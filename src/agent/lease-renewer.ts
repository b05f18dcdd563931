import type { Door } from './door.ts'
import { type Log, messageOf } from './log.ts'
import type { Timer, Timers } from './timers.ts'

/** What a lease renewer works with. */
export interface LeaseRenewerOptions {
  readonly door: Door
  readonly nodeNames: readonly string[]
  /** Seconds for which one renewal holds; renewed four times as often, as the kubelet does (40 s and 10 s). */
  readonly leaseSeconds: number
  /** Called when the server does not know all of the nodes any more, or takes some for lost. */
  readonly onUnknownNodes: () => void
  readonly timers: Timers
  readonly log: Log
}

const batchSize = 2_000

/** Renews the nodes' leases, all in one go, for ever. A failure is told and made up for by the next round. */
export class LeaseRenewer {
  readonly #options: LeaseRenewerOptions
  #timer: Timer | undefined
  #running = false
  #closed = false

  constructor(options: LeaseRenewerOptions) {
    this.#options = options
  }

  /** Renews now and from now on regularly. Asked again (the connection is back), it renews at once. */
  renew(): void {
    if (this.#closed) return
    // Whatever becomes of this round, there is a next one: also while one is under way that nobody answers.
    this.#options.timers.cancel(this.#timer)
    this.#timer = this.#options.timers.after((this.#options.leaseSeconds * 1000) / 4, () => this.renew())
    if (this.#running) return
    this.#running = true
    this.#renewAll().then(
      () => {
        this.#running = false
      },
      (error: unknown) => {
        this.#running = false
        this.#options.log.warn('the leases could not be renewed', { error: messageOf(error) })
      },
    )
  }

  close(): void {
    this.#closed = true
    this.#options.timers.cancel(this.#timer)
  }

  async #renewAll(): Promise<void> {
    const { door, nodeNames, leaseSeconds } = this.#options
    let renewed = 0
    for (let start = 0; start < nodeNames.length; start += batchSize) {
      renewed += await door.renewLeases(nodeNames.slice(start, start + batchSize), leaseSeconds)
    }
    if (renewed < nodeNames.length) this.#options.onUnknownNodes()
  }
}
