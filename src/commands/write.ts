import { type PropagationPolicy, planDeletion } from '../model/deletion.ts'
import { Refusal } from '../model/errors.ts'
import type { KindDefinition } from '../model/kind.ts'
import type { Operation } from '../model/operation.ts'
import type { Resource } from '../model/resource.ts'
import { admitNew, admitUpdate, type Input } from './admission.ts'
import type { CommandContext } from './command-context.ts'
import { retryOnConflict } from './retry.ts'

/** Which object of a kind is meant. The namespace of cluster-wide kinds is ''. */
export interface Target {
  readonly definition: KindDefinition
  readonly namespace: string
  readonly name: string
}

/** Creates an object. With `dryRun` everything is judged and nothing is written. */
export async function createObject(
  context: CommandContext,
  definition: KindDefinition,
  { input, dryRun }: { input: Input; dryRun: boolean },
): Promise<Resource> {
  const object = admitNew(definition, input, context)
  if (!dryRun) return context.store.commitOne({ type: 'create', object }, context.actor)
  if (context.store.replica.get({ kind: definition.kind, ...placeOf(object) }) !== undefined) {
    throw new Refusal('ALREADY_EXISTS', `${definition.kind} "${object.metadata.name}" already exists`)
  }
  return object
}

/** Replaces what its writer owns of an object. `metadata.resourceVersion`, if given, must be current. */
export async function updateObject(
  context: CommandContext,
  definition: KindDefinition,
  { input, dryRun }: { input: Input; dryRun: boolean },
): Promise<Resource> {
  const metadata = input['metadata'] as { name?: string; namespace?: string } | undefined
  const target = targetOf(definition, metadata?.namespace, metadata?.name ?? '')
  return change(context, target, (current) => admitUpdate(definition, input, current), dryRun)
}

/** Deletes an object as its kind, grace period and propagation policy want. Resolves with the object as it is then. */
export async function deleteObject(
  context: CommandContext,
  target: Target,
  options: { gracePeriodSeconds?: number | undefined; propagationPolicy?: PropagationPolicy | undefined },
): Promise<Resource> {
  if (options.gracePeriodSeconds !== undefined && options.gracePeriodSeconds < 0) {
    const message = `Invalid value: ${options.gracePeriodSeconds}: must be greater than or equal to 0`
    throw new Refusal('INVALID', `gracePeriodSeconds: ${message}`, {
      causes: [{ field: 'gracePeriodSeconds', reason: 'FieldValueInvalid', message }],
    })
  }
  return retryOnConflict(context.store, async () => {
    const current = find(context, target)
    const operation = planDeletion(current, { ...options, now: context.now() })
    return operation === null ? current : context.store.commitOne(operation, context.actor)
  })
}

/** Reads, decides and commits the change of one object, again while others are faster. */
export async function change(
  context: CommandContext,
  target: Target,
  decide: (current: Resource) => Resource,
  dryRun = false,
): Promise<Resource> {
  return retryOnConflict(context.store, async () => {
    const current = find(context, target)
    const object = decide(current)
    if (object === current || dryRun) return object
    return context.store.commitOne(operationFor(object, current), context.actor)
  })
}

/** The object that is meant. Throws NOT_FOUND. */
export function find(context: CommandContext, { definition, namespace, name }: Target): Resource {
  const found = context.store.replica.get({ kind: definition.kind, namespace, name })
  if (found !== undefined) return found
  const place = definition.scope === 'Namespaced' ? ` in namespace "${namespace}"` : ''
  throw new Refusal('NOT_FOUND', `${definition.kind} "${name}" not found${place}`)
}

/** The target of a kind: cluster-wide kinds have no namespace, the others are in `default` unless told otherwise. */
export function targetOf(definition: KindDefinition, namespace: string | null | undefined, name: string): Target {
  return { definition, namespace: definition.scope === 'Namespaced' ? (namespace ?? 'default') : '', name }
}

/** Replaces an object, or removes it when it was only waiting for its last finalizer. */
function operationFor(object: Resource, base: Resource): Operation {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = object.metadata
  const finished =
    deletionTimestamp !== undefined && (deletionGracePeriodSeconds ?? 0) === 0 && (finalizers ?? []).length === 0
  return finished ? { type: 'delete', base } : { type: 'update', object, base }
}

function placeOf(object: Resource): { namespace: string; name: string } {
  return { namespace: object.metadata.namespace ?? '', name: object.metadata.name }
}
