import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type Client, type ConnectOptions, connect } from '../../src/client/client.ts'
import type { Pod } from '../../src/client/generated/kinds.ts'
import type { ObjectList } from '../../src/client/kind-objects.ts'
import type { WatchEvent } from '../../src/client/object-watch.ts'
import { isRequestError, type RequestError } from '../../src/client/request-error.ts'
import type { Server } from '../../src/server/server.ts'
import { testServers } from '../support/test-server.ts'
import { unreliableLines } from '../support/unreliable-line.ts'

const servers = testServers()
const newLine = unreliableLines()
const clients: Client[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})

function clientOf(port: number, options: Partial<ConnectOptions> = {}): Client {
  const url = `http://127.0.0.1:${port}`
  const client = connect({ url, webSocketImpl: WebSocket, retryWaitMs: () => 2, ...options })
  clients.push(client)
  return client
}

async function start(port?: number, file = servers.newFile()) {
  const server = await servers.start({ file, ...(port === undefined ? {} : { port }) })
  return { server, file, client: clientOf(server.port) }
}

const create = (client: Client, name: string, labels = { app: 'web' }) =>
  client.pods.create({
    metadata: { name, labels },
    spec: { containers: [{ name: 'main', image: 'none', command: ['true'] }] },
  })
const change = (client: Client, name: string, text: string) =>
  client.pods.patch({ name, patch: { metadata: { annotations: { text } } } })
const lineOf = ({ type, resourceVersion, object }: WatchEvent<Pod>) =>
  `${type} ${resourceVersion} ${object.metadata.name}`

/** What the log says of pods behind a place. */
async function logOf(server: Server, after: string): Promise<string[]> {
  const changes = await server.store.changesSince(Number(after), server.store.replica.revision, 10_000)
  return changes
    .filter(({ object }) => object.kind === 'Pod')
    .map(({ type, revision, object }) => `${type} ${revision} ${object.metadata.name}`)
}

/** Reads a watch in the background. */
function follow<Event>(watch: AsyncIterable<Event>) {
  const events: Event[] = []
  const read = async (): Promise<unknown> => {
    try {
      for await (const event of watch) events.push(event)
      return undefined
    } catch (error) {
      return error
    }
  }
  return { events, ended: read() }
}

/** A generator of whole numbers below a limit, from a seed. */
function numbersFrom(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * limit)
  }
}

/** So many random changes to a few pods. */
async function stir(client: Client, random: (limit: number) => number, count: number): Promise<void> {
  const alive = new Set<string>()
  for (let step = 0; step < count; step += 1) {
    const name = `pod-${random(4)}`
    if (!alive.has(name)) {
      await create(client, name)
      alive.add(name)
    } else if (random(3) > 0) await change(client, name, String(step))
    else {
      await client.pods.delete({ name, gracePeriodSeconds: 0 })
      alive.delete(name)
    }
  }
}

