import { afterEach, describe, expect, it } from 'vitest'
import { type Answer, type Api, openApi } from '../support/api.ts'
import { eventRecord } from '../support/event-records.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let api: Api

afterEach(() => api.close())

const query = `subscription ($namespace: String, $fieldSelector: String, $where: EventFilter, $after: String, $initial: Boolean) {
  clusterEvents(namespace: $namespace, fieldSelector: $fieldSelector, where: $where, after: $after, initial: $initial) {
    type cursor event { name namespace count reason message involvedObject { kind name } }
  }
}`

interface Told {
  readonly clusterEvents: {
    readonly type: string
    readonly cursor: string
    readonly event: { readonly name: string; readonly count: number } | null
  }
}

/** The results of the subscription, over server-sent events. */
async function* results(variables: object = {}): AsyncGenerator<Answer<Told>> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables }),
  }
  const response = await api.yoga.fetch('http://test/graphql', request, { principal: { actor: 'ann', role: 'admin' } })
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    const messages = text.split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages) {
      const data = /^data: ?(.+)$/m.exec(message)?.[1]
      if (data !== undefined) yield JSON.parse(data) as Answer<Told>
    }
  }
}

/** The first so many events of a subscription, as lines, and the last cursor. */
async function told(count: number, variables: object = {}): Promise<{ lines: string[]; cursor: string }> {
  const lines: string[] = []
  let cursor = ''
  for await (const { data, errors } of results(variables)) {
    if (data == null) throw new Error(JSON.stringify(errors))
    const { type, event } = data.clusterEvents
    cursor = data.clusterEvents.cursor
    lines.push(event === null ? type : `${type} ${event.name} ${event.count}`)
    if (lines.length === count) break
  }
  return { lines, cursor }
}

async function causesOf(variables: object) {
  for await (const { errors } of results(variables)) return errors?.[0]?.extensions.causes?.map(({ field }) => field)
  return undefined
}

async function open(): Promise<void> {
  api = await openApi(stores)
  await api.store.events.write([
    eventRecord('a'),
    eventRecord('b', { type: 'Warning', reason: 'Failed', involvedName: 'db', involvedUid: 'uid-db' }),
    eventRecord('c', { namespace: 'other', involvedNamespace: 'other' }),
  ])
}

describe('clusterEvents', () => {
  it('tells the events that are there, a BOOKMARK, and those that come, each counted on', async () => {
    await open()
    const stream = told(6)
    await expect.poll(() => api.eventFeed.followerCount).toBe(1)
    await api.store.events.write([eventRecord('d')])
    await api.store.events.write([eventRecord('a', { count: 2 })])
    expect((await stream).lines).toEqual([
      'ADDED a 1',
      'ADDED b 1',
      'ADDED c 1',
      'BOOKMARK',
      'ADDED d 1',
      'MODIFIED a 2',
    ])
    await expect.poll(() => api.eventFeed.followerCount).toBe(0)
  })

  it.each([
    ['a namespace', { namespace: 'other' }, ['ADDED c 1']],
    ['fields', { fieldSelector: 'involvedObject.name=web,metadata.namespace!=other' }, ['ADDED a 1']],
    ['a filter', { where: { type: 'Warning', reason: 'Failed', involvedUid: 'uid-db' } }, ['ADDED b 1']],
    ['all of these', { namespace: 'default', fieldSelector: 'type=Normal', where: { reason: 'Failed' } }, []],
    [
      'nothing, by nulls',
      { namespace: null, fieldSelector: null, where: null, after: null, initial: null },
      ['ADDED a 1', 'ADDED b 1', 'ADDED c 1'],
    ],
  ])('is narrowed by %s', async (_, variables, lines) => {
    await open()
    expect((await told(lines.length + 1, variables)).lines).toEqual([...lines, 'BOOKMARK'])
  })

  it('goes on after a cursor, that of a BOOKMARK included', async () => {
    await open()
    const { cursor } = await told(4)
    const { cursor: first } = await told(1)
    await api.store.events.write([eventRecord('a', { count: 5 })])
    expect((await told(1, { after: cursor })).lines).toEqual(['MODIFIED a 5'])
    expect((await told(3, { after: first })).lines).toEqual(['ADDED b 1', 'ADDED c 1', 'MODIFIED a 5'])
  })

  it('without initial begins with what comes next', async () => {
    await open()
    const stream = told(1, { initial: false })
    await expect.poll(() => api.eventFeed.followerCount).toBe(1)
    await api.take('mutation ($text: String!) { create(manifests: $text) { dryRun } }', {
      text: 'apiVersion: v1\nkind: Event\nmetadata: {name: e}\ninvolvedObject: {kind: Pod, name: a, namespace: default}\nreason: Tried\n',
    })
    expect((await stream).lines).toEqual(['ADDED e 1'])
  })

  it.each([
    ['a cursor that is none', { after: 'x' }, ['after']],
    ['a cursor of a list', { after: Buffer.from('["a"]').toString('base64url') }, ['after']],
    ['a cursor below zero', { after: Buffer.from('[-1]').toString('base64url') }, ['after']],
    ['a cursor of what has not happened', { after: Buffer.from('[99]').toString('base64url') }, ['after']],
    ['a field that events have not', { fieldSelector: 'status.phase=x' }, ['fieldSelector']],
    ['an empty namespace', { namespace: '' }, ['namespace']],
  ])('refuses %s', async (_, variables, fields) => {
    await open()
    expect(await causesOf(variables)).toEqual(fields)
    expect(api.eventFeed.followerCount).toBe(0)
  })

  it('is for admins, as events are', async () => {
    await open()
    expect((await api.refusal('subscription { clusterEvents { type } }', {}, 'agent')).extensions.code).toBe(
      'FORBIDDEN',
    )
  })
})
