import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import { parseSelector } from '../../src/model/selector.ts'
import { Doorbell } from '../../src/store/doorbell.ts'
import type { MemoryReplica } from '../../src/store/replica.ts'
import type { Store } from '../../src/store/store.ts'
import type { WatchEvent } from '../../src/watch/event.ts'
import { Hub, type HubOptions } from '../../src/watch/hub.ts'
import type { Frame, Question } from '../../src/watch/question.ts'
import { objectNamed } from '../support/objects.ts'
import { temporaryStores } from '../support/temporary-stores.ts'
import { lineOf, questionFor, RecordingSink, type Watcher, watch } from '../support/watching.ts'

const stores = temporaryStores()
const pod = (name: string, part = {}) => objectNamed('Pod', name, part)

function hubOn(store: Store, options: Partial<HubOptions> = {}): Hub {
  const hub = new Hub({ store, onFault: (error) => expect.fail(String(error)), ...options })
  onTestFinished(() => hub.close())
  return hub
}

const create = (store: Store, object: Resource | string) =>
  store.commitOne({ type: 'create', object: typeof object === 'string' ? pod(object) : object }, 'me')
const remove = (store: Store, base: Resource) => store.commitOne({ type: 'delete', base }, 'me')
const change = (store: Store, base: Resource, part: Partial<Resource>) =>
  store.commitOne(
    { type: 'update', base, object: { ...base, ...part, metadata: { ...base.metadata, ...part.metadata } } },
    'me',
  )

async function expectTold(watcher: Watcher, lines: readonly string[]): Promise<void> {
  await vi.waitFor(() => expect(watcher.sink.texts).toEqual(lines), { interval: 1 })
}

async function joined(hub: Hub, groups = 1): Promise<void> {
  await vi.waitFor(() => expect(hub.groupCount).toBe(groups), { interval: 1 })
}

