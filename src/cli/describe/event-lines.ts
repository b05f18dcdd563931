import { formatAge } from '../../model/duration.ts'
import type { Event } from '../../model/kinds/event.ts'
import { indent, ruledTable } from './description.ts'

/** The last part of every description: what was told about the object, the oldest first. */
export function eventLines(events: readonly Event[], now: number): string[] {
  if (events.length === 0) return ['Events:\t<none>']
  const rows = events
    .toSorted((left, right) => lastTime(left).localeCompare(lastTime(right)))
    .map((event) => [
      event.type ?? '',
      event.reason ?? '',
      ageOf(event, now),
      event.source?.component || event.reportingComponent || '',
      (event.message ?? '').trim(),
    ])
  return ['Events:', ...indent(ruledTable(['Type', 'Reason', 'Age', 'From', 'Message'], rows))]
}

/** `5s`, or for an event that came again `5s (x3 over 10m)`. */
function ageOf(event: Event, now: number): string {
  const count = event.series?.count ?? event.count ?? 1
  const first = event.firstTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp
  if (count < 2) return formatAge(first, now)
  return `${formatAge(lastTime(event), now)} (x${count} over ${formatAge(first, now)})`
}

function lastTime(event: Event): string {
  const { series, lastTimestamp, eventTime, metadata } = event
  return series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp
}
