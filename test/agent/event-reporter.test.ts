import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventReporter } from '../../src/agent/event-reporter.ts'
import { Timers } from '../../src/agent/timers.ts'
import { FakeDoor } from './support/fake-door.ts'
import { ManualClock } from './support/manual-clock.ts'
import { pod } from './support/pod.ts'

let door: FakeDoor
let clock: ManualClock
let timers: Timers
let warnings: string[]
let made: number

beforeEach(() => {
  door = new FakeDoor()
  clock = new ManualClock()
  timers = new Timers(clock, () => undefined)
  warnings = []
  made = 0
})
afterEach(() => timers.close())

function reporter(more: object = {}): EventReporter {
  const log = { info: () => undefined, warn: (message: string) => void warnings.push(message) }
  const newUid = () => `event-${(made += 1)}`
  return new EventReporter({ door, timers, log, newUid, random: () => 0.5, ...more })
}

const event = (message: string) => ({ type: 'Normal', reason: 'Started', message }) as const
const told = () => door.events.map(({ involvedName, message, count }) => `${involvedName} ${message} ${count}`)

describe('what happens to pods', () => {
  it('is told in batches, under the name of the node, and counted where it is the same', async () => {
    const events = reporter()
    for (const name of ['a', 'b', 'a', 'a']) events.report(pod(name), event('started'))
    expect(door.events).toEqual([])
    await clock.advance(500)
    expect(told()).toEqual(['a started 3', 'b started 1'])
    expect(door.events[0]).toMatchObject({ component: 'kubelet', host: 'node-1', involvedUid: 'uid-a', count: 3 })
    events.report(pod('a'), event('started'))
    await clock.advance(500)
    expect(told().slice(2)).toEqual(['a started 4'])
    expect(door.events[2]?.uid).toBe(door.events[0]?.uid)
  })

  it('has times in the order in which it was told, also when it happened at once', async () => {
    const events = reporter()
    for (const message of ['created', 'started', 'ended']) events.report(pod('a'), event(message))
    await clock.advance(500)
    events.report(pod('a'), event('gone'))
    await clock.advance(500)
    const [first = 0, ...others] = door.events.map(({ lastTimestamp }) => lastTimestamp)
    expect(others.map((time) => time - first)).toEqual([1, 2, 500])
  })

  it('waits while the control plane is away, the newest of it as far as there is room', async () => {
    const events = reporter({ waitingMax: 3 })
    door.disconnect()
    for (const name of ['a', 'b', 'c', 'd']) events.report(pod(name), event('started'))
    await clock.advance(600)
    for (const name of ['d', 'e']) events.report(pod(name), event('started'))
    await clock.advance(60_000)
    expect(warnings).toEqual(['events could not be told; they wait'])
    door.reconnect()
    await clock.advance(60_000)
    expect(told()).toEqual(['c started 1', 'd started 2', 'e started 1'])
  })

  it('is told in bounded batches, and the rest of it at the end', async () => {
    const events = reporter({ batchMax: 2 })
    for (const name of ['a', 'b', 'c', 'd', 'e']) events.report(pod(name), event('started'))
    await clock.advance(500)
    expect(door.events).toHaveLength(2)
    await events.close()
    expect(door.events).toHaveLength(5)
    events.report(pod('f'), event('started'))
    await clock.advance(10_000)
    expect(door.events).toHaveLength(5)
  })

  it('is not insisted on at the end when the control plane is away', async () => {
    const events = reporter()
    door.disconnect()
    events.report(pod('a'), event('started'))
    await events.close()
    expect(warnings).toHaveLength(1)
  })
})
