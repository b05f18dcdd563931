import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import { type Api, openApi } from '../support/api.ts'
import { objectNamed } from '../support/objects.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

afterEach(() => api.close())

const phases = ['Failed', 'Pending', 'Running']
const podAt = (index: number): Resource =>
  objectNamed('Pod', `p${index % 2 === 0 ? '' : '-'}${String(index).padStart(2, '0')}`, {
    metadata: {
      namespace: index % 3 === 0 ? 'a' : 'a-b',
      uid: `uid-${index}`,
      labels: { parity: index % 2 === 0 ? 'even' : 'odd' },
    },
    spec: { containers: [], ...(index % 4 === 0 ? { nodeName: 'n1' } : {}) },
    status: { phase: phases[index % 3], conditions: [{ type: 'Ready', status: index % 5 === 0 ? 'True' : 'False' }] },
  })

const placeOf = ({ metadata }: Resource) => `${metadata.namespace ?? ''}/${metadata.name}`

async function open(count = 30): Promise<Api> {
  api = await openApi(stores)
  const operations = Array.from({ length: count }, (_, index) => ({ type: 'create' as const, object: podAt(index) }))
  await api.store.commit(operations, { actor: 'ann' })
  return api
}

interface Page {
  readonly pods: {
    readonly nodes: readonly { readonly name: string; readonly namespace: string }[]
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly name: string } }[]
    readonly pageInfo: {
      readonly hasNextPage: boolean
      readonly hasPreviousPage: boolean
      readonly endCursor: string | null
      readonly startCursor: string | null
    }
    readonly totalCount: number
    readonly resourceVersion: string
  }
}

const document = `query ($first: Int, $after: String, $namespace: String, $labelSelector: String, $fieldSelector: String, $where: PodFilter, $orderBy: [PodOrder!]) {
  pods(first: $first, after: $after, namespace: $namespace, labelSelector: $labelSelector, fieldSelector: $fieldSelector, where: $where, orderBy: $orderBy) {
    nodes { name namespace } edges { cursor node { name } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount resourceVersion
  }
}`
const page = async (variables: Readonly<Record<string, unknown>> = {}) =>
  (await api.take<Page>(document, variables)).pods

/** All items, page by page; between pages something may happen. */
async function walk(
  variables: Readonly<Record<string, unknown>>,
  between: (names: readonly string[]) => Promise<void> = () => Promise.resolve(),
) {
  const names: string[] = []
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo }: Page['pods'] = await page({ ...variables, after })
    names.push(...nodes.map(({ namespace, name }) => `${namespace}/${name}`))
    if (!pageInfo.hasNextPage) return names
    after = pageInfo.endCursor
    await between(names)
  }
}

