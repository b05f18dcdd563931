import { describePod, isServing, type PodEventView } from './pod-view.ts'
import type { Screen, Style } from './screen.ts'

/** One event as a line: seconds since the beginning, type, pod, what it does, and who did it. Undefined for a bookmark. */
export function eventLine(event: PodEventView, startedAtMs: number, screen: Screen): string | undefined {
  const { type, pod, at, actor } = event
  if (type === 'BOOKMARK' || !pod) return undefined
  const seconds = ((Date.parse(at) - startedAtMs) / 1000).toFixed(2).padStart(6)
  const style: Style = type === 'DELETED' ? 'red' : isServing(pod) ? 'green' : 'yellow'
  const what = type === 'DELETED' ? 'gone' : describePod(pod)
  const who = actor ? screen.paint('dim', `  ${actor.replace(/^system:/, '')}`) : ''
  return `   ${screen.paint('dim', `${seconds} s`)}  ${type.padEnd(8)}  ${pod.name}  ${screen.paint(style, what.padEnd(28))}${who}`
}
