import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Pod } from '../../src/model/kinds/pod.ts'
import type { Resource } from '../../src/model/resource.ts'
import { type Api, openApi } from '../support/api.ts'
import {
  container,
  controllerInput,
  createController,
  createNode,
  createPod,
  deletePod,
  nodeInput,
  podInput,
} from '../support/manifests.ts'
import { clusterObjectNamed, objectNamed } from '../support/objects.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

async function open(): Promise<Api> {
  api = await openApi(stores)
  return api
}

afterEach(() => api.close())

describe('relations', () => {
  it('lead from a pod to its machine and from there to the pods, as pods', async () => {
    await open()
    await api.take(createNode, { input: nodeInput('n1') })
    for (const name of ['a', 'b']) await api.take(createPod, { input: podInput(name, { nodeName: 'n1' }) })
    await api.take(createPod, { input: podInput('free') })
    const document =
      '{ pod(name: "a") { node { name pods(first: 1) { totalCount nodes { name spec { restartPolicy } node { name } } pageInfo { hasNextPage endCursor } } } } free: pod(name: "free") { node { name } } }'
    expect(await api.take(document)).toMatchObject({
      pod: {
        node: {
          name: 'n1',
          pods: {
            totalCount: 2,
            nodes: [{ name: 'a', spec: { restartPolicy: 'Always' }, node: { name: 'n1' } }],
            pageInfo: { hasNextPage: true },
          },
        },
      },
      free: { node: null },
    })
  })

  it('lead from an owner to its dependents and back', async () => {
    await open()
    api.startControllers()
    await api.take(createController, { input: controllerInput('web', 3) })
    await api.settle()
    const { replicationController } = await api.take<{
      replicationController: {
        dependents: { totalCount: number; nodes: { name: string }[]; pageInfo: { endCursor: string } }
      }
    }>(
      '{ replicationController(name: "web") { dependents(first: 2) { totalCount nodes { kind name owner { kind name } ... on Pod { status { phase } } } pageInfo { endCursor } } } }',
    )
    const { dependents } = replicationController
    expect(dependents).toMatchObject({
      totalCount: 3,
      nodes: [{ kind: 'Pod', owner: { kind: 'ReplicationController', name: 'web' }, status: { phase: 'Pending' } }, {}],
    })
    const rest = await api.take<
      typeof replicationController & { replicationController: { dependents: { nodes: { name: string }[] } } }
    >(
      'query ($after: String) { replicationController(name: "web") { dependents(after: $after) { nodes { name } } } }',
      { after: dependents.pageInfo.endCursor },
    )
    const names = [...dependents.nodes, ...rest.replicationController.dependents.nodes].map(({ name }) => name)
    expect(new Set(names).size).toBe(3)
  })

  it('lead to the events of an object, newest first, page by page', async () => {
    await open()
    const { createPod: pod } = await api.take<{ createPod: { uid: string } }>(createPod, { input: podInput('a') })
    const create = 'mutation ($input: EventInput!) { createEvent(input: $input) { name } }'
    for (const second of [1, 2, 3]) {
      const involvedObject = { kind: 'Pod', name: 'a', namespace: 'default', uid: pod.uid }
      const input = {
        metadata: { name: `e${second}` },
        involvedObject,
        type: second === 2 ? 'Warning' : 'Normal',
        reason: 'Tried',
        lastTimestamp: `2026-01-01T00:00:0${second}Z`,
      }
      await api.take(create, { input })
    }
    const document =
      'query ($after: String) { pod(name: "a") { events(first: 2, after: $after) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } } }'
    interface Page {
      readonly pod: {
        readonly events: {
          readonly totalCount: number
          readonly nodes: readonly { name: string }[]
          readonly pageInfo: { hasNextPage: boolean; endCursor: string }
        }
      }
    }
    const first = (await api.take<Page>(document)).pod.events
    const second = (await api.take<Page>(document, { after: first.pageInfo.endCursor })).pod.events
    expect([first.nodes, second.nodes, first.totalCount, second.pageInfo.hasNextPage]).toEqual([
      [{ name: 'e3' }, { name: 'e2' }],
      [{ name: 'e1' }],
      3,
      false,
    ])
    const filtered = await api.take<{ events: { totalCount: number } }>(
      '{ events(where: { type: "Warning", reason: "Tried" }) { totalCount } }',
    )
    expect(filtered.events.totalCount).toBe(1)
  })
})

