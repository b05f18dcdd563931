import type { ResponseSink } from './connection.ts'
import { dataOf, type RequestError, type Response } from './request-error.ts'

/** A sink that is read as an async iterator by one reader: what comes while it does not read waits in order. */
export class ResponseStream<Data> implements AsyncIterableIterator<Data>, ResponseSink {
  readonly #waiting: Response[] = []
  readonly #stop: () => void
  #ended = false
  #error: RequestError | undefined
  #wakeReader: (() => void) | undefined

  /** `stop` is called when the reader leaves. */
  constructor(stop: () => void) {
    this.#stop = stop
  }

  /** The next response's data. Rejects with the RequestError that ended the stream, once what came before it is read. */
  async next(): Promise<IteratorResult<Data>> {
    while (this.#waiting.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve
      })
    }
    const response = this.#waiting.shift()
    if (response !== undefined) return { done: false, value: dataOf<Data>(response) }
    const error = this.#error
    this.#error = undefined
    if (error !== undefined) throw error
    return { done: true, value: undefined }
  }

  /** Leaves the stream: the operation is ended on the server and what waits is dropped. */
  return(): Promise<IteratorResult<Data>> {
    this.#waiting.length = 0
    this.#error = undefined
    this.complete()
    this.#stop()
    return Promise.resolve({ done: true, value: undefined })
  }

  response(response: Response): void {
    if (this.#ended) return
    this.#waiting.push(response)
    this.#wake()
  }

  error(error: RequestError): void {
    if (!this.#ended) this.#error = error
    this.complete()
  }

  complete(): void {
    this.#ended = true
    this.#wake()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #wake(): void {
    this.#wakeReader?.()
    this.#wakeReader = undefined
  }
}