describe('a list', () => {
  it('tells the items, their places, how many there are and what it shows', async () => {
    await open()
    const { nodes, edges, pageInfo, totalCount, resourceVersion } = await page({ first: 3 })
    expect(nodes.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual(['a/p-03', 'a/p-09', 'a/p-15'])
    expect(edges.map(({ node }) => node.name)).toEqual(['p-03', 'p-09', 'p-15'])
    expect(pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor,
      endCursor: edges[2]?.cursor,
    })
    expect([totalCount, resourceVersion]).toEqual([30, String(api.store.replica.revision)])
  })

  it.each([
    ['nothing', {}, 30],
    ['a namespace', { namespace: 'a' }, 10],
    ['a selector', { labelSelector: 'parity=odd' }, 15],
    ['both', { namespace: 'a-b', labelSelector: 'parity in (odd),!x' }, 10],
    ['a field', { fieldSelector: 'status.phase!=Failed' }, 20],
    [
      'fields, labels and a filter',
      { fieldSelector: 'spec.nodeName=n1', labelSelector: 'parity=even', where: { phase: ['Failed'] } },
      3,
    ],
    [
      'a field in an order',
      { fieldSelector: 'spec.nodeName=n1,status.phase=Running', orderBy: [{ field: 'NODE' }] },
      2,
    ],
    ['a name', { fieldSelector: 'metadata.name=p-03' }, 1],
    ['a name and a namespace', { fieldSelector: 'metadata.namespace=a-b,metadata.name==p-03' }, 0],
    ['a name that is not meant', { fieldSelector: 'metadata.name!=p-03' }, 29],
    ['two names at once', { fieldSelector: 'metadata.name=p-03,metadata.name=p-09' }, 0],
    ['a namespace that is a field', { fieldSelector: 'metadata.namespace=a', namespace: 'a-b' }, 0],
    ['an empty selector of fields', { fieldSelector: '' }, 30],
    ['a phase', { where: { phase: ['Failed'] } }, 10],
    ['several phases and a machine', { where: { phase: ['Failed', 'Running'], nodeName: ['n1'] } }, 5],
    ['whether it is bound', { where: { bound: false } }, 22],
    ['whether it is ready', { where: { ready: true }, labelSelector: 'parity=odd' }, 3],
    ['part of the name', { where: { nameContains: '-0' } }, 5],
    ['no phase at all', { where: { phase: [] } }, 0],
  ])('is narrowed by %s', async (_, variables, count) => {
    await open()
    expect((await page(variables)).totalCount).toBe(count)
    expect(await walk({ ...variables, first: 4 })).toHaveLength(count)
  })

  it.each([
    ['first 0', { first: 0 }, 'first'],
    ['first below 0', { first: -1 }, 'first'],
    ['first 1001', { first: 1001 }, 'first'],
    ['a cursor that is none', { after: 'abc' }, 'after'],
    ['a cursor of another list', { after: Buffer.from('["a","b","c"]').toString('base64url') }, 'after'],
    ['a cursor of numbers', { after: Buffer.from('[1,2]').toString('base64url') }, 'after'],
    ['a field that pods cannot be selected by', { fieldSelector: 'spec.priority=1' }, 'fieldSelector'],
    ['a selector of fields that cannot be read', { fieldSelector: 'metadata.name' }, 'fieldSelector'],
    ['an empty namespace', { namespace: '' }, 'namespace'],
    [
      'a cursor of another order',
      { after: Buffer.from('["a","b"]').toString('base64url'), orderBy: [{ field: 'NODE' }] },
      'after',
    ],
  ])('refuses %s', async (_, variables, field) => {
    await open(1)
    const { extensions } = await api.refusal(document, variables)
    expect([extensions.code, extensions.causes?.[0]?.field]).toEqual(['INVALID', field])
  })

  it('refuses a selector that cannot be read', async () => {
    await open(1)
    expect((await api.refusal(document, { labelSelector: 'a in (' })).extensions.code).toBe('INVALID')
  })

  it('takes null for what is not given', async () => {
    await open()
    expect(
      (await page({ first: null, after: null, namespace: null, labelSelector: null, where: null, orderBy: null }))
        .nodes,
    ).toHaveLength(30)
  })

  const orders = [
    ['(namespace, name)', undefined],
    ['the machine', [{ field: 'NODE', direction: 'DESC' }]],
    ['phase, then name backwards', [{ field: 'PHASE' }, { field: 'NAME', direction: 'DESC' }]],
    ['restarts, which are numbers', [{ field: 'RESTARTS' }]],
  ] as const

  it.each(orders)('by %s has everything once, whatever the page size', async (_, orderBy) => {
    await open()
    const all = await walk({ orderBy, first: 1000 })
    expect(new Set(all).size).toBe(30)
    for (const first of [1, 7, 29, 30]) expect(await walk({ orderBy, first })).toEqual(all)
  })

  it.each(orders)('by %s goes on in its place when the item of the cursor has gone', async (_, orderBy) => {
    await open()
    const all = await walk({ orderBy, first: 1000 })
    const walked = await walk({ orderBy, first: 4 }, async (names) => {
      const [namespace = '', name = ''] = names.at(-1)?.split('/') ?? []
      const base = api.store.replica.get({ kind: 'Pod', namespace, name })
      if (base !== undefined) await api.store.commitOne({ type: 'delete', base }, 'ann')
    })
    expect(walked).toEqual(all)
  })

  it('loses nothing that stays, whatever comes and goes between its pages', async () => {
    await open()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(29), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        async (touched, first) => {
          const moved = new Set([0, ...touched].map((index) => placeOf(podAt(index))))
          const staying = (await walk({ first: 1000 })).filter((place) => !moved.has(place))
          const queue = [...touched]
          const walked = await walk({ first }, async () => {
            const object = podAt(queue.shift() ?? 0)
            const base = api.store.replica.get({
              kind: 'Pod',
              namespace: object.metadata.namespace ?? '',
              name: object.metadata.name,
            })
            const uid = `uid-${Math.random()}`
            const operation =
              base === undefined
                ? { type: 'create' as const, object: { ...object, metadata: { ...object.metadata, uid } } }
                : { type: 'delete' as const, base }
            await api.store.commit([operation], { actor: 'ann' })
          })
          expect(new Set(walked).size).toBe(walked.length)
          expect(walked).toEqual(expect.arrayContaining(staying))
        },
      ),
      { numRuns: 15 },
    )
  })
})

