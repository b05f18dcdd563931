import { setTimeout as delay } from 'node:timers/promises'
import { Histogram } from '../histogram.ts'
import { subscribeLightly } from '../light-subscriber.ts'
import { takeJob, takeOrder, tell, tellProgress } from '../part.ts'
import type { Received } from './fanout.ts'
import { readMark } from './schedule.ts'

interface Job {
  readonly port: number
  readonly subscribers: number
  /** Changes that are not measured. */
  readonly warmUp: number
}

/** A change as its first receiver has read it; equal subscribers must get equal bytes, so nobody reads it again. */
interface Change {
  readonly message: Buffer
  readonly dueMs: number
  readonly committedMs: number
}

/** Connections that are being opened at once. */
const openingMax = 100
/** After so long without a delivery, what has not come does not come. */
const quietMsMax = 20_000

/** Many equal subscribers, each of which must receive every change once and in order. */
const { port, subscribers, warmUp } = await takeJob<Job>()
const changes: Change[] = []
const sinceDue = new Histogram()
const sinceCommit = new Histogram()
const cursors = new Uint32Array(subscribers)
let [deliveries, doubled, lost, lastArrivalMs] = [0, 0, 0, 0]

for (let first = 0; first < subscribers; first += openingMax) {
  const count = Math.min(openingMax, subscribers - first)
  await Promise.all(Array.from({ length: count }, (_, index) => subscribe(first + index)))
  tellProgress(`${first + count} of ${subscribers} subscriptions of one process are open`)
}
tell({ ready: true })
const { expected } = await takeOrder<{ readonly expected: number }>()
await arrival(expected * subscribers)
const missing = cursors.reduce((sum, cursor) => sum + Math.max(0, expected - cursor), 0)
tell({
  deliveries,
  missing,
  doubled,
  lost,
  lastArrivalMs,
  sinceDue: sinceDue.steps(),
  sinceCommit: sinceCommit.steps(),
} satisfies Received)

async function subscribe(index: number): Promise<void> {
  await subscribeLightly({
    port,
    query: `subscription {
      podEvents(labelSelector: "app=fanout", initial: false) { type resourceVersion at pod { name metadata { annotations } } }
    }`,
    onMessage: (message, arrivedMs) => receive(index, message, arrivedMs),
    onLost: () => {
      lost += 1
    },
  })
}

function receive(subscriber: number, message: Buffer, arrivedMs: number): void {
  const cursor = cursors[subscriber] ?? 0
  if (cursor === changes.length) {
    const change = readChange(message, cursor)
    if (change === undefined) {
      doubled += 1
      return
    }
    changes.push(change)
  }
  const change = changes[cursor]
  if (change === undefined || !change.message.equals(message)) {
    doubled += 1
    return
  }
  cursors[subscriber] = cursor + 1
  deliveries += 1
  lastArrivalMs = arrivedMs
  if (cursor < warmUp) return
  sinceDue.record(arrivedMs - change.dueMs)
  sinceCommit.record(arrivedMs - change.committedMs)
}

/** The change, if it is the one that must come next. */
function readChange(message: Buffer, expectedIndex: number): Change | undefined {
  const mark = readMark(message)
  if (mark?.index !== expectedIndex) return undefined
  const at = /"at":"([^"]+)"/.exec(message.toString('latin1'))?.[1] ?? ''
  return { message: Buffer.from(message), dueMs: mark.dueMs, committedMs: Date.parse(at) }
}

async function arrival(wanted: number): Promise<void> {
  let seen = -1
  let quietSince = performance.now()
  while (deliveries < wanted && performance.now() - quietSince < quietMsMax) {
    if (deliveries !== seen) quietSince = performance.now()
    seen = deliveries
    tellProgress(`${deliveries} of ${wanted} deliveries of one process`)
    await delay(20)
  }
}
