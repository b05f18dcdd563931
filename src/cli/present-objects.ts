import type { Resource } from '../model/resource.ts'
import type { ObjectEvent } from './follow.ts'

/** An event that is about an object. */
export type ObjectChange = Exclude<ObjectEvent, { readonly type: 'BOOKMARK' }>

/** What present objects are shown by. */
export interface PresentOptions {
  /** The present objects in the order in which they are shown. */
  readonly inOrder: (objects: readonly Resource[]) => readonly Resource[]
  /** Whether they are left out. */
  readonly watchOnly?: boolean | undefined
}

/** Holds the objects that there are until all of them have come, so that they are shown in their order. */
export class PresentObjects {
  readonly #inOrder: PresentOptions['inOrder']
  #held: Resource[] | undefined

  constructor({ inOrder, watchOnly }: PresentOptions) {
    this.#inOrder = inOrder
    this.#held = watchOnly === true ? undefined : []
  }

  /** What is to be shown now that this has come. */
  take(event: ObjectEvent): readonly ObjectChange[] {
    if (event.type !== 'BOOKMARK') {
      if (this.#held === undefined) return [event]
      this.#held.push(event.object)
      return []
    }
    const held = this.#held ?? []
    this.#held = undefined
    return this.#inOrder(held).map((object) => ({ type: 'ADDED', object }))
  }
}
