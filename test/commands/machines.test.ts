import { afterEach, describe, expect, it } from 'vitest'
import { type PodStatusReport, registerNodes, renewLeases, reportPodStatuses } from '../../src/commands/node-reports.ts'
import type { Resource } from '../../src/model/resource.ts'
import { type Api, openApi } from '../support/api.ts'
import { controllerInput, createController, createNode, createPod, nodeInput, podInput } from '../support/manifests.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

async function open(): Promise<Api> {
  api = await openApi(stores)
  return api
}

afterEach(() => api.close())

const get = (kind: string, name: string) =>
  api.store.replica.get({ kind, namespace: kind === 'Node' ? '' : 'default', name }) as Resource & Record<string, never>

describe('scale', () => {
  const scale =
    'mutation ($kind: String!, $name: String!, $replicas: Int!) { scale(kind: $kind, name: $name, replicas: $replicas) { name metadata { generation } } }'

  it.each(['ReplicationController', 'replicationcontrollers', 'rc', 'RC'])('takes the kind as %s', async (kind) => {
    await open()
    await api.take(createController, { input: controllerInput('web', 1) })
    expect(await api.take(scale, { kind, name: 'web', replicas: 3 })).toMatchObject({
      scale: { metadata: { generation: 2 } },
    })
    expect(await api.take(scale, { kind, name: 'web', replicas: 3 })).toMatchObject({
      scale: { metadata: { generation: 2 } },
    })
    expect(get('ReplicationController', 'web')).toMatchObject({ spec: { replicas: 3 } })
  })

  it.each([
    ['a kind without replicas', 'Pod', 'web', 1, 'INVALID', 'kind'],
    ['a kind that there is not', 'Pood', 'web', 1, 'INVALID', 'kind'],
    ['fewer than none', 'rc', 'web', -1, 'INVALID', 'spec.replicas'],
    ['an object that is not there', 'rc', 'ghost', 1, 'NOT_FOUND', undefined],
    ['more than a number holds', 'rc', 'web', 2 ** 31, 'INVALID', 'replicas'],
  ])('refuses %s', async (_, kind, name, replicas, code, field) => {
    await open()
    await api.take(createController, { input: controllerInput('web', 1) })
    const { extensions } = await api.refusal(scale, { kind, name, replicas })
    expect([extensions.code, extensions.causes?.[0]?.field]).toEqual([code, field])
  })
})

describe('cordon', () => {
  it('marks a machine and taints it, and uncordon takes back both and nothing else', async () => {
    await open()
    const taints = [
      { key: 'node.kubernetes.io/unschedulable', effect: 'NoExecute' },
      { key: 'a', effect: 'NoSchedule' },
    ]
    await api.take(createNode, { input: { ...nodeInput('n1'), spec: { taints } } })
    await api.take('mutation { cordon(name: "n1") { name } }')
    const cordonTaint = {
      key: 'node.kubernetes.io/unschedulable',
      effect: 'NoSchedule',
      timeAdded: '2026-01-01T00:00:00Z',
    }
    expect(get('Node', 'n1')).toMatchObject({ spec: { unschedulable: true, taints: [...taints, cordonTaint] } })
    await api.take('mutation { uncordon(name: "n1") { name } }')
    expect(get('Node', 'n1')).toMatchObject({ spec: { taints } })
    expect(get('Node', 'n1')['spec']).not.toHaveProperty('unschedulable')
  })

  it('changes nothing the second time, and adds a taint that is missing', async () => {
    await open()
    await api.take(createNode, { input: { ...nodeInput('n1'), spec: { unschedulable: true } } })
    await api.take('mutation { cordon(name: "n1") { name } }')
    expect(get('Node', 'n1')).toMatchObject({ spec: { unschedulable: true, taints: [{ effect: 'NoSchedule' }] } })
    const before = api.store.replica.revision
    await api.take('mutation { cordon(name: "n1") { name } }')
    expect(api.store.replica.revision).toBe(before)
    expect((await api.refusal('mutation { uncordon(name: "ghost") { name } }')).extensions.code).toBe('NOT_FOUND')
  })
})

describe('registering machines', () => {
  const node = (name: string, cpu = '4', labels: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Node',
    ...nodeInput(name, { cpu }, labels as never),
  })

  it('makes those that are new, tells known ones anew, and writes nothing for what is so already', async () => {
    await open()
    expect(await registerNodes(api.context, [node('n1'), node('n2')])).toEqual([])
    await api.take('mutation { cordon(name: "n1") { name } }')
    const before = api.store.replica.revision
    expect(await registerNodes(api.context, [node('n1'), node('n2')])).toEqual([])
    expect(api.store.replica.revision).toBe(before)
    await registerNodes(api.context, [node('n1', '8', { zone: 'a' })])
    expect(get('Node', 'n1')).toMatchObject({
      metadata: { labels: { zone: 'a' } },
      spec: { unschedulable: true },
      status: { capacity: { cpu: '8' } },
    })
  })

  it('takes over the facts that are told as annotations, and leaves those of others', async () => {
    await open()
    const told = (annotations: object) => ({ ...node('n1'), metadata: { name: 'n1', annotations } })
    await registerNodes(api.context, [told({ fact: 'old', other: 'x' })])
    await registerNodes(api.context, [told({ fact: 'new' })])
    expect(get('Node', 'n1').metadata.annotations).toMatchObject({ fact: 'new', other: 'x' })
  })

  it('turns down what makes no sense, and takes the others', async () => {
    await open()
    await registerNodes(api.context, [node('n1')])
    const failed = await registerNodes(api.context, [
      node('n1', '4', { 'not a label': 'x' }),
      node('N!'),
      { kind: 'Node', metadata: null },
      { kind: 'Pod', metadata: { name: 'p' } },
      7,
      'text',
      [],
      node('n2'),
      node('n2'),
    ])
    expect(failed.map(({ name }) => name)).toEqual(['n1', 'N!', '', 'p', '', '', ''])
    expect(get('Node', 'n2')).toBeDefined()
  })
})

