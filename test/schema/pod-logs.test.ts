import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../support/api.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api
let served: Promise<void>
let agent: AbortController

/** What each container has written. */
const text = '2026-01-01T00:00:00.000000000Z stdout F héllo\n2026-01-01T00:00:01.000000000Z stderr F wörld\n'

beforeEach(async () => {
  api = await openApi(stores)
  for (const name of ['one', 'two']) {
    const input = { metadata: { name }, spec: { nodeName: 'n1', containers: [{ name: 'main', image: 'main' }] } }
    await api.take('mutation ($input: PodInput!) { createPod(input: $input) { name } }', { input })
  }
  const { pod } = await api.take<{ pod: { uid: string } }>('{ pod(name: "one") { uid } }')
  const state = { running: { startedAt: '2026-01-01T00:00:00Z' } }
  const containerStatuses = [{ name: 'main', image: '', imageID: '', ready: true, restartCount: 0, state }]
  const reports = [{ ...pod, namespace: 'default', name: 'one', status: { phase: 'Running', containerStatuses } }]
  await api.take('mutation ($reports: [PodStatusReport!]!) { reportPodStatuses(reports: $reports) { result } }', {
    reports,
  })
  agent = new AbortController()
  served = serve()
})
afterEach(async () => {
  agent.abort()
  await served
  await api.close()
})

/** An agent of node n1 that sends the same of every container. */
async function serve(): Promise<void> {
  for await (const { requests } of api.logs.listen(['n1'], agent.signal)) {
    for (const { id } of requests) void api.logs.send({ id, nodeName: 'n1', text, done: true })
  }
}

describe('the field logs', () => {
  it('is null with an error where a pod has none, and the others of the list are told; compiled as well', async () => {
    for (let use = 0; use < 6; use += 1) {
      const { data, errors } = await api.ask('{ pods(first: 5) { nodes { name logs(timestamps: false) } } }')
      expect(data).toEqual({
        pods: {
          nodes: [
            { name: 'one', logs: 'héllo\nwörld\n' },
            { name: 'two', logs: null },
          ],
        },
      })
      expect(errors).toMatchObject([
        {
          message: 'container "main" in pod "two" is not available',
          path: ['pods', 'nodes', 1, 'logs'],
          extensions: { code: 'UNAVAILABLE' },
        },
      ])
    }
  })

  it.each([
    ['(limitBytes: 1)', 'h'],
    ['(limitBytes: 2)', 'h'],
    ['(limitBytes: 3)', 'hé'],
    ['(limitBytes: 100)', 'héllo\nwörld\n'],
    ['(limitBytes: 35, timestamps: true)', '2026-01-01T00:00:00.000000000Z hél'],
  ])('%s is cut off after whole characters', async (args, logs) => {
    expect(await api.take(`{ pod(name: "one") { logs${args} } }`)).toEqual({ pod: { logs } })
  })

  it('costs much in a list', async () => {
    const refusal = await api.refusal('{ pods(first: 60) { nodes { logs(tailLines: 1) } } }')
    expect(refusal.extensions.code).toBe('INVALID')
    expect(refusal.message).toContain('the operation is too large: its cost is 300')
  })

  it.each([
    'subscription { podEvents { pod { logs } } }',
    'subscription { podEvents { previous { ...f } } } fragment f on Pod { log: logs(tailLines: 1) }',
    'subscription { resourceEvents { resource { ... on Pod { logs } } } }',
  ])('is refused in a watch: %s', async (document) => {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' }
    const request = { method: 'POST', headers, body: JSON.stringify({ query: document }) }
    const response = await api.yoga.fetch('http://test/graphql', request, {
      principal: { actor: 'ann', role: 'admin' },
    })
    expect(await response.text()).toContain('Pod.logs cannot be selected in a watch: use the subscription podLogs')
  })
})
