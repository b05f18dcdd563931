import { expect, it } from 'vitest'
import { type Event, timesSeen } from '../../../src/model/kinds/event.ts'

const event = { metadata: { name: 'e' }, involvedObject: {} } as Event

it.each([
  [1, {}],
  [1, { count: 0 }],
  [3, { count: 3 }],
  [4, { count: 3, series: { count: 4 } }],
  [3, { count: 3, series: {} }],
])('an event has happened %i times by %j', (times, fields) => {
  expect(timesSeen({ ...event, ...fields })).toBe(times)
})
