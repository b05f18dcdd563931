import { afterEach, describe, expect, it } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import { type Api, openApi } from '../support/api.ts'
import {
  controllerInput,
  createController,
  createNode,
  createPod,
  deletePod,
  nodeInput,
  podInput,
  updatePod,
} from '../support/manifests.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

async function open(): Promise<Api> {
  api = await openApi(stores)
  return api
}

afterEach(() => api.close())

interface Written {
  readonly name: string
  readonly uid: string
  readonly labels: Readonly<Record<string, string>>
  readonly metadata: { readonly resourceVersion: string; readonly generation: number | null }
  readonly manifest: Resource
}

const pod = (name: string) => api.store.replica.get({ kind: 'Pod', namespace: 'default', name })
const create = async (input: object) => (await api.take<{ createPod: Written }>(createPod, { input })).createPod
const update = async (input: object) => (await api.take<{ updatePod: Written }>(updatePod, { input })).updatePod
const labelled = (name: string, labels: object, more: object = {}) => podInput(name, {}, { labels, ...more })
const bound = (name: string, metadata: object = {}) => podInput(name, { nodeName: 'n1' }, metadata as never)

describe('creating', () => {
  it('takes an empty namespace as none', async () => {
    await open()
    expect((await create(podInput('a', {}, { namespace: '' }))).manifest.metadata.namespace).toBe('default')
    const { manifest, labels } = await update(labelled('a', { tier: 'fe' }, { namespace: '' }))
    expect([manifest.metadata.namespace, labels]).toEqual(['default', { tier: 'fe' }])
  })

  it('gives what the server gives, and stores the actor', async () => {
    await open()
    const { manifest } = await create(podInput('a'))
    expect(manifest).toMatchObject({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'default', creationTimestamp: '2026-01-01T00:00:00Z' },
      spec: { restartPolicy: 'Always', schedulerName: 'default-scheduler' },
      status: { phase: 'Pending' },
    })
    const [change] = await api.store.changesSince(
      Number(manifest.metadata.resourceVersion) - 1,
      api.store.replica.revision,
      9,
    )
    expect(change).toMatchObject({ type: 'ADDED', actor: 'ann' })
  })

  it('makes a name from a prefix, and another one while that is taken', async () => {
    await open()
    // Every number twice, so that the same name comes out again and again.
    const numbers = Array.from({ length: 15 }, (_, index) => (index < 10 ? 0 : 0.5))
    const context = { ...api.context, random: () => numbers.shift() ?? 0.9 }
    const { createObject } = await import('../../src/commands/write.ts')
    const { definitionOf } = await import('../../src/model/kinds.ts')
    const input = { metadata: { generateName: 'web-' }, spec: podInput('x')['spec'] }
    const [first, second] = [
      await createObject(context, definitionOf('Pod'), { input, dryRun: false }),
      await createObject(context, definitionOf('Pod'), { input, dryRun: false }),
    ]
    expect(first.metadata.name).toMatch(/^web-\w{5}$/)
    expect(second.metadata.name).toMatch(/^web-\w{5}$/)
    expect(second.metadata.name).not.toBe(first.metadata.name)
  })

  it('refuses a name that is taken, also when only asking', async () => {
    await open()
    await create(podInput('a'))
    for (const dryRun of [true, false]) {
      expect((await api.refusal(createPod, { input: podInput('a'), dryRun })).extensions.code).toBe('ALREADY_EXISTS')
    }
  })

  it('tells all faults at once, each with its field', async () => {
    await open()
    const input = podInput(
      'Bad Name',
      { containers: [{ name: 'A', image: '' }], restartPolicy: 'Always' },
      { labels: { 'a b': 'c' } },
    )
    const { extensions, message } = await api.refusal(createPod, { input })
    expect(extensions.code).toBe('INVALID')
    expect(extensions.causes?.map(({ field }) => field)).toEqual(
      expect.arrayContaining([
        'metadata.name',
        'metadata.labels',
        'spec.containers[0].name',
        'spec.containers[0].image',
      ]),
    )
    expect(message).toContain('Pod "Bad Name" is invalid')
  })

  it.each([
    ['is not there', 'nowhere', 'NOT_FOUND'],
    ['is being deleted', 'going', 'FORBIDDEN'],
  ])('refuses a namespace that %s', async (_, namespace, code) => {
    await open()
    await api.take('mutation { createNamespace(input: { metadata: { name: "going" } }) { name } }')
    await api.take('mutation { deleteNamespace(name: "going") { name } }')
    expect((await api.refusal(createPod, { input: podInput('a', {}, { namespace }) })).extensions.code).toBe(code)
  })

  it('writes nothing when only asked', async () => {
    await open()
    const before = api.store.replica.revision
    const { createPod: told } = await api.take<{ createPod: Written }>(createPod, {
      input: podInput('a'),
      dryRun: true,
    })
    expect(told.manifest).toMatchObject({ metadata: { name: 'a' }, spec: { restartPolicy: 'Always' } })
    expect([api.store.replica.revision, pod('a')]).toEqual([before, undefined])
  })
})

