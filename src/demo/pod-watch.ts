import type { Client } from '../client/client.ts'
import { describePod, type PodEventView, type PodView, podEventsDocument } from './pod-view.ts'

export interface PodWatchOptions {
  readonly labelSelector: string
  readonly onEvent: (event: PodEventView) => void
}

interface Waiter {
  readonly holds: () => boolean
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** The pods of a selection as the stream of their events tells of them, and the waiting for what is to become of them. */
export class PodWatch {
  readonly #pods = new Map<string, PodView>()
  readonly #waiters = new Set<Waiter>()
  readonly #events: AsyncIterableIterator<{ readonly podEvents: PodEventView }>
  #end: Error | undefined

  constructor(client: Client, { labelSelector, onEvent }: PodWatchOptions) {
    this.#events = client.subscribe(podEventsDocument, { labelSelector })
    void this.#follow(onEvent)
  }

  /** The pods that there are, by the uid, the oldest first. */
  get pods(): readonly PodView[] {
    return [...this.#pods.values()]
  }

  /** Resolves when it holds of the pods; rejects when the stream ends or the signal gives up, saying what was waited for. */
  until(waitedFor: string, holds: (pods: readonly PodView[]) => boolean, signal: AbortSignal): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const giveUp = (): void => waiter.reject(signal.reason as Error)
      const settle = (): void => {
        this.#waiters.delete(waiter)
        signal.removeEventListener('abort', giveUp)
      }
      const waiter: Waiter = {
        holds: () => holds(this.pods),
        resolve: () => {
          settle()
          resolve()
        },
        reject: (cause) => {
          settle()
          const message = cause === this.#end ? `${cause.message}; it ` : 'it '
          reject(new Error(`${message}was waiting until ${waitedFor}; ${this.#describe()}`, { cause }))
        },
      }
      this.#waiters.add(waiter)
      signal.addEventListener('abort', giveUp, { once: true })
      if (signal.aborted) giveUp()
      else if (this.#end !== undefined) waiter.reject(this.#end)
      else if (waiter.holds()) waiter.resolve()
    })
  }

  /** Leaves the stream. */
  async close(): Promise<void> {
    await this.#events.return?.()
  }

  async #follow(onEvent: (event: PodEventView) => void): Promise<void> {
    try {
      for await (const { podEvents } of this.#events) {
        this.#take(podEvents)
        onEvent(podEvents)
        for (const waiter of this.#waiters) if (waiter.holds()) waiter.resolve()
      }
      this.#end = new Error('the stream of pod events has ended')
    } catch (error) {
      this.#end = new Error(
        `the stream of pod events broke off (${error instanceof Error ? error.message : String(error)})`,
      )
    }
    for (const waiter of this.#waiters) waiter.reject(this.#end)
  }

  #take({ type, pod }: PodEventView): void {
    if (!pod) return
    if (type === 'DELETED') this.#pods.delete(pod.uid)
    else this.#pods.set(pod.uid, pod)
  }

  #describe(): string {
    if (this.#pods.size === 0) return 'there is no pod'
    return `the pods are: ${this.pods.map((pod) => `${pod.name} ${describePod(pod)}`).join('; ')}`
  }
}
