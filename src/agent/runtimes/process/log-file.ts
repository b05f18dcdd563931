import { createWriteStream, type WriteStream } from 'node:fs'
import type { Readable } from 'node:stream'

const newline = 10
/** A longer line is written in parts, as containerd does. */
const lineBytesMax = 16_384

/**
 * The log of one run of a container, in the format of the Kubernetes CRI: `TIMESTAMP stdout|stderr F|P TEXT`, where P marks
 * a line that goes on in the next one. A source is held back while the disk does not keep up.
 */
export class LogFile {
  readonly #file: WriteStream
  readonly #now: () => number
  #broken = false

  /** `onError` is told once, when the file can no longer be written; what comes then is dropped. */
  constructor(path: string, now: () => number, onError: (error: Error) => void) {
    this.#now = now
    this.#file = createWriteStream(path, { flags: 'a' })
    this.#file.on('error', (error) => {
      if (!this.#broken) onError(error)
      this.#broken = true
    })
  }

  /** Writes all that comes from a stream of the container. */
  follow(source: Readable, stream: 'stdout' | 'stderr'): void {
    let rest: Buffer = Buffer.alloc(0)
    source.on('data', (chunk: Buffer) => {
      const { text, left } = linesOf(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), this.#prefix(stream))
      rest = left
      if (text.length === 0 || this.#broken || this.#file.write(text)) return
      source.pause()
      this.#file.once('drain', () => source.resume())
    })
    this.#file.on('error', () => source.resume())
    source.on('close', () => {
      if (rest.length === 0 || this.#broken) return
      this.#file.write(Buffer.concat([Buffer.from(`${this.#prefix(stream)} F `), rest, Buffer.of(newline)]))
      rest = Buffer.alloc(0)
    })
    source.on('error', () => source.destroy())
  }

  /** Resolves when all is on its way to the disk. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#broken) resolve()
      else this.#file.end(resolve)
    })
  }

  #prefix(stream: string): string {
    return `${new Date(this.#now()).toISOString().slice(0, -1)}000000Z ${stream}`
  }
}

/** Cuts whole lines off, and parts of lines that are too long; what is left waits for more. */
function linesOf(bytes: Buffer, prefix: string): { readonly text: Buffer; readonly left: Buffer } {
  const full = Buffer.from(`${prefix} F `)
  const partial = Buffer.from(`${prefix} P `)
  const parts: Buffer[] = []
  let start = 0
  while (start < bytes.length) {
    const end = bytes.indexOf(newline, start)
    const length = (end < 0 ? bytes.length : end) - start
    if (length > lineBytesMax) {
      parts.push(partial, bytes.subarray(start, start + lineBytesMax), Buffer.of(newline))
      start += lineBytesMax
    } else if (end < 0) {
      break
    } else {
      parts.push(full, bytes.subarray(start, end + 1))
      start = end + 1
    }
  }
  return { text: Buffer.concat(parts), left: bytes.subarray(start) }
}
