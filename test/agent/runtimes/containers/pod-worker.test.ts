import { describe, expect, it } from 'vitest'
import {
  type AdoptedContainer,
  type RunningContainer,
  StartFailure,
} from '../../../../src/agent/runtimes/containers/container-engine.ts'
import { PodWorker } from '../../../../src/agent/runtimes/containers/pod-worker.ts'
import { Timers } from '../../../../src/agent/timers.ts'
import type { PodStatus } from '../../../../src/model/kinds/pod/pod-status.ts'
import type { Pod } from '../../../../src/model/kinds/pod.ts'
import { FakeEngine } from '../../support/fake-engine.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { pod } from '../../support/pod.ts'

async function work(subject: Pod, left: readonly AdoptedContainer[] = []) {
  const clock = new ManualClock()
  const engine = new FakeEngine()
  const timers = new Timers(clock, (error) => {
    throw error
  })
  const ends: PodStatus[] = []
  const told: PodStatus[] = []
  const worker = new PodWorker(subject, {
    engine,
    timers,
    hostIP: '192.0.2.1',
    log: { info: () => {}, warn: () => {} },
    adopted: left,
    onChange: (status) => told.push(status),
    onEnd: (status) => ends.push(status),
  })
  const begin = async (): Promise<void> => {
    worker.start()
    await clock.advance(0)
  }
  const main = () => worker.status().containerStatuses?.[0]
  return { clock, engine, worker, ends, told, begin, main }
}

