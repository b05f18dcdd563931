import { describe, expect, it } from 'vitest'
import { alignTabs } from '../../../src/cli/describe/description.ts'
import { eventLines } from '../../../src/cli/describe/event-lines.ts'
import type { Event } from '../../../src/model/kinds/event.ts'
import { objectNamed } from '../../support/objects.ts'

const now = Date.parse('2026-01-01T01:00:00Z')

describe('the events of a description', () => {
  it('tells events in the order of their last time, and how often each came', () => {
    const event = (name: string, part: Partial<Event>): Event => ({
      ...objectNamed<Event>('Event', name),
      type: 'Normal',
      ...part,
    })
    const lines = eventLines(
      [
        event('b', {
          reason: 'BackOff',
          type: 'Warning',
          message: 'Back-off\n',
          count: 4,
          firstTimestamp: '2026-01-01T00:50:00Z',
          lastTimestamp: '2026-01-01T00:59:55Z',
          source: { component: 'kubelet' },
        }),
        event('a', {
          reason: 'Scheduled',
          message: 'Assigned',
          eventTime: '2026-01-01T00:40:00Z',
          reportingComponent: 'scheduler',
        }),
      ],
      now,
    )
    expect(alignTabs(lines)).toMatchInlineSnapshot(`
      "Events:
        Type     Reason     Age               From       Message
        ----     ------     ---               ----       -------
        Normal   Scheduled  20m               scheduler  Assigned
        Warning  BackOff    5s (x4 over 10m)  kubelet    Back-off
      "
    `)
    expect(alignTabs(eventLines([], now))).toBe('Events:  <none>\n')
  })
})
