import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import { Refusal } from '../model/errors.ts'
import type { Resource } from '../model/resource.ts'
import type { LoggedChange } from '../store/change-log.ts'
import type { Store } from '../store/store.ts'
import { type Change, concerns, passes } from './event.ts'
import { Group, type LagLimit, slowConsumer } from './group.ts'
import { answer, type Frame, frameOf, type Question } from './question.ts'
import type { Sink } from './sink.ts'

export interface HubOptions {
  readonly store: Store
  readonly now?: () => number
  readonly limit?: LagLimit
  /** Milliseconds after which a subscriber that takes nothing during its start is cut off. */
  readonly stallMsMax?: number
  /** Told of faults of our own. */
  readonly onFault?: (error: unknown) => void
  /** Milliseconds between bookmarks for subscribers to whom nothing has happened. */
  readonly bookmarkMs?: number
}

/** Where a subscriber begins: with the present objects, after a revision, or with the next change. */
export type Start = { readonly after: number } | { readonly initial: boolean }

const defaultLimit: LagLimit = { frames: 10_000, bytes: 16 * 1024 ** 2 }
const pieceSize = 500

/**
 * From the log to the subscribers. The order for each is the log's, without gap or double: what lies before the
 * present is read from the database, then, at a moment at which nothing is outstanding, the subscriber joins its group.
 */
export class Hub {
  private readonly store: Store
  private readonly groups = new Map<string, Group>()
  private readonly limit: LagLimit
  private readonly stallMsMax: number
  private readonly onFault: (error: unknown) => void
  private readonly now: () => number
  private readonly unfollow: () => void
  private readonly bookmarks: NodeJS.Timeout
  private readonly enders = new Set<(refusal: Refusal) => void>()
  private subscribers = 0

  constructor({ store, now = Date.now, bookmarkMs = 60_000, ...options }: HubOptions) {
    this.store = store
    this.limit = options.limit ?? defaultLimit
    this.stallMsMax = options.stallMsMax ?? 30_000
    this.onFault = options.onFault ?? ((error) => process.emitWarning(String(error)))
    this.now = now
    this.unfollow = store.replica.onChanges((changes) => {
      for (const group of this.groups.values()) group.feed(changes)
    })
    this.bookmarks = setInterval(() => {
      for (const group of this.groups.values()) group.bookmark(store.replica.revision, now())
    }, bookmarkMs).unref()
  }

  get subscriberCount(): number {
    return this.subscribers
  }

  get groupCount(): number {
    return this.groups.size
  }

  /**
   * Serves a subscriber until `signal` aborts. Throws EXPIRED when `after` has been compacted, SLOW_CONSUMER (with the
   * resourceVersion to resume at) when it cannot keep up, and UNAVAILABLE when the server closes.
   */
  async serve(question: Question, start: Start, sink: Sink, signal: AbortSignal): Promise<void> {
    this.subscribers += 1
    try {
      const begun = 'after' in start ? await this.resumeAt(start.after) : await this.begin(question, start, sink, signal)
      const revision = await this.catchUp(question, begun, sink, signal)
      if (!signal.aborted) await this.live(question, revision, sink, signal)
    } finally {
      this.subscribers -= 1
    }
  }

  /** Ends every subscription, telling each that the server goes away. */
  close(): void {
    clearInterval(this.bookmarks)
    this.unfollow()
    for (const end of this.enders) end(new Refusal('UNAVAILABLE', 'the server is closing; subscribe again and resume'))
    this.groups.clear()
  }

  private async resumeAt(after: number): Promise<number> {
    await this.store.assertResumable(after)
    await this.store.reached(after)
    return after
  }

