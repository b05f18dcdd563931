import { type LogStream, logTime } from '../../../model/log-line.ts'

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
  const linesMax = countOf(newline, bytes) + Math.floor(bytes.length / lineBytesMax)
  // One buffer for all, as output can be nothing but short lines.
  const text = Buffer.allocUnsafe(bytes.length + linesMax * (full.length + 1))
  let start = 0
  let length = 0
  while (start < bytes.length) {
    const end = bytes.indexOf(newline, start)
    const isTooLong = (end < 0 ? bytes.length : end) - start > lineBytesMax
    if (end < 0 && !isTooLong) break
    const next = isTooLong ? start + lineBytesMax : end + 1
    length += (isTooLong ? partial : full).copy(text, length)
    length += bytes.copy(text, length, start, next)
    if (isTooLong) text[length++] = newline
    start = next
  }
  return { text: text.subarray(0, length), left: bytes.subarray(start) }
}

/** What is left of the output as a line: the end of it (`F`), or one that may go on (`P`). */
export function lastLine(left: Buffer, origin: LineOrigin, tag: 'F' | 'P'): Buffer {
  if (left.length === 0) return left
  return Buffer.concat([prefixOf(origin, tag), left, Buffer.of(newline)])
}

function prefixOf({ stream, at }: LineOrigin, tag: 'F' | 'P'): Buffer {
  return Buffer.from(`${logTime(at)} ${stream} ${tag} `)
}

function countOf(byte: number, bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count += 1
  return count
}
