import type { LogStream } from '../../../model/log-line.ts'

/** The head of an entry of a log, `TIME stdout|stderr F|P `, and where its text begins. */
export interface LogEntryHead {
  readonly stream: LogStream
  /** Whether the line goes on in the next entry of the same stream. */
  readonly partial: boolean
  /** Offset of the space after the time. */
  readonly timeEnd: number
  readonly textStart: number
}

/** More bytes than the head of an entry has. */
export const entryHeadBytesMax = 64

const space = 32
const letterF = 70
const letterP = 80
const letterE = 101

/** Reads the head of the entry that begins at `start`; null for what is no entry, as a crash of the machine may leave. */
export function entryHeadAt(bytes: Buffer, start: number): LogEntryHead | null {
  const timeEnd = bytes.indexOf(space, start)
  if (timeEnd < 0 || timeEnd - start > 40) return null
  const tag = bytes[timeEnd + 8]
  if (bytes[timeEnd + 7] !== space || bytes[timeEnd + 9] !== space || (tag !== letterF && tag !== letterP)) return null
  const stream = bytes[timeEnd + 4] === letterE ? 'stderr' : 'stdout'
  return { stream, partial: tag === letterP, timeEnd, textStart: timeEnd + 10 }
}
