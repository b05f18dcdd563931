import { isFinished } from '../model/deletion.ts'
import { invalid, Refusal } from '../model/errors.ts'
import type { KindDefinition } from '../model/kind.ts'
import type { Operation } from '../model/operation.ts'
import { keyOf, type Resource } from '../model/resource.ts'
import { admitNew, admitUpdate, type Input, nameIn } from './admission.ts'
import type { CommandContext } from './command-context.ts'
import { retryOnConflict } from './retry.ts'
import { takeTurn } from './turns.ts'

/** Which object of a kind is meant. The namespace of cluster-wide kinds is ''. */
export interface Target {
  readonly definition: KindDefinition
  readonly namespace: string
  readonly name: string
}

/** Generated names that are tried before a creation gives up, as Kubernetes' API server does. */
export const generatedNamesMax = 8

/**
 * Creates an object; one without a name gets another generated name while that is taken. With `dryRun` everything is
 * judged and nothing is written. Throws ALREADY_EXISTS when the name is taken.
 */
export async function createObject(
  context: CommandContext,
  definition: KindDefinition,
  { input, dryRun }: { input: Input; dryRun: boolean },
): Promise<Resource> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryToCreate(context, admitNew(definition, input, context), dryRun)
    } catch (error) {
      const taken = error instanceof Refusal && error.code === 'ALREADY_EXISTS' && nameIn(input) === ''
      if (!taken || attempt === generatedNamesMax) throw error
    }
  }
}

async function tryToCreate(context: CommandContext, object: Resource, dryRun: boolean): Promise<Resource> {
  if (context.store.replica.get(keyOf(object)) !== undefined) {
    throw new Refusal('ALREADY_EXISTS', `${object.kind} "${object.metadata.name}" already exists`)
  }
  return dryRun ? object : context.store.commitOne({ type: 'create', object }, context.actor)
}

/** Replaces what its writer owns of an object. `metadata.resourceVersion`, if given, must be current. */
export async function updateObject(
  context: CommandContext,
  definition: KindDefinition,
  { input, dryRun }: { input: Input; dryRun: boolean },
): Promise<Resource> {
  const metadata = input['metadata'] as { name?: string; namespace?: string } | undefined
  const target = targetOf(definition, metadata?.namespace, nameIn(input))
  if (target.name === '') {
    const message = 'Required value: it says which object is meant'
    throw invalid(definition.kind, [{ field: 'metadata.name', reason: 'FieldValueRequired', message }])
  }
  return change(context, target, (current) => admitUpdate(definition, input, current), dryRun)
}

/** Reads, decides and commits the change of one object, again while others are faster. */
export async function change(
  context: CommandContext,
  target: Target,
  decide: (current: Resource) => Resource,
  dryRun = false,
): Promise<Resource> {
  return inTurn(context, target, async () => {
    const current = findObject(context, target)
    const object = decide(current)
    if (object === current || dryRun) return object
    return context.store.commitOne(operationFor(object, current), context.actor)
  })
}

/** Runs a step of one object when its turn has come, and again while others than this process are faster. */
export function inTurn<Result>(
  { store }: CommandContext,
  target: Target,
  step: () => Promise<Result>,
): Promise<Result> {
  const key = JSON.stringify([target.definition.kind, target.namespace, target.name])
  return takeTurn(store, key, () => retryOnConflict(store, step))
}

/** The object that is meant. Throws NOT_FOUND. */
export function findObject(context: CommandContext, { definition, namespace, name }: Target): Resource {
  const found = context.store.replica.get({ kind: definition.kind, namespace, name })
  if (found !== undefined) return found
  const place = definition.scope === 'Namespaced' ? ` in namespace "${namespace}"` : ''
  throw new Refusal('NOT_FOUND', `${definition.kind} "${name}" not found${place}`)
}

/** The target of a kind: cluster-wide kinds have no namespace, the others are in `default` unless told otherwise, by more than an empty text. */
export function targetOf(definition: KindDefinition, namespace: string | null | undefined, name: string): Target {
  return { definition, namespace: definition.scope === 'Namespaced' ? namespace || 'default' : '', name }
}

/** Replaces an object, or removes it when nothing else held a deleted one. */
export function operationFor(object: Resource, base: Resource): Operation {
  return isFinished(object) ? { type: 'delete', base } : { type: 'update', object, base }
}
