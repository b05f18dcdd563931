import { type Cause, invalid, Refusal } from '../model/errors.ts'
import type { KindDefinition } from '../model/kind.ts'
import { addDefaultTolerations } from '../model/kinds/pod-admission.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { generateName } from '../model/names.ts'
import type { ObjectMeta, Resource } from '../model/resource.ts'
import { parseObject, validateCreate, validateUpdate } from '../model/validation.ts'
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
  const parsed = parse(definition, input)
  const metadata = newMetadata(definition, parsed.metadata, context)
  const object = withInitialState({ ...parsed, metadata })
  refuse(definition, metadata.name, validateCreate(definition, object))
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
  const parsed = parse(definition, input)
  assertPreconditions(parsed.metadata, current)
  const bodyKeeps = Object.fromEntries(serverFields(definition).map((field) => [field, current[field]]))
  const body = withNodeName(definition, definedOnly({ ...parsed, ...bodyKeeps }), current)
  const changed = Object.keys(definition.body.shape).some(
    (field) => field !== 'status' && JSON.stringify(body[field]) !== JSON.stringify(current[field]),
  )
  const metadata = nextMetadata(definition, parsed.metadata, current.metadata, changed)
  const next = { ...body, apiVersion: definition.apiVersion, kind: definition.kind, metadata }
  refuse(definition, metadata.name, validateUpdate(definition, next, current))
  const same = !changed && JSON.stringify(metadata) === JSON.stringify(current.metadata)
  return same ? current : next
}

function parse(definition: KindDefinition, input: Input): Resource {
  const { object, causes } = parseObject(definition, input)
  const name = (input['metadata'] as { name?: unknown } | undefined)?.name
  if (object === undefined || causes.length > 0) refuse(definition, String(name ?? ''), causes)
  return object as Resource
}

function refuse(definition: KindDefinition, name: string, causes: readonly Cause[]): void {
  if (causes.length > 0) throw invalid(`${definition.kind} "${name}"`, causes)
}

function newMetadata(definition: KindDefinition, given: ObjectMeta, context: CommandContext): ObjectMeta {
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

function nextMetadata(definition: KindDefinition, given: ObjectMeta, current: ObjectMeta, changed: boolean): ObjectMeta {
  return definedOnly({
    ...current,
    name: given.name,
    namespace: definition.scope === 'Namespaced' ? (given.namespace ?? current.namespace) : given.namespace,
    generation:
      definition.countsGeneration && changed ? (current.generation ?? 0) + 1 : current.generation,
    labels: given.labels,
    annotations: given.annotations,
    ownerReferences: given.ownerReferences,
    finalizers: given.finalizers,
  }) as ObjectMeta
}

/** What a kind's objects begin with that no writer gives. */
function withInitialState(object: Resource): Resource {
  switch (object.kind) {
    case 'Pod':
      return { ...addDefaultTolerations(object as Pod), status: { phase: 'Pending' } }
    case 'Namespace':
      return { ...object, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } }
    case 'Node':
      return object
    default:
      return 'status' in object ? definedOnly({ ...object, status: undefined }) : object
  }
}

function serverFields(definition: KindDefinition): string[] {
  const kept = definition.kind === 'Namespace' ? ['spec', 'status'] : ['status']
  return kept.filter((field) => field in definition.body.shape)
}

/** Only a binding sets a pod's node: an update that does not name it leaves it. The admitted tolerations stay too. */
function withNodeName(definition: KindDefinition, next: Resource, current: Resource): Resource {
  if (definition.kind !== 'Pod') return next
  const { spec } = next as Pod
  const nodeName = spec.nodeName ?? (current as Pod).spec.nodeName
  return addDefaultTolerations({ ...next, spec: nodeName === undefined ? spec : { ...spec, nodeName } } as Pod)
}

function assertPreconditions(given: ObjectMeta, current: Resource): void {
  const { kind, metadata } = current
  if (given.uid !== undefined && given.uid !== '' && given.uid !== metadata.uid) {
    throw new Refusal('CONFLICT', `${kind} "${metadata.name}" has the uid ${metadata.uid}, not ${given.uid}`)
  }
  const { resourceVersion } = given
  if (resourceVersion === undefined || resourceVersion === '' || resourceVersion === metadata.resourceVersion) return
  throw new Refusal(
    'CONFLICT',
    `${kind} "${metadata.name}" has been changed: it is at resourceVersion ${metadata.resourceVersion}, not ${resourceVersion}; read it again and retry`,
    { details: { resourceVersion: metadata.resourceVersion, stale: true } },
  )
}

function assertNamespace({ store }: CommandContext, name: string): void {
  const namespace = store.replica.get({ kind: 'Namespace', namespace: '', name })
  if (namespace === undefined) throw new Refusal('NOT_FOUND', `Namespace "${name}" not found`)
  if (namespace.metadata.deletionTimestamp === undefined) return
  throw new Refusal('FORBIDDEN', `Namespace "${name}" is being terminated: nothing new can be created in it`)
}

/** A moment as Kubernetes writes it: RFC 3339, UTC, whole seconds. */
export function timestamp(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19)}Z`
}

function definedOnly<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Value
}