describe('a watch', () => {
  it.each([1, 2, 3, 4])('over a line that is cut at random hears what the log says (seed %i)', async (seed) => {
    const { server, client } = await start()
    const line = await newLine(server.port)
    const random = numbersFrom(seed)
    line.cutAfter(() => 300 + random(6_000))
    const after = String(server.store.replica.revision)
    const told = follow(clientOf(line.port).pods.watch({ after, waitForServer: true }))
    await stir(client, random, 60)
    await create(client, 'last')
    await vi.waitFor(async () => expect(told.events.map(lineOf)).toEqual(await logOf(server, after)), 10_000)
    expect(line.cuts()).toBeGreaterThan(2)
  })

  it.each([5, 6])('that is cut amid the present objects tells each of them once (seed %i)', async (seed) => {
    const { server, client } = await start()
    for (let index = 0; index < 40; index += 1) await create(client, `p${index}`)
    const line = await newLine(server.port)
    const random = numbersFrom(seed)
    let longest = 2_000
    line.cutAfter(() => (longest *= 2) / 2 + random(1_000))
    const told = follow(clientOf(line.port).pods.watch({ waitForServer: true }))
    await vi.waitFor(() => expect(told.events).toHaveLength(40), 10_000)
    expect(line.cuts()).toBeGreaterThan(2)
    line.cutAfter(undefined)
    await create(client, 'last')
    await vi.waitFor(() => expect(told.events).toHaveLength(41), 10_000)
    expect(told.events.map(({ type }) => type)).toEqual(Array.from({ length: 41 }, () => 'ADDED'))
    expect(new Set(told.events.map(({ object }) => object.metadata.uid)).size).toBe(41)
  })

  it('goes on over a restart of the server, and says so', async () => {
    const { server, file } = await start()
    const words: string[] = []
    const watcher = clientOf(server.port)
    const told = follow(
      watcher.pods.watch({
        labelSelector: 'app=web',
        onBookmark: () => words.push('bookmark'),
        onDisconnect: ({ code }) => words.push(`lost: ${code}`),
        onReconnect: () => words.push('back'),
      }),
    )
    await vi.waitFor(() => expect(words).toEqual(['bookmark']))
    await create(watcher, 'a')
    await vi.waitFor(() => expect(told.events).toHaveLength(1))
    const { port } = server
    await server.close()
    await vi.waitFor(() => expect(words).toEqual(['bookmark', 'lost: UNAVAILABLE']))
    const again = await start(port, file)
    await create(again.client, 'b')
    await create(again.client, 'other', { app: 'db' })
    await change(again.client, 'a', 'changed')
    await vi.waitFor(() => expect(told.events).toHaveLength(3), 10_000)
    expect(
      told.events.map(({ type, object, previous }) => [type, object.metadata.name, previous !== undefined]),
    ).toEqual([
      ['ADDED', 'a', false],
      ['ADDED', 'b', false],
      ['MODIFIED', 'a', true],
    ])
    expect(words).toEqual(['bookmark', 'lost: UNAVAILABLE', 'back'])
  })

  it('tells what has happened while the log expired: what vanished as it was known last, then the rest', async () => {
    const { server, client } = await start()
    const line = await newLine(server.port)
    for (const name of ['stays', 'changes', 'goes']) await create(client, name)
    const told = follow(clientOf(line.port).pods.watch())
    await vi.waitFor(() => expect(told.events).toHaveLength(3))
    const last = told.events.at(-1)?.resourceVersion
    line.block()
    await client.pods.delete({ name: 'goes', gracePeriodSeconds: 0 })
    await change(client, 'changes', 'changed')
    await create(client, 'comes')
    await server.store.retention.compact(server.store.replica.revision)
    line.mend()
    await vi.waitFor(() => expect(told.events).toHaveLength(6), 10_000)
    const [gone, changed, come] = told.events.slice(3)
    expect(gone).toMatchObject({ type: 'DELETED', object: { metadata: { name: 'goes', resourceVersion: last } } })
    expect(changed).toMatchObject({
      type: 'MODIFIED',
      object: { metadata: { name: 'changes', annotations: { text: 'changed' } } },
      previous: { metadata: { name: 'changes' } },
    })
    expect(come).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'comes' } } })
    await create(client, 'later')
    await vi.waitFor(() => expect(told.events).toHaveLength(7))
  })

  it('after a list fits to it, though the list is older than its last page', async () => {
    const { client } = await start()
    for (const name of ['a', 'b', 'c']) await create(client, name)
    const pages = client.pods.pages({ pageSize: 1 })
    const first = await pages.next()
    await change(client, 'c', 'read by the list')
    const { items: firstItems, resourceVersion } = first.value as ObjectList<Pod>
    const items = [...firstItems]
    for await (const page of pages) items.push(...page.items)
    expect(items.map(({ metadata }) => metadata.name)).toEqual(['a', 'b', 'c'])
    const list = { items, resourceVersion }
    const told = follow(client.pods.watch({ after: list }))
    await client.pods.delete({ name: 'a', gracePeriodSeconds: 0 })
    await vi.waitFor(() =>
      expect(told.events.map(({ type, object }) => `${type} ${object.metadata.name}`)).toEqual(['DELETED a']),
    )
  })

  it('that begins with what comes next does not tell what is there', async () => {
    const { client } = await start()
    await create(client, 'a')
    const told = follow(client.pods.watch({ initial: false, signal: AbortSignal.timeout(10_000) }))
    await vi.waitFor(async () => {
      await change(client, 'a', String(Math.random()))
      expect(told.events[0]).toMatchObject({ type: 'MODIFIED', previous: {} })
    })
  })

  it('of events tells those that are there and those that come, over a lost connection', async () => {
    const { server, client } = await start()
    const line = await newLine(server.port)
    const involvedObject = { kind: 'Pod', name: 'a', namespace: 'default' }
    const tell = (name: string) => client.events.create({ metadata: { name }, involvedObject, reason: 'Told' })
    await tell('one')
    const told = follow(clientOf(line.port).events.watch({ fieldSelector: 'reason=Told' }))
    const names = () => told.events.map(({ object }) => object.metadata.name)
    await vi.waitFor(() => expect(names()).toEqual(['one']))
    line.block()
    await tell('two')
    line.mend()
    await vi.waitFor(() => expect(names()).toEqual(['one', 'two']), 10_000)
    expect((await client.events.list()).items).toHaveLength(2)
  })

  it('throws what waiting does not mend', async () => {
    const server = await servers.start({ tokens: { admin: '0123456789abcdef' } })
    const refused = await follow(clientOf(server.port, { token: 'wrong' }).pods.watch()).ended
    expect(refused).toMatchObject({ code: 'UNAUTHENTICATED' })
    const client = clientOf(server.port, { token: '0123456789abcdef' })
    expect(await follow(client.pods.watch({ labelSelector: 'a in (' })).ended).toMatchObject({ code: 'INVALID' })
    expect(await follow(client.events.watch({ labelSelector: 'a' })).ended).toMatchObject({ code: 'INVALID' })
    const document = 'subscription { podEvents { type resourceVersion pod { uid } } }'
    expect(await follow(client.watch(document)).ended).toMatchObject({ code: 'INVALID' })
    const fixed = 'subscription ($after: ResourceVersion) { podEvents(after: $after, initial: false) { type } }'
    expect(await follow(client.watch(fixed)).ended).toMatchObject({ code: 'INVALID' })
  })

  it('throws that there is no server at the start, unless it is to wait for one', async () => {
    const { server, file, client } = await start()
    const { port } = server
    await create(client, 'a')
    await server.close()
    expect(await follow(clientOf(port).pods.watch()).ended).toMatchObject({ code: 'UNAVAILABLE' })
    const told = follow(clientOf(port).pods.watch({ waitForServer: true }))
    await start(port, file)
    await vi.waitFor(() => expect(told.events).toHaveLength(1), 10_000)
  })

  it('ends at a signal at every stage, and frees its subscription', async () => {
    const { server, client } = await start()
    const aborted = follow(client.pods.watch({ signal: AbortSignal.abort() }))
    expect([await aborted.ended, aborted.events]).toEqual([undefined, []])
    await create(client, 'a')
    const stop = new AbortController()
    const told = follow(client.pods.watch({ signal: stop.signal }))
    await vi.waitFor(() => expect(told.events).toHaveLength(1))
    stop.abort()
    expect(await told.ended).toBeUndefined()
    const early = new AbortController()
    const connecting = follow(client.pods.watch({ signal: early.signal }))
    early.abort()
    expect(await connecting.ended).toBeUndefined()
    const line = await newLine(server.port)
    const lost = new AbortController()
    let losses = 0
    const waiting = follow(clientOf(line.port).pods.watch({ signal: lost.signal, onDisconnect: () => (losses += 1) }))
    await vi.waitFor(() => expect(waiting.events).toHaveLength(1))
    line.block()
    await vi.waitFor(() => expect(losses).toBe(1))
    lost.abort()
    expect(await waiting.ended).toBeUndefined()
    await vi.waitFor(() => expect(server.hub.subscriberCount).toBe(0))
  })

  it('ends without an error when the client is closed, and with what a listener throws', async () => {
    const { server, client } = await start()
    await create(client, 'a')
    const other = clientOf(server.port)
    const told = follow(other.pods.watch())
    await vi.waitFor(() => expect(told.events).toHaveLength(1))
    other.close()
    expect(await told.ended).toBeUndefined()
    const line = await newLine(server.port)
    const lost = clientOf(line.port)
    let losses = 0
    const waiting = follow(lost.pods.watch({ onDisconnect: () => (losses += 1) }))
    await vi.waitFor(() => expect(waiting.events).toHaveLength(1))
    line.block()
    await vi.waitFor(() => expect(losses).toBe(1))
    lost.close()
    expect(await waiting.ended).toBeUndefined()
    const onBookmark = () => {
      throw new Error('of the listener')
    }
    expect(await follow(client.pods.watch({ onBookmark })).ended).toMatchObject({ message: 'of the listener' })
  })

  it('of a document yields what it selects, in the shape of the document', async () => {
    const { server, client } = await start()
    const line = await newLine(server.port)
    interface Data {
      readonly changes: { type: string; resourceVersion: string; pod: { uid: string; name: string } | null }
    }
    const document = `subscription ($after: ResourceVersion, $app: String) {
      changes: podEvents(after: $after, labelSelector: $app) { type resourceVersion pod { uid name } }
    }`
    await create(client, 'a')
    await create(client, 'b')
    const told = follow(clientOf(line.port).watch<Data>(document, { app: 'app=web' }))
    const words = () => told.events.map(({ changes }) => `${changes.type} ${changes.pod?.name ?? ''}`)
    await vi.waitFor(() => expect(words()).toEqual(['ADDED a', 'ADDED b', 'BOOKMARK ']))
    line.block()
    await client.pods.delete({ name: 'a', gracePeriodSeconds: 0 })
    await change(client, 'b', 'not selected')
    await server.store.retention.compact(server.store.replica.revision)
    line.mend()
    await vi.waitFor(() => expect(words().slice(3)).toEqual(['DELETED a', 'BOOKMARK ']), 10_000)
  })
})

