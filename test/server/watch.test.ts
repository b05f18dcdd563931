import { describe, expect, it } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import type { Server } from '../../src/server/server.ts'
import { objectNamed } from '../support/objects.ts'
import { type Talk, talkTo, testServers } from '../support/test-server.ts'

const servers = testServers()
const watch = `subscription ($after: ResourceVersion, $initial: Boolean, $mask: Boolean, $labelSelector: String) {
  podEvents(after: $after, initial: $initial, mask: $mask, labelSelector: $labelSelector) {
    type resourceVersion actor pod { name labels } previous { labels }
  }
}`

interface Result {
  readonly data: {
    readonly podEvents: {
      readonly type: string
      readonly resourceVersion: string
      readonly pod: { readonly name: string; readonly labels: Record<string, string> } | null
      readonly previous: { readonly labels: Record<string, string> } | null
    }
  }
}

const lineOf = ({ data: { podEvents: event } }: Result) =>
  `${event.type}${event.pod === null ? '' : ` ${event.pod.name}`}${event.pod?.labels['v'] === undefined ? '' : ` ${event.pod.labels['v']}`}`
const lines = async (talk: Talk, id: string, count: number) => (await talk.results<Result>(id, count)).map(lineOf)
const pod = (name: string, labels: Record<string, string> = {}) =>
  objectNamed('Pod', name, { metadata: { labels }, spec: { containers: [] } })
const create = ({ store }: Server, name: string, labels?: Record<string, string>) =>
  store.commitOne({ type: 'create', object: pod(name, labels) }, 'ann')
const current = ({ store }: Server, name: string) =>
  store.replica.get({ kind: 'Pod', namespace: 'default', name }) as Resource

async function change(
  server: Server,
  name: string,
  labels: Record<string, string>,
  more: object = {},
): Promise<Resource> {
  const base = current(server, name)
  return server.store.commitOne(
    { type: 'update', base, object: { ...base, ...more, metadata: { ...base.metadata, labels } } },
    'bob',
  )
}

const remove = (server: Server, name: string) =>
  server.store.commitOne({ type: 'delete', base: current(server, name) }, 'eve')

