import type { Operation } from './operation.ts'
import type { ObjectMeta, Resource } from './resource.ts'
import { timestamp } from './timestamp.ts'

/** What becomes of the dependents of a deleted object (Kubernetes `metav1.DeletionPropagation`). */
export type PropagationPolicy = 'Foreground' | 'Background' | 'Orphan'

/** One wish to delete one object (Kubernetes `metav1.DeleteOptions`). */
export interface DeletionRequest {
  /** Seconds that the object may take to end; 0 is at once, less than 0 counts as 1. Only pods take time. */
  readonly gracePeriodSeconds?: number | undefined
  /** Without it what the object's finalizers already say, else Background. */
  readonly propagationPolicy?: PropagationPolicy | undefined
  /** Now, in milliseconds since 1970. */
  readonly now: number
}

/** The finalizer that holds an owner until its dependents are gone (`metav1.FinalizerDeleteDependents`). */
export const foregroundDeletion = 'foregroundDeletion'

/** The finalizer that holds an owner until its dependents have forgotten it (`metav1.FinalizerOrphanDependents`). */
export const orphan = 'orphan'

/**
 * What a request to delete does to an object, the only place where that is decided: it goes (`delete`), or it is marked
 * with a deletionTimestamp and waits for its finalizers or its grace period (`update`), or it is already so (null).
 * A later request may shorten a grace period, never lengthen it. The rules are those of Kubernetes' `rest.BeforeDelete`,
 * `podStrategy.CheckGracefulDelete` and the generic registry's `Store.Delete`.
 */
export function planDeletion(resource: Resource, request: DeletionRequest): Operation | null {
  const mark =
    resource.metadata.deletionTimestamp === undefined ? markFirst(resource, request) : markAgain(resource, request)
  if (mark === null) return null
  const finalizers = finalizersAfter(resource, request.propagationPolicy)
  const mayGo = finalizers.length === 0 && !hasNamespaceFinalizers(resource)
  if (mayGo && mark.deletionGracePeriodSeconds === 0) return { type: 'delete', base: resource }
  const metadata = withFinalizers({ ...resource.metadata, ...mark }, finalizers)
  if (isUnchanged(resource.metadata, metadata)) return null
  return { type: 'update', object: { ...resource, metadata }, base: resource }
}

/**
 * Whether nothing holds a deleted object any more, so that an update which leads here is a delete: it has a
 * deletionTimestamp, no grace period to wait for and no finalizer (Kubernetes `ShouldDeleteDuringUpdate`; of a Namespace
 * `spec.finalizers` count too).
 */
export function isFinished(resource: Resource): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = resource.metadata
  if (deletionTimestamp === undefined || (deletionGracePeriodSeconds ?? 0) !== 0) return false
  return (finalizers ?? []).length === 0 && !hasNamespaceFinalizers(resource)
}

interface Mark {
  readonly deletionTimestamp: string
  readonly deletionGracePeriodSeconds: number
  readonly generation?: number
}

/** The marks of a first request. The generation counts it, so that controllers see a new wish. */
function markFirst(resource: Resource, request: DeletionRequest): Mark {
  const seconds = gracePeriodOf(resource, request)
  const generation = resource.metadata.generation ?? 0
  return {
    deletionTimestamp: timestampOf(request.now + seconds * 1000),
    deletionGracePeriodSeconds: seconds,
    ...(generation > 0 ? { generation: generation + 1 } : {}),
  }
}

/** The marks of a further request; null where the one before stands: the same or more time was asked for, or none named. */
function markAgain(resource: Resource, request: DeletionRequest): Mark | null {
  const deletionTimestamp = resource.metadata.deletionTimestamp ?? ''
  const current = atLeastOneIfNegative(resource.metadata.deletionGracePeriodSeconds ?? 0)
  const deletionTime = Date.parse(deletionTimestamp)
  if (current === 0) {
    const isAhead = deletionTime > request.now
    return { deletionTimestamp: isAhead ? timestampOf(request.now) : deletionTimestamp, deletionGracePeriodSeconds: 0 }
  }
  if (request.gracePeriodSeconds === undefined) return null
  const seconds = atLeastOneIfNegative(request.gracePeriodSeconds)
  if (seconds >= current) return null
  const sooner = timestampOf(deletionTime - (current - seconds) * 1000)
  return { deletionTimestamp: sooner, deletionGracePeriodSeconds: seconds }
}

const defaultGracePeriodSeconds = 30

/** Only a pod that a node has and that has not ended takes time. */
function gracePeriodOf(resource: Resource, request: DeletionRequest): number {
  if (resource.kind !== 'Pod') return 0
  const spec = fieldsOf(resource['spec'])
  const phase = fieldsOf(resource['status'])['phase']
  const isAssigned = typeof spec['nodeName'] === 'string' && spec['nodeName'] !== ''
  if (!isAssigned || phase === 'Succeeded' || phase === 'Failed') return 0
  const own = spec['terminationGracePeriodSeconds']
  const seconds = request.gracePeriodSeconds ?? (typeof own === 'number' ? own : defaultGracePeriodSeconds)
  return atLeastOneIfNegative(seconds)
}

function atLeastOneIfNegative(seconds: number): number {
  return seconds < 0 ? 1 : seconds
}

/** The finalizers with the one of the policy and without the other. No policy leaves the one that is there. */
function finalizersAfter(resource: Resource, policy: PropagationPolicy | undefined): readonly string[] {
  const finalizers = resource.metadata.finalizers ?? []
  if (policy === undefined) return finalizers
  const wanted = policy === 'Foreground' ? foregroundDeletion : policy === 'Orphan' ? orphan : undefined
  const others = finalizers.filter((name) => name !== foregroundDeletion && name !== orphan)
  if (wanted === undefined) return others.length === finalizers.length ? finalizers : others
  const isThereAlone = finalizers.includes(wanted) && others.length + 1 === finalizers.length
  return isThereAlone ? finalizers : [...others, wanted]
}

function hasNamespaceFinalizers(resource: Resource): boolean {
  if (resource.kind !== 'Namespace') return false
  const finalizers = fieldsOf(resource['spec'])['finalizers']
  return Array.isArray(finalizers) && finalizers.length > 0
}

function withFinalizers(metadata: ObjectMeta, finalizers: readonly string[]): ObjectMeta {
  const { finalizers: before = [], ...rest } = metadata
  if (finalizers === before) return metadata
  return finalizers.length === 0 ? rest : { ...rest, finalizers: [...finalizers] }
}

function isUnchanged(before: ObjectMeta, after: ObjectMeta): boolean {
  return (
    before.deletionTimestamp === after.deletionTimestamp &&
    before.deletionGracePeriodSeconds === after.deletionGracePeriodSeconds &&
    (before.finalizers === after.finalizers || (before.finalizers ?? []).length + (after.finalizers ?? []).length === 0)
  )
}

const lastTimeOfRfc3339 = Date.UTC(9999, 11, 31, 23, 59, 59)

/** RFC 3339 in UTC with whole seconds, as Kubernetes' `metav1.Time` is written; a time after the year 9999 is its end. */
function timestampOf(milliseconds: number): string {
  return timestamp(Math.min(milliseconds, lastTimeOfRfc3339))
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
