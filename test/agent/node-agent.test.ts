import { describe, expect, it } from 'vitest'
import type { NodeManifest } from '../../src/agent/door.ts'
import { simulatedNodes } from '../../src/agent/node.ts'
import { NodeAgent } from '../../src/agent/node-agent.ts'
import { ContainerRuntime } from '../../src/agent/runtimes/containers/container-runtime.ts'
import { SimulatedRuntime } from '../../src/agent/runtimes/simulated.ts'
import { Timers } from '../../src/agent/timers.ts'
import { FakeDoor } from './support/fake-door.ts'
import { FakeEngine } from './support/fake-engine.ts'
import { ManualClock } from './support/manual-clock.ts'
import { deleted, pod } from './support/pod.ts'

const quiet = { info: () => {}, warn: () => {} }

interface TestOptions {
  readonly simulated?: number
  readonly door?: FakeDoor
  readonly observe?: () => Promise<NodeManifest>
}

async function startAgent(options: TestOptions = {}) {
  const clock = new ManualClock()
  const door = options.door ?? new FakeDoor()
  const engine = new FakeEngine()
  const timers = new Timers(clock, (error) => {
    throw error
  })
  const hostIP = '192.0.2.1'
  const runtime =
    options.simulated === undefined
      ? new ContainerRuntime({ engine, timers, hostIP, log: quiet })
      : new SimulatedRuntime({ timers, hostIP: () => hostIP })
  const nodes = simulatedNodes({ count: options.simulated ?? 1, now: clock.now() })
  const { observe } = options
  const agent = new NodeAgent({
    door,
    runtime,
    nodes,
    observe,
    leaseSeconds: 40,
    timers,
    log: quiet,
    random: () => 0.5,
  })
  await agent.start()
  await clock.advance(0)
  return { agent, clock, door, engine }
}

