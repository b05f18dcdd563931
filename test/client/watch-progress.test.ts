import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEvent, type StreamEvent } from '../../src/client/stream-event.ts'
import { WatchProgress } from '../../src/client/watch-progress.ts'

interface Entry {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly revision: number
  readonly uid: string
}

function eventOf(type: string, revision: number, uid?: string, version = revision): StreamEvent {
  const pod = uid === undefined ? null : { uid, version }
  return readEvent({ podEvents: { type, resourceVersion: String(revision), pod, previous: null } })
}

/** A log in which objects come, change and go; a number says which object is next to do what it can. */
function logOf(steps: readonly number[]): Entry[] {
  const alive = new Map<number, string>()
  return steps.map((step, index) => {
    const revision = index + 1
    const place = step % 4
    const uid = alive.get(place)
    if (uid === undefined) {
      alive.set(place, `${place}-${revision}`)
      return { type: 'ADDED', revision, uid: `${place}-${revision}` }
    }
    if (step % 3 > 0) return { type: 'MODIFIED', revision, uid }
    alive.delete(place)
    return { type: 'DELETED', revision, uid }
  })
}

/** Version by uid of what is there at a revision. */
function stateAt(log: readonly Entry[], revision: number): Map<string, number> {
  const state = new Map<string, number>()
  for (const entry of log.slice(0, revision)) {
    if (entry.type === 'DELETED') state.delete(entry.uid)
    else state.set(entry.uid, entry.revision)
  }
  return state
}

/** What a server sends to a subscription that begins at a revision of the log, until the log's present end. */
function* serve(log: readonly Entry[], after: string | undefined, end: number): Generator<StreamEvent> {
  if (after === undefined) {
    const present = [...stateAt(log, end)].sort(([, left], [, right]) => left - right)
    for (const [uid, revision] of present) yield eventOf('ADDED', revision, uid)
    yield eventOf('BOOKMARK', end)
    return
  }
  for (const { type, revision, uid } of log.slice(Number(after), end)) yield eventOf(type, revision, uid)
}

interface Connection {
  /** How far the log has come when it begins, beyond the one before. */
  readonly grown: number
  /** After how many events it is lost. */
  readonly length: number
  /** Whether the log no longer goes back to what was told. */
  readonly expired: boolean
}

const connections = fc.array(
  fc.record({ grown: fc.nat(6), length: fc.nat(8), expired: fc.boolean() }) satisfies fc.Arbitrary<Connection>,
  { maxLength: 8 },
)
const steps = fc.array(fc.nat(23), { minLength: 1, maxLength: 40 })

/** What is told over these connections and a last one that holds to the end. */
function tell(progress: WatchProgress, log: readonly Entry[], lost: readonly Connection[]): StreamEvent[] {
  const told: StreamEvent[] = []
  let end = 0
  for (const { grown, length, expired } of [...lost, { grown: log.length, length: Infinity, expired: false }]) {
    end = Math.min(log.length, end + grown)
    if (expired && progress.begin() !== undefined) progress.expire()
    const heard = [...serve(log, progress.begin(), end)].slice(0, length)
    for (const event of heard) told.push(...progress.take(event))
  }
  return told
}

function lineOf({ type, position, object }: StreamEvent): string {
  return `${type} ${position} ${object?.uid}`
}

describe('the progress of a watch', () => {
  it('tells what the log says, each change once and in order, wherever the connection is lost', () => {
    fc.assert(
      fc.property(steps, connections, (choices, lost) => {
        const log = logOf(choices)
        const patient = lost.map((connection) => ({ ...connection, expired: false }))
        const told = tell(new WatchProgress({ after: '0', present: [] }), log, patient)
        expect(told.map(lineOf)).toEqual(log.map(({ type, revision, uid }) => `${type} ${revision} ${uid}`))
      }),
    )
  })

  it('brings whoever follows to the present state, in steps that fit, also when the log has expired', () => {
    fc.assert(
      fc.property(steps, connections, (choices, lost) => {
        const log = logOf(choices)
        const state = new Map<string, number>()
        let position = 0
        for (const event of tell(new WatchProgress(), log, lost)) {
          expect(Number(event.position)).toBeGreaterThanOrEqual(position)
          position = Number(event.position)
          if (event.object === undefined) continue
          const { uid, value } = event.object
          const { version } = value as { readonly version: number }
          const known = state.get(uid)
          expect(event.type === 'ADDED').toBe(known === undefined)
          if (event.type === 'MODIFIED') expect(version).toBeGreaterThan(known ?? Infinity)
          if (event.type === 'DELETED') state.delete(uid)
          else state.set(uid, version)
        }
        expect(state).toEqual(stateAt(log, log.length))
      }),
    )
  })

  it('tells after an expiry first what has vanished, with its last known version, then what is new and what changed', () => {
    const progress = new WatchProgress()
    progress.begin()
    for (const event of [eventOf('ADDED', 1, 'a'), eventOf('ADDED', 2, 'b'), eventOf('ADDED', 3, 'c')])
      progress.take(event)
    progress.take(eventOf('BOOKMARK', 3))
    expect(progress.begin()).toBe('3')
    expect(progress.expire()).toBe(true)
    expect(progress.begin()).toBeUndefined()
    const list = [eventOf('ADDED', 1, 'a'), eventOf('ADDED', 7, 'b'), eventOf('ADDED', 8, 'd'), eventOf('BOOKMARK', 9)]
    const told = list.flatMap((event) => progress.take(event))
    expect(told.map(({ data }) => data['podEvents'])).toEqual([
      { type: 'DELETED', resourceVersion: '3', pod: { uid: 'c', version: 3 }, previous: null },
      { type: 'MODIFIED', resourceVersion: '7', pod: { uid: 'b', version: 7 }, previous: { uid: 'b', version: 2 } },
      { type: 'ADDED', resourceVersion: '8', pod: { uid: 'd', version: 8 }, previous: null },
      { type: 'BOOKMARK', resourceVersion: '9', pod: null, previous: null },
    ])
  })

  it('after a bare place leaves out what was there then, and tells what has come since', () => {
    const progress = new WatchProgress({ after: '5' })
    progress.expire()
    progress.begin()
    const list = [eventOf('ADDED', 4, 'old'), eventOf('ADDED', 6, 'new'), eventOf('BOOKMARK', 9)]
    expect(list.flatMap((event) => progress.take(event)).map(lineOf)).toEqual(['ADDED 6 new', 'BOOKMARK 9 undefined'])
  })

  it('of objects without a uid goes on behind the last one, and cannot make up for an expired log', () => {
    const progress = new WatchProgress()
    progress.begin()
    progress.take(readEvent({ podEvents: { type: 'ADDED', resourceVersion: '4', pod: { name: 'a' } } }))
    expect(progress.begin()).toBe('4')
    expect(progress.expire()).toBe(false)
  })

  it('refuses events that do not say what they are, or where', () => {
    for (const event of [{ pod: null }, { type: 'ADDED' }, { type: 'GONE', resourceVersion: '1' }]) {
      expect(() => readEvent({ event })).toThrow('selects `type` and `resourceVersion`')
    }
  })
})
