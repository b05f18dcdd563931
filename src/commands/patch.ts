import { mergePatch } from '../manifest/merge-patch.ts'
import { type Cause, invalid, Refusal } from '../model/errors.ts'
import { forbiddenFault, typeFault } from '../model/fault.ts'
import { excessIn } from '../model/json-size.ts'
import type { KindDefinition } from '../model/kind.ts'
import { validateMetadataUpdate } from '../model/metadata-validation.ts'
import type { ObjectMeta, Resource } from '../model/resource.ts'
import { isSameJson } from '../model/same-json.ts'
import { admitUpdate, type Input, nameIn, serverFields } from './admission.ts'
import type { CommandContext } from './command-context.ts'
import { theEvent, updateEvent } from './events.ts'
import { change, type Target } from './write.ts'

/** How a patch is to be carried out. */
export interface PatchOptions {
  /** A JSON merge patch (RFC 7386). */
  readonly patch: unknown
  readonly dryRun: boolean
}

/** Levels of nesting that a patch may have; no object has as many. */
const depthMax = 64

/**
 * Changes an object by a JSON merge patch, again while others are faster unless the patch names a
 * `metadata.resourceVersion`. With `dryRun` everything is judged and nothing is written. Throws INVALID with all faults,
 * those of what only the server writes included, NOT_FOUND, and CONFLICT for another version or uid.
 */
export async function patchObject(
  context: CommandContext,
  target: Target,
  { patch, dryRun }: PatchOptions,
): Promise<Resource> {
  assertPatch(patch)
  const { definition } = target
  if (definition.kind !== 'Event') {
    return change(context, target, (current) => patched(definition, current, patch), dryRun)
  }
  const current = await theEvent(context, target)
  const input = mergePatch(current, patch) as Input
  const namespace = metadataIn(input).namespace ?? ''
  refuse(current, validateMetadataUpdate({ name: nameIn(input), namespace }, current.metadata))
  return updateEvent(context, { input, dryRun })
}

function patched(definition: KindDefinition, current: Resource, patch: unknown): Resource {
  const wanted = mergePatch(current, patch) as Input
  const faults = ownedFaults(definition, wanted, current)
  try {
    const object = admitUpdate(definition, wanted, current)
    refuse(current, faults)
    return object
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'INVALID') throw error
    const told = new Set(error.causes.map(({ field }) => field))
    refuse(current, [...error.causes, ...faults.filter(({ field }) => !told.has(field))])
    throw error
  }
}

function refuse({ kind, metadata }: Resource, faults: readonly Cause[]): void {
  if (faults.length > 0) throw invalid(`${kind} "${metadata.name}"`, faults)
}

/** The faults of what a patch would change of that which only the server writes; what it leaves out or removes stays. */
function ownedFaults(definition: KindDefinition, wanted: Input, current: Resource): Cause[] {
  const { creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation } = metadataIn(wanted)
  return [
    ...validateMetadataUpdate({ creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds }, current.metadata),
    ...(generation === undefined || generation === current.metadata.generation
      ? []
      : [forbiddenFault('metadata.generation', onlyServer)]),
    ...serverFields(definition).flatMap((field) =>
      wanted[field] === undefined || isSameJson(wanted[field], current[field])
        ? []
        : [forbiddenFault(field, onlyServer)],
    ),
  ]
}

const onlyServer = 'only the server writes it'

/** What an input says of metadata, whatever type that is. */
function metadataIn({ metadata }: Input): Partial<ObjectMeta> {
  return typeof metadata === 'object' && metadata !== null ? metadata : {}
}

function assertPatch(patch: unknown): void {
  const isObject = typeof patch === 'object' && patch !== null && !Array.isArray(patch)
  if (!isObject) throw invalid('request', [typeFault('patch', patch, 'object')])
  if (excessIn(patch, { levels: depthMax }) === undefined) return
  const message = `Too long: may not be nested more than ${depthMax} levels deep`
  throw invalid('request', [{ field: 'patch', reason: 'FieldValueTooLong', message }])
}
