import { afterEach, expect, it } from 'vitest'
import { Refusal } from '../../src/model/errors.ts'
import { controllerOf, type Resource, type ResourceKey } from '../../src/model/resource.ts'
import { ControlledCluster, podSet } from '../support/cluster.ts'
import { clusterObjectNamed, controlledBy, objectNamed } from '../support/objects.ts'

const key = (kind: string, name: string, namespace = 'default'): ResourceKey => ({ kind, namespace, name })
const web = key('ReplicationController', 'web')
const replicas = (count: number) => (object: Resource) => ({
  ...object,
  spec: { ...(object['spec'] as object), replicas: count },
})

let running: ControlledCluster | undefined

async function start(objects: readonly Resource[] = []): Promise<ControlledCluster> {
  running = await ControlledCluster.start(objects)
  return running
}

afterEach(async () => {
  await running?.close()
  running = undefined
})

/** A cluster in which three pods of the controller `web` are ready. */
async function startWeb(kind = 'ReplicationController'): Promise<ControlledCluster> {
  const cluster = await start()
  await cluster.create(podSet(kind, 'web', 3))
  await cluster.runPods()
  cluster.store.takeTrace()
  return cluster
}

/** The trace with what chance has named replaced by a star. */
function trace(cluster: ControlledCluster): string[] {
  return cluster.store.takeTrace().map((line) => line.replace(/-[bcdfghjklmnpqrstvwxz2456789]{5} /, '-* '))
}

it('a controller of three makes three pods, tells of each, and reports when they are ready', async () => {
  const cluster = await start()
  await cluster.create(podSet('ReplicationController', 'web', 3))
  expect(trace(cluster)).toEqual([
    'ADDED ReplicationController default/web by user',
    'ADDED Pod default/web-* by system:controller:replication-controller',
    'ADDED Pod default/web-* by system:controller:replication-controller',
    'ADDED Pod default/web-* by system:controller:replication-controller',
    'MODIFIED ReplicationController default/web by system:controller:replication-controller',
  ])
  expect(cluster.happenings.map(({ reason }) => reason)).toEqual(Array(3).fill('SuccessfulCreate'))
  await cluster.runPods()
  expect(cluster.get(web)['status']).toEqual({
    replicas: 3,
    fullyLabeledReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    observedGeneration: 1,
  })
})

it('a pod that is killed is replaced', async () => {
  const cluster = await startWeb()
  const [victim = ''] = cluster.names('Pod')
  await cluster.remove(key('Pod', victim), { gracePeriodSeconds: 0 })
  expect(trace(cluster)).toEqual([
    'DELETED Pod default/web-* by user',
    'ADDED Pod default/web-* by system:controller:replication-controller',
    'MODIFIED ReplicationController default/web by system:controller:replication-controller',
  ])
  expect(cluster.names('Pod')).not.toContain(victim)
})

it('a pod that fails is replaced and stays to be looked at', async () => {
  const cluster = await startWeb()
  const [failed = ''] = cluster.names('Pod')
  await cluster.change(key('Pod', failed), (pod) => ({ ...pod, status: { phase: 'Failed' } }))
  expect(cluster.names('Pod')).toHaveLength(4)
})

it('a set follows its number up and down', async () => {
  const cluster = await startWeb()
  const first = cluster.names('Pod')
  await cluster.pass(60_000)
  await cluster.change(web, replicas(10))
  await cluster.runPods()
  expect(cluster.names('Pod')).toHaveLength(10)
  await cluster.change(web, replicas(3))
  await cluster.runPods()
  expect(cluster.names('Pod')).toEqual(first)
  await cluster.change(web, replicas(0))
  await cluster.runPods()
  expect(cluster.names('Pod')).toEqual([])
})

it('a large set is made in slices, without waiting between them', async () => {
  const cluster = await start()
  await cluster.create(podSet('ReplicaSet', 'web', 2_500))
  expect(cluster.names('Pod')).toHaveLength(2_500)
  expect(cluster.get(key('ReplicaSet', 'web'))['status']).toMatchObject({ replicas: 2_500 })
})

it('a pod that matches and belongs to nobody is adopted; one that no longer matches is released and replaced', async () => {
  const cluster = await start([objectNamed('Pod', 'stray', { metadata: { labels: { app: 'web' } }, spec: {} })])
  await cluster.create(podSet('ReplicaSet', 'web', 2))
  expect(controllerOf(cluster.get(key('Pod', 'stray')))?.name).toBe('web')
  expect(cluster.names('Pod')).toHaveLength(2)
  await cluster.change(key('Pod', 'stray'), (pod) => ({
    ...pod,
    metadata: { ...pod.metadata, labels: { app: 'debug' } },
  }))
  expect(controllerOf(cluster.get(key('Pod', 'stray')))).toBeUndefined()
  expect(cluster.names('Pod')).toHaveLength(3)
})

