import { readFileSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import type { Outcome } from '../../src/store/group-commit.ts'
import { objectNamed } from '../support/objects.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
const pod = (name: string, part = {}) => objectNamed('Pod', name, part)
const create = (name: string, part = {}) => ({ type: 'create' as const, object: pod(name, part) })
const remove = (base: Resource) => ({ type: 'delete' as const, base })
const relabel = (base: Resource, value: string) => ({
  type: 'update' as const,
  base,
  object: { ...base, metadata: { ...base.metadata, labels: { value } } },
})
const codes = (outcomes: readonly Outcome[]) => outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.refusal.code))
const names = (objects: Iterable<Resource>) => [...objects].map(({ metadata }) => metadata.name)

describe('a commit', () => {
  it('gives each operation its own outcome, and a stale version refuses that operation alone', async () => {
    const store = await stores.open()
    const old = await store.commitOne(create('a'), 'me')
    const current = await store.commitOne(relabel(old, 'new'), 'me')
    const outcomes = await store.commit(
      [
        create('b'),
        relabel(old, 'stale'),
        create('a', { metadata: { uid: 'other' } }),
        remove(old),
        remove(pod('ghost')),
      ],
      { actor: 'me' },
    )
    expect(codes(outcomes)).toEqual(['ok', 'CONFLICT', 'ALREADY_EXISTS', 'CONFLICT', 'NOT_FOUND'])
    expect(outcomes[1]).toMatchObject({ refusal: { details: { resourceVersion: current.metadata.resourceVersion } } })
    expect(names(store.replica.list('Pod'))).toEqual(['a', 'b'])
    expect(store.replica.get({ kind: 'Pod', namespace: 'default', name: 'a' })).toBe(current)
  })

  it('that is atomic happens wholly or not at all, also beside others in one transaction', async () => {
    const store = await stores.open()
    const base = await store.commitOne(create('base'), 'me')
    const outcomes = await Promise.all([
      store.commit([create('a'), relabel(base, 'first')], { actor: 'me', atomic: true }),
      store.commit([create('b'), relabel(base, 'second')], { actor: 'me', atomic: true }),
      store.commit([create('c'), relabel(base, 'third')], { actor: 'me' }),
    ])
    expect(outcomes.map(codes)).toEqual([
      ['ok', 'ok'],
      ['CONFLICT', 'CONFLICT'],
      ['ok', 'CONFLICT'],
    ])
    expect(names(store.replica.list('Pod'))).toEqual(['a', 'base', 'c'])
    expect(store.figures.commits).toBe(2)
  })

  it('that is atomic may not speak of one object twice', async () => {
    const store = await stores.open()
    const outcomes = await store.commit([create('a'), create('a', { metadata: { uid: 'b' } })], {
      actor: 'me',
      atomic: true,
    })
    expect(codes(outcomes)).toEqual(['CONFLICT', 'CONFLICT'])
    expect(store.replica.count('Pod')).toBe(0)
  })

  it('of nothing costs nothing', async () => {
    const store = await stores.open()
    expect(await store.commit([], { actor: 'me' })).toEqual([])
    expect(store.figures.commits).toBe(0)
  })

  it('shares its transaction with those made at the same time', async () => {
    const store = await stores.open()
    const made = Array.from({ length: 100 }, (_, index) => store.commitOne(create(`p${index}`), 'me'))
    const versions = (await Promise.all(made)).map(({ metadata }) => Number(metadata.resourceVersion))
    expect(versions).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
    expect(store.figures).toMatchObject({ commits: 1, operations: 100, refusals: 0 })
  })

  it('takes at most a thousand operations into a transaction, so that nobody waits long for the thread', async () => {
    const store = await stores.open()
    const batches = Array.from({ length: 6 }, (_, batch) =>
      Array.from({ length: 400 }, (__, index) => create(`p${batch}-${index}`)),
    )
    await Promise.all(batches.map((operations) => store.commit(operations, { actor: 'me' })))
    expect(store.figures).toMatchObject({ commits: 3, operations: 2_400 })
  })

  it('is in the replica, with its listeners told in order, when it resolves', async () => {
    const store = await stores.open()
    const told: string[] = []
    store.replica.onChanges((changes) => {
      for (const { revision, type, previous } of changes) told.push(`${revision} ${type} ${previous !== undefined}`)
    })
    const first = await store.commitOne(create('a'), 'me')
    expect(store.replica.byUid('uid-a')).toBe(first)
    await store.commitOne(remove(await store.commitOne(relabel(first, 'x'), 'me')), 'me')
    expect(store.replica.byUid('uid-a')).toBeUndefined()
    expect(told).toEqual(['1 ADDED false', '2 MODIFIED true', '3 DELETED true'])
  })

  it('may remove an object and make its key anew in one transaction', async () => {
    const file = stores.newFile()
    const store = await stores.open({ file })
    const old = await store.commitOne(create('a'), 'me')
    const outcomes = await store.commit([remove(old), create('a', { metadata: { uid: 'second' } })], { actor: 'me' })
    expect(codes(outcomes)).toEqual(['ok', 'ok'])
    expect(store.replica.get({ kind: 'Pod', namespace: 'default', name: 'a' })?.metadata.uid).toBe('second')
    await store.close()
    const again = await stores.open({ file })
    expect([...again.replica.list('Pod')].map(({ metadata }) => metadata.uid)).toEqual(['second'])
  })

  it('may change and remove an object in one transaction, by two writers', async () => {
    const file = stores.newFile()
    const store = await stores.open({ file })
    const base = await store.commitOne(create('a'), 'me')
    const next = { ...base, metadata: { ...base.metadata, resourceVersion: '2' } }
    await Promise.all([store.commitOne(relabel(base, 'x'), 'me'), store.commitOne(remove(next), 'you')])
    expect(store.figures.commits).toBe(2)
    expect(store.replica.count('Pod')).toBe(0)
    await store.close()
    expect((await stores.open({ file })).replica.count('Pod')).toBe(0)
  })

  it('keeps any text of an object as it is', async () => {
    const file = stores.newFile()
    const text = 'a\u0000b "\\" \u2028 \ud83d\ude80 ?1 $1 \'; DROP TABLE "Change"'
    const store = await stores.open({ file })
    await store.commitOne(create('a', { spec: { text, nothing: null, list: [[], {}], number: 1.5e300 } }), text)
    await store.close()
    const again = await stores.open({ file })
    expect(again.replica.byUid('uid-a')?.['spec']).toEqual({ text, nothing: null, list: [[], {}], number: 1.5e300 })
    expect(await again.history(1, 1)).toMatchObject([{ actor: text }])
  })

  it('tells the actor of each operation where it is asked', async () => {
    const store = await stores.open({ now: () => 5 })
    await store.commit([create('a'), create('b')], {
      actor: (operation) => (operation.type === 'create' ? `by-${operation.object.metadata.name}` : 'nobody'),
    })
    expect(await store.changesSince(0, 9, 9)).toMatchObject([
      { actor: 'by-a', at: 5 },
      { actor: 'by-b', at: 5 },
    ])
  })
})

