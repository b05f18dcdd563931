import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SimulatedRuntime } from '../../../src/agent/runtimes/simulated.ts'
import { Timers } from '../../../src/agent/timers.ts'
import { parseLogLines, printLogLines } from '../../../src/model/log-line.ts'
import type { LogRequest } from '../../../src/model/log-request.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { pod } from '../support/pod.ts'

let clock: ManualClock
let timers: Timers
let runtime: SimulatedRuntime

beforeEach(async () => {
  clock = new ManualClock()
  timers = new Timers(clock, () => undefined)
  runtime = new SimulatedRuntime({ timers, hostIP: () => '10.0.0.1' })
  await runtime.open({ podChanged: () => undefined, podEnded: () => undefined })
})
afterEach(() => timers.close())

function podOf(annotations: Record<string, string>) {
  const status = { phase: 'Running', startTime: '2026-01-01T00:00:00Z' }
  return pod('web', { nodeName: 'sim-3' }, { metadata: { annotations }, status })
}

const everySecond = podOf({ 'simulated.myriad/log-every-seconds': '1' })

function read(more: Partial<LogRequest> = {}, signal = new AbortController().signal) {
  const request = { id: 'a', pod: everySecond, container: 'main', restartCount: 0, follow: false, ...more }
  return runtime.readLog(request, signal)
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

describe('the log of a simulated pod', () => {
  it('has a line at the start and then one in each interval, always the same', async () => {
    runtime.runPod(everySecond)
    await clock.advance(2_500)
    const text = await textOf(read())
    expect(printLogLines(text, true)).toBe(
      [
        '2026-01-01T00:00:00.000000000Z container main of pod default/web has started on sim-3',
        '2026-01-01T00:00:01.000000000Z line 1 of container main',
        '2026-01-01T00:00:02.000000000Z line 2 of container main',
        '',
      ].join('\n'),
    )
    expect(await textOf(read())).toBe(text)
  })

  it('has a line a minute where its annotation does not say otherwise', async () => {
    for (const annotations of [{}, { 'simulated.myriad/log-every-seconds': 'often' }]) {
      await clock.advance(300_000)
      const lines = parseLogLines(await textOf(read({ pod: podOf(annotations), tailLines: 2 })))
      const [one, other] = lines.map(({ time }) => Date.parse(time))
      expect((other ?? 0) - (one ?? 0)).toBe(60_000)
    }
  })

  it('is given from a time on, and its last lines alone, however long it is', async () => {
    runtime.runPod(everySecond)
    await clock.advance(10_000_000)
    const texts = async (more: Partial<LogRequest>) => printLogLines(await textOf(read(more)), false).split('\n')
    expect(await texts({ tailLines: 1 })).toEqual(['line 10000 of container main', ''])
    const sinceTime = '2026-01-01T02:46:39Z'
    expect(await texts({ sinceTime })).toEqual(['line 9999 of container main', 'line 10000 of container main', ''])
    expect(await texts({ sinceTime, tailLines: 1 })).toEqual(['line 10000 of container main', ''])
    expect(await texts({})).toHaveLength(10_002)
  })

  it('is followed until the pod ends', async () => {
    runtime.runPod(everySecond)
    const text = textOf(read({ follow: true }))
    await clock.advance(1_500)
    runtime.stopPod(everySecond, 0)
    expect(parseLogLines(await text)).toHaveLength(2)
    await clock.advance(10_000)
    expect(parseLogLines(await textOf(read({ follow: true })))).toHaveLength(2)
  })

  it('is followed until the reader leaves', async () => {
    runtime.runPod(everySecond)
    const left = new AbortController()
    const text = textOf(read({ follow: true }, left.signal))
    await clock.advance(3_000)
    left.abort()
    expect(parseLogLines(await text)).toHaveLength(4)
  })
})