describe('a watch', () => {
  it('begins with the present objects, oldest version first, and a bookmark, and goes on with what follows', async () => {
    const store = await stores.open()
    const a = await create(store, 'a')
    await create(store, 'b')
    await change(store, a, { status: {} })
    const watcher = watch(hubOn(store), questionFor(), { initial: true })
    await expectTold(watcher, ['ADDED 2 uid-b', 'ADDED 3 uid-a', 'BOOKMARK 3'])
    await create(store, 'c')
    await expectTold(watcher, ['ADDED 2 uid-b', 'ADDED 3 uid-a', 'BOOKMARK 3', 'ADDED 4 uid-c'])
  })

  it('without the present objects begins with the next change', async () => {
    const store = await stores.open()
    const hub = hubOn(store)
    await create(store, 'a')
    const watcher = watch(hub, questionFor(), { initial: false })
    await joined(hub)
    await create(store, 'b')
    await expectTold(watcher, ['ADDED 2 uid-b'])
  })

  it('resumes without gap or double after a restart and on another store, deletions included', async () => {
    const file = stores.newFile()
    const first = await stores.open({ file })
    const a = await create(first, 'a')
    const before = watch(hubOn(first), questionFor(), { after: 0 })
    await expectTold(before, ['ADDED 1 uid-a'])
    await before.stop()
    await remove(first, a)
    await create(first, pod('a', { metadata: { uid: 'second' } }))
    await first.close()
    const again = await stores.open({ file })
    const elsewhere = await stores.open({ file })
    for (const store of [again, elsewhere]) {
      const resumed = watch(hubOn(store), questionFor(), { after: 1 })
      await expectTold(resumed, ['DELETED 2 uid-a', 'ADDED 3 second'])
      await resumed.stop()
    }
    const both = [again, elsewhere].map((store) => watch(hubOn(store), questionFor(), { after: 3 }))
    await create(again, 'b')
    for (const watcher of both) await expectTold(watcher, ['ADDED 4 uid-b'])
  })

  it('resumes on another store at a version that was given to a refusal', async () => {
    const file = stores.newFile()
    const [left, right] = [await stores.open({ file }), await stores.open({ file })]
    await create(left, 'a')
    await left.commit([{ type: 'create', object: pod('a') }], { actor: 'me' })
    const hub = hubOn(right)
    const watcher = watch(hub, questionFor(), { after: left.replica.revision })
    await joined(hub)
    await create(left, 'b')
    await expectTold(watcher, ['ADDED 3 uid-b'])
  })

  it('that resumes too early or in the future is refused', async () => {
    const store = await stores.open()
    const hub = hubOn(store)
    await create(store, 'a')
    await create(store, 'b')
    await store.retention.compact(2)
    expect(await watch(hub, questionFor(), { after: 1 }).ended).toMatchObject({ code: 'EXPIRED' })
    expect(await watch(hub, questionFor(), { after: 3 }).ended).toMatchObject({ code: 'INVALID' })
    expect(hub.subscriberCount).toBe(0)
  })

  it('of many kinds is one stream in one order, and its versions never go back', async () => {
    const store = await stores.open()
    await store.commit(
      ['Pod', 'Node', 'Secret', 'Pod', 'Node'].map((kind, index) => ({
        type: 'create' as const,
        object: objectNamed(kind, `${kind.toLowerCase()}${index}`),
      })),
      { actor: 'me' },
    )
    const all = watch(hubOn(store), questionFor({ kinds: new Set(['Pod', 'Node']) }), { initial: true })
    await store.commit(
      ['Node', 'Secret', 'Pod'].map((kind, index) => ({
        type: 'create' as const,
        object: objectNamed(kind, `new${index}`),
      })),
      { actor: 'me' },
    )
    const present = ['ADDED 1 uid-pod0', 'ADDED 2 uid-node1', 'ADDED 4 uid-pod3', 'ADDED 5 uid-node4']
    await expectTold(all, [...present, 'BOOKMARK 5', 'ADDED 6 uid-new0', 'ADDED 8 uid-new2'])
  })

  it('misses nothing that is taken in at whatever moment of its joining', async () => {
    const ring = vi.spyOn(Doorbell.prototype, 'ring').mockReturnValue()
    onTestFinished(() => ring.mockRestore())
    const file = stores.newFile()
    const [store, other] = [await stores.open({ file }), await stores.open({ file })]
    const hub = hubOn(store)
    for (let ticks = 0; ticks < 20; ticks += 1) {
      await create(other, `p${ticks}`)
      const changes = await other.changesSince(ticks, ticks + 1, 1)
      const watchers = [{ initial: false }, { initial: true }].map((start) =>
        watch(hub, questionFor({}, { key: `${ticks} ${start.initial}` }), start),
      )
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve()
      ;(store.replica as MemoryReplica).apply(changes, ticks + 1, true)
      const line = `ADDED ${ticks + 1} uid-p${ticks}`
      for (const watcher of watchers) {
        await vi.waitFor(() => expect(watcher.sink.texts.at(-1)).toBe(line), { interval: 1 })
        await watcher.stop()
      }
    }
  })
})

describe('a store that the log has been compacted beyond', () => {
  it('takes in the present, tells its listeners the difference, and ends its watches with EXPIRED', async () => {
    const ring = vi.spyOn(Doorbell.prototype, 'ring').mockReturnValue()
    onTestFinished(() => ring.mockRestore())
    const file = stores.newFile()
    const [store, asleep] = [await stores.open({ file }), await stores.open({ file })]
    const [a, b] = [await create(store, 'a'), await create(store, 'b')]
    await create(store, 'same')
    await asleep.reached(3)
    const hub = hubOn(asleep)
    const watcher = watch(hub, questionFor(), { initial: false })
    await joined(hub)
    const lines: string[] = []
    asleep.replica.onChanges((changes) => void lines.push(...changes.map(lineOf)))
    await remove(store, a)
    await create(store, pod('a', { metadata: { uid: 'second' } }))
    await change(store, b, { status: {} })
    await store.retention.compact(6)
    await create(asleep, 'c')
    expect(await watcher.ended).toMatchObject({ code: 'EXPIRED' })
    expect(watcher.sink.texts).toEqual([])
    expect(lines).toEqual(['DELETED 4 uid-a before 1', 'ADDED 5 second', 'MODIFIED 6 uid-b before 2', 'ADDED 7 uid-c'])
    await store.reached(7)
    expect([...asleep.replica.list('Pod')]).toEqual([...store.replica.list('Pod')])
    const next = watch(hub, questionFor(), { after: 7 })
    await create(asleep, 'd')
    await expectTold(next, ['ADDED 8 uid-d'])
  })
})

