import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EventCorrelator, type Happening } from '../../src/model/event-correlator.ts'

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'uid-1',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
}
const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { ...pod.metadata, name: 'n1', namespace: undefined, uid: 'uid-2' },
}

function happening(change: Partial<Happening> = {}): Happening {
  return { regarding: pod, type: 'Normal', reason: 'Pulled', message: 'pulled', component: 'agent', ...change }
}

function correlator() {
  let uids = 0
  return new EventCorrelator({ newUid: () => `event-${(uids += 1)}`, random: () => 0 })
}

const start = 1_700_000_000_000

it('a new happening becomes an event about the object, named after it and the time', () => {
  expect(correlator().correlate(happening({ host: 'n1' }), start)).toEqual({
    uid: 'event-1',
    namespace: 'shop',
    name: `web.${(BigInt(start) * 1_000_000n + 1n).toString(16)}`,
    type: 'Normal',
    reason: 'Pulled',
    message: 'pulled',
    count: 1,
    firstTimestamp: start,
    lastTimestamp: start,
    component: 'agent',
    host: 'n1',
    involvedApiVersion: 'v1',
    involvedKind: 'Pod',
    involvedNamespace: 'shop',
    involvedName: 'web',
    involvedUid: 'uid-1',
  })
})

it('an event about a cluster-wide object lives in the namespace default', () => {
  const record = correlator().correlate(happening({ regarding: node }), start)
  expect(record).toMatchObject({ namespace: 'default', involvedNamespace: '' })
})

it('equal happenings are one event with a count', () => {
  const events = correlator()
  events.correlate(happening(), start)
  expect(events.correlate(happening(), start + 1_000)).toMatchObject({
    uid: 'event-1',
    count: 2,
    firstTimestamp: start,
    lastTimestamp: start + 1_000,
  })
})

it.each<[string, Partial<Happening>]>([
  ['the message', { message: 'pulled again' }],
  ['the reason', { reason: 'Pulling' }],
  ['the type', { type: 'Warning' }],
  ['the component', { component: 'scheduler' }],
  ['the machine', { host: 'n2' }],
  ['the object', { regarding: { ...pod, metadata: { ...pod.metadata, uid: 'uid-9' } } }],
])('a happening that differs in %s is an event of its own', (_, change) => {
  const events = correlator()
  events.correlate(happening(), start)
  expect(events.correlate(happening(change), start)).toMatchObject({ uid: 'event-2', count: 1 })
})

it('from the tenth that differs only by message they are told as one', () => {
  const events = correlator()
  const told = Array.from({ length: 12 }, (_, index) => events.correlate(happening({ message: `m${index}` }), start))
  expect(told.slice(0, 9).map((record) => record?.message)).toEqual(
    Array.from({ length: 9 }, (_, index) => `m${index}`),
  )
  expect(told.slice(9).map((record) => [record?.uid, record?.count, record?.message])).toEqual([
    ['event-10', 1, '(combined from similar events): m9'],
    ['event-10', 2, '(combined from similar events): m10'],
    ['event-10', 3, '(combined from similar events): m11'],
  ])
})

it.each([
  { pauseMs: 600_000, message: '(combined from similar events): last' },
  { pauseMs: 600_001, message: 'last' },
])('after $pauseMs ms without a similar one, the next is told as "$message"', ({ pauseMs, message }) => {
  const events = correlator()
  for (let index = 0; index < 9; index += 1) events.correlate(happening({ message: `m${index}` }), start)
  expect(events.correlate(happening({ message: 'last' }), start + pauseMs)?.message).toBe(message)
})

it('a component tells 25 events about an object at once, and then one in 300 s', () => {
  const events = correlator()
  const told = Array.from({ length: 30 }, () => events.correlate(happening(), start))
  expect(told.filter((record) => record !== undefined)).toHaveLength(25)
  expect(events.correlate(happening(), start + 299_999)).toBeUndefined()
  expect(events.correlate(happening(), start + 300_001)).toMatchObject({ count: 32 })
  expect(events.correlate(happening(), start + 300_002)).toBeUndefined()
  expect(events.correlate(happening({ component: 'other' }), start + 300_002)).toMatchObject({ count: 1 })
})

it('what was forgotten because too much else happened begins anew', () => {
  const limits = { rememberedMax: 2, similarMax: 10, similarSeconds: 600, burst: 25, refillSeconds: 300 }
  let uids = 0
  const events = new EventCorrelator({ newUid: () => `event-${(uids += 1)}`, random: () => 0 }, limits)
  for (const reason of ['A', 'B', 'C']) events.correlate(happening({ reason }), start)
  expect(events.correlate(happening({ reason: 'C' }), start)).toMatchObject({ uid: 'event-3', count: 2 })
  expect(events.correlate(happening({ reason: 'A' }), start)).toMatchObject({ uid: 'event-4', count: 1 })
})

it('names are unique, and no component ever tells more than its allowance', () => {
  const step = fc.record({
    message: fc.integer({ min: 0, max: 40 }).map((number) => `m${number}`),
    reason: fc.constantFrom('A', 'B'),
    pauseMs: fc.constantFrom(0, 1, 1_000, 100_000, 700_000),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const events = correlator()
      let now = start
      let told = 0
      const uidOfName = new Map<string, string>()
      for (const { message, reason, pauseMs } of steps) {
        now += pauseMs
        const record = events.correlate(happening({ message, reason }), now)
        if (record === undefined) continue
        told += 1
        expect(uidOfName.get(record.name) ?? record.uid).toBe(record.uid)
        uidOfName.set(record.name, record.uid)
      }
      expect(told).toBeLessThanOrEqual(25 + Math.ceil((now - start) / 300_000))
    }),
  )
})
