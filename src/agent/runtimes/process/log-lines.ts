/** The two outputs of a container. */
export type LogStream = 'stdout' | 'stderr'

/** Both, in the order in which they are read. */
export const logStreams: readonly LogStream[] = ['stdout', 'stderr']

const newline = 10
/** A longer line is written in parts, as containerd does. */
export const lineBytesMax = 16_384

/** Where and when lines were written; `at` in milliseconds since 1970. */
export interface LineOrigin {
  readonly stream: LogStream
  readonly at: number
}

/**
 * Cuts whole lines off, and parts of lines that are too long, and gives them the format of the Kubernetes CRI: `TIMESTAMP
 * stdout|stderr F|P TEXT`, where P marks a line that goes on in the next one. What is left waits for more.
 */
export function cutLines(bytes: Buffer, origin: LineOrigin): { readonly text: Buffer; readonly left: Buffer } {
  const full = prefixOf(origin, 'F')
  const partial = prefixOf(origin, 'P')
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

/** What is left of the output as a line: the end of it (`F`), or one that may go on (`P`). */
export function lastLine(left: Buffer, origin: LineOrigin, tag: 'F' | 'P'): Buffer {
  if (left.length === 0) return left
  return Buffer.concat([prefixOf(origin, tag), left, Buffer.of(newline)])
}

function prefixOf({ stream, at }: LineOrigin, tag: 'F' | 'P'): Buffer {
  return Buffer.from(`${new Date(at).toISOString().slice(0, -1)}000000Z ${stream} ${tag} `)
}
