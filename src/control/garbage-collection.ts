import { foregroundDeletion, isFinished, orphan, type PropagationPolicy, planDeletion } from '../model/deletion.ts'
import type { Operation } from '../model/operation.ts'
import type { OwnerReference, Resource } from '../model/resource.ts'
import type { Plan } from './controller.ts'

/** What one owner reference of an object points to (Kubernetes' `classifyReferences`). */
export type OwnerState = 'present' | 'absent' | 'waitingForDependents'

/** An object that names the owner, with what the decision about it needs. */
export interface Dependent {
  readonly object: Resource
  /** The state of each owner that it names, by uid. */
  readonly owners: ReadonlyMap<string, OwnerState>
  readonly hasDependents: boolean
  /** Whether one of its own dependents waits for dependents, so that a cycle of waiting is possible. */
  readonly hasWaitingDependents: boolean
}

/** All that one pass may look at: one owner, by uid, and a piece of those who name it. */
export interface GarbageWorld {
  readonly uid: string
  /** Undefined when it is gone. */
  readonly owner: Resource | undefined
  /** Those for whom the owner is not simply there; of an owner that orphans, all. */
  readonly dependents: readonly Dependent[]
  /** Whether there are more of them than are listed. */
  readonly hasMore: boolean
  /** Whether anything is left that a foreground deletion of the owner waits for. */
  readonly isBlocked: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * What must be done about the dependents of one owner: delete those that it was the last to hold, cut references to
 * what is gone, and let the owner go once a foreground or orphaning deletion of it has nothing left to wait for.
 * The rules are those of Kubernetes' `pkg/controller/garbagecollector`.
 */
export function planGarbage(world: GarbageWorld): Plan {
  const { owner, dependents, hasMore, now } = world
  if (owner !== undefined && isWaitingForOrphans(owner)) return planOrphaning(world, owner)
  const operations = dependents.flatMap((dependent) => planDependent(dependent, now) ?? [])
  if (owner !== undefined && isWaitingForDependents(owner) && !world.isBlocked) {
    operations.push(withoutFinalizer(owner, foregroundDeletion))
  }
  return { operations, ...(hasMore ? { requeueAfterMs: 0 } : {}) }
}

/** Whether the deletion of an owner waits for this object. */
export function blocks(object: Resource, ownerUid: string): boolean {
  return (object.metadata.ownerReferences ?? []).some(
    (reference) => reference.uid === ownerUid && reference.blockOwnerDeletion === true,
  )
}

/** Whether an object is being deleted and stays until its dependents are gone. */
export function isWaitingForDependents(object: Resource): boolean {
  return object.metadata.deletionTimestamp !== undefined && hasFinalizer(object, foregroundDeletion)
}

/** Whether an object is being deleted and stays until its dependents have forgotten it. */
export function isWaitingForOrphans(object: Resource): boolean {
  return object.metadata.deletionTimestamp !== undefined && hasFinalizer(object, orphan)
}

/** Dependents forget the owner first; the owner goes in the pass that finds none left. */
function planOrphaning({ uid, dependents, hasMore }: GarbageWorld, owner: Resource): Plan {
  if (dependents.length === 0) return { operations: [withoutFinalizer(owner, orphan)] }
  const operations = dependents.map(({ object }) => updateReferences(object, (reference) => reference.uid !== uid))
  return { operations, ...(hasMore ? { requeueAfterMs: 0 } : {}) }
}

/** Kubernetes' `attemptToDeleteItem`. */
function planDependent(dependent: Dependent, now: number): Operation | null {
  const { object, owners, hasDependents, hasWaitingDependents } = dependent
  // Being deleted is a one-way trip: what waits for its own dependents is handled under its own uid.
  if (object.metadata.deletionTimestamp !== undefined) return null
  const states = new Set(owners.values())
  if (states.has('present')) {
    if (states.size === 1) return null
    return updateReferences(object, (reference) => owners.get(reference.uid) === 'present')
  }
  if (states.has('waitingForDependents') && hasDependents) {
    const unblocked = hasWaitingDependents ? withoutBlocking(object) : object
    // Deleted from the version that is known; the cut of a possible cycle is part of the same change.
    return rebase(planDeletion(unblocked, { propagationPolicy: 'Foreground', now }), object)
  }
  return planDeletion(object, { propagationPolicy: policyOf(object), now })
}

function policyOf(object: Resource): PropagationPolicy {
  if (hasFinalizer(object, orphan)) return 'Orphan'
  return hasFinalizer(object, foregroundDeletion) ? 'Foreground' : 'Background'
}

function rebase(operation: Operation | null, base: Resource): Operation | null {
  return operation === null || operation.type === 'create' ? operation : { ...operation, base }
}

function hasFinalizer(object: Resource, finalizer: string): boolean {
  return object.metadata.finalizers?.includes(finalizer) ?? false
}

function updateReferences(base: Resource, keeps: (reference: OwnerReference) => boolean): Operation {
  const { ownerReferences, ...metadata } = base.metadata
  const kept = (ownerReferences ?? []).filter(keeps)
  const object = { ...base, metadata: kept.length === 0 ? metadata : { ...metadata, ownerReferences: kept } }
  return { type: 'update', object, base }
}

function withoutBlocking(object: Resource): Resource {
  const ownerReferences = (object.metadata.ownerReferences ?? []).map((reference) => {
    return reference.blockOwnerDeletion === true ? { ...reference, blockOwnerDeletion: false } : reference
  })
  return { ...object, metadata: { ...object.metadata, ownerReferences } }
}

/** Taking away the last finalizer of a deleted object is deleting it. */
function withoutFinalizer(base: Resource, finalizer: string): Operation {
  const { finalizers, ...metadata } = base.metadata
  const kept = (finalizers ?? []).filter((name) => name !== finalizer)
  const object = { ...base, metadata: kept.length === 0 ? metadata : { ...metadata, finalizers: kept } }
  return isFinished(object) ? { type: 'delete', base } : { type: 'update', object, base }
}
