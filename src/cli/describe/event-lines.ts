import { formatAge } from '../../model/duration.ts'
import { type Event, lastSeen, timesSeen } from '../../model/kinds/event.ts'
import { indent, ruledTable } from './description.ts'

/** The last part of every description: what was told about the object, the oldest first. */
export function eventLines(events: readonly Event[], now: number): string[] {
  if (events.length === 0) return ['Events:\t<none>']
  const rows = events
    .toSorted(byLastSeen)
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
  const count = timesSeen(event)
  const first = event.firstTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp
  if (count < 2) return formatAge(first, now)
  return `${formatAge(lastSeen(event), now)} (x${count} over ${formatAge(first, now)})`
}

/** The order in which events were told last; those of the same moment by name, since the server lists them in no such order. */
export function byLastSeen(left: Event, right: Event): number {
  return seen(left).localeCompare(seen(right)) || left.metadata.name.localeCompare(right.metadata.name)
}

function seen(event: Event): string {
  return lastSeen(event) ?? event.metadata.creationTimestamp
}