it('a set that loses its pods to another selector adopts a pod that becomes an orphan', async () => {
  const cluster = await start()
  await cluster.create(podSet('ReplicaSet', 'web', 0))
  await cluster.create(objectNamed('Pod', 'stray', { metadata: { labels: { app: 'web' } }, spec: { nodeName: 'n1' } }))
  expect(cluster.get(key('Pod', 'stray')).metadata.deletionTimestamp).toBeDefined()
})

it('a refusal is told and tried again later, one pod at a time, until it is lifted', async () => {
  const cluster = await start()
  const set = podSet('ReplicationController', 'web', 3)
  cluster.store.gate = (operation) => {
    const isPod = operation.type === 'create' && operation.object.kind === 'Pod'
    return isPod ? new Refusal('QUOTA_EXCEEDED', 'exceeded quota: pods') : undefined
  }
  await cluster.create(set)
  await cluster.pass(40, 1)
  expect(cluster.names('Pod')).toEqual([])
  expect(cluster.get(web)['status']).toMatchObject({ replicas: 0, conditions: [{ reason: 'FailedCreate' }] })
  const told = cluster.happenings.map(({ type, reason, message }) => `${type} ${reason} ${message}`)
  expect(new Set(told)).toEqual(new Set(['Warning FailedCreate Error creating: exceeded quota: pods']))
  cluster.store.gate = () => undefined
  await cluster.pass(1_000, 10)
  expect(cluster.names('Pod')).toHaveLength(3)
  expect(cluster.get(web)['status']).not.toHaveProperty('conditions')
})

it('a conflict is no failure: the set tries again from what is then so', async () => {
  const cluster = await startWeb()
  let conflicts = 2
  cluster.store.gate = ({ type }) => {
    if (type !== 'create' || conflicts === 0) return undefined
    conflicts -= 1
    return new Refusal('ALREADY_EXISTS', 'the name is taken')
  }
  await cluster.change(web, replicas(5))
  await cluster.pass(100, 1)
  expect(cluster.names('Pod')).toHaveLength(5)
  expect(cluster.happenings.filter(({ type }) => type === 'Warning')).toEqual([])
})

it('deleting in the background: the owner goes at once, its pods after it', async () => {
  const cluster = await startWeb()
  await cluster.remove(web)
  expect(trace(cluster)).toEqual([
    'DELETED ReplicationController default/web by user',
    'MODIFIED Pod default/web-* by system:controller:generic-garbage-collector',
    'MODIFIED Pod default/web-* by system:controller:generic-garbage-collector',
    'MODIFIED Pod default/web-* by system:controller:generic-garbage-collector',
  ])
  await cluster.runPods()
  expect(cluster.names('Pod')).toEqual([])
})

it('deleting in the foreground: the pods go first, the owner when the last of them is gone', async () => {
  const cluster = await startWeb('ReplicaSet')
  await cluster.remove(key('ReplicaSet', 'web'), { propagationPolicy: 'Foreground' })
  expect(trace(cluster)).toEqual([
    'MODIFIED ReplicaSet default/web by user',
    'MODIFIED ReplicaSet default/web by system:controller:replicaset-controller',
    'MODIFIED Pod default/web-* by system:controller:generic-garbage-collector',
    'MODIFIED Pod default/web-* by system:controller:generic-garbage-collector',
    'MODIFIED Pod default/web-* by system:controller:generic-garbage-collector',
    'MODIFIED ReplicaSet default/web by system:controller:replicaset-controller',
  ])
  expect(cluster.get(key('ReplicaSet', 'web'))?.['status']).toMatchObject({ replicas: 0, readyReplicas: 0 })
  await cluster.runPods()
  expect(trace(cluster)).toEqual([
    'DELETED Pod default/web-* by system:node:n1',
    'DELETED Pod default/web-* by system:node:n1',
    'DELETED Pod default/web-* by system:node:n1',
    'DELETED ReplicaSet default/web by system:controller:generic-garbage-collector',
  ])
})

