import type { IncomingMessage, RequestOptions } from 'node:http'

/**
 * As much of `fetch` as the client needs, over Node's own HTTP. Node's `fetch` costs a command some 25 ms to load and 40 ms
 * at its end, where what it has compiled is waited for: together more than all else that a command does.
 */
export const plainFetch: typeof globalThis.fetch = async (input, init = {}) => {
  // Asking whether it is a `Request` would load what this avoids.
  const url = new URL(typeof input === 'string' || input instanceof URL ? input : input.url)
  const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  const options: RequestOptions = {
    method: init.method ?? 'GET',
    headers: init.headers as Readonly<Record<string, string>>,
  }
  const { body, signal } = init
  signal?.throwIfAborted()
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(url, options, resolve)
    sent.on('error', (error) => reject(new TypeError('fetch failed', { cause: error })))
    // Node's own option for a signal counts only until the request has been sent (seen in Node 20).
    signal?.addEventListener('abort', () => {
      sent.destroy()
      reject(signal.reason as Error)
    })
    sent.end(body)
  })
  return responseOf(answer, signal)
}

function responseOf(answer: IncomingMessage, signal: AbortSignal | null | undefined): Response {
  const { statusCode: status = 0, statusMessage: statusText = '', headers } = answer
  const response: Pick<Response, 'status' | 'statusText' | 'text'> & { readonly headers: Pick<Headers, 'get'> } = {
    status,
    statusText,
    headers: { get: (name) => headers[name.toLowerCase()]?.toString() ?? null },
    text: async () => {
      try {
        return await textOf(answer)
      } catch (error) {
        signal?.throwIfAborted()
        throw error
      }
    },
  }
  return response as Response
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of answer as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}