describe('renewing leases', () => {
  it('counts the machines that are registered', async () => {
    await open()
    await api.take(createNode, { input: nodeInput('n1') })
    expect(await renewLeases(api.context, ['n1', 'ghost'], 40)).toBe(1)
    await expect(renewLeases(api.context, ['n1'], 0)).rejects.toMatchObject({ code: 'INVALID' })
  })
})

describe('reporting statuses', () => {
  const running = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }

  async function bindPod(name = 'a', metadata: object = {}): Promise<string> {
    const input = podInput(name, { nodeName: 'n1' }, metadata as never)
    return (await api.take<{ createPod: { uid: string } }>(createPod, { input })).createPod.uid
  }

  async function report(uid: string, part: Partial<PodStatusReport> = {}): Promise<string> {
    const [outcome] = await reportPodStatuses(api.context, [
      { uid, namespace: 'default', name: 'a', status: running, ...part },
    ])
    return outcome?.result ?? 'none'
  }

  it('writes what has changed, once, in the name of the machine', async () => {
    await open()
    const uid = await bindPod()
    expect(await report(uid)).toBe('APPLIED')
    const before = api.store.replica.revision
    expect(await report(uid)).toBe('APPLIED')
    expect(api.store.replica.revision).toBe(before)
    const [change] = await api.store.changesSince(before - 1, before, 1)
    expect(change?.actor).toBe('system:node:n1')
  })

  it.each([
    ['of a pod that is not there is GONE', 'ghost', {}, 'GONE'],
    ['of a shape that is none is REFUSED', 'a', { status: { phase: 'Jogging' } }, 'REFUSED'],
    ['with fields that there are not is REFUSED', 'a', { status: { phases: 'Running' } }, 'REFUSED'],
    ['of a pod that no machine has is REFUSED', 'free', {}, 'REFUSED'],
    ['that brings an ended pod back to life is REFUSED', 'over', {}, 'REFUSED'],
  ])('%s', async (_, name, part, result) => {
    await open()
    const uids = new Map([
      ['a', await bindPod()],
      ['over', await bindPod('over')],
      ['free', (await api.take<{ createPod: { uid: string } }>(createPod, { input: podInput('free') })).createPod.uid],
    ])
    await report(uids.get('over') ?? '', { status: { phase: 'Failed' } })
    expect(await report(uids.get(name) ?? name, part)).toBe(result)
  })

  it('leaves the conditions of others as they are now, whatever the agent repeats', async () => {
    await open()
    const uid = await bindPod()
    const pod = get('Pod', 'a')
    const gate = { type: 'example.com/gate', status: 'True' }
    await api.store.commitOne(
      { type: 'update', base: pod, object: { ...pod, status: { phase: 'Pending', conditions: [gate] } } },
      'bob',
    )
    await report(uid, { status: { ...running, conditions: [...running.conditions, { ...gate, status: 'False' }] } })
    expect(get('Pod', 'a')).toMatchObject({ status: { conditions: [{ type: 'Ready' }, gate] } })
  })

  it('lets a deleted pod go when nothing of it runs any more, and not before', async () => {
    await open()
    const uid = await bindPod()
    await api.take('mutation { deletePod(name: "a") { name } }')
    await report(uid)
    expect(get('Pod', 'a')).toBeDefined()
    expect(await report(uid, { ended: true, status: { phase: 'Failed' } })).toBe('APPLIED')
    expect(get('Pod', 'a')).toBeUndefined()
    const [last] = await api.store.changesSince(api.store.replica.revision - 1, api.store.replica.revision, 1)
    expect(last).toMatchObject({ type: 'DELETED', object: { status: { phase: 'Failed' } } })
  })

  it('keeps a deleted pod that has a finalizer until that goes', async () => {
    await open()
    const uid = await bindPod('a', { finalizers: ['example.com/hold'] })
    await api.take('mutation { deletePod(name: "a") { name } }')
    await report(uid, { ended: true })
    expect(get('Pod', 'a').metadata.deletionGracePeriodSeconds).toBe(0)
    await api.take('mutation ($input: PodInput!) { updatePod(input: $input) { name } }', { input: podInput('a') })
    expect(get('Pod', 'a')).toBeUndefined()
  })

  it('lands many at once beside the changes of others', async () => {
    await open()
    const uids = await Promise.all(Array.from({ length: 20 }, (_, index) => bindPod(`p${index}`)))
    const label = (name: string) =>
      api.take('mutation ($input: PodInput!) { updatePod(input: $input) { name } }', {
        input: podInput(name, {}, { labels: { a: 'b' } }),
      })
    const [outcomes] = await Promise.all([
      reportPodStatuses(
        api.context,
        uids.map((uid, index) => ({ uid, namespace: 'default', name: `p${index}`, status: running })),
      ),
      ...uids.map((_, index) => label(`p${index}`)),
    ])
    expect(new Set(outcomes.map(({ result }) => result))).toEqual(new Set(['APPLIED']))
    for (const index of uids.keys()) {
      expect(get('Pod', `p${index}`)).toMatchObject({ metadata: { labels: { a: 'b' } }, status: { phase: 'Running' } })
    }
  })
})
