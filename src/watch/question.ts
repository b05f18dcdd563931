import { type Change, type Filter, project, type WatchEvent } from './event.ts'
import type { Resource } from '../model/resource.ts'

/** What a group of subscribers asks: equal keys mean equal answers, so that they share one execution. */
export interface Question {
  readonly key: string
  readonly filter: Filter
  /** The result that a subscriber gets for an event, as JSON text. */
  readonly render: (event: WatchEvent) => string
  /** What the question selects of an object, as text. Without it every change counts. */
  readonly mask?: ((object: Resource) => string) | undefined
}

/** One result on its way to subscribers. */
export interface Frame {
  readonly revision: number
  readonly text: string
  /** The text in UTF-8. */
  readonly bytes: Buffer
}

/** The frame for a change, unless the question filters it out or nothing that it selects has changed. */
export function answer(question: Question, change: Change): Frame | undefined {
  const event = project(question.filter, change)
  if (event === undefined || isMasked(question, event)) return undefined
  return frameOf(question, event)
}

/** The frame for an event. */
export function frameOf(question: Question, event: WatchEvent): Frame {
  const text = question.render(event)
  return { revision: event.revision, text, bytes: Buffer.from(text) }
}

function isMasked({ mask }: Question, event: WatchEvent): boolean {
  if (mask === undefined || event.type !== 'MODIFIED') return false
  if (event.object === undefined || event.previous === undefined) return false
  return mask(event.object) === mask(event.previous)
}
