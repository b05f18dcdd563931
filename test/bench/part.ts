/**
 * The side of a part: a program of a bench that runs in a process of its own. Its first message is its job; it ends when
 * the bench does, however that ends.
 */
export function takeJob<Job>(): Promise<Job> {
  process.once('disconnect', () => process.exit(1))
  // Ctrl-C reaches this process, too; the bench stops its parts in order.
  process.on('SIGINT', () => {})
  process.on('message', (message) => {
    orders.push(message)
    wake()
  })
  return takeOrder<Job>()
}

/** The next message of the bench. */
export async function takeOrder<Order>(): Promise<Order> {
  while (orders.length === 0) await new Promise<void>((resolve) => (wake = resolve))
  return orders.shift() as Order
}

/** Answers the bench. */
export function tell(message: object): void {
  process.send?.(message)
}

/** Tells the bench how far the work is; it is shown and needs no answer. */
export function tellProgress(sentence: string): void {
  process.send?.({ progress: sentence })
}

/** Messages that nobody has asked for yet, and how to wake who has asked for the next. */
const orders: unknown[] = []
let wake = (): void => {}
