import { mergeThreeWay } from '../manifest/merge.ts'
import { type ParsedManifest, parseManifests } from '../manifest/parse-manifests.ts'
import { type Cause, invalid, Refusal } from '../model/errors.ts'
import type { EventRecord } from '../model/event-record.ts'
import type { KindDefinition } from '../model/kind.ts'
import { kinds } from '../model/kinds.ts'
import { suggestName } from '../model/names.ts'
import type { Operation } from '../model/operation.ts'
import type { Resource } from '../model/resource.ts'
import { admitNew, admitUpdate, type Input, nameIn } from './admission.ts'
import type { CommandContext } from './command-context.ts'
import { eventOf, planEvent, writeEvent } from './events.ts'
import { retryOnConflict } from './retry.ts'
import { operationFor } from './write.ts'

/** What applying did, or would do, to one object. */
export interface Applied {
  readonly action: 'CREATED' | 'CONFIGURED' | 'UNCHANGED'
  readonly object: Resource
}

/** Where kubectl, too, keeps what was applied last. */
const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration'

interface Step extends Applied {
  readonly operation?: Operation
  /** An event, which stands beside the log and is written when the rest has been committed. */
  readonly event?: EventRecord
}

/**
 * Makes the cluster's objects as the manifests say: all of them in one transaction, or none.
 * Throws INVALID with the faults of all manifests, each with its place (`manifests[1].spec.replicas`).
 */
export async function applyManifests(
  context: CommandContext,
  options: { manifests: string; namespace: string; dryRun: boolean },
): Promise<Applied[]> {
  const wanted = readManifests(options.manifests)
  return retryOnConflict(context.store, async () => {
    const steps = await planSteps(context, wanted, options.namespace)
    return options.dryRun ? steps : commitSteps(context, steps)
  })
}

async function commitSteps(context: CommandContext, steps: readonly Step[]): Promise<Applied[]> {
  const ordered = steps.filter(({ operation }) => operation !== undefined).toSorted(namespacesFirst)
  const operations = ordered.flatMap(({ operation }) => operation ?? [])
  const outcomes = await context.store.commit(operations, { actor: context.actor, atomic: true })
  for (const { event } of steps) if (event !== undefined) await writeEvent(context, event)
  return steps.map((step) => {
    const outcome = outcomes[ordered.indexOf(step)]
    if (step.operation === undefined || outcome === undefined) return step
    if (!outcome.ok) throw outrunBy(outcome.refusal)
    return { action: step.action, object: outcome.object }
  })
}

/** What others have made or removed since it was looked at is looked at again, like what they have changed. */
function outrunBy(refusal: Refusal): Refusal {
  if (refusal.code !== 'ALREADY_EXISTS' && refusal.code !== 'NOT_FOUND') return refusal
  return new Refusal('CONFLICT', refusal.message, { cause: refusal })
}

function namespacesFirst(left: Applied, right: Applied): number {
  return Number(right.object.kind === 'Namespace') - Number(left.object.kind === 'Namespace')
}

interface Wanted {
  readonly manifest: ParsedManifest
  readonly definition: KindDefinition
}

function readManifests(text: string): Wanted[] {
  const { manifests, causes } = parseManifests(text)
  const faults = [...causes]
  const wanted = manifests.flatMap((manifest) => {
    const definition = kinds.find(
      ({ kind, apiVersion }) => kind === manifest.kind && apiVersion === manifest.apiVersion,
    )
    if (definition === undefined) faults.push(unknownKind(manifest))
    return definition === undefined ? [] : [{ manifest, definition }]
  })
  if (faults.length > 0) throw invalid('the manifest text', faults)
  if (wanted.length > 0) return wanted
  throw invalid('the manifest text', [
    { field: 'manifests', reason: 'FieldValueRequired', message: 'Required value: no objects' },
  ])
}

function unknownKind({ field, kind, apiVersion }: ParsedManifest): Cause {
  const known = kinds.find((definition) => definition.kind === kind)
  if (known !== undefined) {
    const message = `Unsupported value: "${apiVersion}": ${kind} is served as "${known.apiVersion}"`
    return { field: `${field}.apiVersion`, reason: 'FieldValueNotSupported', message }
  }
  const near = suggestName(
    kind,
    kinds.map((definition) => definition.kind),
  )
  const hint = near === undefined ? '' : `, did you mean "${near}"?`
  const message = `Unsupported value: "${kind}": no such kind in "${apiVersion}"${hint}`
  return { field: `${field}.kind`, reason: 'FieldValueNotSupported', message }
}