describe('updating', () => {
  it('replaces labels and leaves the status and what the server gave', async () => {
    await open()
    const first = await create(labelled('a', { x: '1' }))
    const second = await update(labelled('a', { y: '2' }))
    expect(second.labels).toEqual({ y: '2' })
    expect(second.uid).toBe(first.uid)
    expect(second.manifest['status']).toEqual(first.manifest['status'])
  })

  it('that changes nothing writes nothing, in whatever order the keys stand', async () => {
    await open()
    const first = await create(labelled('a', { x: '1', y: '2' }))
    const second = await update(labelled('a', { y: '2', x: '1' }))
    expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion)
  })

  it('tells an empty selector from none: what is empty selects everything', async () => {
    await open()
    const affinity = (labelSelector?: object) => ({
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, podAffinityTerm: { topologyKey: 'zone', ...(labelSelector && { labelSelector }) } },
        ],
      },
    })
    const input = (labelSelector?: object) => controllerInput('web', 1, { affinity: affinity(labelSelector) })
    const first = await api.take<{ createReplicationController: Written }>(createController, { input: input() })
    const document = createController.replaceAll('createReplicationController', 'updateReplicationController')
    const second = await api.take<{ updateReplicationController: Written }>(document, { input: input({}) })
    const versions = [first.createReplicationController, second.updateReplicationController].map(
      ({ metadata }) => metadata.resourceVersion,
    )
    expect(versions[0]).not.toBe(versions[1])
  })

  it('counts the generation only when the spec changes', async () => {
    await open()
    await api.take(createController, { input: controllerInput('web', 1) })
    const document = `mutation ($input: ReplicationControllerInput!) { updateReplicationController(input: $input) { metadata { generation } } }`
    const input = controllerInput('web', 1) as { metadata: object }
    const generations: unknown[] = []
    for (const next of [{ ...input, metadata: { name: 'web', labels: { a: 'b' } } }, controllerInput('web', 2)]) {
      generations.push(await api.take(document, { input: next }))
    }
    expect(generations).toMatchObject([
      { updateReplicationController: { metadata: { generation: 1 } } },
      { updateReplicationController: { metadata: { generation: 2 } } },
    ])
  })

  it('keeps the machine of a pod that it does not name', async () => {
    await open()
    await create(bound('a'))
    expect((await update(labelled('a', { x: '1' }))).manifest).toMatchObject({ spec: { nodeName: 'n1' } })
  })

  it.each([
    ['a resourceVersion that is not current', { resourceVersion: '1' }, 'CONFLICT'],
    ['another uid', { uid: 'other' }, 'CONFLICT'],
    ['no name', { name: undefined }, 'INVALID'],
    ['a name that is not there', { name: 'ghost' }, 'NOT_FOUND'],
  ])('refuses %s', async (_, metadata, code) => {
    await open()
    await create(podInput('a'))
    expect((await api.refusal(updatePod, { input: podInput('a', {}, metadata) })).extensions.code).toBe(code)
  })

  it('tells the current version with a conflict, and takes that one', async () => {
    await open()
    const first = await create(podInput('a'))
    const second = await update(labelled('a', { x: '1' }, { resourceVersion: first.metadata.resourceVersion }))
    const input = labelled('a', { x: '2' }, { resourceVersion: first.metadata.resourceVersion })
    const { extensions } = await api.refusal(updatePod, { input })
    expect(extensions.resourceVersion).toBe(second.metadata.resourceVersion)
  })

  it('refuses what may not change, with its field', async () => {
    await open()
    await create(podInput('a'))
    const { extensions } = await api.refusal(updatePod, { input: podInput('a', { hostname: 'other' }) })
    expect(extensions).toMatchObject({ code: 'INVALID', causes: [{ reason: 'FieldValueForbidden' }] })
  })

  it('without a resourceVersion lands, however many do it at once', async () => {
    await open()
    await api.take(createController, { input: controllerInput('web', 0) })
    const document = `mutation ($replicas: Int!) { scale(kind: "rc", name: "web", replicas: $replicas) { name } }`
    await Promise.all(Array.from({ length: 60 }, (_, replicas) => api.take(document, { replicas: replicas + 1 })))
    const history = await api.take<{ replicationController: { history: { totalCount: number } } }>(
      '{ replicationController(name: "web") { history { totalCount } } }',
    )
    expect(history.replicationController.history.totalCount).toBe(61)
  })

  it('writes nothing when only asked', async () => {
    await open()
    await create(podInput('a'))
    const before = api.store.replica.revision
    const { updatePod: told } = await api.take<{ updatePod: Written }>(updatePod, {
      input: labelled('a', { x: '1' }),
      dryRun: true,
    })
    expect(told.labels).toEqual({ x: '1' })
    expect(api.store.replica.revision).toBe(before)
  })

  it('of a namespace that is being emptied does not remove it before its time', async () => {
    await open()
    await api.take('mutation { createNamespace(input: { metadata: { name: "going" } }) { name } }')
    await api.take('mutation { deleteNamespace(name: "going") { name } }')
    await api.take('mutation { updateNamespace(input: { metadata: { name: "going", labels: { a: "b" } } }) { name } }')
    expect(api.store.replica.get({ kind: 'Namespace', namespace: '', name: 'going' })).toMatchObject({
      metadata: { labels: { a: 'b' } },
    })
  })
})

