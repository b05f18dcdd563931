import type { Request } from './connection.ts'
import type { RequestOptions } from './http-request.ts'
import type { Line } from './line.ts'
import { RequestError, type Response } from './request-error.ts'

/** Sends a query or mutation over the WebSocket and waits for its answer. */
export async function sendOnce(line: Line, request: Request, options: RequestOptions = {}): Promise<Response> {
  const { signal, timeoutMs } = options
  signal?.throwIfAborted()
  let settle = (): void => {}
  const response = new Promise<Response>((resolve, reject) => {
    const stop = line.start(request, {
      response: resolve,
      error: reject,
      complete: () => reject(new RequestError('UNAVAILABLE', 'the operation ended without an answer')),
    })
    const giveUp = (reason: unknown): void => {
      stop()
      reject(reason as Error)
    }
    const abort = (): void => giveUp(signal?.reason)
    const late = (): void => giveUp(new RequestError('UNAVAILABLE', `nothing came within ${timeoutMs} ms`))
    const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs)
    signal?.addEventListener('abort', abort, { once: true })
    settle = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
  })
  return response.finally(() => settle())
}
