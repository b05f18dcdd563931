import { mergeThreeWay } from '../manifest/merge.ts'
import { type ParsedManifest, parseManifests } from '../manifest/parse-manifests.ts'
import { type Cause, invalid, Refusal } from '../model/errors.ts'
import type { KindDefinition } from '../model/kind.ts'
import { kinds } from '../model/kinds.ts'
import { suggestName } from '../model/names.ts'
import type { Operation } from '../model/operation.ts'
import type { Resource } from '../model/resource.ts'
import { admitNew, admitUpdate, type Input } from './admission.ts'
import type { CommandContext } from './command-context.ts'
import { retryOnConflict } from './retry.ts'

/** What applying did, or would do, to one object. */
export interface Applied {
  readonly action: 'CREATED' | 'CONFIGURED' | 'UNCHANGED'
  readonly object: Resource
}

/** Where kubectl, too, keeps what was applied last. */
const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration'

interface Step extends Applied {
  readonly operation?: Operation
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
    const steps = planSteps(context, wanted, options.namespace)
    if (options.dryRun) return steps
    const operations = steps.flatMap(({ operation }) => operation ?? [])
    const outcomes = [...(await context.store.commit(operations, { actor: context.actor, atomic: true }))]
    return steps.map((step) => {
      if (step.operation === undefined) return step
      const outcome = outcomes.shift()
      if (outcome?.ok !== true) throw outcome?.refusal ?? new Error('a commit had no outcome')
      return { action: step.action, object: outcome.object }
    })
  })
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

/** Plans all objects and gathers the faults of all. A namespace that the same text creates counts as there. */
function planSteps(context: CommandContext, wanted: readonly Wanted[], namespace: string): Step[] {
  const faults: Cause[] = []
  const seen = new Set<string>()
  const created = new Set<string>()
  const steps: Step[] = []
  for (const { manifest, definition } of wanted) {
    try {
      const step = planStep(context, definition, placed(manifest.value, definition, namespace), created)
      const { metadata, kind } = step.object
      const key = `${kind} "${metadata.name}"${metadata.namespace === undefined ? '' : ` in namespace "${metadata.namespace}"`}`
      if (seen.has(key)) {
        faults.push({ field: manifest.field, reason: 'FieldValueDuplicate', message: `Duplicate value: ${key}` })
      }
      seen.add(key)
      if (kind === 'Namespace' && step.action === 'CREATED') created.add(metadata.name)
      steps.push(step)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'CONFLICT') throw error
      if (wanted.length === 1 && error.code !== 'INVALID') throw error
      faults.push(...placedCauses(manifest.field, error))
    }
  }
  if (faults.length > 0) throw invalid('the manifest text', faults)
  return steps
}

function placedCauses(field: string, refusal: Refusal): Cause[] {
  if (refusal.causes.length === 0) return [{ field, reason: 'FieldValueInvalid', message: refusal.message }]
  return refusal.causes.map((cause) => ({ ...cause, field: `${field}.${cause.field}` }))
}

/** The manifest with the namespace that it is meant for. */
function placed(value: Input, definition: KindDefinition, namespace: string): Input {
  const metadata = value['metadata']
  if (definition.scope === 'Cluster' || typeof metadata !== 'object' || metadata === null) return value
  return { ...value, metadata: { namespace, ...metadata } }
}

function planStep(context: CommandContext, definition: KindDefinition, input: Input, created: Set<string>): Step {
  const metadata = (input['metadata'] ?? {}) as { name?: string; namespace?: string }
  const namespace = definition.scope === 'Namespaced' ? (metadata.namespace ?? '') : ''
  const live = context.store.replica.get({ kind: definition.kind, namespace, name: metadata.name ?? '' })
  const marked = withLastApplied(input)
  if (live === undefined) {
    const object = admitNew(definition, marked, context, created)
    return { action: 'CREATED', object, operation: { type: 'create', object } }
  }
  const { status: _, ...wanted } = marked
  const merged = mergeThreeWay({ last: lastApplied(live), wanted, live })
  const object = admitUpdate(definition, merged, live)
  if (object === live) return { action: 'UNCHANGED', object }
  return { action: 'CONFIGURED', object, operation: { type: 'update', object, base: live } }
}

function withLastApplied(input: Input): Input {
  const metadata = input['metadata']
  if (typeof metadata !== 'object' || metadata === null) return input
  const annotations = (metadata as { annotations?: Record<string, unknown> }).annotations
  const { [lastAppliedAnnotation]: _, ...own } = annotations ?? {}
  const { status: __, ...said } = input
  const text = JSON.stringify({ ...said, metadata: { ...metadata, annotations: own } })
  return { ...input, metadata: { ...metadata, annotations: { ...own, [lastAppliedAnnotation]: text } } }
}

function lastApplied(live: Resource): Input {
  const text = live.metadata.annotations?.[lastAppliedAnnotation]
  if (text === undefined) return {}
  try {
    return JSON.parse(text) as Input
  } catch {
    // Somebody wrote over the annotation: then nothing is known of what was applied, and nothing is removed.
    return {}
  }
}
