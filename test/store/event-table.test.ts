import { describe, expect, it } from 'vitest'
import { eventOf } from '../../src/commands/events.ts'
import { fieldPredicate, parseFieldSelector } from '../../src/model/field-selector.ts'
import { eventKind } from '../../src/model/kinds/event.ts'
import { eventRecord as record } from '../support/event-records.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
const hourMs = 3_600_000

describe('the table of events', () => {
  it('gives back what was written', async () => {
    const { events } = await stores.open()
    const written = record('a', { type: 'Warning', message: `it's "odd" \u0000 🚀` })
    await events.write([])
    await events.write([written])
    expect(await events.find({ uid: 'uid-a' })).toEqual(written)
    expect(await events.find({ namespace: 'default', name: 'a' })).toEqual(written)
    expect(await events.find({ namespace: 'other', name: 'a' })).toBeUndefined()
  })

  it('replaces the count, the message and the time of an event that it knows, and keeps when it was first', async () => {
    const { events } = await stores.open()
    await events.write([record('a'), record('b')])
    const again = record('a', { count: 7, message: 'again', lastTimestamp: 1_767_225_700_000 })
    await events.write([{ ...again, firstTimestamp: 1_767_225_650_000 }])
    expect(await events.find({ uid: 'uid-a' })).toEqual(again)
    expect(await events.count({})).toBe(2)
  })

  it('replaces all of an event that is written in its place, but for its identity', async () => {
    const { events } = await stores.open()
    const other = record('a', { reason: 'Other', involvedName: 'db', firstTimestamp: 5, count: 3, type: 'Warning' })
    await events.replace(record('a'))
    await events.replace(other)
    expect([await events.find({ uid: 'uid-a' }), await events.count({})]).toEqual([other, 1])
  })

  it('tells what was written after a number, in the order of the last writes, and what of it is new there', async () => {
    const { events } = await stores.open()
    const told = async (after: number, limit = 10) =>
      (await events.writtenAfter(after, limit)).map(
        ({ record: { name }, sequence, isNew }) => `${sequence} ${name}${isNew ? ' new' : ''}`,
      )
    expect([await events.lastSequence(), await told(0)]).toEqual([0, []])
    await events.write([record('a'), record('b'), record('c')])
    await events.write([record('a', { count: 2 }), record('d')])
    await events.replace(record('b'))
    await events.remove('uid-b')
    expect(await told(0)).toEqual(['3 c new', '4 a new', '5 d new'])
    expect(await told(0, 2)).toEqual(['3 c new', '4 a new'])
    expect(await told(3)).toEqual(['4 a', '5 d new'])
    expect([await told(5), await events.lastSequence()]).toEqual([[], 6])
  })

  it('tells who listens when something was written, here or by another store of the same database', async () => {
    const file = stores.newFile()
    const [here, there] = [await stores.open({ file }), await stores.open({ file })]
    let told = 0
    const unlisten = here.events.onWrites(() => void (told += 1))
    await here.events.write([record('a')])
    expect(told).toBe(1)
    await there.events.write([record('b')])
    await expect.poll(() => told).toBe(2)
    unlisten()
    await here.events.write([record('c')])
    expect(told).toBe(2)
  })

  it('lists those last seen first, those seen together by uid, page after page', async () => {
    const { events } = await stores.open()
    const times = [5, 3, 5, 9, 1, 5, 9]
    const records = times.map((time, index) => record(`e${index}`, { lastTimestamp: time }))
    await events.write(records)
    const listed: string[] = []
    for (let before: { lastTimestamp: number; uid: string } | undefined; ; ) {
      const page = await events.list({ limit: 2, before })
      const last = page.at(-1)
      if (last === undefined) break
      listed.push(...page.map(({ name }) => name))
      before = { lastTimestamp: last.lastTimestamp, uid: last.uid }
    }
    expect(listed).toEqual(['e3', 'e6', 'e0', 'e2', 'e5', 'e1', 'e4'])
  })

  it.each([
    ['a namespace', { namespace: 'other' }, ['b', 'f']],
    ['an object', { involvedUid: 'uid-db' }, ['c']],
    ['a type', { type: 'Warning' }, ['d']],
    ['a reason', { reason: 'Killing' }, ['e', 'f']],
    ['several of these', { reason: 'Killing', namespace: 'other' }, ['f']],
    ['nothing that there is', { reason: 'Killing', type: 'Warning' }, []],
  ])('lists and counts those of %s', async (_, query, names) => {
    const { events } = await stores.open()
    await events.write([
      record('a'),
      record('b', { namespace: 'other', reason: 'Pulled' }),
      record('c', { involvedUid: 'uid-db' }),
      record('d', { type: 'Warning' }),
      record('e', { reason: 'Killing' }),
      record('f', { reason: 'Killing', namespace: 'other' }),
    ])
    expect((await events.list({ ...query, limit: 9 })).map(({ name }) => name)).toEqual(names)
    expect(await events.count(query)).toBe(names.length)
  })

  it.each([
    ['involvedObject.name=web', ['a', 'c']],
    ['involvedObject.name!=web', ['b']],
    ['type=Warning,reason!=Created', ['b']],
    ['source=tester,metadata.name!=a,metadata.namespace=default', ['b', 'c']],
    ['reportingComponent!=tester', []],
    ['involvedObject.kind=Pod,involvedObject.namespace=default,involvedObject.apiVersion=v1', ['a', 'b', 'c']],
    ['involvedObject.uid=uid-web', ['a', 'b', 'c']],
    ['involvedObject.fieldPath=x', []],
    ['involvedObject.fieldPath!=x,involvedObject.resourceVersion=', ['a', 'b', 'c']],
    ['', ['a', 'b', 'c']],
  ])('lists what is selected by %s, which is what the kind selects by it', async (text, names) => {
    const { events } = await stores.open()
    const records = [record('a'), record('b', { involvedName: 'db', type: 'Warning', reason: 'Odd' }), record('c')]
    await events.write(records)
    const fields = parseFieldSelector(text, [eventKind])
    expect((await events.list({ limit: 10, fields })).map(({ name }) => name)).toEqual(names)
    expect(await events.count({ fields })).toBe(names.length)
    const selects = fieldPredicate(fields, [eventKind]) ?? (() => true)
    expect(records.filter((one) => selects(eventOf(one))).map(({ name }) => name)).toEqual(names)
  })

  it('forgets an event an hour after it was last seen, however many there are', async () => {
    const { events } = await stores.open()
    const many = Array.from({ length: 2_100 }, (_, index) => record(`old${index}`, { lastTimestamp: 1_000 }))
    await events.write([
      ...many,
      record('seen-again', { lastTimestamp: 1_000 }),
      record('young', { lastTimestamp: 1_001 }),
    ])
    await events.write([record('seen-again', { lastTimestamp: 2_000, count: 2 })])
    await events.expire(1_000 + hourMs - 1)
    expect(await events.count({})).toBe(2_102)
    await events.expire(1_000 + hourMs)
    expect((await events.list({ limit: 9 })).map(({ name }) => name)).toEqual(['seen-again', 'young'])
  })

  it('removes one event and says whether there was one', async () => {
    const { events } = await stores.open()
    await events.write([record('a'), record('b')])
    expect(await events.remove('uid-a')).toBe(true)
    expect(await events.remove('uid-a')).toBe(false)
    expect(await events.count({})).toBe(1)
  })

  it('takes its turn with the commits of the same store', async () => {
    const store = await stores.open()
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', uid: 'p', creationTimestamp: '' } }
    const writes = Array.from({ length: 20 }, (_, index) => [
      store.events.write([record(`e${index}`)]),
      store.leases.renew([{ name: 'l', holder: 'h', durationSeconds: 1, renewedAt: index }]),
      store.commit(
        [
          {
            type: 'create',
            object: {
              ...object,
              metadata: { ...object.metadata, resourceVersion: '', name: `p${index}`, uid: `${index}` },
            },
          },
        ],
        { actor: 'me' },
      ),
    ])
    await Promise.all(writes.flat())
    expect(await store.events.count({})).toBe(20)
    expect(store.replica.count('Pod')).toBe(20)
  })
})