describe('a watch over a WebSocket', () => {
  it('begins with what is there and a BOOKMARK, and goes on with every change', async () => {
    const server = await servers.start()
    await create(server, 'a', { v: '1' })
    const talk = await talkTo(server)
    talk.subscribe('w', watch)
    expect(await lines(talk, 'w', 2)).toEqual(['ADDED a 1', 'BOOKMARK'])
    await create(server, 'b')
    await change(server, 'a', { v: '2' })
    await remove(server, 'b')
    expect(await lines(talk, 'w', 5)).toEqual(['ADDED a 1', 'BOOKMARK', 'ADDED b', 'MODIFIED a 2', 'DELETED b'])
    const [, , , modified] = await talk.results<Result>('w', 5)
    expect(modified?.data.podEvents).toMatchObject({ actor: 'bob', previous: { labels: { v: '1' } } })
  })

  it('without initial begins with the next change', async () => {
    const server = await servers.start()
    await create(server, 'a')
    const talk = await talkTo(server)
    talk.subscribe('w', watch, { initial: false })
    await expect.poll(() => server.hub.groupCount).toBe(1)
    await create(server, 'b')
    expect(await lines(talk, 'w', 1)).toEqual(['ADDED b'])
  })

  it('resumes after a restart of the server with nothing lost and nothing doubled, deletions included', async () => {
    const file = servers.newFile()
    const first = await servers.start({ file })
    await create(first, 'a', { v: '1' })
    await create(first, 'gone')
    const talk = await talkTo(first)
    talk.subscribe('w', watch)
    const seen = await talk.results<Result>('w', 3)
    const after = seen.at(-1)?.data.podEvents.resourceVersion
    await change(first, 'a', { v: '2' })
    await remove(first, 'gone')
    await first.close()
    const second = await servers.start({ file })
    await create(second, 'b')
    const resumed = await talkTo(second)
    resumed.subscribe('w', watch, { after })
    expect(await lines(resumed, 'w', 3)).toEqual(['MODIFIED a 2', 'DELETED gone', 'ADDED b'])
    await change(second, 'b', { v: '3' })
    expect((await lines(resumed, 'w', 4))[3]).toBe('MODIFIED b 3')
  })

  it('tells many kinds in one order', async () => {
    const server = await servers.start()
    const talk = await talkTo(server)
    talk.subscribe(
      'w',
      'subscription { resourceEvents(kinds: ["Pod", "ns"], initial: false) { type resourceVersion resource { kind name } } }',
    )
    await expect.poll(() => server.hub.groupCount).toBe(1)
    const namespace = (name: string) => ({
      type: 'create' as const,
      object: objectNamed('Namespace', name, { metadata: { namespace: undefined as never } }),
    })
    await create(server, 'a')
    await server.store.commit(
      [namespace('x'), { type: 'create', object: objectNamed('ReplicaSet', 'not-asked') }, namespace('y')],
      { actor: 'ann' },
    )
    await remove(server, 'a')
    interface Event {
      readonly data: {
        readonly resourceEvents: {
          readonly type: string
          readonly resourceVersion: string
          readonly resource: { kind: string; name: string }
        }
      }
    }
    const events = (await talk.results<Event>('w', 4)).map(({ data }) => data.resourceEvents)
    expect(events.map(({ type, resource }) => `${type} ${resource.kind} ${resource.name}`)).toEqual([
      'ADDED Pod a',
      'ADDED Namespace x',
      'ADDED Namespace y',
      'DELETED Pod a',
    ])
    const versions = events.map(({ resourceVersion }) => Number(resourceVersion))
    expect(versions).toEqual(versions.toSorted((left, right) => left - right))
  })

  it('says nothing of what is not selected, unless the mask is off', async () => {
    const server = await servers.start()
    await create(server, 'a', { v: '1' })
    const talk = await talkTo(server)
    talk.subscribe('masked', watch, { initial: false })
    talk.subscribe('all', watch, { initial: false, mask: false })
    await expect.poll(() => server.hub.groupCount).toBe(2)
    await change(server, 'a', { v: '1' }, { status: { phase: 'Running' } })
    await change(server, 'a', { v: '2' })
    expect(await lines(talk, 'all', 2)).toEqual(['MODIFIED a 1', 'MODIFIED a 2'])
    expect(await lines(talk, 'masked', 1)).toEqual(['MODIFIED a 2'])
  })

  it('tells what enters and leaves the selection as ADDED and DELETED', async () => {
    const server = await servers.start()
    await create(server, 'a', { v: '1' })
    const talk = await talkTo(server)
    talk.subscribe('w', watch, { labelSelector: 'v=2' })
    await lines(talk, 'w', 1)
    await change(server, 'a', { v: '2' })
    await change(server, 'a', { v: '3' })
    const [, entered, left] = await talk.results<Result>('w', 3)
    expect([entered, left].map((event) => event?.data.podEvents)).toMatchObject([
      { type: 'ADDED', pod: { labels: { v: '2' } }, previous: { labels: { v: '1' } } },
      { type: 'DELETED', pod: { labels: { v: '3' } }, previous: { labels: { v: '2' } } },
    ])
  })

  it('tells what fields select or no longer select as ADDED and DELETED, to all who ask the same at one cost', async () => {
    const server = await servers.start()
    await create(server, 'a')
    const talk = await talkTo(server)
    const query =
      'subscription ($fields: String) { podEvents(fieldSelector: $fields) { type pod { name status { phase } } } }'
    for (const id of ['1', '2']) talk.subscribe(id, query, { fields: 'status.phase=Running' })
    await talk.results('2', 1)
    await expect.poll(() => [server.hub.subscriberCount, server.hub.groupCount]).toEqual([2, 1])
    for (const phase of ['Running', 'Failed']) await change(server, 'a', {}, { status: { phase } })
    for (const id of ['1', '2']) {
      expect((await talk.results<Result>(id, 3)).map(({ data }) => data.podEvents)).toEqual([
        { type: 'BOOKMARK', pod: null },
        { type: 'ADDED', pod: { name: 'a', status: { phase: 'Running' } } },
        { type: 'DELETED', pod: { name: 'a', status: { phase: 'Failed' } } },
      ])
    }
  })

  it('of several kinds is narrowed by the fields that all of them have', async () => {
    const server = await servers.start()
    for (const name of ['a', 'b']) await create(server, name)
    const talk = await talkTo(server)
    const query =
      'subscription ($fields: String) { resourceEvents(kinds: ["po", "rc"], fieldSelector: $fields) { type resource { name } } }'
    talk.subscribe('w', query, { fields: 'metadata.name!=a' })
    const told = await talk.results<{ data: { resourceEvents: object } }>('w', 2)
    expect(told[0]?.data.resourceEvents).toEqual({ type: 'ADDED', resource: { name: 'b' } })
    talk.subscribe('refused', query, { fields: 'status.phase=Running' })
    const [refused] = await talk.results<object>('refused', 1)
    expect(refused).toMatchObject({ errors: [{ extensions: { causes: [{ field: 'fieldSelector' }] } }] })
  })

  it('that goes back too far is told EXPIRED', async () => {
    const server = await servers.start()
    for (const name of ['a', 'b', 'c']) await create(server, name)
    await server.store.retention.compact(server.store.replica.revision)
    const talk = await talkTo(server)
    talk.subscribe('w', watch, { after: '1' })
    const error = await talk.message(({ type }) => type === 'error')
    expect(error.payload).toMatchObject([{ extensions: { code: 'EXPIRED' } }])
  })

  it('is freed when it is ended, and when its connection closes', async () => {
    const server = await servers.start()
    const talk = await talkTo(server)
    for (const id of ['1', '2']) talk.subscribe(id, watch)
    await expect.poll(() => server.hub.subscriberCount).toBe(2)
    talk.send({ type: 'complete', id: '1' })
    await expect.poll(() => server.hub.subscriberCount).toBe(1)
    talk.socket.close()
    await expect.poll(() => [server.hub.subscriberCount, server.hub.groupCount]).toEqual([0, 0])
  })

  it('costs one execution however many ask the same', async () => {
    const server = await servers.start()
    const talks = await Promise.all(Array.from({ length: 4 }, () => talkTo(server)))
    await create(server, 'a')
    for (let index = 0; index < 1_000; index += 1) talks[index % 4]?.subscribe(String(index), watch, { initial: false })
    await expect.poll(() => server.hub.subscriberCount).toBe(1_000)
    expect(server.hub.groupCount).toBe(1)
    let reads = 0
    const base = current(server, 'a')
    const labels = { v: '1' }
    // Whoever renders the event reads the labels of this very object.
    const metadata = {
      ...base.metadata,
      get labels() {
        reads += 1
        return labels
      },
    }
    await server.store.commitOne({ type: 'update', base, object: { ...base, metadata } }, 'bob')
    for (const [index, talk] of talks.entries()) await talk.results(String(996 + index), 1)
    // The commit and the replica read it a few times, too; a thousand executions would a thousand times.
    expect(reads).toBeLessThan(100)
  })

  it('that is not read is cut off with the version to resume at, while another is not delayed', async () => {
    const server = await servers.start()
    await create(server, 'big')
    const [slow, quick] = [await talkTo(server), await talkTo(server)]
    const document =
      'subscription { podEvents(initial: false) { type resourceVersion pod { labels metadata { annotations } } } }'
    slow.subscribe('w', document)
    quick.subscribe('w', document)
    await expect.poll(() => server.hub.subscriberCount).toBe(2)
    slow.socket.pause()
    const annotations = { text: 'x'.repeat(300_000) }
    let changes = 0
    while (server.hub.subscriberCount === 2 && changes < 400) {
      const base = current(server, 'big')
      changes += 1
      await server.store.commitOne(
        {
          type: 'update',
          base,
          object: { ...base, metadata: { ...base.metadata, labels: { v: String(changes) }, annotations } },
        },
        'bob',
      )
      await quick.results('w', changes)
    }
    expect(server.hub.subscriberCount).toBe(1)
    slow.socket.resume()
    const error = await slow.message(({ type }) => type === 'error')
    const [{ extensions }] = error.payload as [{ extensions: { code: string; resourceVersion: string } }]
    expect(extensions.code).toBe('SLOW_CONSUMER')
    const told = await slow.results<Result>('w', 1)
    expect(told.at(-1)?.data.podEvents.resourceVersion).toBe(extensions.resourceVersion)
    slow.subscribe('again', document.replace('initial: false', `after: "${extensions.resourceVersion}"`))
    const resumed = await slow.results<Result>('again', changes - told.length)
    expect([...told, ...resumed].map(({ data }) => Number(data.podEvents.pod?.labels['v']))).toEqual(
      Array.from({ length: changes }, (_, index) => index + 1),
    )
  }, 20_000)
})

