import { expect, it, vi } from 'vitest'
import { EventRecorder, type RecorderOptions } from '../../src/control/recorder.ts'
import { EventCorrelator, type Happening } from '../../src/model/event-correlator.ts'
import type { EventRecord } from '../../src/model/event-record.ts'
import { FakeClock } from '../support/fake-clock.ts'

function happening(reason: string, uid = 'uid-1'): Happening {
  const metadata = { name: 'web', namespace: 'shop', uid, resourceVersion: '1', creationTimestamp: '' }
  return { regarding: { apiVersion: 'v1', kind: 'Pod', metadata }, type: 'Normal', reason, message: '', component: 'c' }
}

function setUp(options: Partial<RecorderOptions> = {}) {
  let uids = 0
  const clock = new FakeClock()
  const batches: EventRecord[][] = []
  const onFault = vi.fn()
  const metrics = { dropped: vi.fn(), filtered: vi.fn(), written: vi.fn() }
  const recorder = new EventRecorder({
    events: { write: async (records) => void batches.push([...records]) },
    correlator: new EventCorrelator({ newUid: () => `event-${(uids += 1)}`, random: () => 0 }),
    clock,
    onFault,
    metrics,
    ...options,
  })
  const summary = () => batches.map((batch) => batch.map(({ reason, count }) => `${reason} x${count}`))
  return { clock, recorder, batches, summary, onFault, metrics }
}

it('what is told within 200 ms is written in one batch, equal events once with their count', async () => {
  const { clock, recorder, summary, metrics } = setUp()
  for (const reason of ['A', 'B', 'A', 'A']) recorder.record(happening(reason))
  clock.advance(199)
  expect(summary()).toEqual([])
  clock.advance(1)
  await recorder.flush()
  expect(summary()).toEqual([['A x3', 'B x1']])
  expect(metrics.written).toHaveBeenCalledWith(2)
})

it('a batch is bounded, and the rest follows in the next', async () => {
  const { clock, recorder, summary } = setUp({ batchMax: 2 })
  for (const reason of ['A', 'B', 'C']) recorder.record(happening(reason))
  clock.advance(200)
  await vi.waitFor(() => expect(clock.pending).toBe(1))
  expect(summary()).toEqual([['A x1', 'B x1']])
  clock.advance(200)
  await vi.waitFor(() => expect(summary()).toEqual([['A x1', 'B x1'], ['C x1']]))
})

it('telling never waits for a slow database; past the limit the oldest are dropped and counted', async () => {
  const { clock, recorder, metrics } = setUp({ waitingMax: 10, events: { write: () => new Promise(() => {}) } })
  recorder.record(happening('first'))
  clock.advance(200)
  for (let index = 0; index < 13; index += 1) recorder.record(happening(`R${index}`))
  expect(metrics.dropped.mock.calls).toEqual([[1], [1], [1]])
})

it('a batch that takes long is followed by a longer pause', async () => {
  const clock = new FakeClock()
  const written: number[] = []
  const { recorder } = setUp({
    clock,
    batchMax: 1,
    events: {
      write: async () => {
        written.push(clock.now())
        clock.advance(100)
      },
    },
  })
  recorder.record(happening('A'))
  recorder.record(happening('B'))
  clock.advance(200)
  await vi.waitFor(() => expect(clock.pending).toBe(1))
  clock.advance(399)
  expect(written).toHaveLength(1)
  clock.advance(1)
  await vi.waitFor(() => expect(written).toHaveLength(2))
  await recorder.close()
})

it('a batch that cannot be written is told and lost, and the next is written', async () => {
  const write = vi.fn().mockRejectedValueOnce(new Error('disk full')).mockResolvedValue(undefined)
  const { recorder, onFault } = setUp({ events: { write } })
  recorder.record(happening('A'))
  await recorder.flush()
  recorder.record(happening('B'))
  await recorder.flush()
  expect(onFault).toHaveBeenCalledWith(new Error('disk full'))
  expect(write).toHaveBeenCalledTimes(2)
})

it('what goes beyond the allowance of an object is counted and not written', async () => {
  const { recorder, batches, metrics } = setUp()
  for (let index = 0; index < 40; index += 1) recorder.record(happening('A'))
  await recorder.flush()
  expect(batches).toEqual([[expect.objectContaining({ count: 25 })]])
  expect(metrics.filtered).toHaveBeenCalledWith(15)
})

it('close writes what waits and takes no more', async () => {
  const { clock, recorder, summary } = setUp()
  recorder.record(happening('A'))
  await recorder.close()
  recorder.record(happening('B'))
  expect(summary()).toEqual([['A x1']])
  expect(clock.pending).toBe(0)
})
