import { isBehind } from './resource-version.ts'
import { retell, type StreamEvent } from './stream-event.ts'

/** Where a watch begins, when it does not with the objects that are present. */
export interface WatchStart {
  readonly after: string
  /** The objects that were there at `after`, or later, as events that have told of them; unknown without it. */
  readonly present?: readonly StreamEvent[]
}

interface Known {
  readonly position: string
  readonly object: NonNullable<StreamEvent['object']>
}

/**
 * How far a watch has come, and what it has told: from that follows where it goes on when it was interrupted, and what of
 * what comes then is new. Pure but for its own state: events in, events out.
 *
 * It keeps the last version of each object that is there, so that it can tell what has changed and what has vanished while
 * the log does not reach back so far any more.
 */
export class WatchProgress {
  readonly #known = new Map<string, Known>()
  #position: string | undefined
  /** Whether the present objects have all been told, so that a later watch goes on behind the position. */
  #isWhole = false
  /** Whether every object of the selection is known. */
  #isComplete = true
  /** Whether there was an object that could not be known again. */
  #isBlind = false
  /** What a new list has brought so far, after something had been told before it. */
  #fresh: StreamEvent[] | undefined

  constructor(start?: WatchStart) {
    if (start === undefined) return
    this.#position = start.after
    this.#isWhole = true
    this.#isComplete = start.present !== undefined
    for (const { object, position } of start.present ?? []) {
      if (object !== undefined) this.#known.set(object.uid, { object, position })
    }
  }

  /** Whether the present objects have been told, so that what comes is news. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /** A subscription begins. Returns its `after`; without one it has to begin with the objects that are present. */
  begin(): string | undefined {
    this.#fresh = undefined
    if (this.#isWhole || this.#isBlind) return this.#position
    if (this.#position !== undefined) this.#fresh = []
    return undefined
  }

  /** The log does not reach back to the position. Returns whether a new list can make up for it. */
  expire(): boolean {
    this.#isWhole = false
    return !this.#isBlind
  }

  /** Takes the next event of the subscription. Returns what is to be told of it, in order. */
  take(event: StreamEvent): StreamEvent[] {
    if (event.type === 'BOOKMARK') {
      const told = this.#fresh === undefined ? [] : this.#compare(this.#fresh, event)
      this.#fresh = undefined
      this.#isWhole = true
      this.#position = event.position
      return [...told, event]
    }
    if (this.#fresh !== undefined) {
      this.#fresh.push(event)
      return []
    }
    this.#position = event.position
    return this.#follow(event)
  }

  #follow(event: StreamEvent): StreamEvent[] {
    const { type, position, object } = event
    if (object === undefined) {
      this.#isBlind = true
      return [event]
    }
    const known = this.#known.get(object.uid)
    if (type === 'DELETED') {
      this.#known.delete(object.uid)
      return known === undefined && this.#isComplete ? [] : [event]
    }
    if (known !== undefined && !isBehind(position, known.position)) return []
    this.#known.set(object.uid, { object, position })
    if (known !== undefined || type === 'ADDED' || !this.#isComplete) return [event]
    return [retell(event, { type: 'ADDED', position, object })]
  }

  /**
   * What a new list tells that was not told before: first what has vanished, at the place up to which everything was told,
   * then what is new or has changed, in the order of the log. So whoever stores a position can go on from it.
   */
  #compare(fresh: readonly StreamEvent[], bookmark: StreamEvent): StreamEvent[] {
    const last = this.#position ?? bookmark.position
    const present = new Set(fresh.map(({ object }) => object?.uid))
    const told: StreamEvent[] = []
    for (const [uid, { object }] of this.#known) {
      if (present.has(uid)) continue
      this.#known.delete(uid)
      told.push(retell(bookmark, { type: 'DELETED', position: last, object }))
    }
    for (const event of fresh) told.push(...this.#compareOne(event, last))
    this.#isComplete = true
    return told
  }

  #compareOne(event: StreamEvent, last: string): StreamEvent[] {
    const { object, position } = event
    if (object === undefined) return [event]
    const known = this.#known.get(object.uid)
    this.#known.set(object.uid, { object, position })
    // An object that has not changed since then was there then.
    if (known === undefined) return isBehind(position, last) ? [event] : []
    if (!isBehind(position, known.position) || isSame(object.value, known.object.value)) return []
    return [retell(event, { type: 'MODIFIED', position, object, previous: known.object.value })]
  }
}

/** Whether two answers to one selection are the same. */
function isSame(left: object, right: object): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
