import {
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { afterEach, describe, expect, it } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import { type Api, openApi, testSchema } from '../support/api.ts'
import { eventRecord } from '../support/event-records.ts'
import { container } from '../support/manifests.ts'
import { clusterObjectNamed, controlledBy, objectNamed } from '../support/objects.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

/** https://relay.dev/graphql/connections.htm and https://relay.dev/graphql/objectidentification.htm, section by section. */
const stores = temporaryStores()
let api: Api

afterEach(() => api?.close())

describe('the types of connections', () => {
  const types = Object.values(testSchema.getTypeMap())
  const composites = types.filter((type) => isObjectType(type) || isInterfaceType(type))
  const fieldsOf = (type: GraphQLNamedType | undefined) =>
    Object.fromEntries(
      Object.values(isObjectType(type) ? type.getFields() : {}).map(({ name, type: of }) => [name, String(of)]),
    )
  const connections = composites.filter(({ name }) => name.endsWith('Connection')).map(({ name }) => name)

  it('are there for each kind, for resources and for versions', () => {
    expect(connections).toHaveLength(8)
  })

  it('tell with PageInfo where a page stands', () => {
    expect(fieldsOf(testSchema.getType('PageInfo'))).toEqual({
      hasNextPage: 'Boolean!',
      hasPreviousPage: 'Boolean!',
      startCursor: 'String',
      endCursor: 'String',
    })
  })

  it.each(connections)('%s has edges, whose cursors are texts, and a PageInfo', (name) => {
    const connection = testSchema.getType(name)
    expect(fieldsOf(connection)).toMatchObject({ pageInfo: 'PageInfo!' })
    const edges = isObjectType(connection) ? connection.getFields()['edges']?.type : undefined
    expect(isNonNullType(edges) && isListType(edges.ofType)).toBe(true)
    const edge = edges && getNamedType(edges)
    expect(edge?.name).toBe(name.replace('Connection', 'Edge'))
    expect(fieldsOf(edge)).toEqual({ cursor: 'String!', node: `${name.replace('Connection', '')}!` })
  })

  it('come from fields that take `first` and `after`', () => {
    const fields = composites.flatMap((type) => Object.values<GraphQLField<unknown, unknown>>(type.getFields()))
    const lists = fields.filter(({ type }) => connections.includes(getNamedType(type).name))
    expect(lists.length).toBeGreaterThan(8)
    for (const { args } of lists) {
      const typeOf = (name: string) => String(args.find((arg) => arg.name === name)?.type)
      expect(typeOf('first')).toBe('Int')
      expect(['String', 'ResourceVersion']).toContain(typeOf('after'))
    }
  })
})

/** A connection: its field with its own arguments, where it stands, and what tells its nodes apart. */
interface List {
  readonly field: string
  readonly within?: (connection: string) => string
  readonly identity?: string
  readonly after?: string
  /** Items that the cluster has of it, and those that are there from beginning to end of a walk. */
  readonly count: number
}

const withinNode = (connection: string) => `clusterNode(name: "n1") { list: ${connection} }`
const withinController = (connection: string) => `replicationController(name: "c1") { list: ${connection} }`
const lists: readonly (readonly [string, List])[] = [
  ['pods', { field: 'pods', count: 7 }],
  ['pods by phase and name', { field: 'pods(orderBy: [{field: PHASE}, {field: NAME, direction: DESC}])', count: 7 }],
  ['machines', { field: 'clusterNodes', count: 5 }],
  ['namespaces', { field: 'namespaces', count: 4 }],
  ['controllers', { field: 'replicationControllers', count: 5 }],
  ['sets', { field: 'replicaSets', count: 5 }],
  ['events', { field: 'events', count: 5 }],
  ['events about an object', { field: 'events', within: withinController, count: 5 }],
  ['all resources', { field: 'resources', count: 26 }],
  ['the pods of a machine', { field: 'pods', within: withinNode, count: 7 }],
  ['dependents', { field: 'dependents', within: withinController, count: 7 }],
  [
    'versions',
    { field: 'history', within: withinController, identity: 'resourceVersion', after: 'ResourceVersion', count: 4 },
  ],
]

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: Readonly<Record<string, string>> }[]
  readonly nodes: readonly Readonly<Record<string, string>>[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  readonly totalCount: number
}

function documentOf({ field, within, identity = 'id', after = 'String' }: List): string {
  const [name, own = ''] = field.split(/\(|\)$/)
  const selection = `edges { cursor node { ${identity} } } nodes { ${identity} } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`
  const connection = `${name}(first: $first, after: $after ${own === '' ? '' : `, ${own}`}) { ${selection} }`
  const body = within === undefined ? `list: ${connection}` : within(connection)
  return `query ($first: Int, $after: ${after}) { ${body} }`
}

async function pageOf(list: List, first: number, after: string | null): Promise<Page> {
  const data = await api.take<Record<string, unknown>>(documentOf(list), { first, after })
  const [outer] = Object.values(data)
  return (list.within === undefined ? outer : (outer as { list: unknown }).list) as Page
}

/** All items, page by page, each page held against what the specification says of it. */
async function walk(list: List, first: number, between: () => Promise<void> = () => Promise.resolve()) {
  const told: (string | undefined)[] = []
  const cursors = new Set<string>()
  for (let after: string | null = null; ; ) {
    const { edges, nodes, pageInfo }: Page = await pageOf(list, first, after)
    expect(edges.map(({ node }) => node)).toEqual(nodes)
    expect(edges.length).toBeLessThanOrEqual(first)
    expect(pageInfo.startCursor).toBe(edges[0]?.cursor ?? null)
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null)
    expect(pageInfo.hasPreviousPage).toBe(after !== null)
    if (pageInfo.hasNextPage) expect(edges).toHaveLength(first)
    told.push(...nodes.map((node) => node[list.identity ?? 'id']))
    for (const { cursor } of edges) cursors.add(cursor)
    expect(cursors.size).toBe(told.length)
    if (!pageInfo.hasNextPage) return told
    after = pageInfo.endCursor
    await between()
  }
}

