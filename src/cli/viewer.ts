import type { Resource } from '../model/resource.ts'
import type { ObjectEvent } from './follow.ts'

/** Where the events of a watch are seen. */
export interface Viewer {
  show(event: ObjectEvent): void
  /** Tells something that has to do with the watch and not with an object. */
  say(sentence: string): void
  close(): void
}

/** The order of lists: by namespace, then by name. */
export function byName({ metadata: left }: Resource, { metadata: right }: Resource): number {
  const [a, b] = [`${left.namespace ?? ''}/${left.name}`, `${right.namespace ?? ''}/${right.name}`]
  return a < b ? -1 : a > b ? 1 : 0
}