describe('resources', () => {
  const across = `query ($kinds: [String!], $first: Int, $after: String, $labelSelector: String, $fieldSelector: String) {
    resources(fieldSelector: $fieldSelector, kinds: $kinds, first: $first, after: $after, labelSelector: $labelSelector) {
      nodes { kind name } pageInfo { hasNextPage endCursor } totalCount
    }
  }`
  interface Across {
    readonly resources: {
      readonly nodes: readonly { kind: string; name: string }[]
      readonly pageInfo: { hasNextPage: boolean; endCursor: string | null }
      readonly totalCount: number
    }
  }

  it('lists several kinds in one order, page by page', async () => {
    await open(5)
    const names: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const { resources }: Across = await api.take<Across>(across, { kinds: ['pods', 'ns'], first: 2, after })
      names.push(...resources.nodes.map(({ kind, name }) => `${kind} ${name}`))
      expect(resources.totalCount).toBe(9)
      more = resources.pageInfo.hasNextPage
      after = resources.pageInfo.endCursor
    }
    expect(names).toEqual([
      'Namespace default',
      'Namespace kube-node-lease',
      'Namespace kube-public',
      'Namespace kube-system',
      'Pod p-03',
      'Pod p00',
      'Pod p-01',
      'Pod p02',
      'Pod p04',
    ])
  })

  it('is narrowed by the fields of all kinds, and refuses those that one has not', async () => {
    await open(5)
    const asked = { first: 2, fieldSelector: 'metadata.name!=default,metadata.namespace=' }
    const { nodes, totalCount, pageInfo } = (await api.take<Across>(across, asked)).resources
    expect(nodes.map(({ name }) => name)).toEqual(['kube-node-lease', 'kube-public'])
    expect([totalCount, pageInfo.hasNextPage]).toEqual([3, true])
    const { extensions } = await api.refusal(across, { kinds: ['po', 'rc'], fieldSelector: 'status.phase=Running' })
    expect(extensions.causes).toMatchObject([
      {
        field: 'fieldSelector',
        message: expect.stringContaining('ReplicationController cannot be selected by it') as string,
      },
    ])
  })

  it('has all kinds without names, and says where events are', async () => {
    await open(3)
    expect((await api.take<Across>(across)).resources.totalCount).toBe(7)
    expect((await api.refusal(across, { kinds: ['Event'] })).message).toContain('ask for them with `events`')
    expect((await api.refusal(across, { kinds: ['Pood'] })).message).toContain('did you mean "Pod"?')
  })
})