describe('the selection of a watch', () => {
  const phase = (object: Resource) => JSON.stringify(object['status'] ?? null)
  const masks = [
    ['at once', { mask: phase }],
    [
      'later',
      {
        mask: async (object: Resource) => phase(object),
        render: async (event: WatchEvent) => lineOf(event),
      },
    ],
  ] as const

  it.each(masks)('is its mask: no event when nothing of it has changed (told %s)', async (_, part) => {
    const store = await stores.open()
    const watcher = watch(hubOn(store), questionFor({}, part), { initial: true })
    const a = await create(store, 'a')
    const labelled = await change(store, a, { metadata: { ...a.metadata, labels: { x: 'y' } } })
    const running = await change(store, labelled, { status: { phase: 'Running' } })
    await remove(store, running)
    const lines = ['ADDED 1 uid-a', 'MODIFIED 3 uid-a before 2', 'DELETED 4 uid-a']
    await expectTold(watcher, ['BOOKMARK 0', ...lines])
    await expectTold(watch(hubOn(store), questionFor({}, part), { after: 0 }), lines)
  })

  it.each(masks)('hides no object that enters or leaves the filter (told %s)', async (_, part) => {
    const store = await stores.open()
    const filter = { selector: parseSelector('app=web') }
    const watcher = watch(hubOn(store), questionFor(filter, part), { initial: true })
    const outside = await create(store, 'a')
    const inside = await change(store, outside, { metadata: { ...outside.metadata, labels: { app: 'web' } } })
    const again = await change(store, inside, { metadata: { ...inside.metadata, labels: { app: 'db' } } })
    await remove(store, again)
    const lines = ['ADDED 2 uid-a before 1', 'DELETED 3 uid-a before 2']
    await expectTold(watcher, ['BOOKMARK 0', ...lines])
    await expectTold(watch(hubOn(store), questionFor(filter, part), { after: 0 }), lines)
  })
})