describe('history', () => {
  const document = `query ($first: Int, $after: ResourceVersion) { pod(name: "a") { history(first: $first, after: $after) {
    totalCount nodes { type actor at resourceVersion manifest } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`
  interface History {
    readonly pod: {
      readonly history: {
        readonly totalCount: number
        readonly nodes: readonly {
          readonly type: string
          readonly actor: string
          readonly manifest: Resource
          readonly resourceVersion: string
        }[]
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
      }
    }
  }

  async function label(value: string, actor: string): Promise<void> {
    const base = api.store.replica.get({ kind: 'Pod', namespace: 'default', name: 'a' }) as Resource
    await api.store.commitOne(
      { type: 'update', base, object: { ...base, metadata: { ...base.metadata, labels: { value } } } },
      actor,
    )
  }

  it('has every version, who made it and the object as it was, page by page', async () => {
    await open()
    await api.take(createPod, { input: podInput('a') })
    for (const [value, actor] of [
      ['1', 'bob'],
      ['2', 'eve'],
      ['3', 'bob'],
    ] as const)
      await label(value, actor)
    const told: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const { history }: History['pod'] = (await api.take<History>(document, { first: 3, after })).pod
      expect(history.totalCount).toBe(4)
      told.push(
        ...history.nodes.map(
          ({ type, actor, manifest }) => `${type} ${actor} ${manifest.metadata.labels?.['value'] ?? '-'}`,
        ),
      )
      more = history.pageInfo.hasNextPage
      after = history.pageInfo.endCursor
    }
    expect(told).toEqual(['MODIFIED bob 3', 'MODIFIED eve 2', 'MODIFIED bob 1', 'ADDED ann -'])
  })

  it('of an object that was made again under its name is its own alone', async () => {
    await open()
    await api.take(createPod, { input: podInput('a') })
    await label('1', 'bob')
    await api.take(deletePod, { name: 'a' })
    await api.take(createPod, { input: podInput('a') })
    expect((await api.take<History>(document)).pod.history.nodes.map(({ type }) => type)).toEqual(['ADDED'])
  })

  it('refuses to go on after a version of another object', async () => {
    await open()
    await api.take(createPod, { input: podInput('a') })
    const { namespace } = await api.take<{ namespace: { metadata: { resourceVersion: string } } }>(
      '{ namespace(name: "default") { metadata { resourceVersion } } }',
    )
    const { extensions } = await api.refusal(document, { after: namespace.metadata.resourceVersion })
    expect(extensions).toMatchObject({ code: 'INVALID', causes: [{ field: 'after' }] })
  })

  it('counts what is left when older versions have been compacted', async () => {
    await open()
    await api.take(createPod, { input: podInput('a') })
    for (const value of ['1', '2', '3']) await label(value, 'bob')
    await api.store.retention.compact(api.store.replica.revision - 1)
    const { history } = (await api.take<History>(document)).pod
    expect([history.totalCount, history.nodes.length]).toEqual([2, 2])
  })
})

describe('pod.scheduling', () => {
  const document = `query ($name: String!) { pod(name: $name) { scheduling { pending nodeName message nodeCount feasibleNodeCount
    filters { filter nodes help reasons { reason nodes } }
    nodes(first: 10) { node feasible total rejections { filter reasons } scores { score value weight } } } } }`

  it('says why a pod is pending: how many machines each filter turns down, and the verdict on each', async () => {
    await open()
    api.startControllers()
    await api.take(createNode, { input: nodeInput('small', { cpu: '1' }) })
    await api.take(createNode, { input: nodeInput('wrong', { cpu: '8' }) })
    await api.take('mutation { cordon(name: "wrong") { name } }')
    const spec = { containers: [{ ...container, resources: { requests: { cpu: '2' } } }] }
    await api.take(createPod, { input: podInput('big', spec) })
    await api.settle()
    const { pod } = await api.take<{ pod: { scheduling: { message: string } } }>(document, { name: 'big' })
    expect(pod.scheduling).toMatchObject({
      pending: true,
      nodeName: null,
      nodeCount: 2,
      feasibleNodeCount: 0,
      filters: expect.arrayContaining([
        expect.objectContaining({ filter: 'NodeUnschedulable', nodes: 1 }),
        expect.objectContaining({
          filter: 'NodeResourcesFit',
          nodes: 1,
          reasons: [{ reason: 'Insufficient cpu', nodes: 1 }],
        }),
      ]) as unknown,
      nodes: [
        { node: 'small', feasible: false, rejections: [{ filter: 'NodeResourcesFit' }] },
        { node: 'wrong', feasible: false },
      ],
    })
    expect(pod.scheduling.message).toMatch(/^0\/2 nodes are available/)
    await api.take('mutation { uncordon(name: "wrong") { name } }')
    await api.settle()
    expect(await api.take(document, { name: 'big' })).toMatchObject({
      pod: { scheduling: { pending: false, nodeName: 'wrong' } },
    })
  })

  it('costs as much as looking at every machine does', async () => {
    await open()
    const { extensions } = await api.refusal('{ pods(first: 1000) { nodes { scheduling { filters { filter } } } } }')
    expect(extensions.causes?.[0]?.field).toBe('cost')
  })
})

