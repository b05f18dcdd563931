import { afterEach, describe, expect, it } from 'vitest'
import type { Refusal } from '../../src/model/errors.ts'
import type { Store } from '../../src/store/store.ts'
import { EventFeed, type EventFeedOptions, type EventFollowing, type ToldEvent } from '../../src/watch/event-feed.ts'
import { eventRecord } from '../support/event-records.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let store: Store
let feed: EventFeed

afterEach(() => feed.close())

async function open(options: Partial<EventFeedOptions> = {}, file = stores.newFile()): Promise<void> {
  store = await stores.open({ file })
  const onFault = (error: unknown) => {
    throw error
  }
  feed = new EventFeed({ events: store.events, onFault, ...options })
}

const follow = (following: Partial<EventFollowing> = {}, signal?: AbortSignal) =>
  feed.follow({ initial: true, accepts: () => true, ...following }, signal)
const write = (...names: readonly string[]) => store.events.write(names.map((name) => eventRecord(name)))
const lineOf = ({ type, cursor, record }: ToldEvent) =>
  `${type} ${record === undefined ? '' : `${record.name} `}${cursor}`

/** The next so many lines of a stream. */
async function take(stream: AsyncGenerator<ToldEvent>, count: number): Promise<string[]> {
  const lines: string[] = []
  while (lines.length < count) {
    const next = await stream.next()
    if (next.done === true) return [...lines, 'the end']
    lines.push(lineOf(next.value))
  }
  return lines
}

