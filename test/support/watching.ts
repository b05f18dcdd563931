import type { Refusal } from '../../src/model/errors.ts'
import type { Filter, WatchEvent } from '../../src/watch/event.ts'
import type { Hub, Start } from '../../src/watch/hub.ts'
import type { Frame, Question } from '../../src/watch/question.ts'
import type { Sink } from '../../src/watch/sink.ts'

/** A sink that keeps what it is given, and that can be made to hold on as a slow peer does. */
export class RecordingSink implements Sink {
  readonly texts: string[] = []
  /** How often it was written to; one write may carry many frames. */
  writes = 0
  lastRevision = 0
  private blocked = false
  private waiting: (() => void)[] = []

  get congested(): boolean {
    return this.blocked
  }

  write(frames: readonly Frame[]): void {
    this.writes += 1
    for (const { text, revision } of frames) {
      this.texts.push(text)
      this.lastRevision = revision
    }
  }

  ready(): Promise<void> {
    return this.blocked ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve()
  }

  block(): this {
    this.blocked = true
    return this
  }

  release(): void {
    this.blocked = false
    for (const resolve of this.waiting.splice(0)) resolve()
  }
}

/** One who watches. `ended` resolves with the refusal that ended it, or with nothing after `stop`. */
export interface Watcher {
  readonly sink: RecordingSink
  readonly ended: Promise<Refusal | undefined>
  stop(): Promise<void>
}

/** Lets somebody watch. */
export function watch(hub: Hub, question: Question, start: Start, sink = new RecordingSink()): Watcher {
  const abort = new AbortController()
  const ended = hub.serve(question, start, sink, abort.signal).then(
    () => undefined,
    (refusal: Refusal) => refusal,
  )
  return {
    sink,
    ended,
    stop: async () => {
      abort.abort()
      await ended
    },
  }
}

/** The question for every event of a filter, told as lines such as `MODIFIED 7 uid-a before 5`. */
export function questionFor(filter: Filter = {}, part: Partial<Question> = {}): Question {
  return { key: 'question', filter, render: lineOf, ...part }
}

/** An event as one line of text. */
export function lineOf({ type, revision, object, previous }: WatchEvent): string {
  const before = previous === undefined ? '' : ` before ${previous.metadata.resourceVersion}`
  return `${type} ${revision}${object === undefined ? '' : ` ${object.metadata.uid}`}${before}`
}
