import { afterEach, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../support/api.ts'
import { container, controllerInput, nodeInput, podInput } from '../support/manifests.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

afterEach(() => api.close())

type Input = Readonly<Record<string, unknown>>

const set: Input = {
  metadata: { name: 'x' },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'x' } },
    template: { metadata: { labels: { app: 'x' } }, spec: { containers: [container] } },
  },
}
const event: Input = {
  metadata: { name: 'x' },
  involvedObject: { kind: 'Pod', name: 'p' },
  reason: 'Tried',
  type: 'Normal',
}

const kinds: readonly (readonly [string, Input, Input, string])[] = [
  ['Namespace', { metadata: { name: 'x' } }, { metadata: { name: 'x', labels: { a: 'b' } } }, '{ labels }'],
  ['ClusterNode', nodeInput('x'), { ...nodeInput('x'), spec: { unschedulable: true } }, '{ spec { unschedulable } }'],
  ['Pod', podInput('x'), podInput('x', {}, { labels: { a: 'b' } }), '{ labels }'],
  ['ReplicationController', controllerInput('x', 1), controllerInput('x', 2), '{ spec { replicas } }'],
  ['ReplicaSet', set, { ...set, spec: { ...(set['spec'] as object), replicas: 2 } }, '{ spec { replicas } }'],
  ['Event', event, { ...event, reason: 'Failed' }, '{ reason }'],
]

interface Answer {
  readonly it: { readonly id: string; readonly uid: string; readonly kind: string } | null
}

describe.each(kinds)('%s', (type, input, changed, selection) => {
  const stem = type.charAt(0).toLowerCase() + type.slice(1)
  const inner = selection.slice(1, -1)

  it('is created, read, listed, found by its ID, changed and deleted', async () => {
    api = await openApi(stores)
    const create = `mutation ($input: ${type}Input!, $dryRun: Boolean) { it: create${type}(input: $input, dryRun: $dryRun) { id uid kind ${inner} } }`
    await api.take(create, { input, dryRun: true })
    expect(await api.take(`{ it: ${stem}(name: "x") { id } }`)).toEqual({ it: null })
    const { it: made } = await api.take<Answer>(create, { input })
    expect((await api.refusal(create, { input })).extensions.code).toBe('ALREADY_EXISTS')

    const { it: read } = await api.take<Answer>(`{ it: ${stem}(name: "x") { id uid kind ${inner} } }`)
    expect(read).toEqual(made)
    const list = await api.take<{ list: { totalCount: number; nodes: unknown[] } }>(
      `{ list: ${stem}s(first: 1000) { totalCount nodes { id uid kind ${inner} } } }`,
    )
    expect(list.list.nodes).toContainEqual(made)
    expect(list.list.totalCount).toBe(list.list.nodes.length)

    const byId = 'query ($id: ID!) { it: node(id: $id) { id __typename } }'
    expect(await api.take(byId, { id: made?.id })).toEqual({ it: { id: made?.id, __typename: type } })
    const byName =
      'query ($kind: String!) { it: resource(kind: $kind, name: "x") { uid kind metadata { name } manifest } }'
    expect(await api.take(byName, { kind: made?.kind })).toMatchObject({
      it: { uid: made?.uid, metadata: { name: 'x' }, manifest: { kind: made?.kind } },
    })

    const update = `mutation ($input: ${type}Input!, $dryRun: Boolean) { it: update${type}(input: $input, dryRun: $dryRun) { id uid kind ${inner} } }`
    const { it: asked } = await api.take<Answer>(update, { input: changed, dryRun: true })
    expect(await api.take(`{ it: ${stem}(name: "x") { id uid kind ${inner} } }`)).toEqual({ it: made })
    expect(await api.take(update, { input: changed })).toEqual({ it: asked })
    expect(asked).not.toEqual(made)
    expect(await api.take(`{ it: ${stem}(name: "x") { id uid kind ${inner} } }`)).toEqual({ it: asked })

    const remove = `mutation { it: delete${type}(name: "x") { uid } }`
    expect(await api.take(remove)).toEqual({ it: { uid: made?.uid } })
    if (type === 'Namespace') return
    expect(await api.take(byId, { id: made?.id })).toEqual({ it: null })
    expect(await api.take(`{ it: ${stem}(name: "x") { id } }`)).toEqual({ it: null })
    expect((await api.refusal(remove)).extensions.code).toBe('NOT_FOUND')
    expect((await api.refusal(update, { input: changed })).extensions.code).toBe('NOT_FOUND')
  })
})

describe('node(id)', () => {
  it.each([
    ['a text that is no ID', 'hello'],
    ['an ID of something that has gone', Buffer.from('Pod:gone').toString('base64url')],
    ['an ID of another type', Buffer.from('Event:made-1').toString('base64url')],
    ['nothing', ''],
  ])('answers null for %s', async (_, id) => {
    api = await openApi(stores)
    expect(await api.take('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ node: null })
  })

  it('does not answer with an object under the ID of another type', async () => {
    api = await openApi(stores)
    const { namespace } = await api.take<{ namespace: { uid: string } }>('{ namespace(name: "default") { uid } }')
    const id = Buffer.from(`Pod:${namespace.uid}`).toString('base64url')
    expect(await api.take('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ node: null })
  })
})
