import { Refusal } from '../model/errors.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { printLogLines } from '../model/log-line.ts'
import { type LogOptions, logBytesMax, planLogRequest } from '../model/log-request.ts'
import type { LogRelay } from './log-relay.ts'

/** Who reads logs, and when. */
export interface LogReader {
  readonly logs: LogRelay
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** What aborts when the reader has gone. */
  readonly signal?: (() => AbortSignal | undefined) | undefined
}

/** What is wanted of a log, and how it is printed. */
export interface PrintedLogOptions extends LogOptions {
  /** Begin each line with its time. */
  readonly timestamps?: boolean | null | undefined
}

/** Some lines of a log, in order. */
export interface LogBatch {
  readonly container: string
  readonly restartCount: number
  readonly timestamps: boolean
  /** In the CRI's format. */
  readonly text: string
}

/**
 * A log as it is now, as `kubectl logs` prints it, cut off after `limitBytes`. Throws what `planLogRequest` and the relay
 * throw, and INVALID for a log that is too large for one text.
 */
export async function readPodLogs(reader: LogReader, pod: Pod, options: PrintedLogOptions): Promise<string> {
  const { limitBytes } = options
  const plan = planLogRequest(pod, { ...options, follow: false }, reader.now())
  const parts: string[] = []
  let size = 0
  for await (const piece of reader.logs.open(plan, reader.signal?.())) {
    const text = printLogLines(piece, options.timestamps ?? false)
    parts.push(text)
    size += Buffer.byteLength(text)
    if (limitBytes != null && size >= limitBytes) return cutTo(limitBytes, parts.join(''))
    if (size > logBytesMax) throw tooLarge(plan.container)
  }
  return parts.join('')
}

/** A log in batches as they are written, to its end. The iterator can be returned while it waits. */
export function followPodLogs(
  reader: LogReader,
  pod: Pod,
  { timestamps, ...options }: PrintedLogOptions,
): AsyncGenerator<LogBatch, void, void> {
  const plan = planLogRequest(pod, options, reader.now())
  const { container, restartCount } = plan
  const stream = reader.logs.open(plan, reader.signal?.())
  const batchOf = (text: string): LogBatch => ({ container, restartCount, timestamps: timestamps ?? false, text })
  return {
    next: async () => {
      const piece = await stream.next()
      return piece.done === true ? piece : { done: false, value: batchOf(piece.value) }
    },
    return: async () => {
      await stream.return()
      return { done: true, value: undefined }
    },
    throw: async (error) => {
      await stream.return()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** The beginning of a text, in whole characters. */
function cutTo(bytes: number, text: string): string {
  const whole = Buffer.from(text)
  let end = Math.min(bytes, whole.length)
  while (end < whole.length && ((whole[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return whole.toString('utf8', 0, end)
}

function tooLarge(container: string): Refusal {
  const message = `the log of container ${container} is larger than ${logBytesMax} bytes: ask for less with tailLines, sinceTime or limitBytes, or use the subscription podLogs`
  return new Refusal('INVALID', message, {
    causes: [{ field: 'limitBytes', reason: 'FieldValueRequired', message }],
  })
}