describe('the log', () => {
  it('holds the versions of an object as a chain, newest first', async () => {
    const store = await stores.open()
    let object = await store.commitOne(create('a'), 'u0')
    await store.commitOne(create('other'), 'me')
    for (const value of ['1', '2', '3']) object = await store.commitOne(relabel(object, value), `u${value}`)
    const history = await store.history(Number(object.metadata.resourceVersion), 10)
    expect(history.map(({ revision, type, actor, previous }) => [revision, type, actor, previous])).toEqual([
      [5, 'MODIFIED', 'u3', 4],
      [4, 'MODIFIED', 'u2', 3],
      [3, 'MODIFIED', 'u1', 1],
      [1, 'ADDED', 'u0', undefined],
    ])
    expect((await store.history(5, 2)).map(({ revision }) => revision)).toEqual([5, 4])
    expect(history[0]?.object).toEqual(object)
  })

  it('goes on beyond 32 bits', async () => {
    const file = stores.newFile()
    await (await stores.open({ file })).close()
    const database = new BetterSqlite3(file)
    database.exec(`UPDATE "Counter" SET "value" = ${2 ** 31 - 2}`)
    database.close()
    const store = await stores.open({ file })
    const first = await store.commitOne(create('a'), 'me')
    const second = await store.commitOne(relabel(first, 'x'), 'me')
    const third = await store.commitOne(relabel(second, 'y'), 'me')
    expect(third.metadata.resourceVersion).toBe(String(2 ** 31 + 1))
    expect((await store.changesSince(2 ** 31 - 1, 2 ** 31 + 1, 9)).map((change) => change.previous)).toEqual([
      2 ** 31 - 1,
      2 ** 31,
    ])
    expect(await store.history(2 ** 31 + 1, 9)).toHaveLength(3)
    await store.retention.compact(2 ** 31)
    await store.close()
    const again = await stores.open({ file })
    expect(again.replica.byUid('uid-a')).toEqual(third)
    expect(again.replica.revision).toBe(2 ** 31 + 1)
    await expect(again.changesSince(2 ** 31 - 1, 2 ** 31 + 1, 9)).rejects.toMatchObject({ code: 'EXPIRED' })
  })

  it('cannot be resumed in the future', async () => {
    const store = await stores.open()
    await expect(store.assertResumable(1)).rejects.toMatchObject({ code: 'INVALID', causes: [{ field: 'after' }] })
  })
})

