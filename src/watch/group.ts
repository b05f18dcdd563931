import { Refusal } from '../model/errors.ts'
import type { Change } from './event.ts'
import { answer, type Frame, frameOf, type MaybePromise, type Question } from './question.ts'
import type { Sink } from './sink.ts'

/** How far a subscriber may fall behind before it is cut off and told where to resume. */
export interface LagLimit {
  readonly frames: number
  readonly bytes: number
}

/** One subscriber of a group: its place in the group's frames. */
interface Member {
  readonly sink: Sink
  readonly onCut: (refusal: Refusal) => void
  cursor: number
  /** The group's `bytesEver` at the cursor. */
  bytesServed: number
  waiting: boolean
  lastRevision: number
}

/** Members served before the event loop gets a turn. */
const sliceSize = 1_000

/**
 * Subscribers with the same question. Each change is executed and serialised once; every member has only a cursor
 * into the common frames. What piles up while a pass over the members runs goes out in one write per member in the
 * next, so that load makes batches instead of queues. A member that cannot keep up is passed over and, beyond the
 * limit, cut off; it never delays the others.
 */
export class Group {
  private readonly question: Question
  private readonly limit: LagLimit
  private readonly onFault: (error: unknown) => void
  private readonly members = new Set<Member>()
  private frames: Frame[] = []
  private firstIndex = 0
  private bytesEver = 0
  private passing = false
  private lastRevision = 0
  private outstanding: Promise<void> | undefined

  /** `onFault` is told when a frame could not be made. */
  constructor(question: Question, limit: LagLimit, onFault: (error: unknown) => void) {
    this.question = question
    this.limit = limit
    this.onFault = onFault
  }

  get size(): number {
    return this.members.size
  }

  /** Serves a sink from the next change on. `onCut` is told when the member has been cut off. */
  join(sink: Sink, revision: number, onCut: (refusal: Refusal) => void): () => void {
    const { end: cursor, bytesEver: bytesServed } = this
    const member: Member = { sink, onCut, cursor, bytesServed, waiting: false, lastRevision: revision }
    this.members.add(member)
    this.lastRevision = Math.max(this.lastRevision, revision)
    return () => {
      this.members.delete(member)
    }
  }

  /** Takes changes in the order of the log. */
  feed(changes: readonly Change[]): void {
    for (const change of changes) this.take(() => answer(this.question, change))
  }

  /** Tells the members how far they have seen, if nothing has told them so for a while. */
  bookmark(revision: number, at: number): void {
    if (revision <= this.lastRevision) return
    this.take(() => frameOf(this.question, { type: 'BOOKMARK', revision, at }))
  }

  /** Frames stand in the order in which they were asked for, also when some of them have to be waited for. */
  private take(ask: () => MaybePromise<Frame | undefined>): void {
    try {
      const frame = ask()
      if (!(frame instanceof Promise) && this.outstanding === undefined) return this.append(frame)
      // What fails before its turn comes is handled when it comes.
      if (frame instanceof Promise) frame.catch(() => undefined)
      const taken = (this.outstanding ?? Promise.resolve()).then(async () => this.append(await frame))
      const settled: Promise<void> = taken
        .catch((error: unknown) => this.fail(error))
        .then(() => {
          if (this.outstanding === settled) this.outstanding = undefined
        })
      this.outstanding = settled
    } catch (error) {
      this.fail(error)
    }
  }

  /** A frame could not be made: the members have missed it, so they must begin again before it. */
  private fail(error: unknown): void {
    this.onFault(error)
    for (const member of this.members) {
      this.members.delete(member)
      member.onCut(
        new Refusal('UNAVAILABLE', 'an event could not be told; subscribe again to go on without a gap', {
          details: { resourceVersion: String(member.lastRevision) },
        }),
      )
    }
  }

  private get end(): number {
    return this.firstIndex + this.frames.length
  }

  private append(frame: Frame | undefined): void {
    if (frame === undefined) return
    this.frames.push(frame)
    this.bytesEver += frame.bytes.length
    this.lastRevision = frame.revision
    if (this.passing) return
    this.passing = true
    setImmediate(() => this.pass(this.members.values()))
  }

  private pass(rest: IterableIterator<Member>): void {
    for (let served = 0; served < sliceSize; served += 1) {
      const next = rest.next()
      if (next.done === true) return this.endPass()
      this.serve(next.value)
    }
    setImmediate(() => this.pass(rest))
  }

  private endPass(): void {
    this.trim()
    this.passing = [...this.members].some((member) => !member.waiting && member.cursor < this.end)
    if (this.passing) setImmediate(() => this.pass(this.members.values()))
  }

  private serve(member: Member): void {
    if (member.cursor === this.end || !this.members.has(member)) return
    if (member.waiting) return this.checkLag(member)
    if (member.sink.congested) return this.wait(member)
    const behind = member.cursor === this.firstIndex ? this.frames : this.frames.slice(member.cursor - this.firstIndex)
    // A frame that was still being made when the member joined tells what the member has been told already.
    const told = member.lastRevision
    const frames = (behind[0]?.revision ?? 0) > told ? behind : behind.filter(({ revision }) => revision > told)
    member.cursor = this.end
    member.bytesServed = this.bytesEver
    if (frames.length === 0) return
    member.lastRevision = frames.at(-1)?.revision ?? told
    member.sink.write(frames)
  }

  private wait(member: Member): void {
    member.waiting = true
    void member.sink.ready().then(() => {
      member.waiting = false
      this.serve(member)
      if (!this.passing) this.trim()
    })
  }

  private checkLag(member: Member): void {
    const { cursor, bytesServed } = member
    if (this.end - cursor <= this.limit.frames && this.bytesEver - bytesServed <= this.limit.bytes) return
    this.members.delete(member)
    member.onCut(slowConsumer(member.lastRevision))
  }

  /** Drops the frames that every member has been served. */
  private trim(): void {
    let least = this.end
    for (const member of this.members) least = Math.min(least, member.cursor)
    this.frames = least === this.end ? [] : this.frames.slice(least - this.firstIndex)
    this.firstIndex = least
  }
}

/** The refusal that cuts off a subscriber and tells where it can resume; nowhere, when it had not got the present yet. */
export function slowConsumer(revision: number | undefined): Refusal {
  if (revision === undefined) {
    return new Refusal(
      'SLOW_CONSUMER',
      'the subscriber does not take the present objects; subscribe again from the start',
    )
  }
  return new Refusal(
    'SLOW_CONSUMER',
    `the subscriber does not keep up; subscribe again with after: "${revision}" to go on without a gap`,
    { details: { resourceVersion: String(revision) } },
  )
}
