import { describe, expect, it } from 'vitest'
import type { PodStatusOutcome, PodStatusReport } from '../../src/agent/door.ts'
import { StatusReporter } from '../../src/agent/status-reporter.ts'
import { Timers } from '../../src/agent/timers.ts'
import { ManualClock, settle } from './support/manual-clock.ts'

const quiet = { info: () => {}, warn: () => {} }

function report(uid: string, reason: string, ended = false): PodStatusReport {
  return { uid, namespace: 'default', name: uid, status: { phase: 'Running', reason }, ended }
}

interface Call {
  readonly reports: readonly PodStatusReport[]
  readonly answer: (result?: string) => void
  readonly fail: () => void
}

function setUp(options: { batchSizeMax?: number; batchesInFlightMax?: number } = {}) {
  const clock = new ManualClock()
  const calls: Call[] = []
  const settled: [string, string][] = []
  const reporter = new StatusReporter({
    send: (reports) =>
      new Promise<PodStatusOutcome[]>((resolve, reject) => {
        calls.push({
          reports,
          answer: (result = 'APPLIED') => resolve(reports.map(({ uid }) => ({ uid, result }))),
          fail: () => reject(new Error('connection lost')),
        })
      }),
    onSettled: ({ uid }, { result }) => settled.push([uid, result]),
    timers: new Timers(clock, (error) => {
      throw error
    }),
    log: quiet,
    random: () => 0.5,
    ...options,
  })
  const sent = () => calls.map(({ reports }) => reports.map(({ uid, status }) => `${uid}:${status?.reason}`))
  return { clock, calls, settled, reporter, sent }
}

describe('StatusReporter', () => {
  it('waits for others for ten milliseconds, and sends only the latest status of each pod', async () => {
    const { clock, reporter, sent } = setUp()
    reporter.report(report('a', '1'))
    reporter.report(report('b', '1'))
    reporter.report(report('a', '2'))
    await clock.advance(9)
    expect(sent()).toEqual([])
    await clock.advance(1)
    expect(sent()).toEqual([['a:2', 'b:1']])
  })

  it('sends at once when a batch is full', () => {
    const { reporter, sent } = setUp({ batchSizeMax: 2 })
    for (const uid of ['a', 'b', 'c']) reporter.report(report(uid, '1'))
    expect(sent()).toEqual([['a:1', 'b:1']])
  })

  it('has no two reports of one pod under way, so that they arrive in order', async () => {
    const { clock, calls, reporter, sent } = setUp()
    reporter.report(report('a', '1'))
    await clock.advance(10)
    reporter.report(report('a', '2'))
    reporter.report(report('a', '3'))
    await clock.advance(1000)
    expect(sent()).toEqual([['a:1']])
    calls[0]?.answer()
    await clock.advance(10)
    expect(sent()).toEqual([['a:1'], ['a:3']])
  })

  it('sends what failed again with back-off, and a newer status in its place', async () => {
    const { clock, calls, reporter, sent } = setUp()
    reporter.report(report('a', '1'))
    reporter.report(report('b', '1'))
    await clock.advance(10)
    calls[0]?.fail()
    await settle()
    reporter.report(report('b', '2'))
    await clock.advance(10)
    expect(sent()).toEqual([['a:1', 'b:1'], ['b:2']])
    await clock.advance(60)
    expect(sent()).toEqual([['a:1', 'b:1'], ['b:2'], ['a:1']])
  })

  it('sends what waits for its next attempt at once when told that the connection is back', async () => {
    const { clock, calls, reporter, sent } = setUp()
    reporter.report(report('a', '1'))
    await clock.advance(10)
    for (let failure = 0; failure < 6; failure += 1) {
      calls.at(-1)?.fail()
      await clock.advance(20_000)
    }
    calls.at(-1)?.fail()
    await settle()
    const before = sent().length
    reporter.retryNow()
    await clock.advance(10)
    expect(sent()).toHaveLength(before + 1)
  })

  it('never takes back that a pod has ended', async () => {
    const { clock, calls, reporter } = setUp()
    reporter.report(report('a', '1', true))
    await clock.advance(10)
    reporter.report(report('a', '2'))
    calls[0]?.fail()
    await clock.advance(200)
    expect(calls.at(-1)?.reports).toMatchObject([{ uid: 'a', ended: true, status: { reason: '2' } }])
  })

  it('sends a pod whose status met a conflict again, and settles the others', async () => {
    const { clock, calls, settled, reporter } = setUp()
    reporter.report(report('a', '1'))
    await clock.advance(10)
    calls[0]?.answer('CONFLICT')
    await clock.advance(100)
    calls[1]?.answer('GONE')
    await reporter.settled()
    expect(settled).toEqual([['a', 'GONE']])
    await clock.advance(60_000)
    expect(calls).toHaveLength(2)
  })

  it('does not send again what was refused for good, and sends what has come since', async () => {
    const { clock, calls, settled, reporter, sent } = setUp()
    reporter.report(report('a', '1'))
    reporter.report(report('b', '1'))
    await clock.advance(10)
    reporter.report(report('b', '2'))
    calls[0]?.answer('REFUSED')
    await clock.advance(60_000)
    expect(settled).toEqual([
      ['a', 'REFUSED'],
      ['b', 'REFUSED'],
    ])
    expect(sent()).toEqual([['a:1', 'b:1'], ['b:2']])
  })

  it('has no more batches under way than allowed', async () => {
    const { calls, reporter } = setUp({ batchSizeMax: 1, batchesInFlightMax: 2 })
    for (const uid of ['a', 'b', 'c']) reporter.report(report(uid, '1'))
    expect(calls).toHaveLength(2)
    calls[0]?.answer()
    await settle()
    expect(calls).toHaveLength(3)
  })

  it('forgets a pod that the store no longer has', async () => {
    const { clock, calls, reporter } = setUp()
    reporter.report(report('a', '1'))
    reporter.forget('a')
    await reporter.settled()
    await clock.advance(100)
    expect(calls).toEqual([])
  })
})
