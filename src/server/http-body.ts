import type { IncomingMessage } from 'node:http'

/** What a request body is found to be. */
export type Body = { readonly text: Buffer } | { readonly tooLarge: true }

/** Reads a body up to a size in bytes. */
export async function readBody(request: IncomingMessage, sizeMax: number): Promise<Body> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > sizeMax) return { tooLarge: true }
    chunks.push(chunk)
  }
  return { text: Buffer.concat(chunks, size) }
}
