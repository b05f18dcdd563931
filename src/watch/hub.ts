import { setImmediate as nextTurn } from 'node:timers/promises'
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

/** One who is served. */
interface Subscriber {
  readonly question: Question
  readonly sink: Sink
  readonly signal: AbortSignal
}

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
  private readonly unfollow: readonly (() => void)[]
  private readonly bookmarks: NodeJS.Timeout
  private readonly enders = new Set<(refusal: Refusal) => void>()
  private closed = false
  private subscribers = 0

  constructor({ store, now = Date.now, bookmarkMs = 60_000, ...options }: HubOptions) {
    this.store = store
    this.limit = options.limit ?? defaultLimit
    this.stallMsMax = options.stallMsMax ?? 30_000
    this.onFault = options.onFault ?? ((error) => process.emitWarning(String(error)))
    this.now = now
    this.unfollow = [
      store.replica.onChanges((changes) => {
        for (const group of this.groups.values()) group.feed(changes)
      }),
      store.replica.onGap(() => this.endAll(gapRefusal())),
    ]
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
      const subscriber = { question, sink, signal }
      let revision = 'after' in start ? await this.resumeAt(start.after) : await this.begin(subscriber, start)
      // Between the last look at what is outstanding and the joining nothing may be awaited.
      while (this.isOpen(signal) && revision < this.store.replica.revision) {
        revision = await this.catchUp(subscriber, revision)
      }
      if (this.isOpen(signal)) await this.live(subscriber, revision)
    } finally {
      this.subscribers -= 1
    }
  }

  /** Ends every subscription, telling each that the server goes away. */
  close(): void {
    clearInterval(this.bookmarks)
    for (const end of this.unfollow) end()
    this.closed = true
    this.endAll(closingRefusal())
  }

  private endAll(refusal: Refusal): void {
    for (const end of this.enders) end(refusal)
  }

  /** Whether the subscriber is still there. Throws UNAVAILABLE when the server is closing. */
  private isOpen(signal: AbortSignal): boolean {
    if (this.closed) throw closingRefusal()
    return !signal.aborted
  }

  private async resumeAt(after: number): Promise<number> {
    await this.store.assertResumable(after)
    await this.store.reached(after)
    return after
  }

  private async begin(subscriber: Subscriber, start: { initial: boolean }): Promise<number> {
    const { question, signal } = subscriber
    const { revision } = this.store.replica
    if (!start.initial) return revision
    const present = this.present(question)
    for (let index = 0; index < present.length && this.isOpen(signal); index += pieceSize) {
      const piece = present.slice(index, index + pieceSize)
      const frames = await Promise.all(piece.map(async (object) => frameOf(question, addedAlready(object))))
      await this.write(subscriber, frames)
    }
    await this.write(subscriber, [await frameOf(question, { type: 'BOOKMARK', revision, at: this.now() })])
    return revision
  }

  /** The present objects, oldest version first: the resourceVersions of a stream never go back. */
  private present({ filter }: Question): Resource[] {
    const found: Resource[] = []
    const { namespace, name, selector } = filter
    for (const kind of filter.kinds ?? this.store.replica.kinds()) {
      for (const object of this.store.replica.list(kind, { namespace, name, selector })) {
        if (passes(filter, object)) found.push(object)
      }
    }
    return found.sort((left, right) => revisionOf(left) - revisionOf(right))
  }

  /** Sends the next piece of what the log holds after a revision. Resolves with the revision reached. */
  private async catchUp(subscriber: Subscriber, revision: number): Promise<number> {
    const { question } = subscriber
    const to = this.store.replica.revision
    const logged = await this.store.changesSince(revision, to, pieceSize)
    const changes = await this.withPrevious(logged.filter((change) => concerns(question.filter, change.object)))
    const answers = await Promise.all(changes.map(async (change) => answer(question, change)))
    const frames = answers.filter((frame) => frame !== undefined)
    if (frames.length > 0) await this.write(subscriber, frames, revision)
    return logged.length < pieceSize ? to : (logged.at(-1)?.revision ?? to)
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

  /** Writes frames as soon as the subscriber can take them. `resumeAt` is where it can resume if it does not. */
  private async write({ sink, signal }: Subscriber, frames: readonly Frame[], resumeAt?: number): Promise<void> {
    if (this.isOpen(signal) && sink.congested && !(await this.readyInTime(sink, signal))) throw slowConsumer(resumeAt)
    if (!this.isOpen(signal)) return
    sink.write(frames)
    await nextTurn()
  }

  /** Waits for a sink, until it has stalled for too long (false), its subscriber has gone or the server closes. */
  private readyInTime(sink: Sink, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isReady: boolean) => {
        clearTimeout(timer)
        this.enders.delete(giveUp)
        signal.removeEventListener('abort', giveUp)
        resolve(isReady)
      }
      const giveUp = () => settle(true)
      const timer = setTimeout(() => settle(false), this.stallMsMax).unref()
      this.enders.add(giveUp)
      signal.addEventListener('abort', giveUp)
      void sink.ready().then(giveUp)
    })
  }

  private live({ question, sink, signal }: Subscriber, revision: number): Promise<void> {
    let group = this.groups.get(question.key)
    if (group === undefined) this.groups.set(question.key, (group = new Group(question, this.limit, this.onFault)))
    const joined = group
    return new Promise<void>((resolve, reject) => {
      const leave = joined.join(sink, revision, (refusal) => end(refusal))
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

function closingRefusal(): Refusal {
  return new Refusal('UNAVAILABLE', 'the server is closing; subscribe again and resume')
}

function gapRefusal(): Refusal {
  return new Refusal('EXPIRED', 'the log was compacted before this server had read it; list again')
}

/** A present object, told to one who has just come. */
function addedAlready(object: Resource) {
  return {
    type: 'ADDED' as const,
    revision: revisionOf(object),
    at: Date.parse(object.metadata.creationTimestamp),
    object,
  }
}

function revisionOf(object: Resource): number {
  return Number(object.metadata.resourceVersion)
}