/**
 * Plans all objects and gathers the faults of all. A namespace that the same text creates counts as there, wherever in
 * the text it stands. The steps are in the order of the text.
 */
async function planSteps(context: CommandContext, wanted: readonly Wanted[], namespace: string): Promise<Step[]> {
  const faults: Cause[] = []
  const seen = new Set<string>()
  const created = new Set<string>()
  const steps = new Map<Wanted, Step>()
  const isNamespace = ({ definition }: Wanted) => definition.kind === 'Namespace'
  for (const one of wanted.toSorted((a, b) => Number(isNamespace(b)) - Number(isNamespace(a)))) {
    const { manifest, definition } = one
    try {
      const step = await planStep(context, definition, placed(manifest.value, definition, namespace), created)
      const { metadata, kind } = step.object
      const place = metadata.namespace === undefined ? '' : ` in namespace "${metadata.namespace}"`
      const key = `${kind} "${metadata.name}"${place}`
      if (seen.has(key)) {
        faults.push({ field: manifest.field, reason: 'FieldValueDuplicate', message: `Duplicate value: ${key}` })
      }
      seen.add(key)
      if (kind === 'Namespace' && step.action === 'CREATED') created.add(metadata.name)
      steps.set(one, step)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'CONFLICT') throw error
      if (wanted.length === 1 && error.code !== 'INVALID') throw error
      faults.push(...placedCauses(manifest.field, error))
    }
  }
  if (faults.length > 0) throw invalid('the manifest text', faults)
  return wanted.flatMap((one) => steps.get(one) ?? [])
}

function placedCauses(field: string, refusal: Refusal): Cause[] {
  if (refusal.causes.length === 0) return [{ field, reason: 'FieldValueInvalid', message: refusal.message }]
  return refusal.causes.map((cause) => ({ ...cause, field: `${field}.${cause.field}` }))
}

/** The manifest with the namespace that it is meant for. */
function placed(value: Input, definition: KindDefinition, namespace: string): Input {
  const { metadata } = value
  return definition.scope === 'Cluster' || !isRecord(metadata)
    ? value
    : { ...value, metadata: { namespace, ...metadata } }
}

async function planStep(
  context: CommandContext,
  definition: KindDefinition,
  input: Input,
  created: ReadonlySet<string>,
): Promise<Step> {
  const name = nameIn(input)
  assertNamed(definition, input, name)
  if (definition.kind === 'Event') {
    const { action, record } = await planEvent(context, input, created)
    return { action, object: eventOf(record), ...(action === 'UNCHANGED' ? {} : { event: record }) }
  }
  const given = isRecord(input['metadata']) ? input['metadata']['namespace'] : undefined
  const namespace = definition.scope === 'Namespaced' && typeof given === 'string' ? given : ''
  const live = context.store.replica.get({ kind: definition.kind, namespace, name })
  const marked = withLastApplied(input)
  if (live === undefined) {
    const object = admitNew(definition, marked, context, created)
    return { action: 'CREATED', object, operation: { type: 'create', object } }
  }
  const { status: _, ...wanted } = marked
  const object = admitUpdate(definition, mergeThreeWay({ last: lastApplied(live), wanted, live }), live)
  if (object === live) return { action: 'UNCHANGED', object }
  return { action: 'CONFIGURED', object, operation: operationFor(object, live) }
}

/** What is applied is found again by its name, so it must have one; a wrong type of it is told with its other faults. */
function assertNamed({ kind }: KindDefinition, { metadata }: Input, name: string): void {
  if (name !== '' || (isRecord(metadata) && metadata['name'] !== undefined && metadata['name'] !== '')) return
  const message = 'Required value: apply finds objects by their names; `generateName` is for create'
  throw invalid(kind, [{ field: 'metadata.name', reason: 'FieldValueRequired', message }])
}

function withLastApplied(input: Input): Input {
  const { metadata, status: _, ...said } = input
  if (!isRecord(metadata)) return input
  const { annotations = {} } = metadata
  if (annotations !== null && !isRecord(annotations)) return input
  const { [lastAppliedAnnotation]: __, ...own } = annotations ?? {}
  const text = JSON.stringify({ ...said, metadata: { ...metadata, annotations: own } }, sortedKeys)
  return { ...input, metadata: { ...metadata, annotations: { ...own, [lastAppliedAnnotation]: text } } }
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

function isRecord(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