describe('a slow subscriber', () => {
  it('is cut off with where to resume, loses nothing by it, and delays nobody', async () => {
    const store = await stores.open()
    const hub = hubOn(store, { limit: { frames: 10, bytes: 1e6 } })
    const slow = watch(hub, questionFor(), { initial: true })
    const quick = watch(hub, questionFor(), { initial: true })
    await create(store, 'first')
    await expectTold(slow, ['BOOKMARK 0', 'ADDED 1 uid-first'])
    slow.sink.block()
    for (let index = 0; index < 12; index += 1) {
      await create(store, `p${index}`)
      await vi.waitFor(() => expect(quick.sink.lastRevision).toBe(index + 2), { interval: 1 })
    }
    expect(await slow.ended).toMatchObject({ code: 'SLOW_CONSUMER', details: { resourceVersion: '1' } })
    expect(hub.subscriberCount).toBe(1)
    const resumed = watch(hub, questionFor(), { after: 1 })
    await expectTold(resumed, quick.sink.texts.slice(2))
  })

  it('is cut off by the bytes that it has not taken, and not by those that another has not', async () => {
    const store = await stores.open()
    const hub = hubOn(store, { limit: { frames: 1_000, bytes: 1_000 } })
    const question = questionFor({}, { render: (event) => lineOf(event).padEnd(300) })
    const slow = watch(hub, question, { initial: true })
    const brief = watch(hub, question, { initial: true })
    await expectTold(slow, ['BOOKMARK 0'.padEnd(300)])
    await expectTold(brief, ['BOOKMARK 0'.padEnd(300)])
    await joined(hub)
    slow.sink.block()
    for (const name of ['a', 'b']) await create(store, name)
    await vi.waitFor(() => expect(brief.sink.lastRevision).toBe(2), { interval: 1 })
    brief.sink.block()
    for (const name of ['c', 'd']) await create(store, name)
    expect(await slow.ended).toMatchObject({ code: 'SLOW_CONSUMER', details: { resourceVersion: '0' } })
    brief.sink.release()
    await vi.waitFor(() => expect(brief.sink.lastRevision).toBe(4), { interval: 1 })
    expect(hub.subscriberCount).toBe(1)
  })

  it('that takes up again within the limit gets all that it missed in one write', async () => {
    const store = await stores.open()
    const hub = hubOn(store)
    const watcher = watch(hub, questionFor(), { after: 0 })
    await joined(hub)
    watcher.sink.block()
    for (const name of ['a', 'b', 'c']) await create(store, name)
    await nextTurn()
    watcher.sink.release()
    await expectTold(watcher, ['ADDED 1 uid-a', 'ADDED 2 uid-b', 'ADDED 3 uid-c'])
    expect(watcher.sink.writes).toBe(1)
  })

  it('is cut off while it resumes, and told the last version that it was sent', async () => {
    const store = await stores.open()
    const objects = Array.from({ length: 1_200 }, (_, index) => pod(`p${index}`))
    await store.commit(
      objects.map((object) => ({ type: 'create', object })),
      { actor: 'me' },
    )
    const slow = watch(hubOn(store, { stallMsMax: 1 }), questionFor(), { after: 0 }, new BlockedAfter(1))
    expect(await slow.ended).toMatchObject({ code: 'SLOW_CONSUMER', details: { resourceVersion: '500' } })
    expect(slow.sink.lastRevision).toBe(500)
  })

  it('that was cut off amid the present objects is told to begin anew: no version is a place to resume', async () => {
    const store = await stores.open()
    await store.commit(
      Array.from({ length: 1_200 }, (_, index) => ({ type: 'create', object: pod(`p${index}`) })),
      { actor: 'me' },
    )
    const slow = watch(hubOn(store, { stallMsMax: 1 }), questionFor(), { initial: true }, new BlockedAfter(1))
    expect(await slow.ended).toMatchObject({ code: 'SLOW_CONSUMER', details: {} })
    expect((await slow.ended)?.details).not.toHaveProperty('resourceVersion')
  })
})

/** A peer that stops taking anything after some writes. */
class BlockedAfter extends RecordingSink {
  private readonly limit: number

  constructor(limit: number) {
    super()
    this.limit = limit
  }

  override write(frames: readonly Frame[]): void {
    super.write(frames)
    if (this.writes === this.limit) this.block()
  }
}

