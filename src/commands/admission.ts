import { type Cause, invalid, Refusal } from '../model/errors.ts'
import type { KindDefinition } from '../model/kind.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { admitPodSpec, type DefaultTolerationSeconds, givenTolerationSeconds } from '../model/kinds/pod-admission.ts'
import { withKubernetesPath } from '../model/kubernetes-path.ts'
import { generateName } from '../model/names.ts'
import { sizeFaults } from '../model/object-size.ts'
import type { ObjectMeta, Resource } from '../model/resource.ts'
import { isSameJson } from '../model/same-json.ts'
import { timestamp } from '../model/timestamp.ts'
import { type Draft, parseObject, validateCreate, validateUpdate } from '../model/validation.ts'
import type { CommandContext } from './command-context.ts'

/** What a writer hands in: `metadata` and the fields of the kind, not yet trusted. */
export type Input = Readonly<Record<string, unknown>>

/**
 * A complete new object from what a writer handed in: shape checked, defaults filled in, server fields given,
 * everything validated. Namespaces that the same transaction creates count as there.
 * Throws INVALID with all faults at once, or the refusal of its namespace.
 */
export function admitNew(
  definition: KindDefinition,
  input: Input,
  context: CommandContext,
  createdNamespaces?: ReadonlySet<string>,
): Resource {
  const { draft, causes } = parse(definition, input)
  const metadata = newMetadata(definition, draft.metadata, context)
  const defaulted = withDefaults(definition, { ...draft, metadata }, context.tolerationSeconds)
  const object = withInitialState(definition, defaulted)
  refuseLarge(definition, metadata.name, object)
  refuse(definition, metadata.name, [...causes, ...validateCreate(definition, object)])
  const { namespace } = metadata
  if (namespace !== undefined && createdNamespaces?.has(namespace) !== true) assertNamespace(context, namespace)
  return object
}

/**
 * The next version of an object from what a writer handed in: `spec`, labels, annotations, owners and finalizers are
 * the writer's, the status and all that the server gives stay. The same object when nothing changes.
 * Throws INVALID with all faults, and CONFLICT when the input names another resourceVersion or uid.
 */
export function admitUpdate(definition: KindDefinition, input: Input, current: Resource): Resource {
  const { draft, causes } = parse(definition, input)
  assertPreconditions(draft.metadata, current)
  const kept = Object.fromEntries(serverFields(definition).map((field) => [field, current[field]]))
  const metadata = nextMetadata(definition, draft.metadata, current.metadata)
  const given = withNodeName(definedOnly({ ...draft, ...kept, metadata }), current)
  const body = withDefaults(definition, given, tolerationSecondsIn(current))
  const changed = Object.keys(definition.body.shape).some(
    (field) => field !== 'status' && !isSameJson(body[field], current[field]),
  )
  const next = definition.countsGeneration && changed ? withNextGeneration(body) : body
  refuseLarge(definition, metadata.name, next)
  refuse(definition, metadata.name, [...causes, ...validateUpdate(definition, next, current)])
  return !changed && isSameJson(next.metadata, current.metadata) ? current : next
}

/** The name that an input gives, whatever else it is. */
export function nameIn(input: Input): string {
  const metadata = input['metadata'] as { name?: unknown } | null | undefined
  return typeof metadata?.name === 'string' ? metadata.name : ''
}

function parse(definition: KindDefinition, input: Input): { draft: Draft; causes: readonly Cause[] } {
  refuseLarge(definition, nameIn(input), input)
  const { object: draft, causes } = parseObject(definition, input, { keepsStatus: keepsStatus(definition) })
  if (draft === undefined) throw invalid(`${definition.kind} "${nameIn(input)}"`, causes.map(withKubernetesPath))
  return { draft, causes }
}

/** Whoever registers a machine says what it has. */
function keepsStatus({ kind }: KindDefinition): boolean {
  return kind === 'Node'
}

/** Causes of which each is told once; among the others, which nobody is told, some may be equal. */
const differentMax = 1_000

function refuse(definition: KindDefinition, name: string, causes: readonly Cause[]): void {
  if (causes.length === 0) return
  const apart = withoutConsequences(causes)
  const first = apart.slice(0, differentMax).map((cause) => [`${cause.field} ${cause.message}`, cause] as const)
  const told = [...new Map(first).values()].map(withKubernetesPath)
  throw invalid(`${definition.kind} "${name}"`, [...told, ...apart.slice(differentMax)])
}

/**
 * What is of the wrong type counts as empty for the rules that come after: what these say of it is of no use, nor whether what it
 * is in may be changed so.
 */
function withoutConsequences(causes: readonly Cause[]): readonly Cause[] {
  const mistyped = new Set(causes.flatMap(({ field, reason }) => (reason === 'FieldValueTypeInvalid' ? field : [])))
  if (mistyped.size === 0) return causes
  const around = new Set([...mistyped].flatMap(pathsAround))
  return causes.filter(({ field, reason }) => {
    if (reason === 'FieldValueTypeInvalid') return true
    if (reason === 'FieldValueForbidden' && around.has(field)) return false
    return !mistyped.has(field) && !pathsAround(field).some((path) => mistyped.has(path))
  })
}

