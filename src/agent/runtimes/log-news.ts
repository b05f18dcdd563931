/** A log that is still written. */
export interface LiveLog {
  /** Whether nothing more will be written. */
  readonly isOver: boolean
  /** Resolves when something has been written since it was called, when it is over, or when `signal` aborts. */
  more(signal: AbortSignal): Promise<void>
}

/** Those who wait for more of a log. Costs nothing while nobody does. */
export class LogNews {
  readonly #waiting = new Set<() => void>()

  wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake)
        this.#waiting.delete(wake)
        resolve()
      }
      this.#waiting.add(wake)
      signal.addEventListener('abort', wake, { once: true })
      if (signal.aborted) wake()
    })
  }

  tell(): void {
    for (const wake of this.#waiting) wake()
  }
}
