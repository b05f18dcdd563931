/**
 * A stream that ends when it is returned or when `signal` aborts, also while it waits: a generator that waits hears of its
 * return only when it wakes, which `end` sees to.
 */
export function endable<Value>(
  stream: AsyncGenerator<Value>,
  end: () => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<Value> {
  const stop = (): void => {
    signal?.removeEventListener('abort', stop)
    end()
  }
  if (signal?.aborted === true) stop()
  else signal?.addEventListener('abort', stop)
  return {
    next: () => stream.next(),
    return: (value) => {
      stop()
      return stream.return(value)
    },
    throw: (error) => {
      stop()
      return stream.throw(error)
    },
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.asyncDispose]: async () => stop(),
  } as AsyncGenerator<Value>
}
