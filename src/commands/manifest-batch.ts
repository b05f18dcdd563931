import { type ParsedManifest, parseManifests } from '../manifest/parse-manifests.ts'
import { type Cause, invalid, Refusal, sentencesOf } from '../model/errors.ts'
import type { EventRecord } from '../model/event-record.ts'
import { shown } from '../model/fault.ts'
import type { KindDefinition } from '../model/kind.ts'
import { kinds } from '../model/kinds.ts'
import { suggestName } from '../model/names.ts'
import type { Operation } from '../model/operation.ts'
import { keyOf, type Resource } from '../model/resource.ts'
import type { Input } from './admission.ts'
import type { CommandContext } from './command-context.ts'
import { writeEvent } from './events.ts'
import { retryOnConflict } from './retry.ts'
import { WorkSlices } from './work-slices.ts'

/** What a manifest did, or would do, to its object. */
export interface Applied {
  readonly action: 'CREATED' | 'CONFIGURED' | 'UNCHANGED'
  readonly object: Resource
}

/** What has to be written for one manifest; nothing, where its object is so already. */
export interface Step extends Applied {
  readonly operation?: Operation
  /** An event, which stands beside the log and is written when the rest has been committed. */
  readonly event?: EventRecord
}

/** One manifest, with the namespace that it is meant for. */
export interface Manifest {
  readonly definition: KindDefinition
  readonly input: Input
}

/** What the manifests before have planned. */
export interface Planned {
  /** Names of the namespaces that are created: they count as there. */
  readonly namespaces: ReadonlySet<string>
  /** Whether an object of this kind, namespace and name is planned already. */
  has(object: Resource): boolean
}

/** Decides what one manifest does. Throws the refusal of a manifest that cannot be carried out. */
export type PlanStep = (context: CommandContext, manifest: Manifest, planned: Planned) => Promise<Step>

/** A text of YAML documents or JSON, and the namespace of objects that name none. */
export interface ManifestText {
  readonly manifests: string
  readonly namespace: string
  readonly dryRun: boolean
}

/**
 * Carries out all manifests of a text in one transaction, or none; with `dryRun` everything is judged and nothing is
 * written. Throws the faults of all manifests at once, each with its place (`manifests[1].spec.replicas`): INVALID, or
 * what all of them have in common, such as NOT_FOUND.
 */
export async function carryOut(context: CommandContext, text: ManifestText, planStep: PlanStep): Promise<Applied[]> {
  const slices = new WorkSlices()
  const manifests = await readManifests(text, slices)
  return retryOnConflict(context.store, async () => {
    const steps = await planSteps({ context, slices, planStep }, manifests)
    return text.dryRun ? steps : commitSteps(context, steps)
  })
}

/** The namespace that the manifest of an object names; '' for kinds that are cluster-wide. */
export function namespaceIn({ definition, input }: Manifest): string {
  const { metadata } = input
  const given = isRecord(metadata) ? metadata['namespace'] : undefined
  return definition.scope === 'Namespaced' && typeof given === 'string' ? given : ''
}

