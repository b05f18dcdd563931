import { Refusal } from '../model/errors.ts'

/** How many operations may be open at once. */
export interface OperationLimits {
  /** Operations of one WebSocket. */
  readonly subscriptionsPerConnectionMax: number
  /** Operations of all WebSockets and all HTTP requests together. */
  readonly subscriptionsMax: number
}

/** The operations that one connection has open. Each that was opened is closed exactly once, at the latest by `closeAll`. */
export interface ConnectionOperations {
  /** Counts one more in. Throws TOO_MANY_REQUESTS at a limit, and then counts nothing. */
  open(): void
  close(): void
  closeAll(): void
}

/** Counts the operations that are being answered, over all transports, and holds them to their limits. */
export class OpenOperations {
  private readonly limits: OperationLimits
  private total = 0

  constructor(limits: OperationLimits) {
    this.limits = limits
  }

  get count(): number {
    return this.total
  }

  /** The count of a new connection. */
  connection(): ConnectionOperations {
    const { subscriptionsPerConnectionMax, subscriptionsMax } = this.limits
    let own = 0
    let closed = false
    return {
      open: () => {
        if (own >= subscriptionsPerConnectionMax) {
          throw tooMany(`this connection has ${own} operations open, the limit is ${subscriptionsPerConnectionMax}`)
        }
        if (this.total >= subscriptionsMax) {
          throw tooMany(`the server has ${this.total} operations open, the limit is ${subscriptionsMax}`)
        }
        own += 1
        this.total += 1
      },
      close: () => {
        if (closed) return
        own -= 1
        this.total -= 1
      },
      closeAll: () => {
        if (!closed) this.total -= own
        closed = true
      },
    }
  }
}

function tooMany(sentence: string): Refusal {
  return new Refusal('TOO_MANY_REQUESTS', `${sentence}; end some of them first`)
}
