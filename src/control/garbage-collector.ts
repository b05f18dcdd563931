import type { KindDefinition } from '../model/kind.ts'
import type { OwnerReference, Resource } from '../model/resource.ts'
import type { AppliedChange, Replica } from '../store/replica.ts'
import type { Controller, PassContext } from './controller.ts'
import {
  blocks,
  type Dependent,
  type GarbageWorld,
  isWaitingForDependents,
  isWaitingForOrphans,
  type OwnerState,
  planGarbage,
} from './garbage-collection.ts'

/** Dependents handled in one pass: one transaction of some 20 ms. */
const dependentsPerPassMax = 1_000

/**
 * Collects what has lost its owners. Its keys are the uids of owners, since all that is left of an owner that is gone is
 * the uid by which its dependents name it. Owners of a kind that is not among `kinds` are never taken for gone.
 */
export function garbageCollector(kinds: readonly KindDefinition[]): Controller<GarbageWorld> {
  const scopes = new Map(kinds.map(({ kind, scope }) => [kind, scope]))
  return {
    name: 'generic-garbage-collector',
    watches: [(change, replica, enqueue) => enqueueOwners(change, { replica, scopes }, enqueue)],
    observe: (replica, uid, context) => observe(uid, { replica, scopes }, context),
    plan: planGarbage,
  }
}

interface Sight {
  readonly replica: Replica
  /** Where objects of each known kind live. */
  readonly scopes: ReadonlyMap<string, KindDefinition['scope']>
}

function enqueueOwners(change: AppliedChange, sight: Sight, enqueue: (uid: string) => void): void {
  const { type, object, previous } = change
  const references = object.metadata.ownerReferences
  if (type === 'DELETED') {
    if (hasAny(sight.replica.ownedBy(object.metadata.uid))) enqueue(object.metadata.uid)
    enqueueWaiting(references, sight, enqueue)
    return
  }
  if (isWaitingForDependents(object) || isWaitingForOrphans(object)) enqueue(object.metadata.uid)
  if (previous?.metadata.ownerReferences === references) return
  enqueueWaiting(previous?.metadata.ownerReferences, sight, enqueue)
  for (const reference of references ?? []) {
    if (stateOf(reference, object, sight) !== 'present') enqueue(reference.uid)
  }
}

/** Owners that wait for their dependents want to know when they have lost one. */
function enqueueWaiting(
  references: readonly OwnerReference[] | undefined,
  { replica }: Sight,
  enqueue: (uid: string) => void,
): void {
  for (const { uid } of references ?? []) {
    const owner = replica.byUid(uid)
    if (owner !== undefined && (isWaitingForDependents(owner) || isWaitingForOrphans(owner))) enqueue(uid)
  }
}

function observe(uid: string, sight: Sight, { now }: PassContext): GarbageWorld {
  const owner = sight.replica.byUid(uid)
  const orphans = owner !== undefined && isWaitingForOrphans(owner)
  const dependents: Dependent[] = []
  let hasMore = false
  let isBlocked = false
  for (const object of sight.replica.ownedBy(uid)) {
    isBlocked ||= blocks(object, uid)
    if (!orphans && object.metadata.deletionTimestamp !== undefined) continue
    const dependent = dependentOf(object, sight)
    if (!orphans && dependent.owners.get(uid) === 'present') continue
    hasMore = dependents.length === dependentsPerPassMax
    if (hasMore) break
    dependents.push(dependent)
  }
  return { uid, owner, dependents, hasMore, isBlocked, now }
}

function dependentOf(object: Resource, sight: Sight): Dependent {
  const owners = new Map<string, OwnerState>()
  for (const reference of object.metadata.ownerReferences ?? []) {
    owners.set(reference.uid, stateOf(reference, object, sight))
  }
  let hasDependents = false
  let hasWaitingDependents = false
  for (const dependent of sight.replica.ownedBy(object.metadata.uid)) {
    hasDependents = true
    hasWaitingDependents ||= isWaitingForDependents(dependent)
    if (hasWaitingDependents) break
  }
  return { object, owners, hasDependents, hasWaitingDependents }
}

/**
 * Whether an owner is there, as Kubernetes looks it up: by the kind and name that the reference gives, in the dependent's
 * own namespace when the kind has one, with the same uid. What cannot be judged counts as present, so that nothing is
 * deleted by mistake: a kind that is not known, or a cluster-wide object that names a namespaced owner.
 */
function stateOf(reference: OwnerReference, dependent: Resource, { replica, scopes }: Sight): OwnerState {
  const scope = scopes.get(reference.kind)
  const namespace = dependent.metadata.namespace ?? ''
  if (scope === undefined || (scope === 'Namespaced' && namespace === '')) return 'present'
  const owner = replica.byUid(reference.uid)
  if (owner === undefined || owner.kind !== reference.kind || owner.metadata.name !== reference.name) return 'absent'
  if (scope === 'Namespaced' && owner.metadata.namespace !== namespace) return 'absent'
  return isWaitingForDependents(owner) ? 'waitingForDependents' : 'present'
}

function hasAny(iterable: Iterable<unknown>): boolean {
  for (const _ of iterable) return true
  return false
}
