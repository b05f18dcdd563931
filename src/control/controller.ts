import { assert, type Refusal } from '../model/errors.ts'
import type { Operation } from '../model/operation.ts'
import { controllerOf, type Resource, type ResourceKey } from '../model/resource.ts'
import type { AppliedChange, Replica } from '../store/replica.ts'

/**
 * A control loop, as data and two functions. It is told a key, never an event; it may be called at any time, any number
 * of times; a second pass does nothing. The shell (`runController`) observes, plans and commits, for all alike.
 *
 * There is no bookkeeping of expected changes, as Kubernetes' controllers need it: a commit resolves only when the
 * replica that is observed has taken it in, so that a pass always sees what the pass before it did.
 */
export interface Controller<World> {
  /** Lower case with dashes; the actor of its changes is `system:controller:NAME`. */
  readonly name: string
  /** Which keys a change concerns. Also asked, with ADDED, about everything that is there when the loop starts. */
  readonly watches: readonly Watch[]
  /** Keys to look at when the loop starts, beside those that the watches find. */
  readonly initialKeys?: readonly string[]
  /** Reads, ahead of each pass, what the replica does not have, such as leases; `observe` then finds it. */
  readonly readAhead?: (key: string) => Promise<void>
  /** Reads all that one pass may look at. */
  readonly observe: (replica: Replica, key: string, context: PassContext) => World
  /** Decides what must be done. Pure: what is not in the world cannot change the outcome. */
  readonly plan: (world: World) => Plan
}

/** Calls `enqueue` with each key that a change concerns. Quick: it is asked about every change of every kind. */
export type Watch = (change: AppliedChange, replica: Replica, enqueue: (key: string) => void) => void

/** What a pass is given beside the replica. */
export interface PassContext {
  /** Milliseconds since the epoch. */
  readonly now: number
  /** The operation of the pass before this one on the same key that was refused for good, when there was one. */
  readonly refused: RefusedOperation | undefined
}

/** An operation that was turned down, other than by a conflict. */
export interface RefusedOperation {
  readonly operation: Operation
  readonly refusal: Refusal
}

/** What a pass wants done. */
export interface Plan {
  /** Independent of each other: each is committed or refused for itself. */
  readonly operations: readonly Operation[]
  readonly events?: readonly PlannedEvent[]
  /** When to look again though nothing has changed; 0 for at once. */
  readonly requeueAfterMs?: number
}

/** Something worth telling about an object. */
export interface PlannedEvent {
  readonly regarding: Resource
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  /** Told only when this operation has been committed; when it is refused, the refusal is told instead. */
  readonly operation?: Operation
}

/** The plan that does nothing. */
export const nothing: Plan = { operations: [] }

/** The key of a namespaced object in the queue of its controller. */
export function queueKey(namespace: string, name: string): string {
  return `${namespace}/${name}`
}

/** The object that a queue key names. */
export function resourceKey(kind: string, key: string): ResourceKey {
  const slash = key.indexOf('/')
  assert(slash >= 0, `a queue key is NAMESPACE/NAME, not ${key}`)
  return { kind, namespace: key.slice(0, slash), name: key.slice(slash + 1) }
}

/** Watches the objects of the controller's own kind. */
export function own(kind: string): Watch {
  return ({ object }, _replica, enqueue) => {
    if (object.kind === kind) enqueue(queueKey(object.metadata.namespace ?? '', object.metadata.name))
  }
}

/** Watches the objects that are, or were before the change, controlled by an object of `ownerKind`. */
export function owns(kind: string, ownerKind: string): Watch {
  return ({ object, previous }, _replica, enqueue) => {
    if (object.kind !== kind) return
    const key = ownerKey(object, ownerKind)
    if (key !== undefined) enqueue(key)
    if (previous === undefined || previous.metadata.ownerReferences === object.metadata.ownerReferences) return
    const previousKey = ownerKey(previous, ownerKind)
    if (previousKey !== undefined && previousKey !== key) enqueue(previousKey)
  }
}

function ownerKey(object: Resource, ownerKind: string): string | undefined {
  const owner = controllerOf(object)
  return owner?.kind === ownerKind ? queueKey(object.metadata.namespace ?? '', owner.name) : undefined
}