describe('cluster', () => {
  const document =
    '{ cluster { version resourceVersion nodeCount readyNodeCount unschedulableNodeCount podCount podsByPhase { phase count } capacity allocatable allocated } }'
  const change = fc.record({
    kind: fc.constantFrom('Pod' as const, 'Node' as const),
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    removed: fc.boolean(),
    phase: fc.constantFrom('Pending', 'Running', 'Failed'),
    node: fc.constantFrom('', 'a', 'b'),
    milli: fc.constantFrom(100, 250, 1500),
    flag: fc.boolean(),
  })

  it('has the sums of what there is, after any changes', async () => {
    await open()
    await api.take(document)
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 15 }), async (changes) => {
        for (const { kind, name, removed, phase, node, milli, flag } of changes) {
          const key = { kind, namespace: kind === 'Pod' ? 'default' : '', name }
          const base = api.store.replica.get(key)
          if (base === undefined && removed) continue
          const uid = base?.metadata.uid ?? `uid-${Math.random()}`
          const resources = { requests: { cpu: `${milli}m`, memory: '1Ki' } }
          const object =
            kind === 'Pod'
              ? objectNamed('Pod', name, {
                  metadata: { uid },
                  spec: { containers: [{ name: 'm', image: 'i', resources }], ...(node && { nodeName: node }) },
                  status: { phase },
                })
              : clusterObjectNamed('Node', name, {
                  metadata: { uid },
                  spec: { unschedulable: flag },
                  status: {
                    capacity: { cpu: `${milli}m`, memory: '1Gi' },
                    conditions: [{ type: 'Ready', status: flag ? 'True' : 'False' }],
                  },
                })
          await api.store.commit(
            [
              removed && base
                ? { type: 'delete', base }
                : base
                  ? { type: 'update', base, object }
                  : { type: 'create', object },
            ],
            { actor: 'ann' },
          )
        }
        const { cluster } = await api.take<{ cluster: Record<string, unknown> }>(document)
        const told = {
          ...cluster,
          allocated: withoutNothing(cluster['allocated']),
          capacity: withoutNothing(cluster['capacity']),
          allocatable: withoutNothing(cluster['allocatable']),
        }
        expect(told).toEqual({
          version: 'test',
          resourceVersion: String(api.store.replica.revision),
          ...naiveSums(),
        })
      }),
      { numRuns: 15 },
    )
  })
})

function naiveSums(): Record<string, unknown> {
  const nodes = [...api.store.replica.list('Node')] as (Resource & {
    spec: { unschedulable: boolean }
    status: { capacity: { cpu: string }; conditions: { status: string }[] }
  })[]
  const pods = [...api.store.replica.list('Pod')] as Pod[]
  const counts = new Map<string, number>()
  for (const { status } of pods)
    counts.set(status?.phase ?? 'Pending', (counts.get(status?.phase ?? 'Pending') ?? 0) + 1)
  const cpuText = (milli: number) => (milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`)
  const sum = (texts: readonly string[]) => texts.reduce((total, text) => total + Number(text.replace('m', '')), 0)
  const running = pods.filter(({ spec, status }) => spec.nodeName !== undefined && status?.phase !== 'Failed')
  const cpus = running.map(({ spec }) => String(spec.containers[0]?.resources?.requests?.['cpu']))
  const capacity = {
    cpu: cpuText(sum(nodes.map(({ status }) => status.capacity.cpu))),
    memory: String(nodes.length * 1024 ** 3),
  }
  return {
    nodeCount: nodes.length,
    readyNodeCount: nodes.filter(({ status }) => status.conditions[0]?.status === 'True').length,
    unschedulableNodeCount: nodes.filter(({ spec }) => spec.unschedulable).length,
    podCount: pods.length,
    podsByPhase: [...counts].map(([phase, count]) => ({ phase, count })).sort((a, b) => (a.phase < b.phase ? -1 : 1)),
    capacity: withoutNothing(capacity),
    allocatable: withoutNothing(capacity),
    allocated: withoutNothing({
      pods: String(running.length),
      cpu: cpuText(sum(cpus)),
      memory: String(running.length * 1024),
    }),
  }
}

/** Amounts that are nothing, whether they are told or not. */
function withoutNothing(amounts: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(amounts as object).filter(([, amount]) => amount !== '0'))
}
