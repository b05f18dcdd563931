import { once } from 'node:events'

/**
 * The side of a part: a program of a bench that runs in a process of its own. Its first message is its job; it ends when
 * the bench does, however that ends.
 */
export async function takeJob<Job>(): Promise<Job> {
  process.once('disconnect', () => process.exit(1))
  // The bench stops its parts in order when the user interrupts it.
  process.on('SIGINT', () => {})
  return takeOrder<Job>()
}

/** The next message of the bench. */
export async function takeOrder<Order>(): Promise<Order> {
  const [order] = (await once(process, 'message')) as [Order]
  return order
}

/** Answers the bench. */
export function tell(message: object): void {
  process.send?.(message)
}

/** Tells the bench how far the work is; it is shown and needs no answer. */
export function tellProgress(sentence: string): void {
  process.send?.({ progress: sentence })
}
