import { Refusal } from '../model/errors.ts'
import { keyOf } from '../model/resource.ts'
import { admitNew, nameIn } from './admission.ts'
import type { CommandContext } from './command-context.ts'
import { eventOf, newEvent } from './events.ts'
import { type Applied, carryOut, type Manifest, type ManifestText, type Planned, type Step } from './manifest-batch.ts'
import { generatedNamesMax } from './write.ts'

/**
 * Creates the objects of the manifests, all of them in one transaction, or none. Those without a name get a generated one.
 * Throws as `carryOut` does: ALREADY_EXISTS where names are taken.
 */
export function createManifests(context: CommandContext, text: ManifestText): Promise<Applied[]> {
  return carryOut(context, text, planStep)
}

async function planStep(context: CommandContext, manifest: Manifest, planned: Planned): Promise<Step> {
  const isGenerated = nameIn(manifest.input) === ''
  for (let attempt = 1; ; attempt += 1) {
    const step = await planCreation(context, manifest, planned)
    const isTaken = context.store.replica.get(keyOf(step.object)) !== undefined
    const mayRetry = isGenerated && attempt < generatedNamesMax
    if (mayRetry && (isTaken || planned.has(step.object))) continue
    if (!isTaken) return step
    throw new Refusal('ALREADY_EXISTS', `${step.object.kind} "${step.object.metadata.name}" already exists`)
  }
}

async function planCreation(
  context: CommandContext,
  { definition, input }: Manifest,
  { namespaces }: Planned,
): Promise<Step> {
  if (definition.kind === 'Event') {
    const event = await newEvent(context, input, namespaces)
    return { action: 'CREATED', object: eventOf(event), event }
  }
  const object = admitNew(definition, input, context, namespaces)
  return { action: 'CREATED', object, operation: { type: 'create', object } }
}
