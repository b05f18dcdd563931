import { mergeThreeWay } from '../manifest/merge.ts'
import { type Cause, invalid, Refusal } from '../model/errors.ts'
import type { Resource } from '../model/resource.ts'
import { admitNew, admitUpdate, type Input, nameIn } from './admission.ts'
import type { CommandContext } from './command-context.ts'
import { eventOf, planEvent } from './events.ts'
import {
  type Applied,
  carryOut,
  isRecord,
  type Manifest,
  type ManifestText,
  namespaceIn,
  type Planned,
  type Step,
} from './manifest-batch.ts'
import { operationFor } from './write.ts'

/** Where kubectl, too, keeps what was applied last. */
const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration'

/** What annotations may have at most, all together. */
const lastAppliedLengthMax = 256 * 1024

/** Makes the cluster's objects as the manifests say: all of them in one transaction, or none. Throws as `carryOut` does. */
export function applyManifests(context: CommandContext, text: ManifestText): Promise<Applied[]> {
  return carryOut(context, text, planStep)
}

async function planStep(context: CommandContext, manifest: Manifest, { namespaces }: Planned): Promise<Step> {
  const { definition, input } = manifest
  const name = nameIn(input)
  assertNamed(manifest)
  if (definition.kind === 'Event') {
    const { action, record } = await planEvent(context, input, namespaces)
    return { action, object: eventOf(record), ...(action === 'UNCHANGED' ? {} : { event: record }) }
  }
  const live = context.store.replica.get({ kind: definition.kind, namespace: namespaceIn(manifest), name })
  const admit = (given: Input): Resource => {
    if (live === undefined) return admitNew(definition, given, context, namespaces)
    const { status: _, ...wanted } = given
    return admitUpdate(definition, mergeThreeWay({ last: lastApplied(live), wanted, live }), live)
  }
  const marked = withLastApplied(manifest)
  if ('fault' in marked) {
    const others = faultsOf(() => admit(input))
    // What is too large to be kept at all is told as that alone.
    const isKept = !others.some(({ field, reason }) => field === '' && reason === 'FieldValueTooLong')
    throw invalid(`${definition.kind} "${name}"`, isKept ? [marked.fault, ...others] : others)
  }
  const object = admit(marked.input)
  if (object === live) return { action: 'UNCHANGED', object }
  if (live !== undefined) return { action: 'CONFIGURED', object, operation: operationFor(object, live) }
  return { action: 'CREATED', object, operation: { type: 'create', object } }
}

/** What is wrong with an object beside what is known to be. */
function faultsOf(admit: () => Resource): readonly Cause[] {
  try {
    admit()
    return []
  } catch (error) {
    if (error instanceof Refusal) return error.causes
    throw error
  }
}

/** What is applied is found again by its name, so that no name can be generated. */
function assertNamed({ definition, input }: Manifest): void {
  const { metadata } = input
  if (nameIn(input) !== '' || !isRecord(metadata) || typeof metadata['generateName'] !== 'string') return
  const message = 'Required value: apply finds objects by their names; `generateName` is for create'
  throw invalid(definition.kind, [{ field: 'metadata.name', reason: 'FieldValueRequired', message }])
}

/** What is applied, with a note of it for the next time; the fault of what is too long to be noted. */
function withLastApplied({ input }: Manifest): { readonly input: Input } | { readonly fault: Cause } {
  const { metadata, status: _, ...said } = input
  if (!isRecord(metadata)) return { input }
  const { annotations = {} } = metadata
  if (annotations !== null && !isRecord(annotations)) return { input }
  const { [lastAppliedAnnotation]: __, ...own } = annotations ?? {}
  const text = JSON.stringify({ ...said, metadata: { ...metadata, annotations: own } }, sortedKeys)
  if (text.length > lastAppliedLengthMax) return { fault: tooLong(text.length) }
  return { input: { ...input, metadata: { ...metadata, annotations: { ...own, [lastAppliedAnnotation]: text } } } }
}

function tooLong(length: number): Cause {
  const message = `Too long: ${length} characters, and apply can keep ${lastAppliedLengthMax} as the annotation ${lastAppliedAnnotation}: use create or replace`
  return { field: '', reason: 'FieldValueTooLong', message }
}

/** The order in which a manifest's keys stand says nothing, so it changes nothing. */
function sortedKeys(_: string, value: unknown): unknown {
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)))
}

function lastApplied(live: Resource): Input {
  const text = live.metadata.annotations?.[lastAppliedAnnotation]
  if (text === undefined) return {}
  try {
    const last: unknown = JSON.parse(text)
    return isRecord(last) ? last : {}
  } catch {
    // Somebody wrote over the annotation: then nothing is known of what was applied, and nothing is removed.
    return {}
  }
}
