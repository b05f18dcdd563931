import { describe, expect, it } from 'vitest'
import { SimulatedRuntime } from '../../../src/agent/runtimes/simulated.ts'
import type { PodLife } from '../../../src/agent/runtimes/simulated-life.ts'
import { Timers } from '../../../src/agent/timers.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { pod } from '../support/pod.ts'

async function simulate(lives?: readonly PodLife[]) {
  const clock = new ManualClock()
  const timers = new Timers(clock, (error) => {
    throw error
  })
  const runtime = new SimulatedRuntime({ timers, hostIP: () => '10.0.0.1', ...(lives && { lives }) })
  const trace: string[] = []
  await runtime.open({
    podChanged: (_uid, { phase }) => trace.push(`${phase}`),
    podEnded: (_uid, { phase }) => trace.push(`ended ${phase}`),
  })
  return { clock, runtime, trace }
}

describe('the simulated runtime', () => {
  it('has a pod running at once, and stopped at once', async () => {
    const { runtime, trace } = await simulate()
    runtime.runPod(pod('p'))
    runtime.stopPod(pod('p'), 30)
    expect(trace).toEqual(['Running', 'ended Succeeded'])
  })

  it('completes what a job owns after a second', async () => {
    const { clock, runtime, trace } = await simulate()
    const ownerReferences = [{ apiVersion: 'batch/v1', kind: 'Job', name: 'j', uid: 'u', controller: true }]
    runtime.runPod(pod('p', { restartPolicy: 'Never' }, { metadata: { ownerReferences } }))
    await clock.advance(999)
    expect(trace).toEqual(['Running'])
    await clock.advance(1)
    expect(trace).toEqual(['Running', 'Succeeded'])
  })

  it('fails a pod when its annotation says so', async () => {
    const { clock, runtime, trace } = await simulate()
    runtime.runPod(pod('p', {}, { metadata: { annotations: { 'simulated.myriad/fail-after-seconds': '2' } } }))
    await clock.advance(2000)
    expect(trace).toEqual(['Running', 'Failed'])
  })

  it('follows a table of stages of its own, and stops no later than the grace period', async () => {
    const { clock, runtime, trace } = await simulate([
      { name: 'slow', stages: [{ phase: 'Running', afterMs: 3000 }], stopMs: 60_000 },
    ])
    runtime.runPod(pod('p'))
    expect(trace).toEqual(['Pending'])
    await clock.advance(3000)
    runtime.stopPod(pod('p'), 10)
    await clock.advance(9_999)
    expect(trace).toEqual(['Pending', 'Running'])
    await clock.advance(1)
    expect(trace).toEqual(['Pending', 'Running', 'ended Succeeded'])
  })

  it('says nothing of a pod that the store already knows as running', async () => {
    const { runtime, trace } = await simulate()
    runtime.runPod(pod('p', {}, { status: { phase: 'Running' } }))
    expect(trace).toEqual([])
  })

  it('says again that a pod runs which the store takes for not ready', async () => {
    const { runtime, trace } = await simulate()
    const conditions = [{ type: 'Ready', status: 'False' as const }]
    runtime.runPod(pod('p', {}, { status: { phase: 'Running', conditions } }))
    expect(trace).toEqual(['Running'])
  })
})