describe('a watch over SSE', () => {
  it('tells the same, resumes, and ends with the error as its last event', async () => {
    const server = await servers.start()
    await create(server, 'a', { v: '1' })
    const stream = await eventsOf(server, {})
    expect((await stream.take(2)).map(lineOf)).toEqual(['ADDED a 1', 'BOOKMARK'])
    await change(server, 'a', { v: '2' })
    const [modified] = await stream.take(1)
    expect(lineOf(modified as Result)).toBe('MODIFIED a 2')
    stream.abort()
    await remove(server, 'a')
    const again = await eventsOf(server, { after: modified?.data.podEvents.resourceVersion })
    expect((await again.take(1)).map(lineOf)).toEqual(['DELETED a 2'])
    again.abort()
    await server.store.retention.compact(server.store.replica.revision)
    const expired = await eventsOf(server, { after: '1' })
    expect(await expired.take(1)).toMatchObject([{ errors: [{ extensions: { code: 'EXPIRED' } }] }])
    expect(await expired.ended()).toBe(true)
  })
})

async function eventsOf(server: Server, variables: object) {
  const abort = new AbortController()
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: watch, variables }),
    signal: abort.signal,
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const waiting: Result[] = []
  const read = async (): Promise<boolean> => {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    text += value ?? ''
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = /^data: (\{.*\})$/m.exec(block)?.[1]
      if (block.includes('event: next') && data !== undefined) waiting.push(JSON.parse(data) as Result)
    }
    return done
  }
  return {
    abort: () => abort.abort(),
    take: async (count: number) => {
      while (waiting.length < count && !(await read()));
      return waiting.splice(0, count)
    },
    ended: async () => {
      while (!(await read()));
      return true
    },
  }
}

