import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventInbox, type EventReport } from '../../src/commands/event-inbox.ts'
import type { EventRecord } from '../../src/model/event-record.ts'
import { type Api, openApi } from '../support/api.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api
let podUid: string
const now = Date.parse('2026-01-01T00:10:00Z')

beforeEach(async () => {
  api = await openApi(stores)
  const input = { metadata: { name: 'web' }, spec: { nodeName: 'n1', containers: [{ name: 'main', image: 'main' }] } }
  const data = await api.take<{ createPod: { uid: string } }>(
    'mutation ($input: PodInput!) { createPod(input: $input) { uid } }',
    { input },
  )
  podUid = data.createPod.uid
})
afterEach(() => api.close())

function report(number: number, more: Partial<EventReport> = {}): EventReport {
  return {
    uid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    nodeName: 'n1',
    podUid,
    namespace: 'default',
    podName: 'web',
    type: 'Normal',
    reason: 'Started',
    message: 'Started container main',
    component: 'kubelet',
    count: 1,
    firstTimestamp: '2025-12-31T23:58:00Z',
    lastTimestamp: '2025-12-31T23:59:00Z',
    ...more,
  }
}

const listed = async (): Promise<EventRecord[]> => api.store.events.list({ limit: 100 })

describe('an event that an agent tells', () => {
  it('is an event about its pod, counted on when it is told again', async () => {
    const mutation = 'mutation ($events: [EventReport!]!) { reportEvents(events: $events) }'
    expect(await api.ask(mutation, { events: [report(1), report(2)] }, 'agent')).toEqual({ data: { reportEvents: 2 } })
    api.events.take([report(1, { count: 5, lastTimestamp: '2026-01-01T00:03:00Z' })], now)
    await api.events.close()
    const query = `{ pod(name: "web") { events { nodes {
      type reason message count firstTimestamp lastTimestamp source { component host } involvedObject { kind name uid }
    } } } }`
    const { pod } = await api.take<{ pod: { events: { nodes: object[] } } }>(query)
    expect(pod.events.nodes).toHaveLength(2)
    expect(pod.events.nodes[0]).toEqual({
      type: 'Normal',
      reason: 'Started',
      message: 'Started container main',
      count: 5,
      firstTimestamp: '2025-12-31T23:58:00.000Z',
      lastTimestamp: '2026-01-01T00:03:00.000Z',
      source: { component: 'kubelet', host: 'n1' },
      involvedObject: { kind: 'Pod', name: 'web', uid: podUid },
    })
  })

  it.each<[string, Partial<EventReport>, number]>([
    ['of a pod that is gone', { podUid: 'gone' }, 1],
    ['of a pod on another node', { nodeName: 'n2' }, 0],
    ['in a namespace that there is not', { podUid: 'gone', namespace: 'none' }, 0],
    ['under the name of another pod', { podName: 'other' }, 0],
    ['in the namespace of others', { namespace: 'kube-system' }, 0],
    ['whose name is none', { podUid: 'gone', podName: 'n'.repeat(254) }, 0],
    ['whose uid is none', { uid: 'made-up' }, 0],
  ])('%s is taken %o times: %i', async (_, more, count) => {
    expect(api.events.take([report(1, more)], now)).toBe(count)
    await api.events.close()
    expect(await listed()).toHaveLength(count)
  })

  it('has no more text than it may, and no time that is still to come', async () => {
    const more = {
      message: 'm'.repeat(5_000),
      reason: 'r'.repeat(500),
      component: 'c'.repeat(500),
      count: -3,
      lastTimestamp: '2099-01-01T00:00:00Z',
    }
    api.events.take([report(1, more)], now)
    await api.events.close()
    const [event] = await listed()
    expect(event).toMatchObject({ count: 1, lastTimestamp: now })
    expect([event?.message.length, event?.reason.length, event?.component.length]).toEqual([1_024, 128, 128])
  })
})

describe('an inbox of events', () => {
  it('drops the oldest when more come than can be written, and is told of what cannot be', async () => {
    const written: string[][] = []
    const faults: unknown[] = []
    const failure = new Error('the disk is full')
    const events = {
      write: (records: readonly EventRecord[]) => {
        written.push(records.map(({ uid }) => uid.slice(-1)))
        return written.length === 1 ? Promise.reject(failure) : Promise.resolve()
      },
    }
    const store = { replica: api.store.replica, events: events as never }
    const onFault = (error: unknown) => void faults.push(error)
    const inbox = new EventInbox({ store, onFault, waitingMax: 4, batchMax: 2 })
    inbox.take(
      [1, 2, 3, 4, 5, 6].map((number) => report(number)),
      now,
    )
    await inbox.close()
    expect(written).toEqual([
      ['3', '4'],
      ['5', '6'],
    ])
    expect(faults).toEqual([failure])
    expect(inbox.take([report(7)], now)).toBe(0)
  })
})
