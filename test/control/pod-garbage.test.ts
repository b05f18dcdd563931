import { expect, it } from 'vitest'
import { type PodGarbageOptions, podGarbageCollector } from '../../src/control/pod-garbage.ts'
import { WatchedTime } from '../../src/control/watched-time.ts'
import type { Operation } from '../../src/model/operation.ts'
import type { Resource } from '../../src/model/resource.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { MemoryStore } from '../support/memory-store.ts'
import { clusterObjectNamed, type ObjectPart, objectNamed } from '../support/objects.ts'

const start = Date.parse('2026-03-01T00:00:00Z')
const deleting = { deletionTimestamp: '2026-03-01T00:00:00Z', deletionGracePeriodSeconds: 30 }

type Settings = Partial<Omit<PodGarbageOptions, 'watched' | 'store'>>

async function setUp(objects: readonly Resource[], settings: Settings = {}) {
  const store = new MemoryStore()
  const clock = new FakeClock(start)
  const controller = podGarbageCollector({ watched: new WatchedTime(clock, 20_000), store, ...settings })
  for (const object of objects) await store.apply({ type: 'create', object })
  /** One pass, so long after the one before; what it did as lines. */
  const pass = async (afterMs = 0) => {
    clock.advance(afterMs)
    await controller.readAhead?.('pods')
    const context = { now: clock.now(), refused: undefined }
    const { operations, requeueAfterMs } = controller.plan(controller.observe(store.replica, 'pods', context))
    await store.commit(operations, { actor: 'test' })
    return [...operations.map(line), `again in ${requeueAfterMs}`]
  }
  return { store, clock, pass }
}

function line(operation: Operation): string {
  const object = operation.type === 'delete' ? operation.base : operation.object
  const status = object['status'] as { phase?: string; conditions?: { type: string }[] } | undefined
  const conditions =
    operation.type === 'update' ? (status?.conditions ?? []).map(({ type }) => ` ${type}`).join('') : ''
  return `${operation.type} ${object.metadata.name} ${status?.phase}${conditions}`
}

function pod(name: string, part: ObjectPart = {}): Resource {
  return objectNamed('Pod', name, { spec: { nodeName: 'n1', containers: [] }, status: { phase: 'Running' }, ...part })
}

const node = clusterObjectNamed('Node', 'n1', { spec: {} })
const rest = 'again in 20000'
const givenUp = ['update a Failed DisruptionTarget', 'again in 0']
const day = 86_400_000
const outOfService = { taints: [{ key: 'node.kubernetes.io/out-of-service' }] }
const readiness = (status: string) => ({ conditions: [{ type: 'Ready', status }] })

it('a pod on a machine that is there is left alone', async () => {
  const { pass } = await setUp([node, pod('a'), pod('b', { spec: {}, status: { phase: 'Pending' } })])
  expect(await pass()).toEqual([rest])
})

it('a pod on a machine that is missing is failed after 40 s, with the reason, and then deleted', async () => {
  const { pass } = await setUp([pod('a')])
  expect(await pass()).toEqual([rest])
  expect(await pass(20_000)).toEqual([rest])
  expect(await pass(19_999)).toEqual([rest])
  expect(await pass(1)).toEqual(givenUp)
  expect(await pass()).toEqual(['delete a Failed', rest])
  expect(await pass()).toEqual([rest])
})

it('a machine that comes back within the quarantine saves its pods, and a later absence counts anew', async () => {
  const { store, pass } = await setUp([pod('a')])
  await pass()
  await pass(20_000)
  const back = await store.apply({ type: 'create', object: node })
  expect(await pass(20_000)).toEqual([rest])
  await store.apply({ type: 'delete', base: back })
  expect(await pass(10_000)).toEqual([rest])
  expect(await pass(20_000)).toEqual([rest])
  expect(await pass(20_000)).toEqual(givenUp)
})

it.each([
  ['forward', day],
  ['back', -day],
])('a clock that is set a day %s makes the quarantine neither shorter nor longer', async (_, ms) => {
  const { clock, pass } = await setUp([pod('a')])
  await pass()
  clock.jump(ms)
  expect(await pass(20_000)).toEqual([rest])
  expect(await pass(20_000)).toEqual(givenUp)
})

it('a process that was stopped for longer than the quarantine gives the machine its time back', async () => {
  const { pass } = await setUp([pod('a')])
  await pass()
  expect(await pass(day)).toEqual([rest])
  expect(await pass(20_000)).toEqual(givenUp)
})

it('a machine that came back while the process was stopped is read of before anything is given up', async () => {
  const { store, pass } = await setUp([pod('a')])
  await pass()
  await pass(20_000)
  store.catchUp = async () => void (await store.apply({ type: 'create', object: node }))
  expect(await pass(20_000)).toEqual([rest])
})

it('a pod that is being deleted and was never bound is failed and deleted', async () => {
  const { pass } = await setUp([node, pod('a', { spec: {}, status: { phase: 'Pending' }, metadata: deleting })])
  expect(await pass()).toEqual(['update a Failed', 'again in 0'])
  expect(await pass()).toEqual(['delete a Failed', rest])
})

it.each<[string, boolean, ObjectPart]>([
  ['ready and out of service', false, { spec: outOfService, status: readiness('True') }],
  ['not ready', false, { status: readiness('False') }],
  ['not ready and out of service', true, { spec: outOfService, status: readiness('Unknown') }],
])('a pod that is being deleted on a machine that is %s: given up is %s', async (_, isGivenUp, part) => {
  const { pass } = await setUp([clusterObjectNamed('Node', 'n1', part), pod('a', { metadata: deleting })])
  expect(await pass()).toEqual(isGivenUp ? ['update a Failed', 'again in 0'] : [rest])
})

it('ended pods beyond the threshold are deleted: evicted ones first, then the oldest, then by name', async () => {
  const ended = (name: string, creationTimestamp: string, status: Record<string, unknown>) =>
    pod(name, { status, metadata: { creationTimestamp } })
  const { pass } = await setUp(
    [
      node,
      pod('running'),
      ended('young', '2026-01-03T00:00:00Z', { phase: 'Succeeded' }),
      ended('old-b', '2026-01-01T00:00:00Z', { phase: 'Succeeded' }),
      ended('old-a', '2026-01-01T00:00:00Z', { phase: 'Failed' }),
      ended('evicted', '2026-01-04T00:00:00Z', { phase: 'Failed', reason: 'Evicted' }),
    ],
    { terminatedPodsMax: 2 },
  )
  expect(await pass()).toEqual(['delete evicted Failed', 'delete old-a Failed', rest])
  expect(await pass()).toEqual([rest])
})

it('a threshold of 0 keeps all ended pods', async () => {
  const { pass } = await setUp([node, pod('a', { status: { phase: 'Failed' } })], { terminatedPodsMax: 0 })
  expect(await pass()).toEqual([rest])
})

it('a pod that only a finalizer holds is marked once and then left alone', async () => {
  const { pass } = await setUp([pod('a', { metadata: { finalizers: ['example.com/hold'] } })], { quarantineMs: 0 })
  expect(await pass()).toEqual(['update a Failed DisruptionTarget', 'again in 0'])
  expect(await pass()).toEqual(['update a Failed DisruptionTarget', rest])
  expect(await pass()).toEqual([rest])
})