describe('a feed of events', () => {
  it('tells those that are there, a BOOKMARK, and then each as it is written or counted on', async () => {
    await open()
    await write('a', 'b')
    await write('a')
    const stream = await follow()
    expect(await take(stream, 3)).toEqual(['ADDED b 2', 'ADDED a 3', 'BOOKMARK 3'])
    const next = take(stream, 3)
    await write('c')
    await write('a', 'c')
    expect(await next).toEqual(['ADDED c 4', 'MODIFIED a 5', 'MODIFIED c 6'])
    await stream.return(undefined)
  })

  it('tells what another thread or process has written, when it rings or by a look now and then', async () => {
    const file = stores.newFile()
    await open({}, file)
    const stream = await follow({ initial: false })
    const next = take(stream, 2)
    const other = await stores.open({ file })
    await other.events.write([eventRecord('a')])
    store.events.tell()
    await other.events.write([eventRecord('b')])
    expect(await next).toEqual(['ADDED a 1', 'ADDED b 2'])
    await stream.return(undefined)
  })

  it('goes on after a place, without what was told before it, also when a new one begins there', async () => {
    const file = stores.newFile()
    await open({}, file)
    await write('a', 'b', 'c')
    await store.close()
    await open({}, file)
    const stream = await follow({ after: 2 })
    expect(await take(stream, 1)).toEqual(['ADDED c 3'])
    await write('a')
    expect(await take(stream, 1)).toEqual(['MODIFIED a 4'])
    await stream.return(undefined)
  })

  it('refuses a place that has not been reached', async () => {
    await open()
    await write('a')
    await expect(follow({ after: 2 })).rejects.toMatchObject({ code: 'INVALID', causes: [{ field: 'after' }] })
  })

  it('tells only what is accepted, and the place to go on after is still where it was read', async () => {
    await open()
    await write('a', 'b')
    const stream = await follow({ accepts: ({ name }) => name === 'b' || name === 'd' })
    expect(await take(stream, 2)).toEqual(['ADDED b 2', 'BOOKMARK 2'])
    await write('c', 'd')
    expect(await take(stream, 1)).toEqual(['ADDED d 4'])
    await stream.return(undefined)
  })

  it('has many pages of present events, all once', async () => {
    await open()
    const names = Array.from({ length: 1_234 }, (_, index) => `e${index}`)
    await write(...names)
    const stream = await follow()
    const lines = await take(stream, 1_235)
    expect(lines).toEqual([...names.map((name, index) => `ADDED ${name} ${index + 1}`), 'BOOKMARK 1234'])
    await stream.return(undefined)
  })

  it('keeps few at hand, and a slow reader misses none that is there', async () => {
    await open({ recentMax: 3 })
    const [slow, quick] = [await follow(), await follow()]
    expect([await take(slow, 1), await take(quick, 1)]).toEqual([['BOOKMARK 0'], ['BOOKMARK 0']])
    for (let index = 1; index <= 40; index += 1) {
      await write(`e${index}`)
      expect(await take(quick, 1)).toEqual([`ADDED e${index} ${index}`])
    }
    const all = Array.from({ length: 40 }, (_, index) => `ADDED e${index + 1} ${index + 1}`)
    expect(await take(slow, 40)).toEqual(all)
    await slow.return(undefined)
    await quick.return(undefined)
  })

  it('goes on for a slow reader also when what it had before it has gone', async () => {
    await open({ recentMax: 1 })
    const [slow, quick] = [await follow({ initial: false }), await follow({ initial: false })]
    const first = take(slow, 1)
    await write('a')
    expect([await first, await take(quick, 1)]).toEqual([['ADDED a 1'], ['ADDED a 1']])
    await write('b', 'c', 'd')
    expect(await take(quick, 3)).toEqual(['ADDED b 2', 'ADDED c 3', 'ADDED d 4'])
    for (const name of ['b', 'c', 'd']) await store.events.remove(`uid-${name}`)
    const next = take(slow, 2)
    await write('e')
    expect(await next).toEqual(['ADDED d 4', 'ADDED e 5'])
    await slow.return(undefined)
    await quick.return(undefined)
  })

  it('looks at the table only while somebody follows, once for all who do', async () => {
    let looks = 0
    const opened = await stores.open()
    const events: EventFeedOptions['events'] = {
      lastSequence: () => opened.events.lastSequence(),
      onWrites: (listener) => opened.events.onWrites(listener),
      writtenAfter: (after, limit) => {
        looks += 1
        return opened.events.writtenAfter(after, limit)
      },
    }
    await open({ events })
    await opened.events.write([eventRecord('a')])
    expect(looks).toBe(0)
    const streams = await Promise.all(Array.from({ length: 20 }, () => follow({ initial: false })))
    const next = Promise.all(streams.map((stream) => take(stream, 1)))
    await opened.events.write([eventRecord('b')])
    expect((await next).flat()).toEqual(streams.map(() => 'ADDED b 2'))
    expect(looks).toBeLessThan(4)
    await Promise.all(streams.map((stream) => stream.return(undefined)))
    expect(feed.followerCount).toBe(0)
    const before = looks
    await opened.events.write([eventRecord('c')])
    expect(looks).toBe(before)
  })

  it('tells of a table that cannot be read, and goes on when it can be again', async () => {
    const opened = await stores.open()
    const faults: unknown[] = []
    let isBroken = false
    const events: EventFeedOptions['events'] = {
      lastSequence: () => opened.events.lastSequence(),
      onWrites: (listener) => opened.events.onWrites(listener),
      writtenAfter: (after, limit) =>
        isBroken ? Promise.reject(new Error('broken')) : opened.events.writtenAfter(after, limit),
    }
    await open({ events, onFault: (error) => void faults.push(error) })
    const stream = await follow()
    expect(await take(stream, 1)).toEqual(['BOOKMARK 0'])
    const next = take(stream, 2)
    isBroken = true
    await opened.events.write([eventRecord('a')])
    await expect.poll(() => faults).toHaveLength(1)
    isBroken = false
    await opened.events.write([eventRecord('b')])
    expect(await next).toEqual(['ADDED a 1', 'ADDED b 2'])
    await stream.return(undefined)
  })

  it('ends for who has gone, also while it waits', async () => {
    await open()
    const gone = new AbortController()
    const [aborted, returned] = [await follow({}, gone.signal), await follow()]
    expect([await take(aborted, 1), await take(returned, 1)]).toEqual([['BOOKMARK 0'], ['BOOKMARK 0']])
    const ends = Promise.all([take(aborted, 1), take(returned, 1)])
    expect(feed.followerCount).toBe(2)
    gone.abort()
    await returned.return(undefined)
    expect(await ends).toEqual([['the end'], ['the end']])
    expect(feed.followerCount).toBe(0)
  })

  it('tells everybody when the server closes, and takes nobody any more', async () => {
    await open()
    const stream = await follow()
    await take(stream, 1)
    const next = stream.next().catch((error: unknown) => (error as Refusal).code)
    feed.close()
    expect(await next).toBe('UNAVAILABLE')
    await expect(follow()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