/** Whether something is an object of JSON. */
export function isRecord(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
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

interface Wanted extends Manifest {
  /** Its place in the text: `manifests[2]`. */
  readonly field: string
  readonly placeOf: ParsedManifest['placeOf']
}

interface Manifests {
  readonly wanted: readonly Wanted[]
  /** Faults of the text, and of objects of which it is not known what they are. The others are judged all the same. */
  readonly causes: readonly Cause[]
}

async function readManifests({ manifests: text, namespace }: ManifestText, slices: WorkSlices): Promise<Manifests> {
  const { manifests, causes } = await slices.finish(parseManifests(text))
  const faults = [...causes]
  const wanted = manifests.flatMap((manifest) => {
    const definition = kinds.find(
      ({ kind, apiVersion }) => kind === manifest.kind && apiVersion === manifest.apiVersion,
    )
    if (definition === undefined) faults.push(unknownKind(manifest))
    if (definition === undefined) return []
    const { field, placeOf, value } = manifest
    return [{ field, placeOf, definition, input: placed(value, definition, namespace) }]
  })
  if (wanted.length > 0 || faults.length > 0) return { wanted, causes: faults }
  throw invalid('the manifest text', [
    { field: 'manifests', reason: 'FieldValueRequired', message: 'Required value: no objects' },
  ])
}

function unknownKind({ field, kind, apiVersion, placeOf }: ParsedManifest): Cause {
  const known = kinds.find((definition) => definition.kind === kind)
  if (known !== undefined) {
    const message = `Unsupported value: ${shown(apiVersion)}: ${kind} is served as "${known.apiVersion}"`
    return located({ field: 'apiVersion', reason: 'FieldValueNotSupported', message }, { field, placeOf })
  }
  const names = kinds.map((definition) => definition.kind)
  const near = suggestName(kind, names)
  const hint = near === undefined ? `; there are ${names.toSorted().join(', ')}` : `, did you mean "${near}"?`
  const message = `Unsupported value: ${shown(kind)}: no such kind in ${shown(apiVersion)}${hint}`
  return located({ field: 'kind', reason: 'FieldValueNotSupported', message }, { field, placeOf })
}

/** The manifest with the namespace that it is meant for. An empty one is none, as in Kubernetes' types. */
function placed(value: Input, definition: KindDefinition, namespace: string): Input {
  const { metadata } = value
  if (definition.scope === 'Cluster' || !isRecord(metadata)) return value
  const { namespace: given } = metadata
  return given === undefined || given === null || given === ''
    ? { ...value, metadata: { ...metadata, namespace } }
    : value
}

interface Planning {
  readonly context: CommandContext
  readonly slices: WorkSlices
  readonly planStep: PlanStep
}

interface Refused {
  readonly of: Wanted
  readonly refusal: Refusal
}

/**
 * Plans all objects and gathers the faults of all. A namespace that the same text creates counts as there, wherever in
 * the text it stands. The steps are in the order of the text.
 */
async function planSteps({ context, slices, planStep }: Planning, { wanted, causes }: Manifests): Promise<Step[]> {
  const refusals: Refused[] = []
  const keys = new Set<string>()
  const namespaces = new Set<string>()
  const planned: Planned = { namespaces, has: (object) => keys.has(nameOf(object)) }
  const steps = new Map<Wanted, Step>()
  const isNamespace = ({ definition }: Wanted) => definition.kind === 'Namespace'
  for (const one of wanted.toSorted((a, b) => Number(isNamespace(b)) - Number(isNamespace(a)))) {
    try {
      const step = await planStep(context, one, planned)
      if (planned.has(step.object)) throw twice(step.object)
      keys.add(nameOf(step.object))
      if (step.object.kind === 'Namespace' && step.action === 'CREATED') namespaces.add(step.object.metadata.name)
      steps.set(one, step)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (wanted.length === 1 && causes.length === 0 && error.code !== 'INVALID') throw placedIn(one, error)
      refusals.push({ of: one, refusal: error })
    }
    await slices.pause()
  }
  if (causes.length > 0 || refusals.length > 0) throw together(causes, refusals)
  return wanted.flatMap((one) => steps.get(one) ?? [])
}

function nameOf(object: Resource): string {
  const { kind, namespace, name } = keyOf(object)
  return `${kind} "${name}"${namespace === '' ? '' : ` in namespace "${namespace}"`}`
}

function twice(object: Resource): Refusal {
  const message = `Duplicate value: ${nameOf(object)}`
  return invalid('the manifest text', [{ field: '', reason: 'FieldValueDuplicate', message }])
}

/** Causes of a text that are given their place: of very many only the first are told, and the others are counted. */
const placedMax = 1_000

/** The faults of a text and the refusals of its manifests as one. */
function together(faults: readonly Cause[], refusals: readonly Refused[]): Refusal {
  let left = placedMax - faults.length
  const found = refusals.flatMap((refused) => {
    const its = locatedCauses(refused, left)
    left -= its.length
    return its
  })
  const causes = [...faults, ...found]
  const codes = new Set(refusals.map(({ refusal }) => refusal.code))
  const [code = 'INVALID'] = codes
  if (faults.length > 0 || code === 'INVALID' || codes.size > 1) return invalid('the manifest text', causes)
  const details = refusals[0]?.refusal.details ?? {}
  return new Refusal(code, sentencesOf(causes), { causes, details })
}

/** The refusal of the only manifest, in its own words. */
function placedIn(of: Wanted, refusal: Refusal): Refusal {
  const { code, message, causes, details } = refusal
  if (causes.length === 0) return refusal
  return new Refusal(code, message, { causes: causes.map((cause) => located(cause, of)), details, cause: refusal })
}

/** The causes of one manifest, the first of them with their place in the text. */
function locatedCauses({ of, refusal: { message, causes } }: Refused, count: number): Cause[] {
  if (causes.length === 0) return [located({ field: '', reason: 'FieldValueInvalid', message }, of)]
  return causes.map((cause, index) => (index < count ? located(cause, of) : cause))
}

/** A cause with its place in the text: its path from there, and its line and column. */
function located(cause: Cause, { field, placeOf: placeIn }: Pick<Wanted, 'field' | 'placeOf'>): Cause {
  return { ...cause, field: [field, cause.field].filter(Boolean).join('.'), ...placeIn(cause.field) }
}