/** The paths that a field is in: `spec` and `spec.ports`, and `spec.ports[0]` for `spec.ports[0].name`. */
function pathsAround(field: string): string[] {
  return [...field.matchAll(/[.[]/g)].map(({ index }) => field.slice(0, index))
}

/** Refuses what is too large to be kept, before anything else is looked at: that takes as long as it is large. */
function refuseLarge({ kind }: KindDefinition, name: string, object: object): void {
  const causes = sizeFaults(object)
  if (causes.length > 0) throw invalid(`${kind} "${name}"`, causes)
}

function withDefaults(
  definition: KindDefinition,
  object: Resource,
  tolerationSeconds: DefaultTolerationSeconds | undefined,
): Resource {
  if (object.kind === 'Pod') return { ...object, spec: admitPodSpec((object as Pod).spec, tolerationSeconds) }
  return definition.applyDefaults?.(object) ?? object
}

/** A pod keeps what it was once given, whatever the cluster's settings are now. */
function tolerationSecondsIn(object: Resource): DefaultTolerationSeconds | undefined {
  return object.kind === 'Pod' ? givenTolerationSeconds((object as Pod).spec) : undefined
}

/** What a kind's objects begin with that no writer gives. */
function withInitialState(definition: KindDefinition, object: Resource): Resource {
  const status = definition.initialStatus?.(object)
  if (status !== undefined) return { ...object, status }
  return object
}

function newMetadata(definition: KindDefinition, given: Draft['metadata'], context: CommandContext): ObjectMeta {
  const generated = given.name === undefined || given.name === ''
  const name =
    generated && given.generateName !== undefined ? generateName(given.generateName, context.random) : given.name
  return definedOnly({
    name: name ?? '',
    generateName: given.generateName,
    namespace: definition.scope === 'Namespaced' ? (given.namespace ?? 'default') : given.namespace,
    uid: context.newUid(),
    resourceVersion: '',
    generation: definition.countsGeneration ? 1 : undefined,
    creationTimestamp: timestamp(context.now()),
    labels: given.labels,
    annotations: given.annotations,
    ownerReferences: given.ownerReferences,
    finalizers: given.finalizers,
  }) as ObjectMeta
}

function nextMetadata(definition: KindDefinition, given: Draft['metadata'], current: ObjectMeta): ObjectMeta {
  return definedOnly({
    ...current,
    name: given.name ?? '',
    namespace: definition.scope === 'Namespaced' ? (given.namespace ?? current.namespace) : given.namespace,
    labels: given.labels,
    annotations: given.annotations,
    ownerReferences: given.ownerReferences,
    finalizers: given.finalizers,
  }) as ObjectMeta
}

function withNextGeneration(object: Resource): Resource {
  const generation = (object.metadata.generation ?? 0) + 1
  return { ...object, metadata: { ...object.metadata, generation } }
}

/** The fields beside the metadata that no writer of a kind's objects changes. */
export function serverFields(definition: KindDefinition): string[] {
  const kept = definition.kind === 'Namespace' ? ['spec', 'status'] : ['status']
  return kept.filter((field) => field in definition.body.shape)
}

/** Only a binding sets a pod's node: an update that does not name it leaves it. */
function withNodeName(next: Resource, current: Resource): Resource {
  if (next.kind !== 'Pod') return next
  const { spec } = next as Pod
  const nodeName = spec.nodeName ?? (current as Pod).spec.nodeName
  return nodeName === undefined ? next : { ...next, spec: { ...spec, nodeName } }
}

/** Which version of which object a writer means; what it leaves out or leaves empty, it does not ask for. */
export interface Preconditions {
  readonly uid?: string | undefined
  readonly resourceVersion?: string | undefined
}

/**
 * Throws CONFLICT, which no repetition helps, unless an object is the one and the version that is meant. `path` is where
 * the writer says which it means: nothing for arguments of their own.
 */
export function assertPreconditions(given: Preconditions, current: Resource, path = 'metadata.'): void {
  const { kind, metadata } = current
  if (given.uid !== undefined && given.uid !== '' && given.uid !== metadata.uid) {
    throw stale(`${path}uid`, `${kind} "${metadata.name}" has the uid ${metadata.uid}, not ${given.uid}`)
  }
  const { resourceVersion } = given
  if (resourceVersion === undefined || resourceVersion === '' || resourceVersion === metadata.resourceVersion) return
  const message = `${kind} "${metadata.name}" has been changed: it is at resourceVersion ${metadata.resourceVersion}, not ${resourceVersion}; read it again and retry`
  throw stale(`${path}resourceVersion`, message, { resourceVersion: metadata.resourceVersion })
}

/** The refusal of who means another object or version than there is now. */
export function stale(field: string, message: string, facts: { readonly resourceVersion?: string } = {}): Refusal {
  const causes = [{ field, reason: 'FieldValueInvalid', message }] as const
  return new Refusal('CONFLICT', message, { causes, details: { ...facts, stale: true } })
}

function assertNamespace({ store }: CommandContext, name: string): void {
  const namespace = store.replica.get({ kind: 'Namespace', namespace: '', name })
  if (namespace === undefined) throw new Refusal('NOT_FOUND', `Namespace "${name}" not found`)
  if (namespace.metadata.deletionTimestamp === undefined) return
  throw new Refusal('FORBIDDEN', `Namespace "${name}" is being terminated: nothing new can be created in it`)
}

function definedOnly<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Value
}