describe('podAssignments', () => {
  const document =
    'subscription ($nodeNames: [String!]!) { podAssignments(nodeNames: $nodeNames) { complete resourceVersion pods removed } }'
  interface Batch {
    readonly data: {
      readonly podAssignments: {
        readonly complete: boolean
        readonly pods: readonly Resource[]
        readonly removed: readonly string[]
      }
    }
  }

  it('tells the pods of the machines, then what matters of their changes, then that they are gone', async () => {
    const server = await servers.start()
    const bound = (name: string, nodeName: string) => ({ ...pod(name), spec: { nodeName, containers: [] } })
    await server.store.commit(
      [bound('a', 'n1'), bound('b', 'n2')].map((object) => ({ type: 'create', object })),
      { actor: 'ann' },
    )
    const talk = await talkTo(server)
    talk.subscribe('w', document, { nodeNames: ['n1'] })
    await talk.results('w', 2)
    const base = current(server, 'a')
    const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
    await server.store.commitOne({ type: 'update', base, object: { ...base, status } }, 'system:node:n1')
    await change(server, 'a', { v: '2' })
    await remove(server, 'a')
    await talk.message(({ payload }) => JSON.stringify(payload ?? '').includes('"removed":["uid-a"]'))
    const batches = (await talk.results<Batch>('w', 3)).map(({ data }) => data.podAssignments)
    const told = batches.flatMap(({ pods }) =>
      pods.map(({ metadata }) => `${metadata.name} ${metadata.labels?.['v'] ?? '-'}`),
    )
    expect(told[0]).toBe('a -')
    expect(told.slice(1)).toEqual(told.length > 1 ? ['a 2'] : [])
    expect(batches.map(({ complete }) => complete).slice(0, 2)).toEqual([false, true])
  })
})
