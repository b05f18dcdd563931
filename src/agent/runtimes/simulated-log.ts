import type { Pod } from '../../model/kinds/pod.ts'
import { logTime } from '../../model/log-line.ts'
import type { LogRequest } from '../../model/log-request.ts'
import type { Timers } from '../timers.ts'
import type { LiveLog } from './log-news.ts'

/** The lines that a container of a simulated pod has written, by their numbers. */
interface ScriptedLog {
  /** How many there are at a time, in milliseconds since 1970. */
  countAt(now: number): number
  /** A line, in the CRI's format. */
  line(number: number): string
  /** When a line is written. */
  timeOf(number: number): number
}

/** The annotation that says how many seconds lie between two lines. */
const intervalAnnotation = 'simulated.myriad/log-every-seconds'
const defaultIntervalSeconds = 60
const intervalSecondsMin = 0.001
/** Lines that go out together. */
const pieceLinesMax = 500

/** What a container writes: a line when it starts, and then one in every interval. The same pod always writes the same. */
function scriptedLog(pod: Pod, container: string): ScriptedLog {
  const { name, namespace = 'default', annotations } = pod.metadata
  const startedAt = Date.parse(pod.status?.startTime ?? pod.metadata.creationTimestamp)
  const seconds = Number(annotations?.[intervalAnnotation] ?? defaultIntervalSeconds)
  const intervalMs = Math.max(intervalSecondsMin, Number.isFinite(seconds) ? seconds : defaultIntervalSeconds) * 1_000
  const timeOf = (number: number): number => startedAt + number * intervalMs
  return {
    countAt: (now) => (now < startedAt ? 0 : Math.floor((now - startedAt) / intervalMs) + 1),
    timeOf,
    line: (number) => {
      const text =
        number === 0
          ? `container ${container} of pod ${namespace}/${name} has started on ${pod.spec.nodeName ?? ''}`
          : `line ${number} of container ${container}`
      return `${logTime(timeOf(number))} stdout F ${text}\n`
    },
  }
}

/** What a scripted log is read with. */
interface ScriptedReading {
  readonly wanted: LogRequest
  readonly timers: Timers
  /** The pod's life, as long as it lasts; undefined when it is over, or not to be followed. */
  readonly live: LiveLog | undefined
  /** When the pod has ended, in milliseconds since 1970; undefined while it has not. */
  readonly endedAt: () => number | undefined
  readonly signal: AbortSignal
}

/** Reads a scripted log as a real one is read: what there is, then what comes until the pod ends. */
export async function* readScriptedLog(reading: ScriptedReading): AsyncGenerator<string, void, void> {
  const { wanted, timers, live, endedAt, signal } = reading
  const log = scriptedLog(wanted.pod, wanted.container)
  const since = wanted.sinceTime == null ? 0 : Date.parse(wanted.sinceTime)
  const present = log.countAt(endedAt() ?? timers.now())
  let next = Math.max(0, present - (wanted.tailLines ?? present))
  if (since > log.timeOf(next)) next = Math.max(next, log.countAt(since - 1))
  while (!signal.aborted) {
    const isLast = live === undefined || live.isOver
    const count = live === undefined ? present : log.countAt(endedAt() ?? timers.now())
    if (next < count) {
      const first = next
      next = Math.min(count, next + pieceLinesMax)
      yield Array.from({ length: next - first }, (_, index) => log.line(first + index)).join('')
    } else if (isLast) return
    else await newsOf(live, reading, log.timeOf(next) - timers.now())
  }
}

/** Resolves when there is news of the pod, at the latest after `ms`, and when the reader has gone. */
async function newsOf(live: LiveLog, { timers, signal }: ScriptedReading, ms: number): Promise<void> {
  const late = new AbortController()
  const end = (): void => late.abort()
  const timer = timers.after(ms, end)
  signal.addEventListener('abort', end, { once: true })
  await live.more(late.signal)
  signal.removeEventListener('abort', end)
  timers.cancel(timer)
}