describe('the agent', () => {
  it('registers its nodes and renews their leases four times per lease', async () => {
    const { door, clock } = await startAgent({ simulated: 3 })
    expect([...door.nodes.keys()]).toEqual(['sim-00000', 'sim-00001', 'sim-00002'])
    await clock.advance(40_000)
    expect([...door.leases.values()]).toEqual([200, 200, 200])
  })

  it('registers again when the server has forgotten a node', async () => {
    const { door, clock } = await startAgent({ simulated: 2 })
    door.nodes.delete('sim-00001')
    await clock.advance(10_000)
    expect(door.nodes.size).toBe(2)
  })

  it('tells what has become of its node, also when it registers again', async () => {
    const [node] = simulatedNodes({ count: 1, now: 0 })
    if (node === undefined) throw new Error('there is one')
    let podsMax = '110'
    const see = (): NodeManifest => ({ ...node, status: { ...node.status, capacity: { pods: podsMax } } })
    const { door, clock } = await startAgent({ observe: () => Promise.resolve(see()) })
    await clock.advance(60_000)
    const registrations = door.registrations
    podsMax = '5'
    await clock.advance(10_000)
    expect(door.registrations).toBe(registrations + 1)
    expect(door.nodes.get('sim-00000')?.status['capacity']).toEqual({ pods: '5' })
    door.disconnect()
    door.nodes.clear()
    podsMax = '6'
    await clock.advance(20_000)
    door.reconnect()
    await clock.advance(60_000)
    expect(door.nodes.get('sim-00000')?.status['capacity']).toEqual({ pods: '6' })
  })

  it('runs a pod that is assigned and reports its status', async () => {
    const { door, clock, engine } = await startAgent()
    door.put(pod('p'))
    await clock.advance(20)
    expect(engine.names).toEqual(['main#0'])
    expect(door.statusOf('uid-p')).toMatchObject({ phase: 'Running', podIP: '10.1.2.3' })
  })

  it('does not start a pod that has succeeded or failed', async () => {
    const { door, clock, engine } = await startAgent()
    door.put({ ...pod('p'), status: { phase: 'Succeeded' } })
    await clock.advance(20)
    expect(engine.names).toEqual([])
  })

  it('stops what is left of a pod that has ended, tells nothing of it, and lets it go when it is deleted', async () => {
    const { door, clock, engine } = await startAgent()
    const subject = pod('p')
    const [container] = subject.spec.containers
    if (container === undefined) throw new Error('a pod has a container')
    const running = await engine.start({ pod: subject, container, podIP: '', restartCount: 0 })
    engine.left = [{ name: 'main', restartCount: 0, running }]
    const ended = { ...subject, status: { phase: 'Failed' as const } }
    door.put(ended)
    await clock.advance(20)
    expect(engine.started[0]?.signals).toEqual(['SIGTERM'])
    expect(door.reports).toEqual([])
    expect(engine.removed).toEqual([])
    door.put(deleted(ended, 30))
    await clock.advance(20)
    expect(door.pods.size).toBe(0)
    expect(engine.removed).toEqual(['uid-p'])
  })

  it('gives up what a pod has shared that has ended and of which nothing is left', async () => {
    const { door, clock, engine } = await startAgent()
    door.put({ ...pod('p'), status: { phase: 'Succeeded' as const } })
    await clock.advance(20)
    expect([engine.closed, engine.removed]).toEqual([['uid-p'], []])
  })

  it('removes what a pod has left that had ended before the agent came, once it is deleted', async () => {
    const { door, clock, engine } = await startAgent()
    door.put({ ...pod('p'), status: { phase: 'Succeeded' } })
    await clock.advance(20)
    expect(engine.removed).toEqual([])
    door.remove('uid-p')
    await clock.advance(20)
    expect(engine.removed).toEqual(['uid-p'])
  })

  it('stops a deleted pod gracefully and lets it go with its last status', async () => {
    const { door, clock, engine } = await startAgent()
    door.put(pod('p'))
    await clock.advance(20)
    door.put(deleted(pod('p'), 30))
    await clock.advance(20)
    expect(engine.started[0]?.signals).toEqual(['SIGTERM'])
    expect(door.reports.at(-1)).toMatchObject({ uid: 'uid-p', ended: true, status: { phase: 'Failed' } })
    expect(door.pods.size).toBe(0)
    expect(engine.removed).toEqual(['uid-p'])
  })

  it('kills a deleted pod that does not end within its grace period', async () => {
    const { door, clock, engine } = await startAgent()
    engine.obedient = false
    door.put(pod('p'))
    await clock.advance(20)
    door.put(deleted(pod('p'), 30))
    await clock.advance(29_990)
    expect(door.pods.size).toBe(1)
    await clock.advance(100)
    expect(engine.started[0]?.signals).toEqual(['SIGTERM', 'SIGKILL'])
    expect(door.pods.size).toBe(0)
  })

  it('lets a deleted pod go that it never ran', async () => {
    const { door, clock } = await startAgent()
    door.put(deleted(pod('p'), 30))
    await clock.advance(20)
    expect(door.pods.size).toBe(0)
  })

  it('kills a pod that is gone from the store', async () => {
    const { door, clock, engine } = await startAgent()
    door.put(pod('p'))
    await clock.advance(20)
    door.remove('uid-p')
    await clock.advance(20)
    expect(engine.started[0]?.signals).toEqual(['SIGKILL'])
    expect(engine.removed).toEqual(['uid-p'])
  })

  it('kills a pod whose report is answered with GONE', async () => {
    const { door, clock, engine } = await startAgent()
    door.answers = ['GONE']
    door.put(pod('p'))
    await clock.advance(20)
    expect(engine.started[0]?.signals).toEqual(['SIGKILL'])
  })

  it('sends a report that met a conflict again', async () => {
    const { door, clock } = await startAgent()
    door.answers = ['CONFLICT', 'CONFLICT']
    door.put(pod('p'))
    await clock.advance(1_000)
    expect(door.statusOf('uid-p')?.phase).toBe('Running')
  })
})