describe('an informer', () => {
  it('has at quiet what a list has, whatever becomes of its line', async () => {
    const { server, client } = await start()
    const line = await newLine(server.port)
    const random = numbersFrom(11)
    line.cutAfter(() => 500 + random(8_000))
    const informer = clientOf(line.port).pods.inform()
    const counts = { add: 0, update: 0, delete: 0 }
    informer.on('add', () => (counts.add += 1))
    informer.on('update', () => (counts.update += 1))
    informer.on('delete', () => (counts.delete += 1))
    await informer.synced
    await stir(client, random, 60)
    line.block()
    await create(client, 'while-away')
    await server.store.retention.compact(server.store.replica.revision)
    line.cutAfter(undefined)
    line.mend()
    const { items } = await client.pods.list()
    const byUid = (pods: readonly Pod[]) => new Map(pods.map((pod) => [pod.metadata.uid, pod]))
    await vi.waitFor(() => expect(byUid(informer.list())).toEqual(byUid(items)), 10_000)
    expect(counts.add - counts.delete).toBe(items.length)
    expect(informer.get({ name: 'while-away' })?.metadata.labels).toEqual({ app: 'web' })
    expect(informer.get({ name: 'never' })).toBeUndefined()
    informer.close()
  })

  it('finds what is in no namespace, and of several kinds by kind', async () => {
    const { client } = await start()
    const informer = client.resources({ kinds: ['Namespace', 'Pod'] }).inform()
    await informer.synced
    expect(informer.get({ kind: 'Namespace', name: 'default' })?.metadata.name).toBe('default')
    expect(informer.get({ kind: 'Pod', name: 'default' })).toBeUndefined()
    informer.close()
  })

  it('rejects before it is in step, and tells its listeners afterwards', async () => {
    const server = await servers.start({ tokens: { admin: '0123456789abcdef' } })
    await expect(clientOf(server.port, { token: 'wrong' }).pods.inform().synced).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    })
    const client = clientOf(server.port, { token: '0123456789abcdef' })
    const informer = client.pods.inform()
    const errors: unknown[] = []
    informer.on('error', (error) => errors.push(error))
    informer.on('add', () => {
      throw new Error('of the listener')
    })
    await informer.synced
    await create(client, 'a')
    await vi.waitFor(() => expect(errors).toMatchObject([{ message: 'of the listener' }]))
  })
})

it('an error is known by its code', async () => {
  const { client } = await start()
  const error = await client.pods.patch({ name: 'none', patch: {} }).catch((thrown: unknown) => thrown)
  expect(isRequestError(error, 'INVALID', 'NOT_FOUND') && (error satisfies RequestError).code).toBe('NOT_FOUND')
  expect([isRequestError(error), isRequestError(error, 'CONFLICT'), isRequestError(new Error('no'))]).toEqual([
    true,
    false,
    false,
  ])
})
