import { parseDuration } from './duration.ts'
import { CommandError, SeveralErrors, UsageError } from './failure.ts'
import { failureText } from './failure-text.ts'
import { runInterruptibly } from './interruption.ts'
import { followLog } from './log-follow.ts'
import { type LogLine, type LogRequest, readLog } from './log-lines.ts'
import { LogPrinter } from './log-printer.ts'
import { findSources, type LogSource, type SourceFlags } from './log-sources.ts'
import type { Session } from './session.ts'
import { WaitingLine } from './waiting-line.ts'

/** The flags of `myriad logs`. */
export interface LogFlags extends SourceFlags {
  readonly follow?: boolean
  readonly ignoreErrors?: boolean
  readonly limitBytes?: number
  readonly maxLogRequests: number
  readonly prefix?: boolean
  readonly previous?: boolean
  readonly since?: string
  readonly sinceTime?: string
  /** Undefined where the flag is not given; below zero is all. */
  readonly tail?: number
  readonly timestamps?: boolean
}

/** Lines of each log that are shown where a selector chooses the pods and nobody says how many (kubectl). */
const tailOfSelected = 10

/** Runs `myriad logs`: prints what containers have written, and with `-f` what they write. */
export async function logs(args: readonly string[], flags: LogFlags, session: Session): Promise<void> {
  const template = requestTemplate(flags, session)
  const sources = await findSources(args, flags, session)
  if (sources.length === 0) session.errors.write(`No resources found in ${session.namespace} namespace.\n`)
  if (flags.follow === true && sources.length > flags.maxLogRequests) {
    throw new CommandError(
      `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${flags.maxLogRequests}, use --max-log-requests to increase the limit`,
    )
  }
  await runInterruptibly(session, (signal) => printAll({ sources, template, flags, signal }, session))
}

type Template = Pick<LogRequest, 'follow' | 'previous' | 'tailLines' | 'sinceTime'>

function requestTemplate(flags: LogFlags, { now }: Session): Template {
  const { follow = false, previous = false, since, sinceTime } = flags
  if (since !== undefined && sinceTime !== undefined) {
    throw new UsageError('at most one of --since or --since-time may be specified')
  }
  if (previous && follow) throw new UsageError('say one of -f and -p: a run that has ended is not followed')
  if (sinceTime !== undefined && Number.isNaN(Date.parse(sinceTime))) {
    throw new UsageError(`--since-time must be like 2026-05-01T12:00:00Z, not "${sinceTime}"`)
  }
  const sinceMs = since === undefined ? 0 : parseDuration(since, '--since')
  if (sinceMs < 0) throw new UsageError('--since must be greater than 0')
  const tail = flags.tail ?? (flags.selector === undefined ? -1 : tailOfSelected)
  return {
    follow,
    previous,
    tailLines: tail < 0 ? undefined : tail,
    sinceTime: sinceMs > 0 ? new Date(now() - sinceMs).toISOString() : sinceTime,
  }
}

interface Job {
  readonly sources: readonly LogSource[]
  readonly template: Template
  readonly flags: LogFlags
  readonly signal: AbortSignal
}

/** All logs: at once where they are followed, else one after the other. */
async function printAll({ sources, template, flags, signal }: Job, session: Session): Promise<void> {
  const failures: Error[] = []
  const printer = new LogPrinter(session, flags)
  const line = new WaitingLine(session)
  const end = new AbortController()
  const both = AbortSignal.any([signal, end.signal])
  const printOne = async (source: LogSource): Promise<void> => {
    try {
      const request = requestOf(source, template)
      const lines = template.follow
        ? followLog(session, { request, pod: source.pod, signal: both, line })
        : linesOf(readLog(session.client, request, both))
      await printer.print(source, lines)
    } catch (error) {
      if (!(error instanceof Error) || both.aborted) throw error
      if (flags.ignoreErrors === true) session.errors.write(`${failureText(error)}\n`)
      else {
        failures.push(error)
        end.abort()
      }
    }
  }
  try {
    if (template.follow) await Promise.allSettled(sources.map(printOne))
    else for (const source of sources) if (!end.signal.aborted) await printOne(source)
  } finally {
    line.clear()
  }
  const [failure, ...others] = failures
  if (failure !== undefined) throw others.length === 0 ? failure : new SeveralErrors(failures)
}

function requestOf({ pod, container }: LogSource, template: Template): LogRequest {
  return { namespace: pod.metadata.namespace ?? 'default', name: pod.metadata.name, container, ...template }
}

async function* linesOf(batches: ReturnType<typeof readLog>): AsyncGenerator<LogLine> {
  for await (const { lines } of batches) yield* lines
}
