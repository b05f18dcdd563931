import type { Resource } from '../model/resource.ts'
import { type Change, type Filter, project, type WatchEvent } from './event.ts'

/** A value at once where it can be had at once: an event costs no turn of the event loop without need. */
export type MaybePromise<Value> = Value | Promise<Value>

/** What a group of subscribers asks: equal keys mean equal answers, so that they share one execution. */
export interface Question {
  readonly key: string
  readonly filter: Filter
  /** The result that a subscriber gets for an event, as JSON text. */
  readonly render: (event: WatchEvent) => MaybePromise<string>
  /** What the question selects of an object, as text. Without it every change counts. */
  readonly mask?: ((object: Resource) => MaybePromise<string>) | undefined
}

/** One result on its way to subscribers. */
export interface Frame {
  readonly revision: number
  readonly text: string
  /** The text in UTF-8. */
  readonly bytes: Buffer
}

/** The frame for a change, unless the question filters it out or nothing that it selects has changed. */
export function answer(question: Question, change: Change): MaybePromise<Frame | undefined> {
  const event = project(question.filter, change)
  if (event === undefined) return undefined
  return then(isMasked(question, event), (masked) => (masked ? undefined : frameOf(question, event)))
}

/** The frame for an event. */
export function frameOf({ render }: Question, event: WatchEvent): MaybePromise<Frame> {
  return then(render(event), (text) => ({ revision: event.revision, text, bytes: Buffer.from(text) }))
}

function isMasked({ mask }: Question, event: WatchEvent): MaybePromise<boolean> {
  const { type, object, previous } = event
  if (mask === undefined || type !== 'MODIFIED' || object === undefined || previous === undefined) return false
  return then(mask(object), (now) => then(mask(previous), (before) => now === before))
}

function then<Value, Result>(value: MaybePromise<Value>, next: (value: Value) => MaybePromise<Result>) {
  return value instanceof Promise ? value.then(next) : next(value)
}