/** A cluster with some objects of each kind. */
async function open(): Promise<void> {
  api = await openApi(stores)
  const indexes = [1, 2, 3, 4, 5]
  const spec = { replicas: 0, selector: {}, template: { spec: { containers: [container] } } }
  const owner = objectNamed('ReplicationController', 'c1')
  const objects: Resource[] = [
    ...indexes.flatMap((index) => [
      clusterObjectNamed('Node', `n${index}`),
      objectNamed('ReplicationController', `c${index}`, { spec }),
      objectNamed('ReplicaSet', `s${index}`, { spec }),
    ]),
    ...[...indexes, 6, 7].map((index) => podNamed(`p${index}`, owner)),
  ]
  await api.store.commit(
    objects.map((object) => ({ type: 'create' as const, object })),
    { actor: 'ann' },
  )
  for (const _ of [1, 2, 3]) await touchController()
  await api.store.events.write(
    indexes.map((index) => eventRecord(`e${index}`, { involvedUid: 'uid-c1', lastTimestamp: 1e12 + (index % 2) })),
  )
}

const podNamed = (name: string, owner: Resource) =>
  objectNamed('Pod', name, {
    metadata: { ownerReferences: [controlledBy(owner)] },
    spec: { nodeName: 'n1', containers: [container] },
    status: { phase: Number(name.slice(1)) % 2 === 0 ? 'Running' : 'Pending' },
  })

async function touchController(): Promise<void> {
  const base = api.store.replica.get({ kind: 'ReplicationController', namespace: 'default', name: 'c1' }) as Resource
  const labels = { turn: String(api.store.replica.revision) }
  const object = { ...base, metadata: { ...base.metadata, labels } }
  await api.store.commitOne({ type: 'update', base, object }, 'ann')
}

describe('a connection', () => {
  it.each(lists)('of %s has every item once, whatever the page size', async (_, list) => {
    await open()
    const all = await walk(list, 1_000)
    expect([new Set(all).size, all.length]).toEqual([list.count, list.count])
    for (const first of [1, 2, list.count]) expect(await walk(list, first)).toEqual(all)
    expect((await pageOf(list, 1, null)).totalCount).toBe(list.count)
  })

  it.each(lists)('of %s loses nothing and has nothing twice while objects are written', async (_, list) => {
    await open()
    const all = await walk(list, 1_000)
    let turn = 0
    const told = await walk(list, 2, async () => {
      if ((turn += 1) > 4) return
      const owner = objectNamed('ReplicationController', 'c1')
      const object = podNamed(`${turn % 2 === 0 ? 'a' : 'z'}${turn}`, owner)
      await api.store.commitOne({ type: 'create', object }, 'ann')
      await api.store.commitOne({ type: 'create', object: clusterObjectNamed('Node', `m${turn}`) }, 'ann')
      await api.store.events.write([eventRecord(`late${turn}`, { involvedUid: 'uid-c1', lastTimestamp: 2e12 })])
      await touchController()
    })
    expect(new Set(told).size).toBe(told.length)
    expect(told).toEqual(expect.arrayContaining(all))
  })

  it.each(lists)('of %s refuses page sizes and cursors that cannot be', async (_, list) => {
    await open()
    const foreign = list.field === 'resources' ? 'replicaSets' : 'resources'
    const { endCursor } = (await pageOf({ field: foreign, count: 0 }, 1, null)).pageInfo
    const forged = Buffer.from('["Pod",{"a":1},null]').toString('base64url')
    for (const [field, variables] of [
      ['first', { first: 0 }],
      ['first', { first: -1 }],
      ['first', { first: 1_000_000_000 }],
      ['after', { after: 'hello' }],
      ['after', { after: '' }],
      ['after', { after: endCursor }],
      ['after', { after: forged }],
      ['after', { after: '999999' }],
    ] as const) {
      const { extensions } = await api.refusal(documentOf(list), variables)
      expect([extensions.code, extensions.causes?.map((cause) => cause.field)]).toEqual(['INVALID', [field]])
    }
  })

  it('of nothing has no cursors', async () => {
    await open()
    const list = { field: 'pods(namespace: "empty")', count: 0 }
    expect(await pageOf(list, 5, null)).toEqual({
      edges: [],
      nodes: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    })
  })
})

describe('a global id', () => {
  it.each([
    ['Pod', 'pod(name: "p1")'],
    ['ClusterNode', 'clusterNode(name: "n1")'],
    ['Namespace', 'namespace(name: "default")'],
    ['ReplicationController', 'replicationController(name: "c1")'],
    ['ReplicaSet', 'replicaSet(name: "s1")'],
    ['Event', 'event(name: "e1")'],
  ])('of the type %s leads to its object and to nothing else', async (type, field) => {
    await open()
    const { one } = await api.take<{ one: { id: string; uid: string } }>(`{ one: ${field} { id uid } }`)
    const find = 'query ($id: ID!) { node(id: $id) { __typename id ... on Resource { uid } } }'
    expect(await api.take(find, { id: one.id })).toEqual({ node: { __typename: type, ...one } })
    const other = Buffer.from(`${type === 'Pod' ? 'ReplicaSet' : 'Pod'}:${one.uid}`).toString('base64url')
    for (const id of [other, one.uid, `${one.id}=`, ''])
      expect((await api.ask<{ node: null }>(find, { id })).data).toEqual({ node: null })
  })
})
