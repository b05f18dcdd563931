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
  readonly uid: string
  readonly signal: AbortSignal
  readonly line: WaitingLine
}

/** Milliseconds before a log is asked for again that could not be had. */
const retryMs = 200

/**
 * What a container has written and writes, over its restarts and over losses of the connection: each line once, in order. Ends
 * when the container will not run again, or its pod is gone.
 */
export async function* followLog(session: Session, followed: Followed): AsyncGenerator<LogLine> {
  const { request, signal } = followed
  const progress = new LogProgress()
  let steps: readonly LogStep[] = [{ previous: false }]
  while (steps.length > 0) {
    try {
      for (const [index, step] of steps.entries()) {
        // What was asked for in the beginning, such as the last ten lines, is of no meaning for what comes then.
        const isFirst = progress.run === undefined
        const { namespace, name, container } = request
        const follow = index === steps.length - 1
        const asked = isFirst ? request : { namespace, name, container, ...step, follow }
        yield* readStep(session, { asked, progress, signal })
      }
    } catch (error) {
      if (!isRequestError(error, 'UNAVAILABLE', 'NOT_FOUND', 'SLOW_CONSUMER') || progress.run === undefined) throw error
      await delay(retryMs, undefined, { signal })
    }
    signal.throwIfAborted()
    steps = await nextSteps(session, followed, progress)
  }
}

interface Reading {
  readonly asked: LogRequest
  readonly progress: LogProgress
  readonly signal: AbortSignal
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
  { request, uid, signal, line }: Followed,
  progress: LogProgress,
): Promise<readonly LogStep[]> {
  const { namespace, name, container } = request
  let steps: readonly LogStep[] = []
  await awaitObject(
    session,
    { definition: definitionOf('Pod'), namespace, name },
    {
      isMet: (now) => {
        if (now === undefined || now.metadata.uid !== uid) return true
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
