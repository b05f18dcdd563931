import { setTimeout as delay } from 'node:timers/promises'
import { isRequestError } from '../client/index.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { definitionOf } from '../model/kinds.ts'
import { type LogLine, type LogRequest, readLog } from './log-lines.ts'
import { isFinished, LogProgress, type LogStep, runOf } from './log-progress.ts'
import { awaitObject } from './object-wait.ts'
import type { Session } from './session.ts'
import type { WaitingLine } from './waiting-line.ts'

/** A log that is followed. */
export interface Followed {
  readonly request: LogRequest
  /** The pod as it was found. */
  readonly pod: Pod
  readonly signal: AbortSignal
  readonly line: WaitingLine
}

/** Milliseconds before a log is asked for again that could not be had. */
const retryMs = 200

/**
 * What a container has written and writes, over its restarts and over losses of the connection: each line once, in order. Ends
 * when the container will not run again, or its pod is gone. Throws what the log is refused with before anything was read.
 */
export async function* followLog(session: Session, followed: Followed): AsyncGenerator<LogLine> {
  const { request, pod, signal } = followed
  const { namespace, name, container, sinceTime, tailLines } = request
  const progress = new LogProgress({ sinceTime, isTail: tailLines !== undefined })
  const run = runOf(pod, container)
  if (run !== undefined) progress.begin(run)
  // What is there is read to its end first: a log that is silent when the connection is lost has a place to go on from.
  let readings: readonly AsyncGenerator<LogLine>[] = [readBeginning(session, { asked: request, progress, signal })]
  while (readings.length > 0) {
    try {
      for (const reading of readings) yield* reading
    } catch (error) {
      if (!isRequestError(error, 'UNAVAILABLE', 'NOT_FOUND', 'SLOW_CONSUMER') || !progress.hasBegun) throw error
      await delay(retryMs, undefined, { signal })
    }
    signal.throwIfAborted()
    const steps = await nextSteps(session, followed, progress)
    readings = steps.map((step, index) => {
      const asked = { namespace, name, container, ...step, follow: index === steps.length - 1 }
      return readStep(session, { asked, progress, signal })
    })
  }
}

interface Reading {
  readonly asked: LogRequest
  readonly progress: LogProgress
  readonly signal: AbortSignal
}

/**
 * The lines that there are now. One that has no end yet is left for later, when it is read as a whole; where no lines are
 * wanted, the last one tells where later ones begin.
 */
async function* readBeginning({ client }: Session, { asked, progress, signal }: Reading): AsyncGenerator<LogLine> {
  const isWanted = asked.tailLines !== 0
  const request = { ...asked, follow: false, ...(isWanted ? {} : { tailLines: 1 }) }
  let open: LogLine[] = []
  for await (const { restartCount, lines } of readLog(client, request, signal)) {
    progress.begin(restartCount)
    for (const line of lines) {
      open.push(line)
      if (line.partial) continue
      for (const one of open) if (progress.isNew(one) && isWanted) yield one
      open = []
    }
  }
  progress.pause(open[0])
}

async function* readStep({ client }: Session, { asked, progress, signal }: Reading): AsyncGenerator<LogLine> {
  progress.resume()
  for await (const { restartCount, lines } of readLog(client, asked, signal)) {
    progress.begin(restartCount)
    for (const line of lines) if (progress.isNew(line)) yield line
  }
  progress.end()
}

/** Waits until there is more to read, and tells what; nothing, when there will be no more. */
async function nextSteps(
  session: Session,
  { request, pod: { metadata }, signal, line }: Followed,
  progress: LogProgress,
): Promise<readonly LogStep[]> {
  const { namespace, name, container } = request
  let steps: readonly LogStep[] = []
  await awaitObject(
    session,
    { definition: definitionOf('Pod'), namespace, name },
    {
      isMet: (now) => {
        if (now === undefined || now.metadata.uid !== metadata.uid) return true
        const pod = now as Pod
        const run = runOf(pod, container)
        steps = run === undefined ? [] : progress.steps(run)
        return steps.length > 0 || isFinished(pod, container)
      },
      signal,
      line,
      waitForServer: true,
    },
  )
  return steps
}
