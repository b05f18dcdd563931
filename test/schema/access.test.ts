import { afterEach, describe, expect, it } from 'vitest'
import { pod } from '../agent/support/pod.ts'
import { type Api, openApi, testSchema } from '../support/api.ts'
import { nodeInput } from '../support/manifests.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

afterEach(() => api.close())

describe('a node agent', () => {
  it('may register machines, renew leases, report and follow its pods, and nothing else', async () => {
    api = await openApi(stores)
    const fields = [testSchema.getQueryType(), testSchema.getMutationType(), testSchema.getSubscriptionType()].flatMap(
      (type) => Object.values(type?.getFields() ?? {}),
    )
    const allowed = fields.filter(({ extensions }) => extensions['role'] === 'agent').map(({ name }) => name)
    expect(allowed.sort()).toEqual([
      'logRequests',
      'podAssignments',
      'registerClusterNodes',
      'renewLeases',
      'reportEvents',
      'reportPodStatuses',
      'sendLogs',
    ])
  })

  it.each([
    [
      'its registration',
      'mutation ($nodes: [JSON!]!) { registerClusterNodes(nodes: $nodes) { count failed { message } } }',
      { nodes: [{ apiVersion: 'v1', kind: 'Node', ...nodeInput('n1') }] },
    ],
    ['its lease', 'mutation { renewLeases(nodeNames: ["n1"]) }', {}],
    ['a report', 'mutation { reportPodStatuses(reports: [{ uid: "u", namespace: "d", name: "n" }]) { result } }', {}],
    ['a piece of a log', 'mutation { sendLogs(id: "a", nodeName: "n1", text: "a") }', {}],
    ['the name of a type', '{ __typename }', {}],
  ])('is let %s', async (_, document, variables) => {
    api = await openApi(stores)
    expect((await api.ask(document, variables, 'agent')).errors).toBeUndefined()
  })

  it.each([
    ['a query', '{ cluster { version } }'],
    ['a query of pods', '{ pods { totalCount } }'],
    ['a mutation', 'mutation { deletePod(name: "a") { name } }'],
    ['a mutation beside one of its own', 'mutation { renewLeases(nodeNames: []) deletePod(name: "a") { name } }'],
    ['a mutation under another name', 'mutation { renewLeases: deletePod(name: "a") { name } }'],
    [
      'a mutation in a fragment',
      'mutation { ...f } fragment f on Mutation { ... on Mutation { deletePod(name: "a") { name } } }',
    ],
    ['a subscription', 'subscription { podEvents { type } }'],
    ['a log', '{ pod(name: "a") { logs } }'],
    ['a log that it follows', 'subscription { podLogs(name: "a") { text } }'],
    ['the schema', '{ __schema { queryType { name } } }'],
  ])('is refused %s', async (_, document) => {
    api = await openApi(stores)
    const refusal = await api.refusal(document, {}, 'agent')
    expect(refusal.extensions.code).toBe('FORBIDDEN')
  })

  it.each([
    '{ cluster { version } }',
    'mutation { renewLeases(nodeNames: ["n1"]) }',
    'mutation { sendLogs(id: "a", nodeName: "n1", text: "a") }',
    'subscription { logRequests(nodeNames: ["n1"]) { cancelled } }',
  ])('without a token is refused %s', async (document) => {
    api = await openApi(stores)
    expect((await api.refusal(document, {}, 'nobody')).extensions.code).toBe('FORBIDDEN')
  })

  it('may send no log of a pod on another node, nor one that was not asked for', async () => {
    api = await openApi(stores)
    const stream = api.logs.open({ pod: pod('web'), container: 'main', restartCount: 0, follow: true })
    const next = stream.next()
    const send = (id: string, nodeName: string) =>
      api.ask(`mutation { sendLogs(id: "${id}", nodeName: "${nodeName}", text: "forged") }`, {}, 'agent')
    const { errors } = await send(stream.request.id, 'node-2')
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await send('made-up', 'node-1')).data).toEqual({ sendLogs: false })
    expect((await send(stream.request.id, 'node-1')).data).toEqual({ sendLogs: true })
    expect(await next).toEqual({ done: false, value: 'forged' })
    await stream.return()
  })

  it('may not hand over more of a log at once than the server should hold', async () => {
    api = await openApi(stores)
    const mutation = 'mutation ($text: String!) { sendLogs(id: "a", nodeName: "n1", text: $text) }'
    const refusal = await api.refusal(mutation, { text: 'x'.repeat(1024 ** 2 + 1) }, 'agent')
    expect(refusal).toMatchObject({ message: 'text: Too long: must have at most 1048576 characters' })
    expect(await api.ask(mutation, { text: 'x'.repeat(1024 ** 2) }, 'agent')).toEqual({ data: { sendLogs: false } })
  })
})
