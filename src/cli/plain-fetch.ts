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
    ...(init.signal ? { signal: init.signal } : {}),
  }
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(url, options, resolve)
    sent.on('error', (error) => reject(new TypeError('fetch failed', { cause: error })))
    sent.end(init.body)
  })
  return responseOf(answer)
}

function responseOf(answer: IncomingMessage): Response {
  const { statusCode: status = 0, statusMessage: statusText = '', headers } = answer
  const response: Pick<Response, 'status' | 'statusText' | 'text'> & { readonly headers: Pick<Headers, 'get'> } = {
    status,
    statusText,
    headers: { get: (name) => headers[name.toLowerCase()]?.toString() ?? null },
    text: () => textOf(answer),
  }
  return response as Response
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of answer as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}
