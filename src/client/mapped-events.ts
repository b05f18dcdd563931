import type { StreamEvent } from './stream-event.ts'
import type { WatchStream } from './watch-stream.ts'

/** The events of a watch in another shape. Those for which `read` gives undefined are passed over. */
export function mappedEvents<Item>(
  stream: WatchStream,
  read: (event: StreamEvent) => Item | undefined,
): AsyncIterableIterator<Item> {
  return {
    async next() {
      for (;;) {
        const result = await stream.next()
        if (result.done === true) return { done: true, value: undefined }
        const value = read(result.value)
        if (value !== undefined) return { done: false, value }
      }
    },
    async return() {
      await stream.return()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