describe('equal questions', () => {
  it('are executed once for all who ask', async () => {
    const store = await stores.open()
    const hub = hubOn(store)
    const render = vi.fn(lineOf)
    const mask = vi.fn(() => 'same')
    const watchers = Array.from({ length: 200 }, () =>
      watch(hub, questionFor({}, { render, mask }), { initial: false }),
    )
    const different = watch(hub, questionFor({}, { key: 'different' }), { initial: false })
    await joined(hub, 2)
    const a = await create(store, 'a')
    await change(store, a, { status: {} })
    for (const watcher of watchers) await expectTold(watcher, ['ADDED 1 uid-a'])
    await expectTold(different, ['ADDED 1 uid-a', 'MODIFIED 2 uid-a before 1'])
    expect(render).toHaveBeenCalledTimes(1)
    expect(mask).toHaveBeenCalledTimes(2)
    expect(hub.subscriberCount).toBe(201)
  })

  it('whose answers take their time are told in the order of the log, also to who has joined meanwhile', async () => {
    const store = await stores.open()
    const hub = hubOn(store)
    const doors: (() => void)[] = []
    const render = (event: WatchEvent) =>
      event.revision === 1 ? new Promise<string>((resolve) => doors.push(() => resolve(lineOf(event)))) : lineOf(event)
    const early = watch(hub, questionFor({}, { render }), { initial: false })
    await joined(hub)
    await create(store, 'a')
    await create(store, 'b')
    const late = watch(hub, questionFor({}, { render }), { after: 1 })
    await expectTold(late, ['ADDED 2 uid-b'])
    for (const open of doors) open()
    await create(store, 'c')
    await expectTold(early, ['ADDED 1 uid-a', 'ADDED 2 uid-b', 'ADDED 3 uid-c'])
    await expectTold(late, ['ADDED 2 uid-b', 'ADDED 3 uid-c'])
  })

  it.each<[string, (store: Store) => Question['render']]>([
    [
      'at once',
      () => () => {
        throw new Error('cannot render')
      },
    ],
    ['later', () => async () => Promise.reject(new Error('cannot render'))],
    [
      'later, behind one that takes longer',
      (store) => async (event) => {
        if (event.revision === 1) await store.reached(3)
        if (event.revision > 1) throw new Error('cannot render')
        return lineOf(event)
      },
    ],
  ])('whose answer fails %s end with where to go on, and the fault is told', async (_, makeRender) => {
    const store = await stores.open()
    const faults: string[] = []
    const hub = hubOn(store, { onFault: (error) => void faults.push(String(error)) })
    const watcher = watch(hub, questionFor({}, { render: makeRender(store) }), { initial: false })
    await joined(hub)
    for (const name of ['a', 'b', 'c']) await create(store, name)
    const refusal = await watcher.ended
    expect(refusal).toMatchObject({
      code: 'UNAVAILABLE',
      details: { resourceVersion: String(watcher.sink.lastRevision) },
    })
    expect(faults).toContain('Error: cannot render')
    expect(hub.subscriberCount).toBe(0)
  })
})

describe('a bookmark', () => {
  it('tells how far a subscriber has seen to whom nothing has happened', async () => {
    const store = await stores.open()
    const hub = hubOn(store, { bookmarkMs: 2 })
    const watcher = watch(hub, questionFor({ kinds: new Set(['Node']) }), { initial: false })
    await joined(hub)
    await create(store, 'a')
    await expectTold(watcher, ['BOOKMARK 1'])
    await create(store, 'b')
    await expectTold(watcher, ['BOOKMARK 1', 'BOOKMARK 2'])
  })
})

describe('a hub', () => {
  it('that closes tells everybody, also who is only beginning and who comes afterwards', async () => {
    const store = await stores.open()
    const hub = hubOn(store)
    await create(store, 'a')
    const settled = watch(hub, questionFor(), { initial: true })
    await joined(hub)
    const stalled = watch(hub, questionFor(), { initial: true }, new RecordingSink().block())
    const resuming = watch(hub, questionFor(), { after: 0 })
    hub.close()
    const late = watch(hub, questionFor(), { initial: false })
    for (const watcher of [settled, stalled, resuming, late]) {
      expect(await watcher.ended).toMatchObject({ code: 'UNAVAILABLE' })
    }
    expect([hub.subscriberCount, hub.groupCount]).toEqual([0, 0])
  })

  it('keeps nothing of who has gone', async () => {
    const store = await stores.open()
    const hub = hubOn(store)
    await create(store, 'a')
    const abort = new AbortController()
    const served = [{ initial: true }, { initial: false }, { after: 0 }].map((start) =>
      hub.serve(questionFor(), start, new RecordingSink(), abort.signal),
    )
    const stalled = hub.serve(questionFor(), { initial: true }, new RecordingSink().block(), abort.signal)
    await joined(hub)
    abort.abort()
    await Promise.all([...served, stalled])
    expect([hub.subscriberCount, hub.groupCount]).toEqual([0, 0])
    expect(Reflect.get(hub, 'enders')).toHaveProperty('size', 0)
    await create(store, 'b')
  })
})