describe('while the control plane is away', () => {
  it('pods go on, and what became of them is told when it is back', async () => {
    const { door, clock, engine } = await startAgent()
    door.put(pod('p', { restartPolicy: 'Never' }))
    await clock.advance(20)
    door.disconnect()
    engine.started[0]?.end({ exitCode: 0 })
    await clock.advance(60_000)
    expect(door.statusOf('uid-p')?.phase).toBe('Running')
    door.reconnect()
    await clock.advance(10_000)
    expect(door.statusOf('uid-p')?.phase).toBe('Succeeded')
    expect(engine.names).toEqual(['main#0'])
  })

  it('what changed in the store counts when it is back: new pods start, deleted ones stop, gone ones are killed', async () => {
    const { door, clock, engine } = await startAgent()
    for (const name of ['stays', 'deleted', 'gone']) door.put(pod(name))
    await clock.advance(20)
    door.disconnect()
    await clock.advance(1_000)
    door.put(deleted(pod('deleted'), 30))
    door.remove('uid-gone')
    door.put(pod('new'))
    door.reconnect()
    await clock.advance(10_000)
    const signals = Object.fromEntries(engine.started.map((one) => [one.start.pod.metadata.name, one.signals]))
    expect(signals).toEqual({ stays: [], deleted: ['SIGTERM'], gone: ['SIGKILL'], new: [] })
    expect([...door.pods.keys()].toSorted()).toEqual(['uid-new', 'uid-stays'])
  })

  it('the agent may start before it', async () => {
    const door = new FakeDoor()
    door.disconnect()
    const { clock } = await startAgent({ door })
    await clock.advance(30_000)
    expect(door.nodes.size).toBe(0)
    door.reconnect()
    await clock.advance(10_000)
    expect(door.nodes.size).toBe(1)
    expect(door.leases.size).toBe(1)
  })

  it('the end of a deleted pod is told when it is back', async () => {
    const { door, clock } = await startAgent()
    door.put(pod('p'))
    await clock.advance(20)
    door.put(deleted(pod('p'), 30))
    await clock.advance(0)
    door.disconnect()
    await clock.advance(5_000)
    expect(door.pods.size).toBe(1)
    door.reconnect()
    await clock.advance(10_000)
    expect(door.pods.size).toBe(0)
  })
})

describe('an agent that is closed', () => {
  it('stops its pods and hands in their last statuses', async () => {
    const { agent, door, clock, engine } = await startAgent()
    door.put(pod('p'))
    await clock.advance(20)
    const closed = agent.close({ keepPods: false, gracePeriodSecondsMax: 30 })
    await clock.advance(20)
    await closed
    expect(engine.started[0]?.signals).toEqual(['SIGTERM'])
    expect(door.statusOf('uid-p')).toMatchObject({ phase: 'Running', containerStatuses: [{ ready: false }] })
    expect(door.pods.size).toBe(1)
  })

  it('kills what does not end in the time that it is given itself', async () => {
    const { agent, door, clock, engine } = await startAgent()
    engine.obedient = false
    door.put(pod('p'))
    await clock.advance(20)
    const closed = agent.close({ keepPods: false, gracePeriodSecondsMax: 5 })
    await clock.advance(5_020)
    await closed
    expect(engine.started[0]?.signals).toEqual(['SIGTERM', 'SIGKILL'])
  })

  it('leaves them running when asked to', async () => {
    const { agent, door, clock, engine } = await startAgent()
    door.put(pod('p'))
    await clock.advance(20)
    await agent.close({ keepPods: true, gracePeriodSecondsMax: 30 })
    expect(engine.started[0]?.signals).toEqual([])
  })

  it('does not wait for ever for a control plane that is away', async () => {
    const { agent, door, clock } = await startAgent()
    door.put(pod('p'))
    await clock.advance(20)
    door.disconnect()
    const closed = agent.close({ keepPods: false, gracePeriodSecondsMax: 30 })
    await clock.advance(6_000)
    await closed
    expect(door.statusOf('uid-p')?.phase).toBe('Running')
  })
})

it('an agent for ten thousand machines runs ten thousand pods', async () => {
  const { door, clock } = await startAgent({ simulated: 10_000 })
  for (let index = 0; index < 10_000; index += 1) door.put(pod(`p-${index}`))
  await clock.advance(200)
  expect([...door.pods.values()].filter(({ status }) => status?.phase === 'Running')).toHaveLength(10_000)
  expect(door.reports).toHaveLength(10_000)
})
