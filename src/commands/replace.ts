import { invalid } from '../model/errors.ts'
import { admitUpdate, nameIn } from './admission.ts'
import type { CommandContext } from './command-context.ts'
import { eventOf, replacedEvent } from './events.ts'
import { type Applied, carryOut, type Manifest, type ManifestText, namespaceIn, type Step } from './manifest-batch.ts'
import { findObject, operationFor } from './write.ts'

/**
 * Replaces the objects of the manifests, all of them in one transaction, or none: what the manifests do not say is removed,
 * but for what the server owns. Throws as `carryOut` does: NOT_FOUND where there is nothing to replace, CONFLICT where a
 * manifest names another `metadata.resourceVersion` or `metadata.uid`.
 */
export function replaceManifests(context: CommandContext, text: ManifestText): Promise<Applied[]> {
  return carryOut(context, text, planStep)
}

async function planStep(context: CommandContext, manifest: Manifest): Promise<Step> {
  const { definition, input } = manifest
  const name = nameIn(input)
  if (name === '') {
    const message = 'Required value: it says which object is meant'
    throw invalid(definition.kind, [{ field: 'metadata.name', reason: 'FieldValueRequired', message }])
  }
  if (definition.kind === 'Event') {
    const event = await replacedEvent(context, input)
    return { action: 'CONFIGURED', object: eventOf(event), event }
  }
  const current = findObject(context, { definition, namespace: namespaceIn(manifest), name })
  const object = admitUpdate(definition, input, current)
  if (object === current) return { action: 'UNCHANGED', object }
  return { action: 'CONFIGURED', object, operation: operationFor(object, current) }
}
