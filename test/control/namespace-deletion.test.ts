import { expect, it } from 'vitest'
import { type NamespaceWorld, planNamespace, type Remainder } from '../../src/control/namespace-deletion.ts'
import type { Namespace } from '../../src/model/kinds/namespace.ts'
import type { Resource } from '../../src/model/resource.ts'
import { clusterObjectNamed, objectNamed } from '../support/objects.ts'

const now = Date.parse('2026-03-01T00:00:00Z')
const deleting = { deletionTimestamp: '2026-03-01T00:00:00Z', deletionGracePeriodSeconds: 0 }

function namespace(status?: Record<string, unknown>, finalizers: readonly string[] = ['kubernetes']): Namespace {
  return clusterObjectNamed('Namespace', 'shop', {
    metadata: deleting,
    spec: { finalizers },
    ...(status === undefined ? {} : { status }),
  })
}

function remainder(plural: string, untouched: readonly Resource[], finalizers: readonly string[] = []): Remainder {
  return { plural, count: untouched.length + finalizers.length, untouched, finalizers: new Set(finalizers) }
}

const pod = objectNamed('Pod', 'pod')
const set = objectNamed('ReplicaSet', 'set')

function lines(world: Partial<NamespaceWorld>): string[] {
  return planNamespace({ namespace: namespace(), remainders: [], now, ...world }).operations.map((operation) => {
    const object = operation.type === 'delete' ? operation.base : operation.object
    return `${operation.type} ${object.kind}`
  })
}

it.each<[string, Partial<NamespaceWorld>, string[]]>([
  ['that is gone', { namespace: undefined }, []],
  [
    'that nobody deletes',
    {
      namespace: clusterObjectNamed('Namespace', 'shop', { spec: { finalizers: ['kubernetes'] } }),
      remainders: [remainder('pods', [pod])],
    },
    [],
  ],
  [
    'with pods and more: pods go first',
    { remainders: [remainder('pods', [pod]), remainder('replicasets', [set])] },
    ['delete Pod', 'update Namespace'],
  ],
  [
    'whose pods take their time: the rest waits',
    { remainders: [remainder('pods', []), remainder('replicasets', [set])] },
    ['update Namespace'],
  ],
  [
    'without pods: all the rest goes',
    { remainders: [remainder('replicasets', [set]), remainder('events', [pod])] },
    ['delete ReplicaSet', 'delete Pod', 'update Namespace'],
  ],
  ['that is empty goes', {}, ['delete Namespace']],
  [
    'that is empty, and that somebody else holds, only loses our finalizer',
    { namespace: namespace({}, ['kubernetes', 'example.com/hold']) },
    ['update Namespace'],
  ],
  [
    'that is empty, and that only somebody else holds, is left alone',
    { namespace: namespace({}, ['example.com/hold']) },
    [],
  ],
])('a namespace %s', (_, world, expected) => {
  expect(lines(world)).toEqual(expected)
})

it('its status says that it ends, and what it waits for', () => {
  const remainders = [remainder('pods', [], ['b.example.com/x', 'a.example.com/x']), remainder('replicasets', [set])]
  const [operation] = planNamespace({ namespace: namespace(), remainders, now }).operations
  expect(operation?.type === 'update' && operation.object['status']).toEqual({
    phase: 'Terminating',
    conditions: [
      {
        type: 'NamespaceContentRemaining',
        status: 'True',
        lastTransitionTime: '2026-03-01T00:00:00Z',
        reason: 'SomeResourcesRemain',
        message: 'Some resources are remaining: pods, replicasets',
      },
      {
        type: 'NamespaceFinalizersRemaining',
        status: 'True',
        lastTransitionTime: '2026-03-01T00:00:00Z',
        reason: 'SomeFinalizersRemain',
        message: 'Some content in the namespace has finalizers remaining: a.example.com/x, b.example.com/x',
      },
    ],
  })
})

it('a second pass over the same remainder does nothing', () => {
  const remainders = [remainder('pods', [], ['example.com/hold'])]
  const [operation] = planNamespace({ namespace: namespace(), remainders, now }).operations
  const next = operation?.type === 'update' ? (operation.object as Namespace) : undefined
  expect(planNamespace({ namespace: next, remainders, now: now + 1 })).toEqual({ operations: [] })
})
