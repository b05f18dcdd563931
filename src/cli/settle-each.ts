import { isRequestError } from '../client/index.ts'

/** What has become of the work on one item. */
export type Settled<Item, Result> = readonly [item: Item, outcome: PromiseSettledResult<Result>]

/**
 * Does something with each of many items, and tells in their order what has become of it. So many are under way at once: what
 * comes together, the server writes together. Once the server is found to be gone, nothing more is begun, and it is told once.
 */
export async function* settleEach<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<Result>,
  atOnce = 32,
): AsyncGenerator<Settled<Item, Result>> {
  const left = items[Symbol.iterator]()
  const begun: Promise<Settled<Item, Result>>[] = []
  let isServerGone = false
  const begin = (): void => {
    const next = left.next()
    if (next.done !== true) begun.push(settle(next.value, work))
  }
  for (let count = 0; count < atOnce; count += 1) begin()
  for (let first = begun.shift(); first !== undefined; first = begun.shift()) {
    const settled = await first
    if (!isGone(settled[1])) yield settled
    else if (!isServerGone) {
      isServerGone = true
      yield settled
    }
    if (!isServerGone) begin()
  }
}

/** Whether the server could not be reached. */
function isGone(outcome: PromiseSettledResult<unknown>): boolean {
  return outcome.status === 'rejected' && isRequestError(outcome.reason, 'UNAVAILABLE')
}

async function settle<Item, Result>(item: Item, work: (item: Item) => Promise<Result>): Promise<Settled<Item, Result>> {
  const [outcome] = await Promise.allSettled([work(item)])
  return [item, outcome]
}