describe('a pod worker', () => {
  it('runs init containers one by one and then the others', async () => {
    const initContainers = ['first', 'second'].map((name) => ({ name, image: 'i' }))
    const { clock, engine, worker, begin, main } = await work(pod('p', { initContainers }))
    await begin()
    expect(main()?.state).toEqual({ waiting: { reason: 'PodInitializing' } })
    expect(worker.status()).toMatchObject({ phase: 'Pending', podIP: '10.1.2.3', hostIP: '192.0.2.1' })
    for (const container of [0, 1]) {
      engine.started[container]?.end({ exitCode: 0 })
      await clock.advance(0)
    }
    expect(engine.names).toEqual(['first#0', 'second#0', 'main#0'])
    expect(worker.status().phase).toBe('Running')
    expect(worker.status().conditions?.map(({ type, status }) => `${type}=${status}`)).toEqual([
      'PodReadyToStartContainers=True',
      'Initialized=True',
      'Ready=True',
      'ContainersReady=True',
      'PodScheduled=True',
    ])
  })

  it('restarts a crashing container at once, then after 10, 20, 40 seconds, saying CrashLoopBackOff meanwhile', async () => {
    const { clock, engine, begin, main } = await work(pod('p'))
    await begin()
    const startedAt: number[] = []
    for (let crash = 0; crash < 4; crash += 1) {
      const { length } = engine.started
      const crashedAt = clock.now()
      engine.started.at(-1)?.end({ exitCode: 1 })
      await clock.advance(0)
      if (crash > 0) {
        expect(main()?.state?.waiting?.reason).toBe('CrashLoopBackOff')
        expect(main()?.lastState?.terminated?.exitCode).toBe(1)
      }
      while (engine.started.length === length) await clock.advance(1000)
      startedAt.push((clock.now() - crashedAt) / 1000)
    }
    expect(startedAt).toEqual([0, 10, 20, 40])
    expect(main()).toMatchObject({
      restartCount: 4,
      ready: true,
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    })
  })

  it.each([86_400_000, -86_400_000])(
    'waits no longer for a restart than its back-off twice, though the clock is set by %i ms',
    async (jump) => {
      const { clock, engine, begin } = await work(pod('p'))
      await begin()
      engine.started.at(-1)?.end({ exitCode: 1 })
      await clock.advance(0)
      engine.started.at(-1)?.end({ exitCode: 1 })
      await clock.advance(1_000)
      expect(engine.started).toHaveLength(2)
      clock.jump(jump)
      await clock.advance(20_000)
      expect(engine.started).toHaveLength(3)
    },
  )

  it('waits when a container cannot be configured, and tries again when the pod changes', async () => {
    const subject = pod('p')
    const { clock, engine, worker, begin, main } = await work(subject)
    engine.failures.push(new StartFailure('CreateContainerConfigError', 'secret "s" not found'))
    await begin()
    await clock.advance(59_000)
    expect(main()?.state).toEqual({
      waiting: { reason: 'CreateContainerConfigError', message: 'secret "s" not found' },
    })
    worker.update({ ...subject, spec: { ...subject.spec, activeDeadlineSeconds: 86_400 } })
    await clock.advance(0)
    expect(worker.status().phase).toBe('Running')
  })

  it('counts a program that cannot be executed as a failed run', async () => {
    const { engine, worker, begin, main } = await work(pod('p', { restartPolicy: 'Never' }))
    engine.failures.push(new StartFailure('StartError', 'no such file', { exitCode: 128 }))
    await begin()
    expect(main()?.state?.terminated).toMatchObject({ exitCode: 128, reason: 'StartError' })
    expect(worker.status().phase).toBe('Failed')
  })

  it('stops containers gracefully and then ends', async () => {
    const { clock, engine, worker, ends, begin } = await work(pod('p'))
    await begin()
    worker.stop(30)
    await clock.advance(0)
    expect(engine.started[0]?.signals).toEqual(['SIGTERM'])
    expect(ends).toMatchObject([{ phase: 'Failed', containerStatuses: [{ state: { terminated: { exitCode: 143 } } }] }])
  })

  it('kills what has not ended within the grace period, and a shorter one counts', async () => {
    const { clock, engine, worker, ends, begin } = await work(pod('p'))
    engine.obedient = false
    await begin()
    worker.stop(30)
    await clock.advance(1_000)
    worker.stop(5)
    await clock.advance(4_999)
    expect(ends).toEqual([])
    await clock.advance(1)
    expect(engine.started[0]?.signals).toEqual(['SIGTERM', 'SIGKILL'])
    expect(ends).toHaveLength(1)
  })

  it('stops sidecars only after the others', async () => {
    const initContainers = [{ name: 'side', image: 'i', restartPolicy: 'Always' }]
    const { clock, engine, worker, ends, begin } = await work(pod('p', { initContainers }))
    engine.obedient = false
    await begin()
    worker.stop(30)
    expect(engine.started.map(({ signals }) => signals.length)).toEqual([0, 1])
    engine.started[1]?.end({ exitCode: 0 })
    await clock.advance(0)
    expect(engine.started[0]?.signals).toEqual(['SIGTERM'])
    engine.started[0]?.end({ exitCode: 0 })
    await clock.advance(0)
    expect(ends).toHaveLength(1)
  })

  it('stops the last of several sidecars first, and kills what is left in the end', async () => {
    const initContainers = ['a', 'b'].map((name) => ({ name, image: 'i', restartPolicy: 'Always' }))
    const { clock, engine, ends, begin } = await work(pod('p', { initContainers, restartPolicy: 'Never' }))
    engine.obedient = false
    await begin()
    expect(engine.names).toEqual(['a#0', 'b#0', 'main#0'])
    engine.started[2]?.end({ exitCode: 0 })
    await clock.advance(0)
    expect(engine.started.map(({ signals }) => signals)).toEqual([[], ['SIGTERM'], []])
    await clock.advance(30_000)
    expect(engine.started.map(({ signals }) => [...new Set(signals)])).toEqual([
      ['SIGKILL'],
      ['SIGTERM', 'SIGKILL'],
      [],
    ])
    expect(ends).toMatchObject([{ phase: 'Succeeded' }])
  })

  it.each([
    ['runs a preStop hook first', { exec: { command: ['bye', 'now'] } }, ['bye now'], 0],
    ['waits as a preStop hook says', { sleep: { seconds: 4 } }, [], 4_000],
    ['waits no longer for a hook than leaves two seconds to end', { sleep: { seconds: 60 } }, [], 28_000],
  ])('%s', async (_sentence, preStop, hooks, afterMs) => {
    const containers = [{ name: 'main', image: 'i', command: ['true'], lifecycle: { preStop } }]
    const { clock, engine, worker, ends, begin } = await work(pod('p', { containers }))
    await begin()
    worker.stop(30)
    await clock.advance(Math.max(0, afterMs - 1))
    expect(engine.started[0]?.hooks).toEqual(hooks)
    expect(engine.started[0]?.signals).toEqual(afterMs === 0 ? ['SIGTERM'] : [])
    await clock.advance(1)
    expect(engine.started[0]?.signals).toEqual(['SIGTERM'])
    expect(ends).toHaveLength(1)
  })

  it.each([
    ['goes on when its postStart hook succeeds', 0, []],
    ['is killed when its postStart hook fails', 1, ['SIGKILL']],
  ])('%s', async (_sentence, exitCode, signals) => {
    const lifecycle = { postStart: { exec: { command: ['hello'] } } }
    const containers = [{ name: 'main', image: 'i', command: ['true'], lifecycle }]
    const { engine, begin } = await work(pod('p', { containers, restartPolicy: 'Never' }))
    engine.hookExitCode = exitCode
    await begin()
    expect(engine.started[0]).toMatchObject({ hooks: ['hello'], signals })
  })

  it('says that its postStart hook was why it was killed', async () => {
    const lifecycle = { postStart: { exec: { command: ['hello'] } } }
    const containers = [{ name: 'main', image: 'i', command: ['true'], lifecycle }]
    const { engine, ends, begin } = await work(pod('p', { containers, restartPolicy: 'Never' }))
    engine.hookExitCode = 3
    await begin()
    const message = 'PostStartHook failed: its command has ended with exit code 3'
    const terminated = { exitCode: 137, reason: 'PostStartHookError', message }
    expect(ends).toMatchObject([{ phase: 'Failed', containerStatuses: [{ state: { terminated } }] }])
  })

  it('is not told as failed before all of it has ended', async () => {
    const { clock, engine, told, ends, begin } = await work(pod('p', { activeDeadlineSeconds: 60 }))
    engine.obedient = false
    await begin()
    await clock.advance(89_999)
    expect(told.at(-1)).toMatchObject({ phase: 'Running' })
    expect(told.at(-1)?.reason).toBeUndefined()
    await clock.advance(1)
    expect(ends).toMatchObject([{ phase: 'Failed', reason: 'DeadlineExceeded' }])
  })

  it('is evicted when it uses more than it may', async () => {
    const volumes = [{ name: 'v', emptyDir: { sizeLimit: '1Mi' } }]
    const { clock, engine, ends, begin } = await work(pod('p', { volumes }))
    await begin()
    await clock.advance(15_000)
    engine.overused = 'Usage of EmptyDir volume "v" exceeds the limit "1Mi". '
    await clock.advance(5_000)
    expect(ends).toMatchObject([{ phase: 'Failed', reason: 'Evicted', message: engine.overused }])
  })

  it('lets the containers of a pod share the room for their last words', async () => {
    const containers = ['a', 'b', 'c', 'd'].map((name) => ({ name, image: 'i', command: ['true'] }))
    const { clock, engine, worker, begin } = await work(pod('p', { containers, restartPolicy: 'Never' }))
    await begin()
    for (const container of engine.started) container.end({ exitCode: 1, message: 'x'.repeat(4096) })
    await clock.advance(0)
    const lengths = worker.status().containerStatuses?.map(({ state }) => state?.terminated?.message?.length)
    expect(lengths).toEqual([3072, 3072, 3072, 3072])
  })

  it.each([
    ['as an earlier agent has kept it', 40_000, 40_000],
    ['as the number of restarts lets guess', undefined, 20_000],
  ])('goes on with the back-off of a crash loop %s', async (_sentence, delayMs, waitsMs) => {
    const at = Date.parse('2026-01-01T00:00:00Z')
    const terminated = { exitCode: 1, startedAt: '2025-12-31T23:59:58Z', finishedAt: '2026-01-01T00:00:00Z' }
    const status = { containerStatuses: [{ name: 'main', restartCount: 2, state: { terminated } }] }
    const backOff = delayMs === undefined ? undefined : { delayMs, restartedAt: at - 2_000 }
    const { clock, engine, begin, main } = await work(pod('p', {}, { status }), [
      { name: 'main', restartCount: 2, startedAt: at - 2_000, exit: { exitCode: 1, finishedAt: at }, backOff },
    ])
    await begin()
    expect(main()?.state?.waiting?.reason).toBe('CrashLoopBackOff')
    await clock.advance(waitsMs - 1)
    expect(engine.started).toEqual([])
    await clock.advance(1)
    expect(engine.names).toEqual(['main#3'])
  })

  it('fails a pod that is active for longer than its deadline', async () => {
    const { clock, worker, ends, begin } = await work(pod('p', { activeDeadlineSeconds: 60 }))
    await begin()
    await clock.advance(59_000)
    expect(worker.status().phase).toBe('Running')
    await clock.advance(1_000)
    expect(ends).toMatchObject([{ phase: 'Failed', reason: 'DeadlineExceeded' }])
  })

  it('takes what ran before the agent came back as ended, and restarts it as the policy says', async () => {
    const before = pod('p', {}, { status: await runningStatus() })
    const always = await work(before)
    await always.begin()
    expect(always.main()).toMatchObject({
      restartCount: 1,
      state: { running: {} },
      lastState: { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown' } },
    })
    const never = await work({ ...before, spec: { ...before.spec, restartPolicy: 'Never' } })
    await never.begin()
    expect(never.engine.started).toEqual([])
    expect(never.worker.status().phase).toBe('Failed')
  })

  it('goes on with a container that has run on without the agent', async () => {
    const { engine, clock, worker, main, begin } = await work(pod('p', {}, { status: await runningStatus() }), [
      { name: 'main', restartCount: 0, running: await running() },
    ])
    await begin()
    expect(engine.started).toEqual([])
    expect(main()).toMatchObject({ restartCount: 0, ready: true, lastState: {} })
    worker.stop(30)
    await clock.advance(0)
    expect(main()?.state?.terminated?.exitCode).toBe(143)
  })

  it.each([
    ['with the exit code that is known', 0, { exitCode: 7 }, { exitCode: 7, reason: 'Error' }, {}],
    ['as succeeded', 0, { exitCode: 0 }, { exitCode: 0, reason: 'Completed' }, {}],
    ['of a run that was never told', 1, { exitCode: 7 }, { exitCode: 7 }, { terminated: { exitCode: 137 } }],
  ])('takes a container as ended that has ended without the agent, %s', async (_s, restartCount, exit, end, last) => {
    const finishedAt = Date.parse('2025-12-31T12:00:00Z')
    const subject = pod('p', { restartPolicy: 'Never' }, { status: await runningStatus() })
    const { engine, main, begin, worker } = await work(subject, [
      { name: 'main', restartCount, startedAt: finishedAt - 5_000, exit: { ...exit, finishedAt } },
    ])
    await begin()
    expect(engine.started).toEqual([])
    expect(main()).toMatchObject({ restartCount, lastState: last })
    expect(main()?.state?.terminated).toMatchObject({
      ...end,
      startedAt: '2025-12-31T11:59:55Z',
      finishedAt: '2025-12-31T12:00:00Z',
    })
    expect(worker.status().phase).toBe(exit.exitCode === 0 ? 'Succeeded' : 'Failed')
  })

  it('kills a container that has run on and that the pod does not have', async () => {
    const stray = await running()
    await work(pod('p'), [{ name: 'other', restartCount: 0, running: stray }])
    expect(await stray.exited).toEqual({ exitCode: 137 })
  })
})

/** A container that runs without a worker. */
async function running(): Promise<RunningContainer> {
  const subject = pod('other')
  const [container] = subject.spec.containers
  if (container === undefined) throw new Error('a pod has a container')
  return new FakeEngine().start({ pod: subject, container, podIP: '', restartCount: 0 })
}

async function runningStatus(): Promise<PodStatus> {
  const { worker, begin } = await work(pod('p'))
  await begin()
  return worker.status()
}
