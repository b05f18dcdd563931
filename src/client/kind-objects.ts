import type { KindTypes } from './generated/kinds.ts'

/** An object of any kind, as Kubernetes has it: what is not set is absent. */
export type AnyObject = KindTypes[keyof KindTypes]['object']

/** The objects of these kinds; of any kind, when a name is not that of a kind. */
export type ObjectOfKind<Kind extends string> = [Extract<AnyObject, { kind: Kind }>] extends [never]
  ? AnyObject
  : Extract<AnyObject, { kind: Kind }>

/** How one object is found. */
export interface Place {
  readonly name: string
  /** Default `default`; nothing for kinds that are not in namespaces. */
  readonly namespace?: string | undefined
}

/** Which objects are meant. */
export interface Selection {
  /** Only this namespace; all without it. */
  readonly namespace?: string | undefined
  /** Kubernetes label selector, such as `app=web,tier in (fe,be),!canary`. */
  readonly labelSelector?: string | undefined
  /** Kubernetes field selector, such as `status.phase!=Running`. */
  readonly fieldSelector?: string | undefined
}

/** Objects as they were at one place of the log. */
export interface ObjectList<Item> {
  readonly items: readonly Item[]
  /** A watch after it misses nothing. */
  readonly resourceVersion: string
}