it('deleting with orphaning: the owner goes, its pods stay and belong to nobody', async () => {
  const cluster = await startWeb()
  await cluster.remove(web, { propagationPolicy: 'Orphan' })
  expect(trace(cluster)).toEqual([
    'MODIFIED ReplicationController default/web by user',
    'MODIFIED ReplicationController default/web by system:controller:replication-controller',
    'MODIFIED Pod default/web-* by system:controller:generic-garbage-collector',
    'MODIFIED Pod default/web-* by system:controller:generic-garbage-collector',
    'MODIFIED Pod default/web-* by system:controller:generic-garbage-collector',
    'DELETED ReplicationController default/web by system:controller:generic-garbage-collector',
  ])
  expect(cluster.names('Pod')).toHaveLength(3)
  await cluster.create({
    ...podSet('ReplicationController', 'web', 3),
    metadata: { ...podSet('', 'web', 3).metadata, uid: 'again' },
  })
  expect(cluster.names('Pod').map((name) => controllerOf(cluster.get(key('Pod', name)))?.uid)).toEqual(
    Array(3).fill('again'),
  )
})

const node = clusterObjectNamed('Node', 'n1')
const owned = (name: string, reference: object) =>
  objectNamed('Pod', name, {
    metadata: { ownerReferences: [{ ...controlledBy(node), uid: 'uid-n1', ...reference }] },
    spec: {},
  })

it.each<[string, boolean, object]>([
  ['that is there', true, {}],
  ['that has another uid', false, { uid: 'uid-old' }],
  ['that has another name', false, { name: 'n2' }],
  ['of a kind that is not known', true, { kind: 'Gadget', uid: 'uid-gadget' }],
  ['in another namespace', false, { kind: 'ReplicaSet', name: 'elsewhere', uid: 'uid-elsewhere' }],
])('a pod with an owner %s: stays is %s', async (_, stays, reference) => {
  const elsewhere = objectNamed('ReplicaSet', 'elsewhere', {
    metadata: { namespace: 'other' },
    spec: { replicas: 0, selector: {} },
  })
  const cluster = await start([elsewhere, owned('pod', reference)])
  expect(cluster.names('Pod').includes('pod')).toBe(stays)
})

it('owners that name each other are collected together when the one that held them goes', async () => {
  const a = podSet('ReplicaSet', 'a', 0)
  const b = podSet('ReplicaSet', 'b', 0)
  const withOwner = (object: Resource, owner: Resource) => ({
    ...object,
    metadata: { ...object.metadata, ownerReferences: [controlledBy(owner)] },
  })
  const cluster = await start([withOwner(a, b), withOwner(b, a)])
  await cluster.remove(key('ReplicaSet', 'a'), { propagationPolicy: 'Foreground' })
  await cluster.settle()
  expect(cluster.names('ReplicaSet')).toEqual([])
})

it('what was deleted while no controller ran is collected when they start', async () => {
  const cluster = await startWeb()
  await cluster.close()
  await cluster.remove(web)
  expect(cluster.names('Pod')).toHaveLength(3)
  cluster.startControllers()
  await cluster.runPods()
  await cluster.runPods()
  expect(cluster.names('Pod')).toEqual([])
})

it('a namespace that is deleted empties itself, pods first, makes nothing new and goes', async () => {
  const cluster = await startWeb('ReplicaSet')
  await cluster.remove(key('Namespace', 'default', ''))
  expect(trace(cluster)).toEqual([
    'MODIFIED Namespace default by user',
    'MODIFIED Pod default/web-* by system:controller:namespace-controller',
    'MODIFIED Pod default/web-* by system:controller:namespace-controller',
    'MODIFIED Pod default/web-* by system:controller:namespace-controller',
    'MODIFIED Namespace default by system:controller:namespace-controller',
    'MODIFIED ReplicaSet default/web by system:controller:replicaset-controller',
  ])
  expect(cluster.get(key('Namespace', 'default', ''))['status']).toMatchObject({ phase: 'Terminating' })
  await cluster.runPods()
  const ending = trace(cluster)
  expect(ending.at(-1)).toBe('DELETED Namespace default by system:controller:namespace-controller')
  expect(ending.filter((line) => line.startsWith('ADDED'))).toEqual([])
  expect([...cluster.names('Pod'), ...cluster.names('ReplicaSet')]).toEqual([])
})

it('the pods of a machine that is gone are given up after the quarantine and replaced', async () => {
  const cluster = await startWeb()
  const lost = cluster.names('Pod')
  await cluster.store.apply({ type: 'delete', base: cluster.get(key('Node', 'n1', '')) })
  await cluster.pass(39_000, 1_000)
  expect(cluster.names('Pod')).toEqual(lost)
  await cluster.pass(30_000, 1_000)
  expect(cluster.names('Pod').filter((name) => lost.includes(name))).toEqual([])
  expect(cluster.names('Pod')).toHaveLength(3)
})
