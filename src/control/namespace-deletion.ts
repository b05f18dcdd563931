import { isFinished, planDeletion } from '../model/deletion.ts'
import type { KindDefinition } from '../model/kind.ts'
import type { Namespace } from '../model/kinds/namespace.ts'
import type { Operation } from '../model/operation.ts'
import type { Resource } from '../model/resource.ts'
import { timestamp } from '../model/timestamp.ts'
import type { Replica } from '../store/replica.ts'
import {
  type Controller,
  nothing,
  own,
  type PassContext,
  type Plan,
  queueKey,
  resourceKey,
  type Watch,
} from './controller.ts'

/** What is left in a namespace of one kind. */
export interface Remainder {
  readonly plural: string
  readonly count: number
  /** A piece of them that nobody has asked to go yet. */
  readonly untouched: readonly Resource[]
  /** What holds those that are being deleted. */
  readonly finalizers: ReadonlySet<string>
}

/** All that one pass over a namespace may look at. */
export interface NamespaceWorld {
  readonly namespace: Namespace | undefined
  /** By kind, pods first; kinds of which nothing is left are not listed. */
  readonly remainders: readonly Remainder[]
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Objects deleted in one pass: one transaction of some 20 ms. */
const deletionsPerPassMax = 1_000

/** The finalizer by which every namespace waits for its content (Kubernetes `v1.FinalizerKubernetes`). */
const contentFinalizer = 'kubernetes'

/** Empties namespaces that are being deleted, and then lets them go. `kinds` are all that live in namespaces. */
export function namespaceController(kinds: readonly KindDefinition[]): Controller<NamespaceWorld> {
  const namespaced = kinds
    .filter(({ scope }) => scope === 'Namespaced')
    .toSorted((a, b) => Number(b.kind === 'Pod') - Number(a.kind === 'Pod'))
  return {
    name: 'namespace-controller',
    watches: [own('Namespace'), contentOfDeleted],
    observe: (replica, key, context) => observe(replica, { key, kinds: namespaced }, context),
    plan: planNamespace,
  }
}

/**
 * What must be done for a namespace that is being deleted: say so in its phase, delete pods and then all else (pods may
 * rely on the rest; Kubernetes' ordered namespace deletion), tell what it waits for, and in the end drop the finalizer.
 */
export function planNamespace({ namespace, remainders, now }: NamespaceWorld): Plan {
  if (namespace === undefined || namespace.metadata.deletionTimestamp === undefined) return nothing
  const first = remainders[0]
  if (first === undefined) return planEnd(namespace)
  const wave = first.plural === 'pods' ? [first] : remainders
  const operations = wave.flatMap(({ untouched }) =>
    untouched.flatMap((object) => planDeletion(object, { propagationPolicy: 'Background', now }) ?? []),
  )
  const status = statusOf(namespace, remainders, now)
  if (status !== namespace.status)
    operations.push({ type: 'update', object: { ...namespace, status }, base: namespace })
  const untouchedCount = wave.reduce((sum, { untouched }) => sum + untouched.length, 0)
  return { operations, ...(untouchedCount >= deletionsPerPassMax ? { requeueAfterMs: 0 } : {}) }
}

function planEnd(namespace: Namespace): Plan {
  const finalizers = namespace.spec?.finalizers ?? []
  if (!finalizers.includes(contentFinalizer)) return nothing
  const kept = finalizers.filter((name) => name !== contentFinalizer)
  const object = { ...namespace, spec: { ...namespace.spec, finalizers: kept }, status: terminating(namespace, []) }
  const operation: Operation = isFinished(object)
    ? { type: 'delete', base: namespace }
    : { type: 'update', object, base: namespace }
  return { operations: [operation] }
}

type Status = NonNullable<Namespace['status']>
type Condition = NonNullable<Status['conditions']>[number]

function statusOf(namespace: Namespace, remainders: readonly Remainder[], now: number): Status {
  const lastTransitionTime = timestamp(now)
  const wanted: Condition[] = [
    {
      type: 'NamespaceContentRemaining',
      status: 'True',
      lastTransitionTime,
      reason: 'SomeResourcesRemain',
      message: `Some resources are remaining: ${remainders.map(({ plural }) => plural).join(', ')}`,
    },
  ]
  const finalizers = [...new Set(remainders.flatMap((remainder) => [...remainder.finalizers]))].toSorted()
  if (finalizers.length > 0) {
    wanted.push({
      type: 'NamespaceFinalizersRemaining',
      status: 'True',
      lastTransitionTime,
      reason: 'SomeFinalizersRemain',
      message: `Some content in the namespace has finalizers remaining: ${finalizers.join(', ')}`,
    })
  }
  return terminating(namespace, wanted)
}

/** The same status when it says so already. No counts in it, or a large namespace would be rewritten for each object. */
function terminating({ status }: Namespace, wanted: readonly Condition[]): Status {
  const present = status?.conditions ?? []
  const conditions = wanted.map((condition) => {
    const known = present.find(({ type }) => type === condition.type)
    return known?.status === condition.status && known.message === condition.message ? known : condition
  })
  const isSame = conditions.length === present.length && conditions.every((condition) => present.includes(condition))
  if (status?.phase === 'Terminating' && isSame) return status
  return { ...status, phase: 'Terminating', conditions }
}

interface Place {
  readonly key: string
  readonly kinds: readonly KindDefinition[]
}

function observe(replica: Replica, { key, kinds }: Place, { now }: PassContext): NamespaceWorld {
  const namespace = replica.get(resourceKey('Namespace', key)) as Namespace | undefined
  if (namespace?.metadata.deletionTimestamp === undefined) return { namespace, remainders: [], now }
  const name = namespace.metadata.name
  const remainders = kinds
    .map(({ kind, plural }) => remainderOf(plural, replica.list(kind, { namespace: name })))
    .filter(({ count }) => count > 0)
  return { namespace, remainders, now }
}

function remainderOf(plural: string, objects: Iterable<Resource>): Remainder {
  const untouched: Resource[] = []
  const finalizers = new Set<string>()
  let count = 0
  for (const object of objects) {
    count += 1
    if (object.metadata.deletionTimestamp === undefined) {
      if (untouched.length < deletionsPerPassMax) untouched.push(object)
      continue
    }
    for (const finalizer of object.metadata.finalizers ?? []) finalizers.add(finalizer)
  }
  return { plural, count, untouched, finalizers }
}

/** What appears in, or leaves, a namespace that is being deleted concerns it. */
const contentOfDeleted: Watch = ({ type, object, previous }, replica, enqueue) => {
  const { namespace, finalizers } = object.metadata
  if (namespace === undefined || namespace === '') return
  if (type === 'MODIFIED' && previous?.metadata.finalizers === finalizers) return
  const home = replica.get({ kind: 'Namespace', namespace: '', name: namespace })
  if (home?.metadata.deletionTimestamp !== undefined) enqueue(queueKey('', namespace))
}
