import { setImmediate } from 'node:timers/promises'
import { Refusal } from '../../../model/errors.ts'
import type { LogRequest } from '../../../model/log-request.ts'
import type { LiveLog } from '../log-news.ts'
import { LineJoiner } from './line-joiner.ts'
import { LogCursor, logFilesOf } from './log-files.ts'
import { findStart, findTail, type LogTail } from './log-tail.ts'

/** What is read of a log. */
export interface LogReading {
  /** The present file of the log. */
  readonly path: string
  readonly wanted: Pick<LogRequest, 'pod' | 'container' | 'tailLines' | 'sinceTime'>
  /** Undefined: only what is there now. */
  readonly live: LiveLog | undefined
  /** Aborts when the reader has gone. */
  readonly signal: AbortSignal
}

/** What is in it has been taken before anybody else reads: one for all readers. */
const buffer = Buffer.allocUnsafe(65_536)
/** Pieces that are read without a line that is wanted, after which others have their turn. */
const emptyPiecesMax = 16

/**
 * Reads a log, in pieces of whole lines in the CRI's format and of about 64 KiB at most; reads on only when it is asked for the next. A live log
 * is followed until it is over, also over its rotation. Throws NOT_FOUND where there is no such log.
 */
export async function* readLog({ path, wanted, live, signal }: LogReading): AsyncGenerator<string, void, void> {
  const since = wanted.sinceTime == null ? 0 : Date.parse(wanted.sinceTime)
  const start = await startOf(path, wanted.tailLines ?? undefined, since)
  if (start === null) throw noLog(wanted)
  const joiner = new LineJoiner({ since, beginnings: start.beginnings })
  const cursor = openCursor(path, start, wanted)
  try {
    for (let empty = 1; !signal.aborted; empty += 1) {
      // Asked first: what is written before it is over is read below.
      const isLast = live === undefined || live.isOver
      const count = cursor.read(buffer)
      const text = joiner.take(buffer.subarray(0, count))
      if (text !== '') yield text
      if (text !== '') empty = 0
      if (count > 0 && empty % emptyPiecesMax === 0) await setImmediate()
      if (count > 0) continue
      if (isLast) break
      await live.more(signal)
    }
    const rest = signal.aborted ? '' : joiner.rest()
    if (rest !== '') yield rest
  } finally {
    cursor.close()
  }
}

async function startOf(path: string, tailLines: number | undefined, since: number): Promise<LogTail | null> {
  const files = logFilesOf(path)
  if (tailLines !== undefined) return findTail(files, tailLines)
  const index = files.findIndex(({ putAsideAt }) => putAsideAt === undefined || putAsideAt >= since)
  return findStart(files, index)
}

/** The tail was searched for a while: its file may have another name now, or be removed as one of too many. */
function openCursor(path: string, { file, place }: LogTail, wanted: LogReading['wanted']): LogCursor {
  const files = logFilesOf(path)
  const same = files.find(({ inode }) => inode === file.inode)
  const [oldest] = files
  if (same !== undefined) return new LogCursor(path, same, place)
  if (oldest === undefined) throw noLog(wanted)
  return new LogCursor(path, oldest, { inode: oldest.inode, offset: 0 })
}

function noLog({ pod, container }: LogReading['wanted']): Refusal {
  const what = `there is no log of container "${container}" in pod "${pod.metadata.name}"`
  return new Refusal('NOT_FOUND', `${what}: it could not be started, or its log has been removed`)
}
