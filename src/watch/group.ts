import { Refusal } from '../model/errors.ts'
import type { Change } from './event.ts'
import { answer, type Frame, frameOf, type Question } from './question.ts'
import type { Sink } from './sink.ts'

/** How far a subscriber may fall behind before it is cut off and told where to resume. */
export interface LagLimit {
  readonly frames: number
  readonly bytes: number
}

/** One subscriber of a group: its place in the group's frames. */
interface Member {
  readonly sink: Sink
  readonly onSlow: (refusal: Refusal) => void
  cursor: number
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
  private readonly members = new Set<Member>()
  private frames: Frame[] = []
  private firstIndex = 0
  private bytes = 0
  private passing = false
  private lastRevision = 0

  constructor(question: Question, limit: LagLimit) {
    this.question = question
    this.limit = limit
  }

  get size(): number {
    return this.members.size
  }

  /** Serves a sink from the next change on. `onSlow` is told when the member has been cut off. */
  join(sink: Sink, revision: number, onSlow: (refusal: Refusal) => void): () => void {
    const member: Member = { sink, onSlow, cursor: this.end, waiting: false, lastRevision: revision }
    this.members.add(member)
    this.lastRevision = Math.max(this.lastRevision, revision)
    return () => {
      this.members.delete(member)
    }
  }

  /** Takes changes in the order of the log. */
  feed(changes: readonly Change[]): void {
    for (const change of changes) this.append(answer(this.question, change))
  }

  /** Tells the members how far they have seen, if nothing has told them so for a while. */
  bookmark(revision: number, at: number): void {
    if (revision <= this.lastRevision) return
    this.append(frameOf(this.question, { type: 'BOOKMARK', revision, at }))
  }

  private get end(): number {
    return this.firstIndex + this.frames.length
  }

  private append(frame: Frame | undefined): void {
    if (frame === undefined) return
    this.frames.push(frame)
    this.bytes += frame.bytes.length
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
    const frames = member.cursor === this.firstIndex ? this.frames : this.frames.slice(member.cursor - this.firstIndex)
    member.cursor = this.end
    member.lastRevision = frames.at(-1)?.revision ?? member.lastRevision
    member.sink.write(frames)
  }

  private wait(member: Member): void {
    member.waiting = true
    void member.sink.ready().then(() => {
      member.waiting = false
      this.serve(member)
    })
  }

  private checkLag(member: Member): void {
    if (this.end - member.cursor <= this.limit.frames && this.bytes <= this.limit.bytes) return
    this.members.delete(member)
    member.onSlow(slowConsumer(member.lastRevision))
  }

  /** Drops the frames that every member has been served. */
  private trim(): void {
    let least = this.end
    for (const member of this.members) least = Math.min(least, member.cursor)
    for (const frame of this.frames.slice(0, least - this.firstIndex)) this.bytes -= frame.bytes.length
    this.frames = least === this.end ? [] : this.frames.slice(least - this.firstIndex)
    this.firstIndex = least
  }
}

/** The refusal that cuts off a subscriber and tells where it can resume. */
export function slowConsumer(revision: number): Refusal {
  return new Refusal(
    'SLOW_CONSUMER',
    `the subscriber does not keep up; subscribe again with after: "${revision}" to go on without a gap`,
    { details: { resourceVersion: String(revision) } },
  )
}
