import { describe, expect, it } from 'vitest'
import { StartFailure } from '../../../../src/agent/runtimes/containers/container-engine.ts'
import { PodWorker } from '../../../../src/agent/runtimes/containers/pod-worker.ts'
import { Timers } from '../../../../src/agent/timers.ts'
import type { Pod } from '../../../../src/model/kinds/pod.ts'
import { FakeEngine } from '../../support/fake-engine.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { pod } from '../../support/pod.ts'

function work(subject: Pod, failures = 0) {
  const clock = new ManualClock()
  const engine = new FakeEngine()
  for (let count = 0; count < failures; count += 1) engine.sandboxFailures.push(new Error(`no luck ${count}`))
  const timers = new Timers(clock, (error) => {
    throw error
  })
  const worker = new PodWorker(subject, {
    engine,
    timers,
    hostIP: '192.0.2.1',
    log: { info: () => {}, warn: () => {} },
    onChange: () => {},
    onEnd: () => {},
  })
  const waiting = () => worker.status().containerStatuses?.[0]?.state?.waiting
  const isReady = () =>
    worker.status().conditions?.find(({ type }) => type === 'PodReadyToStartContainers')?.status === 'True'
  // Failures that a test adds come in time: the first opening is with the first turn of the clock.
  queueMicrotask(() => worker.start())
  return { clock, engine, worker, waiting, isReady }
}

describe('the sandbox of a pod', () => {
  it('is tried again after 1, 2, 4 seconds; meanwhile nothing starts and the reason is told', async () => {
    const { clock, engine, worker, waiting, isReady } = work(pod('p'), 3)
    for (const [index, seconds] of [1, 2, 4].entries()) {
      await clock.advance(0)
      const message = `Failed to create pod sandbox: no luck ${index}`
      expect(waiting()).toEqual({ reason: 'CreatePodSandboxError', message })
      await clock.advance(seconds * 1000 - 1)
      expect(engine.started).toEqual([])
      expect(isReady()).toBe(false)
      await clock.advance(1)
    }
    expect(engine.names).toEqual(['main#0'])
    expect(isReady()).toBe(true)
    expect(worker.status()).toMatchObject({ phase: 'Running', podIP: '10.1.2.3' })
  })

  it('says for which volume it waits in the place of the containers', async () => {
    const { clock, engine, waiting, isReady } = work(pod('p'))
    engine.sandboxFailures.push(new StartFailure('ContainerCreating', 'no volume'))
    await clock.advance(0)
    expect(waiting()).toEqual({ reason: 'ContainerCreating', message: 'no volume' })
    await clock.advance(1_000)
    expect([engine.names, isReady()]).toEqual([['main#0'], true])
  })

  it('is not tried again for a pod that is stopped', async () => {
    const { clock, engine, worker } = work(pod('p'), 3)
    await clock.advance(0)
    worker.stop(30)
    await clock.advance(60_000)
    expect(engine.sandboxFailures).toHaveLength(2)
    expect(worker.hasEnded).toBe(true)
    expect(engine.closed).toEqual(['uid-p'])
  })

  it('is closed when the pod has run to its end, and not before', async () => {
    const { clock, engine, worker, isReady } = work(pod('p', { restartPolicy: 'Never' }))
    await clock.advance(0)
    expect(engine.closed).toEqual([])
    engine.started[0]?.end({ exitCode: 0 })
    await clock.advance(0)
    expect(engine.closed).toEqual(['uid-p'])
    expect(isReady()).toBe(false)
    expect(worker.status()).toMatchObject({ phase: 'Succeeded', podIP: '10.1.2.3' })
  })

  it('stays where the pod is only stopped until the agent comes back', async () => {
    const { clock, engine, worker } = work(pod('p'))
    await clock.advance(0)
    worker.stop(30, false)
    await clock.advance(0)
    expect(worker.hasEnded).toBe(true)
    expect(engine.closed).toEqual([])
  })
})
