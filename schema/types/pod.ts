import { partOf, shapeOf } from '../../src/model/field-shape.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { definitionOf } from '../../src/model/kinds.ts'
import type { Resource } from '../../src/model/resource.ts'
import type { Builder } from '../builder.ts'
import { addKind, type KindTypes, type Refinement, type Toolbox } from '../kind-types.ts'
import type { Order } from '../pages.ts'

/** What narrows pods beside namespace and labels. All that is given must hold. */
export interface PodFilter {
  readonly phase?: readonly string[] | null
  readonly nodeName?: readonly string[] | null
  readonly bound?: boolean | null
  readonly ready?: boolean | null
  readonly ownerUid?: string | null
  readonly nameContains?: string | null
}

interface PodOrder {
  readonly field: 'NAME' | 'NAMESPACE' | 'CREATED' | 'PHASE' | 'NODE' | 'RESTARTS'
  readonly direction?: 'ASC' | 'DESC' | null
}

/** The Pod type, its list with `where` and `orderBy`, and the input types that its subscription shares. */
export function addPod(toolbox: Toolbox): KindTypes & { filter: ReturnType<typeof addPodFilter> } {
  const filter = addPodFilter(toolbox)
  const order = addPodOrder(toolbox.builder)
  const refinement: Refinement = {
    args: (arg) => ({
      where: arg({ type: filter, description: 'Only pods for which all of this holds.' }),
      orderBy: arg({ type: [order], description: 'Order; (namespace, name) without it and among equals.' }),
    }),
    refine: ({ where, orderBy }) => ({
      accepts: podPredicate(where as PodFilter | null | undefined),
      order: orderOf(orderBy as readonly PodOrder[] | null | undefined),
    }),
  }
  const types = addKind(toolbox, definitionOf('Pod'), { refinement })
  return { ...types, filter }
}

/** The predicate of a filter, or undefined where it holds for every pod. */
export function podPredicate(where: PodFilter | null | undefined): ((object: Resource) => boolean) | undefined {
  if (where == null) return undefined
  const tests: ((pod: Pod) => boolean)[] = []
  const { phase, nodeName, bound, ready, ownerUid, nameContains } = where
  const [phases, nodeNames] = [new Set(phase), new Set(nodeName)]
  if (phase != null) tests.push((pod) => phases.has(pod.status?.phase ?? 'Pending'))
  if (nodeName != null) tests.push((pod) => nodeNames.has(pod.spec.nodeName ?? ''))
  if (bound != null) tests.push((pod) => (pod.spec.nodeName !== undefined) === bound)
  if (ready != null) tests.push((pod) => isReady(pod) === ready)
  if (ownerUid != null) tests.push((pod) => pod.metadata.ownerReferences?.some(({ uid }) => uid === ownerUid) === true)
  if (nameContains != null) tests.push((pod) => pod.metadata.name.includes(nameContains))
  return tests.length === 0 ? undefined : (object) => tests.every((test) => test(object as Pod))
}

function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true
}

function orderOf(orderBy: readonly PodOrder[] | null | undefined): Order | undefined {
  if (orderBy == null || orderBy.length === 0) return undefined
  // What stands twice decides nothing the second time.
  const keys = new Map(orderBy.toReversed().map((key) => [key.field, key]))
  return orderBy
    .filter((key) => keys.get(key.field) === key)
    .map(({ field, direction }) => ({
      name: `${field} ${direction ?? 'ASC'}`,
      keyOf: (object) => orderKey[field](object as Pod),
      descending: direction === 'DESC',
    }))
}

const orderKey: Readonly<Record<PodOrder['field'], (pod: Pod) => string | number>> = {
  NAME: (pod) => pod.metadata.name,
  NAMESPACE: (pod) => pod.metadata.namespace ?? '',
  CREATED: (pod) => pod.metadata.creationTimestamp,
  PHASE: (pod) => pod.status?.phase ?? 'Pending',
  NODE: (pod) => pod.spec.nodeName ?? '',
  RESTARTS: (pod) => (pod.status?.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0),
}

function addPodFilter({ builder, shapes }: Toolbox) {
  const phase = shapes.inputType(partOf(shapeOf(definitionOf('Pod').body), 'status', 'phase'))
  return builder.inputType('PodFilter', {
    description: 'What narrows a list or a stream of pods. All that is given must hold.',
    fields: (t) => ({
      phase: t.field({ type: [phase] as never, description: 'In one of these phases.' }),
      nodeName: t.stringList({ description: 'Bound to one of these machines.' }),
      bound: t.boolean({ description: 'Whether bound to a machine.' }),
      ready: t.boolean({ description: 'Whether the condition Ready is True.' }),
      ownerUid: t.string({ description: 'Has the object with this uid among its owners.' }),
      nameContains: t.string({ description: 'The name contains this.' }),
    }),
  })
}

function addPodOrder(builder: Builder) {
  const field = builder.enumType('PodOrderField', {
    description: 'By what pods are ordered.',
    values: {
      NAME: { description: 'The name.' },
      NAMESPACE: { description: 'The namespace.' },
      CREATED: { description: 'The time of creation.' },
      PHASE: { description: 'The phase.' },
      NODE: { description: 'The machine; pods without one come first.' },
      RESTARTS: { description: 'The restarts of all containers.' },
    } as const,
  })
  const direction = builder.enumType('OrderDirection', {
    description: 'Which end comes first.',
    values: { ASC: { description: 'The least first.' }, DESC: { description: 'The greatest first.' } } as const,
  })
  return builder.inputType('PodOrder', {
    description: 'One key of an order; the next one decides among equals.',
    fields: (t) => ({
      field: t.field({ type: field, required: true, description: 'By what.' }),
      direction: t.field({ type: direction, defaultValue: 'ASC', description: 'Which end first.' }),
    }),
  })
}
