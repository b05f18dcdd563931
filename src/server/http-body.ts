import type { IncomingMessage } from 'node:http'

/** What a request body is found to be. `gone`: the client went before it was complete. */
export type Body = { readonly text: Buffer } | { readonly fault: 'tooLarge' | 'gone' }

/** Reads a body up to a size in bytes. */
export async function readBody(request: IncomingMessage, sizeMax: number): Promise<Body> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > sizeMax) return { fault: 'tooLarge' }
      chunks.push(chunk)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return { fault: 'gone' }
    throw error
  }
  return { text: Buffer.concat(chunks, size) }
}