interface Deleted {
  readonly deletePod: {
    readonly metadata: {
      readonly deletionTimestamp: string | null
      readonly deletionGracePeriodSeconds: number | null
      readonly finalizers: readonly string[] | null
    }
    readonly history: { readonly totalCount: number; readonly nodes: readonly { type: string; actor: string }[] }
  }
}

describe('deleting', () => {
  const remove = (variables: object) => api.take<Deleted>(deletePod, variables as never)

  it('removes at once what no machine has, and answers with its last version and its history', async () => {
    await open()
    await create(podInput('a'))
    await update(labelled('a', { x: '1' }))
    const { deletePod: answer } = await remove({ name: 'a' })
    expect(pod('a')).toBeUndefined()
    expect(answer.history).toMatchObject({
      totalCount: 3,
      nodes: [{ type: 'DELETED', actor: 'ann' }, { type: 'MODIFIED' }, { type: 'ADDED' }],
    })
  })

  it('gives a pod on a machine its time, which a later request may shorten and not lengthen', async () => {
    await open()
    await create(bound('a'))
    expect((await remove({ name: 'a' })).deletePod.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:30Z',
      deletionGracePeriodSeconds: 30,
    })
    expect((await remove({ name: 'a', gracePeriodSeconds: 60 })).deletePod.metadata.deletionGracePeriodSeconds).toBe(30)
    expect((await remove({ name: 'a', gracePeriodSeconds: 5 })).deletePod.metadata.deletionGracePeriodSeconds).toBe(5)
    await remove({ name: 'a', gracePeriodSeconds: 0 })
    expect(pod('a')).toBeUndefined()
  })

  it('waits for finalizers, and the update that takes the last one away removes the object', async () => {
    await open()
    await create(podInput('a', {}, { finalizers: ['example.com/hold'] }))
    expect((await remove({ name: 'a' })).deletePod.metadata.finalizers).toEqual(['example.com/hold'])
    expect(pod('a')?.metadata.deletionTimestamp).toBeDefined()
    await update(podInput('a'))
    expect(pod('a')).toBeUndefined()
  })

  it.each([
    ['what is not there', { name: 'ghost' }, 'NOT_FOUND'],
    ['a grace period below zero', { name: 'a', gracePeriodSeconds: -1 }, 'INVALID'],
  ])('refuses %s', async (_, variables, code) => {
    await open()
    await create(podInput('a'))
    expect((await api.refusal(deletePod, variables as never)).extensions.code).toBe(code)
  })

  it.each(['default', 'kube-system', 'kube-public'])('refuses to delete the namespace %s', async (name) => {
    await open()
    const refusal = await api.refusal('mutation ($name: String!) { deleteNamespace(name: $name) { name } }', { name })
    expect(refusal.extensions.code).toBe('FORBIDDEN')
  })

  const policies = [
    ['Background', []],
    ['Orphan', ['a', 'b']],
    ['Foreground', []],
  ] as const
  it.each(policies)('with the policy %s leaves of the dependents %j', async (propagationPolicy, left) => {
    await open()
    api.startControllers()
    await api.take(createNode, { input: nodeInput('n1') })
    await api.take(createController, { input: controllerInput('web', 0) })
    const { metadata } = api.store.replica.get({
      kind: 'ReplicationController',
      namespace: 'default',
      name: 'web',
    }) as Resource
    const ownerReferences = [
      { apiVersion: 'v1', kind: 'ReplicationController', name: 'web', uid: metadata.uid, blockOwnerDeletion: true },
    ]
    for (const name of ['a', 'b']) await create(podInput(name, {}, { ownerReferences, finalizers: [] }))
    const document = `mutation ($propagationPolicy: PropagationPolicy!) { deleteReplicationController(name: "web", propagationPolicy: $propagationPolicy) { metadata { finalizers deletionTimestamp } } }`
    await api.take(document, { propagationPolicy })
    await api.settle()
    for (const name of ['a', 'b']) {
      if (pod(name)?.metadata.deletionTimestamp !== undefined) await remove({ name, gracePeriodSeconds: 0 })
    }
    await api.settle()
    expect(api.store.replica.count('ReplicationController')).toBe(0)
    const pods = [...api.store.replica.list('Pod')]
    expect(pods.map((object) => object.metadata.name)).toEqual(left)
    for (const object of pods) expect(object.metadata.ownerReferences ?? []).toEqual([])
  })
})
