import { Refusal } from '../model/errors.ts'
import type { EventRecord } from '../model/event-record.ts'
import type { EventTable, WrittenEvent } from '../store/event-table.ts'
import { endable } from './endable.ts'

export interface EventFeedOptions {
  readonly events: Pick<EventTable, 'lastSequence' | 'onWrites' | 'writtenAfter'>
  /** Told when the table could not be looked at; it is again, at the next ring or poll. */
  readonly onFault: (error: unknown) => void
  /** Events that are kept at hand for all who follow; who is further behind reads them from the table. Default 2,000. */
  readonly recentMax?: number
}

/** Which events somebody follows, and from where. */
export interface EventFollowing {
  /** Go on after this place. */
  readonly after?: number | undefined
  /** Without a place: begin with the present events and a BOOKMARK, or with the next event. */
  readonly initial: boolean
  readonly accepts: (record: EventRecord) => boolean
}

/** What a follower is told. A BOOKMARK has no event: "you have seen everything up to here". */
export interface ToldEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'BOOKMARK'
  /** The place to go on after. */
  readonly cursor: number
  readonly record?: EventRecord
}

interface Follower {
  stopped: boolean
  wake: () => void
}

/** Events that are read at once. */
const pieceSize = 500

/**
 * Kubernetes Events as they are written, by whatever thread or process. The table is looked at when it may have changed,
 * and only while somebody follows. A follower is only a place in the order of the writes: it takes what comes next when it
 * can, from the events at hand or, when it is far behind, from the table, so that nothing piles up for a slow one.
 */
export class EventFeed {
  private readonly options: EventFeedOptions
  private readonly followers = new Set<Follower>()
  private unlisten: (() => void) | undefined
  /** Everything that was written after `recentAfter`, up to the last look. */
  private recent: WrittenEvent[] = []
  private recentAfter = 0
  private looking: Promise<void> | undefined
  private looksAgain = false
  private closed = false

  constructor(options: EventFeedOptions) {
    this.options = options
  }

  get followerCount(): number {
    return this.followers.size
  }

  /**
   * Follows until the iterator is returned or `signal` aborts. Throws INVALID for a place that has not been reached yet;
   * the iterator throws UNAVAILABLE when the server closes.
   */
  async follow(following: EventFollowing, signal?: AbortSignal): Promise<AsyncGenerator<ToldEvent>> {
    if (this.closed) throw closingRefusal()
    const last = await this.options.events.lastSequence()
    const { after = last } = following
    if (after > last) throw futureRefusal(after)
    const follower: Follower = { stopped: false, wake: () => undefined }
    const stop = (): void => {
      follower.stopped = true
      this.leave(follower)
      follower.wake()
    }
    return endable(this.tell(follower, following, after), stop, signal)
  }

  /** Ends every stream, telling each that the server goes away. */
  close(): void {
    this.closed = true
    for (const follower of this.followers) follower.wake()
  }

  private async *tell(follower: Follower, following: EventFollowing, start: number): AsyncGenerator<ToldEvent> {
    if (follower.stopped) return
    this.join(follower, start)
    try {
      let place = start
      if (following.after === undefined && following.initial) {
        place = yield* this.present(follower, following, start)
        yield { type: 'BOOKMARK', cursor: place }
      }
      while (this.isOpen(follower)) {
        const piece = await this.piece(place)
        if (piece.length === 0) await this.woken(follower, place)
        for (const written of piece) {
          if (!this.isOpen(follower)) return
          place = written.sequence
          if (following.accepts(written.record)) yield toldOf(written)
        }
      }
    } finally {
      this.leave(follower)
    }
  }

  /** Tells what there is, up to the last write before. Returns the place after it. */
  private async *present(
    follower: Follower,
    { accepts }: EventFollowing,
    upTo: number,
  ): AsyncGenerator<ToldEvent, number> {
    for (let place = 0; this.isOpen(follower); ) {
      const piece = await this.options.events.writtenAfter(place, pieceSize)
      for (const { record, sequence } of piece) {
        if (sequence > upTo || !this.isOpen(follower)) return upTo
        place = sequence
        if (accepts(record)) yield { type: 'ADDED', cursor: sequence, record }
      }
      if (piece.length < pieceSize) break
    }
    return upTo
  }

  /** What comes next after a place. Nothing, when nothing has been written since. */
  private async piece(place: number): Promise<readonly WrittenEvent[]> {
    const older = place < this.recentAfter ? await this.options.events.writtenAfter(place, pieceSize) : []
    if (older.length > 0) return older
    const first = firstAfter(this.recent, place)
    return this.recent.slice(first, first + pieceSize)
  }

  /** Resolves when more may have been written. */
  private woken(follower: Follower, place: number): Promise<void> {
    return new Promise((resolve) => {
      follower.wake = resolve
      // What has come since the last look would wake nobody any more.
      if (follower.stopped || this.closed || (this.recent.at(-1)?.sequence ?? 0) > place) resolve()
    })
  }

  /** Whether the follower is still there. Throws UNAVAILABLE when the server is closing. */
  private isOpen(follower: Follower): boolean {
    if (this.closed && !follower.stopped) throw closingRefusal()
    return !follower.stopped
  }

  private join(follower: Follower, place: number): void {
    this.followers.add(follower)
    if (this.unlisten !== undefined) return
    this.recentAfter = place
    this.unlisten = this.options.events.onWrites(() => this.look())
    this.look()
  }

  private leave(follower: Follower): void {
    this.followers.delete(follower)
    if (this.followers.size > 0) return
    this.unlisten?.()
    this.unlisten = undefined
    this.recent = []
  }

  /** Looks at the table, and once more if it may have changed meanwhile. */
  private look(): void {
    this.looksAgain = this.looking !== undefined
    this.looking ??= this.takeIn()
      .catch((error: unknown) => this.options.onFault(error))
      .then(() => {
        this.looking = undefined
        if (this.looksAgain && this.unlisten !== undefined) this.look()
      })
  }

  private async takeIn(): Promise<void> {
    const { events, recentMax = 2_000 } = this.options
    for (let isMore = true; isMore && this.unlisten !== undefined; ) {
      const after = this.recent.at(-1)?.sequence ?? this.recentAfter
      const piece = await events.writtenAfter(after, pieceSize)
      // Who began anew meanwhile begins elsewhere.
      if (after !== (this.recent.at(-1)?.sequence ?? this.recentAfter)) continue
      this.recent.push(...piece)
      const dropped = this.recent.splice(0, Math.max(0, this.recent.length - recentMax))
      this.recentAfter = dropped.at(-1)?.sequence ?? this.recentAfter
      if (piece.length > 0) for (const follower of this.followers) follower.wake()
      isMore = piece.length === pieceSize
    }
  }
}

function toldOf({ record, sequence, isNew }: WrittenEvent): ToldEvent {
  return { type: isNew ? 'ADDED' : 'MODIFIED', cursor: sequence, record }
}

/** The index of the first event that was written after a place. */
function firstAfter(events: readonly WrittenEvent[], place: number): number {
  let [low, high] = [0, events.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((events[middle]?.sequence ?? 0) > place) high = middle
    else low = middle + 1
  }
  return low
}

function futureRefusal(after: number): Refusal {
  const message = `Invalid value: "${after}": no event has been written there yet`
  return new Refusal('INVALID', `after: ${message}`, {
    causes: [{ field: 'after', reason: 'FieldValueInvalid', message }],
  })
}

function closingRefusal(): Refusal {
  return new Refusal('UNAVAILABLE', 'the server is closing; subscribe again and resume')
}
