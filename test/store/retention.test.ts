import BetterSqlite3 from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import type { Store } from '../../src/store/store.ts'
import { Hub } from '../../src/watch/hub.ts'
import { objectNamed } from '../support/objects.ts'
import { operationOf, type Step, steps } from '../support/random-changes.ts'
import { temporaryStores } from '../support/temporary-stores.ts'
import { questionFor, watch } from '../support/watching.ts'

const stores = temporaryStores()
const create = (name: string, text = '') => ({
  type: 'create' as const,
  object: objectNamed('Pod', name, { spec: { text } }),
})

async function change(store: Store, base: Resource, text: string): Promise<Resource> {
  return store.commitOne({ type: 'update', base, object: { ...base, spec: { text } } }, 'me')
}

function live(store: Store): Resource[] {
  return store.replica.kinds().flatMap((kind) => [...store.replica.list(kind)])
}

async function play(store: Store, changes: readonly Step[]): Promise<void> {
  let count = 0
  for (const step of changes) {
    const operation = operationOf(step, store.replica, (count += 1))
    if (operation !== undefined) await store.commitOne(operation, 'me')
  }
}

/** What each who resumes is told, by the revision at which it resumes; or the code of the refusal. */
async function resumeEverywhere(store: Store): Promise<string[][]> {
  const hub = new Hub({ store })
  const last = store.replica.revision
  const watchers = Array.from({ length: last + 1 }, (_, after) =>
    watch(hub, questionFor({}, { key: `from ${after}` }), { after }),
  )
  const refusals: (string | undefined)[] = []
  watchers.forEach(({ ended }, index) => void ended.then((refusal) => (refusals[index] = refusal?.code)))
  await vi.waitFor(() => expect(hub.groupCount + refusals.filter(Boolean).length).toBe(last + 1), { interval: 1 })
  const told = watchers.map(({ sink }, index) => (refusals[index] === undefined ? sink.texts : [refusals[index]]))
  for (const watcher of watchers) await watcher.stop()
  hub.close()
  return told
}

describe('compaction', () => {
  it('changes nothing for who resumes at the horizon or later, and refuses who resumes before it', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), async (changes, places) => {
        const file = stores.newFile()
        const store = await stores.open({ file })
        await play(store, changes)
        const before = await resumeEverywhere(store)
        const horizons = places.map((place) => place % (store.replica.revision + 1)).sort((left, right) => left - right)
        for (const horizon of horizons) {
          await store.retention.compact(horizon)
          expect(await resumeEverywhere(store)).toEqual(
            before.map((told, revision) => (revision < horizon ? ['EXPIRED'] : told)),
          )
        }
        expect(live(await stores.open({ file }))).toEqual(live(store))
        await stores.clear()
      }),
      { numRuns: 40 },
    )
  })

  it('leaves no version that nobody can ask for any more', async () => {
    const file = stores.newFile()
    const store = await stores.open({ file })
    const kept = await change(store, await change(store, await store.commitOne(create('kept'), 'me'), '1'), '2')
    const gone = await store.commitOne(create('gone'), 'me')
    await store.commitOne({ type: 'delete', base: gone }, 'me')
    await store.retention.compact(store.replica.revision)
    expect(revisionsOf(file)).toEqual([Number(kept.metadata.resourceVersion)])
    expect(await store.history(3, 9)).toMatchObject([{ revision: 3, previous: 2 }])
  })

  it('goes on in small steps, between which others write', async () => {
    const store = await stores.open()
    for (let batch = 0; batch < 3; batch += 1) {
      await store.commit(
        Array.from({ length: 1_000 }, (_, index) => create(`p${batch}-${index}`)),
        { actor: 'me' },
      )
    }
    const ended: string[] = []
    const compacting = store.retention.compact(3_000).then(() => ended.push('compaction'))
    await store.commitOne(create('between'), 'me').then(() => ended.push('commit'))
    await compacting
    expect(ended).toEqual(['commit', 'compaction'])
    expect(live(store)).toHaveLength(3_001)
  })

  it('does not go beyond the newest revision, nor back', async () => {
    const store = await stores.open()
    const first = await store.commitOne(create('a'), 'me')
    await change(store, first, 'b')
    await store.retention.compact(99)
    await store.retention.compact(1)
    await expect(store.assertResumable(1)).rejects.toMatchObject({
      code: 'EXPIRED',
      details: { oldestResourceVersion: '2' },
    })
    await store.assertResumable(2)
  })
})

describe('retention', () => {
  it('keeps what is younger than its age', async () => {
    let now = 1_000
    const store = await stores.open({ now: () => now, retention: { ageMs: 500 } })
    let object = await store.commitOne(create('a'), 'me')
    for (now of [1_100, 1_200, 1_300]) object = await change(store, object, String(now))
    expect(await store.retention.run(1_600)).toBe(1)
    expect(await store.retention.run(1_601)).toBe(2)
    await expect(store.assertResumable(1)).rejects.toMatchObject({ code: 'EXPIRED' })
    expect(await store.changesSince(2, 9, 9)).toHaveLength(2)
    expect(await store.retention.run(9_999)).toBe(4)
    expect(await store.retention.run(9_999)).toBe(4)
  })

  it('shortens the log to its size, keeps its newest part and gives the space back', async () => {
    const file = stores.newFile()
    const sizeBytes = 1024 ** 2
    const store = await stores.open({ file, retention: { sizeBytes } })
    let object = await store.commitOne(create('a'), 'me')
    for (let round = 0; round < 100; round += 1) object = await change(store, object, `${round}`.padEnd(40_000))
    expect(usedBytes(file)).toBeGreaterThan(3 * sizeBytes)
    const horizon = await store.retention.run(Date.now())
    expect(usedBytes(file)).toBeLessThan(1.1 * sizeBytes)
    expect(horizon).toBeLessThan(90)
    await store.assertResumable(horizon)
    await expect(store.assertResumable(horizon - 1)).rejects.toMatchObject({ code: 'EXPIRED' })
    expect(store.replica.byUid('uid-a')).toEqual(object)
  })

  it('lets a log be that is small enough, however many objects live', async () => {
    const store = await stores.open({ retention: { sizeBytes: 4 * 1024 ** 2 } })
    await store.commit(
      Array.from({ length: 200 }, (_, index) => create(`p${index}`, 'x'.repeat(5_000))),
      { actor: 'me' },
    )
    expect(await store.retention.run(Date.now())).toBe(0)
  })
})

function revisionsOf(file: string): number[] {
  const database = new BetterSqlite3(file, { readonly: true })
  const rows = database.prepare<[], { revision: number }>('SELECT "revision" FROM "Change" ORDER BY "revision"').all()
  database.close()
  return rows.map(({ revision }) => revision)
}

/** What the database holds, without the pages that are free. */
function usedBytes(file: string): number {
  const database = new BetterSqlite3(file, { readonly: true })
  const read = (name: string) => Number(database.pragma(name, { simple: true }))
  const used = (read('page_count') - read('freelist_count')) * read('page_size')
  database.close()
  return used
}