  private async begin(question: Question, start: { initial: boolean }, sink: Sink, signal: AbortSignal) {
    const { revision } = this.store.replica
    if (!start.initial) return revision
    const present = this.present(question)
    for (let index = 0; index < present.length && !signal.aborted; index += pieceSize) {
      const piece = present.slice(index, index + pieceSize)
      const frames = await Promise.all(piece.map((object) => frameOf(question, addedAlready(object))))
      await this.write(sink, frames, revision)
    }
    await this.write(sink, [await frameOf(question, { type: 'BOOKMARK', revision, at: this.now() })], revision)
    return revision
  }

  /** The present objects, oldest version first: the resourceVersions of a stream never go back. */
  private present({ filter }: Question): Resource[] {
    const found: Resource[] = []
    for (const kind of filter.kinds ?? this.store.replica.kinds()) {
      for (const object of this.store.replica.list(kind, { namespace: filter.namespace, selector: filter.selector })) {
        if (passes(filter, object)) found.push(object)
      }
    }
    return found.sort((left, right) => revisionOf(left) - revisionOf(right))
  }

  /** Sends what the log holds after a revision, until nothing is outstanding. Resolves with the revision reached. */
  private async catchUp(question: Question, from: number, sink: Sink, signal: AbortSignal): Promise<number> {
    let revision = from
    while (!signal.aborted && revision < this.store.replica.revision) {
      const to = this.store.replica.revision
      const logged = await this.store.changesSince(revision, to, pieceSize)
      const changes = await this.withPrevious(logged.filter((change) => concerns(question.filter, change.object)))
      const answers = await Promise.all(changes.map((change) => answer(question, change)))
      const frames = answers.filter((frame) => frame !== undefined)
      if (frames.length > 0) await this.write(sink, frames, revision)
      revision = logged.length < pieceSize ? to : (logged.at(-1)?.revision ?? to)
    }
    return revision
  }

  private async withPrevious(logged: readonly LoggedChange[]): Promise<Change[]> {
    const known = new Map(logged.map((change) => [change.revision, change]))
    const wanted = logged.flatMap(({ previous }) => (previous === undefined || known.has(previous) ? [] : [previous]))
    const older = await this.store.versions(wanted)
    return logged.map(({ previous: revision, ...change }) => {
      if (revision === undefined) return change
      const previous = (known.get(revision) ?? older.get(revision))?.object
      if (previous === undefined) throw new Refusal('EXPIRED', 'the log was compacted meanwhile; list again')
      return { ...change, previous }
    })
  }

  private async write(sink: Sink, frames: readonly Frame[], revision: number): Promise<void> {
    if (sink.congested) {
      const timer = new AbortController()
      const stalled = delay(this.stallMsMax, 'stalled', { signal: timer.signal, ref: false }).catch(() => 'settled')
      const first = await Promise.race([sink.ready(), stalled])
      timer.abort()
      if (first === 'stalled') throw slowConsumer(revision)
    }
    sink.write(frames)
    await nextTurn()
  }

  private live(question: Question, revision: number, sink: Sink, signal: AbortSignal): Promise<void> {
    let group = this.groups.get(question.key)
    if (group === undefined) this.groups.set(question.key, (group = new Group(question, this.limit, this.onFault)))
    const joined = group
    return new Promise<void>((resolve, reject) => {
      const leave = joined.join(sink, revision, (refusal) => finish(() => reject(refusal)))
      const end = (refusal: Refusal) => finish(() => reject(refusal))
      const abort = () => finish(resolve)
      const finish = (settle: () => void) => {
        leave()
        if (joined.size === 0 && this.groups.get(question.key) === joined) this.groups.delete(question.key)
        this.enders.delete(end)
        signal.removeEventListener('abort', abort)
        settle()
      }
      this.enders.add(end)
      signal.addEventListener('abort', abort)
    })
  }
}

/** A present object, told to one who has just come. */
function addedAlready(object: Resource) {
  return { type: 'ADDED' as const, revision: revisionOf(object), at: Date.parse(object.metadata.creationTimestamp), object }
}

function revisionOf(object: Resource): number {
  return Number(object.metadata.resourceVersion)
}
