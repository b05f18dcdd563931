import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import { parseSelector } from '../../src/model/selector.ts'
import { nodeNameOf } from '../../src/store/replica.ts'
import type { Store } from '../../src/store/store.ts'
import type { Filter } from '../../src/watch/event.ts'
import { Hub } from '../../src/watch/hub.ts'
import { objectNamed } from '../support/objects.ts'
import { operationOf, type Step, steps } from '../support/random-changes.ts'
import { temporaryStores } from '../support/temporary-stores.ts'
import { questionFor, RecordingSink, type Watcher, watch } from '../support/watching.ts'

const stores = temporaryStores()
const end = { kind: 'Pod', namespace: 'end', name: 'end' }

/** What watchers ask for, and the same said plainly. The last object that is made is for everybody. */
const filters: readonly { filter: Filter; accepts: (object: Resource) => boolean }[] = [
  { filter: {}, accepts: () => true },
  { filter: { kinds: new Set(['Pod']) }, accepts: ({ kind }) => kind === 'Pod' },
  { filter: { selector: parseSelector('app!=web') }, accepts: ({ metadata }) => metadata.labels?.['app'] !== 'web' },
  { filter: { accepts: (object) => nodeNameOf(object) !== 'n1' }, accepts: (object) => nodeNameOf(object) !== 'n1' },
]

/** What happens beside a change: some join, and one is cut off and resumes, at this hub or at the other. */
const happenings = fc.record({
  ticks: fc.nat({ max: 60 }),
  onOther: fc.boolean(),
  joins: fc.array(
    fc.record({ filter: fc.nat({ max: filters.length - 1 }), initial: fc.boolean(), after: fc.nat({ max: 60 }) }),
    { maxLength: 2 },
  ),
  cut: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
})
const stories = steps.chain((changes) =>
  fc.tuple(
    fc.constant(changes),
    fc.array(happenings, { minLength: changes.length, maxLength: changes.length }),
    fc.boolean(),
  ),
)

/** One who watches from its beginning to the end, through all cuts. */
class Persistent {
  readonly filter: number
  readonly begun: number | undefined
  readonly sink = new RecordingSink()
  private watcher: Watcher

  constructor(hub: Hub, filter: number, begun: number | undefined) {
    this.filter = filter
    this.begun = begun
    this.watcher = watch(hub, this.question, begun === undefined ? { initial: true } : { after: begun }, this.sink)
  }

  /** The last version that it has seen; undefined amid the present objects, where nobody can resume. */
  get seen(): number | undefined {
    if (this.begun === undefined && !this.sink.texts.some((text) => text.startsWith('BOOKMARK'))) return undefined
    return this.sink.texts.length === 0 ? this.begun : this.sink.lastRevision
  }

  async moveTo(hub: Hub): Promise<void> {
    await this.watcher.stop()
    const { seen } = this
    if (seen === undefined) this.sink.texts.length = 0
    this.watcher = watch(hub, this.question, seen === undefined ? { initial: true } : { after: seen }, this.sink)
  }

  stop(): Promise<void> {
    return this.watcher.stop()
  }

  private get question() {
    return questionFor(filters[this.filter]?.filter, { key: String(this.filter) })
  }
}

it('whoever joins, is cut off and resumes at any moment and anywhere is told what the log says, once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(stories, async ([changes, between, restarts]) => {
      const file = stores.newFile()
      let here = await stores.open({ file })
      const other = await stores.open({ file })
      let hub = new Hub({ store: here })
      const otherHub = new Hub({ store: other })
      const watchers: Persistent[] = []
      for (const [index, step] of changes.entries()) {
        const happening = between[index]
        if (happening === undefined) continue
        const writing = write(happening.onOther ? other : here, step, index)
        await nextTurn()
        for (let tick = 0; tick < happening.ticks; tick += 1) await Promise.resolve()
        const at = happening.onOther ? otherHub : hub
        for (const { filter, initial, after } of happening.joins) {
          const store = happening.onOther ? other : here
          watchers.push(new Persistent(at, filter, initial ? undefined : after % (store.replica.revision + 1)))
        }
        if (happening.cut !== undefined) await watchers[happening.cut]?.moveTo(at)
        await writing
        await Promise.all(
          [here, other].map((store) => store.reached(Math.max(here.replica.revision, other.replica.revision))),
        )
        if (restarts && index === changes.length >> 1) {
          hub.close()
          await here.close()
          here = await stores.open({ file })
          hub = new Hub({ store: here })
          for (const watcher of watchers) await watcher.moveTo(hub)
        }
      }
      const { metadata } = await here.commitOne(
        { type: 'create', object: objectNamed('Pod', end.name, { metadata: { namespace: end.namespace } }) },
        'me',
      )
      await vi.waitFor(
        () =>
          expect(watchers.map(({ sink }) => sink.lastRevision)).toEqual(
            watchers.map(() => Number(metadata.resourceVersion)),
          ),
        { interval: 1 },
      )
      const log = await here.changesSince(0, 1_000, 1_000)
      for (const watcher of watchers) {
        expect(watcher.sink.texts).toEqual(expectedOf(log, watcher))
        await watcher.stop()
      }
      expect([hub.subscriberCount, hub.groupCount, otherHub.subscriberCount, otherHub.groupCount]).toEqual([0, 0, 0, 0])
      hub.close()
      otherHub.close()
      await stores.clear()
    }),
    { numRuns: 40 },
  )
})

async function write(store: Store, step: Step, count: number): Promise<void> {
  const operation = operationOf(step, store.replica, count)
  if (operation !== undefined) await store.commitOne(operation, 'me')
}

type Log = Awaited<ReturnType<Store['changesSince']>>

/** What the log says, read plainly: the state at the beginning if it was asked for, then change after change. */
function expectedOf(log: Log, { filter, begun, sink }: Persistent): string[] {
  const accepts = filters[filter]?.accepts ?? (() => true)
  const bookmark = sink.texts.find((text) => text.startsWith('BOOKMARK'))
  const start = begun ?? Number(bookmark?.split(' ')[1])
  const state = new Map<string, Resource>()
  const lines: string[] = []
  for (const { revision, type, object } of log) {
    const { uid } = object.metadata
    const previous = state.get(uid)
    if (type === 'DELETED') state.delete(uid)
    else state.set(uid, object)
    if (revision <= start) continue
    const before = previous !== undefined && accepts(previous)
    const now = type !== 'DELETED' && accepts(object)
    const versionBefore =
      previous === undefined || type === 'DELETED' ? '' : ` before ${previous.metadata.resourceVersion}`
    const seen = before ? (now ? 'MODIFIED' : 'DELETED') : 'ADDED'
    if (before || now) lines.push(`${seen} ${revision} ${uid}${versionBefore}`)
  }
  return begun === undefined
    ? [...presentAt(log, start).filter(accepts).map(addedLine), `BOOKMARK ${start}`, ...lines]
    : lines
}

function presentAt(log: Log, at: number): Resource[] {
  const state = new Map<string, Resource>()
  for (const { revision, type, object } of log) {
    if (revision > at) break
    state.delete(object.metadata.uid)
    if (type !== 'DELETED') state.set(object.metadata.uid, object)
  }
  return [...state.values()]
}

function addedLine({ metadata }: Resource): string {
  return `ADDED ${metadata.resourceVersion} ${metadata.uid}`
}