describe('a store', () => {
  it('splits what need not share a fate into several transactions, and keeps the order of the outcomes', async () => {
    const store = await stores.open()
    await store.commitOne(create('p1500'), 'me')
    const { commits } = store.figures
    const operations = Array.from({ length: 2_500 }, (_, index) => create(`p${index}`))
    const outcomes = await store.commit(operations, { actor: 'me' })
    expect(store.figures.commits - commits).toBe(3)
    expect(outcomes.flatMap(({ ok }, index) => (ok ? [] : [index]))).toEqual([1_500])
  })

  it('loads after a restart what was committed', async () => {
    const file = stores.newFile()
    const store = await stores.open({ file })
    await store.commit(
      Array.from({ length: 2_500 }, (_, index) => create(`p${index}`)),
      { actor: 'me' },
    )
    const gone = await store.commitOne(create('gone'), 'me')
    await store.commitOne(remove(gone), 'me')
    await store.commit([remove(gone)], { actor: 'me' })
    const before = [...store.replica.list('Pod')]
    await store.close()
    const again = await stores.open({ file })
    expect([...again.replica.list('Pod')]).toEqual(before)
    expect(again.replica.revision).toBe(store.replica.revision)
  })

  it('shares the parts of objects of one template in memory, also after a restart', async () => {
    const file = stores.newFile()
    const ownerReferences = [{ apiVersion: 'v1', kind: 'ReplicationController', name: 'o', uid: 'o', controller: true }]
    const spec = () => ({ containers: [{ name: 'main', image: 'i', env: [{ name: 'A', value: 'b' }] }] })
    const owned = (name: string) => create(name, { metadata: { ownerReferences }, spec: spec() })
    const writer = await stores.open({ file })
    const follower = await stores.open({ file })
    await writer.commit([owned('a'), owned('b')], { actor: 'me' })
    await follower.reached(writer.replica.revision)
    const reopened = await stores.open({ file })
    for (const { replica } of [follower, reopened]) {
      expect(replica.byUid('uid-a')?.['spec']).toEqual(spec())
      expect(replica.byUid('uid-a')?.['spec']).toBe(replica.byUid('uid-b')?.['spec'])
    }
  })

  it('keeps the identity of the parts that a change has left alone', async () => {
    const file = stores.newFile()
    const [writer, follower] = [await stores.open({ file }), await stores.open({ file })]
    const base = await writer.commitOne(create('a', { metadata: { labels: { a: 'b' } }, spec: { x: [1] } }), 'me')
    await follower.reached(1)
    const before = follower.replica.byUid('uid-a')
    const object = JSON.parse(JSON.stringify({ ...base, status: { phase: 'Running' } })) as Resource
    await writer.commitOne({ type: 'update', base, object }, 'me')
    await follower.reached(2)
    const after = follower.replica.byUid('uid-a')
    expect(after).toMatchObject({ status: { phase: 'Running' } })
    expect(after?.['spec']).toBe(before?.['spec'])
    expect(after?.metadata.labels).toBe(before?.metadata.labels)
  })

  it('refuses all writes with UNAVAILABLE once it is closed, and finishes those that came before', async () => {
    const store = await stores.open()
    const pending = store.commitOne(create('a'), 'me')
    const closing = store.close()
    await expect(store.commitOne(create('b'), 'me')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(await pending).toMatchObject({ metadata: { resourceVersion: '1' } })
    await closing
    await expect(store.reached(2)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('answers UNAVAILABLE while the database cannot write, loses nothing and goes on afterwards', async () => {
    const file = stores.newFile()
    const store = await stores.open({ file })
    await store.commitOne(create('a'), 'me')
    const database = new BetterSqlite3(file)
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON "Change" BEGIN SELECT RAISE(ABORT, 'disk is full'); END`)
    const outcomes = await Promise.allSettled([store.commitOne(create('b'), 'me'), store.commitOne(create('c'), 'me')])
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        reason: {
          code: 'UNAVAILABLE',
          message: `the database ${file} cannot be written (disk is full): there is no space left (ENOSPC): make space on its disk, and it goes on by itself`,
        },
      })
    }
    database.exec('DROP TRIGGER full')
    database.close()
    expect(await store.commitOne(create('b'), 'me')).toMatchObject({ metadata: { resourceVersion: '2' } })
    expect(names(store.replica.list('Pod'))).toEqual(['a', 'b'])
  })

  it('waits for another process that writes without holding its thread', async () => {
    const file = stores.newFile()
    const store = await stores.open({ file })
    const other = new BetterSqlite3(file)
    other.exec('BEGIN IMMEDIATE')
    const pending = store.commitOne(create('a'), 'me')
    // The other one can only end because this thread goes on meanwhile.
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    other.exec('ROLLBACK')
    other.close()
    expect(await pending).toMatchObject({ metadata: { resourceVersion: '1' } })
  })

  it('goes on after a transaction that failed at its very end', async () => {
    const file = stores.newFile()
    const store = await stores.open({ file })
    const database = new BetterSqlite3(file)
    database.exec(`CREATE TABLE lost (id INTEGER REFERENCES "Resource" ("id") DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER late AFTER INSERT ON "Change" BEGIN INSERT INTO lost VALUES (-1); END`)
    await expect(store.commitOne(create('a'), 'me')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    database.exec('DROP TRIGGER late')
    database.close()
    expect(await store.commitOne(create('a'), 'me')).toMatchObject({ metadata: { resourceVersion: '1' } })
  })

  it('writes every acknowledged change to the disk: the log is not only in memory', async () => {
    const file = stores.newFile()
    const store = await stores.open({ file })
    await store.commitOne(create('a', { spec: { marker: 'find-me-on-the-disk' } }), 'me')
    expect(readFileSync(`${file}-wal`).includes('find-me-on-the-disk')).toBe(true)
  })
})
