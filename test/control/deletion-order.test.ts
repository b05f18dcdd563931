import fc from 'fast-check'
import { expect, it } from 'vitest'
import { deletionCostAnnotation, podsToDelete } from '../../src/control/deletion-order.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { describeConformance } from '../support/conformance.ts'
import { type ObjectPart, objectNamed } from '../support/objects.ts'

const now = Date.parse('2026-03-01T00:00:00Z')
const ago = (seconds: number) => new Date(now - seconds * 1_000).toISOString()
const ready = (seconds: number) => ({
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: ago(seconds) }],
})

function pod(name: string, part: ObjectPart = {}): Pod {
  return objectNamed('Pod', name, { spec: { nodeName: 'n1', containers: [] }, status: ready(3_600), ...part })
}

const unassigned = { spec: { containers: [] } }
const costing = (cost: string) => ({ metadata: { annotations: { [deletionCostAnnotation]: cost } } })
const restarted = (times: number) => ({
  status: { ...ready(3_600), containerStatuses: [{ restartCount: 0 }, { restartCount: times }] },
})

it.each<[string, ObjectPart, ObjectPart]>([
  ['an unassigned pod goes before an assigned one', unassigned, {}],
  [
    'a pending pod goes before one of unknown phase',
    { status: { phase: 'Pending' } },
    { status: { phase: 'Unknown' } },
  ],
  [
    'a pod of unknown phase goes before a running one',
    { status: { phase: 'Unknown' } },
    { status: { phase: 'Running' } },
  ],
  ['a pod that is not ready goes before a ready one', { status: { phase: 'Running' } }, {}],
  ['a cheaper pod goes before a dearer one', costing('-5'), {}],
  ['a pod without a cost goes before one that has a cost', {}, costing('5')],
  ['readiness counts more than cost', { status: { phase: 'Running' }, ...costing('9') }, costing('-9')],
  ['a pod that has been ready for less time goes first', { status: ready(60) }, {}],
  [
    'a pod that is ready since nobody knows when goes first',
    { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } },
    { status: ready(0) },
  ],
  ['a pod that was restarted more often goes first', restarted(3), restarted(2)],
  [
    'a younger pod goes before an older one',
    { metadata: { creationTimestamp: ago(60) } },
    { metadata: { creationTimestamp: ago(6_000) } },
  ],
])('%s', (_, first, second) => {
  // The uid, which decides between equals, speaks for the other pod.
  const [goes, stays] = [pod('b', first), pod('a', second)]
  expect(podsToDelete([stays, goes], 1, { related: [], now })).toEqual([goes])
  expect(podsToDelete([goes, stays], 1, { related: [], now })).toEqual([goes])
})

it.each<[string, ObjectPart, ObjectPart]>([
  ['times of readiness within one power of two', { status: ready(2_300) }, { status: ready(4_300) }],
  [
    'times of creation within one power of two',
    { metadata: { creationTimestamp: ago(2_300) } },
    { metadata: { creationTimestamp: ago(4_300) } },
  ],
  ['costs that are no int32', costing('2147483648'), costing('01')],
  ['costs with a plus sign', costing('+7'), {}],
])('%s make no difference, and the uid decides', (_, one, other) => {
  const [a, b] = [pod('a', one), pod('b', other)]
  expect(podsToDelete([b, a], 1, { related: [], now })).toEqual([a])
  const [swappedA, swappedB] = [pod('a', other), pod('b', one)]
  expect(podsToDelete([swappedB, swappedA], 1, { related: [], now })).toEqual([swappedA])
})

it('a pod on a node with more pods of the set goes first', () => {
  const [alone, one, two] = [pod('a', { spec: { nodeName: 'n2' } }), pod('b'), pod('c')]
  const pods = [alone, one, two]
  expect(podsToDelete(pods, 1, { related: pods, now })).toEqual([one])
  expect(
    podsToDelete([alone, one], 1, { related: [alone, one, pod('sibling', { spec: { nodeName: 'n2' } })], now }),
  ).toEqual([alone])
  const ended = pod('ended', { spec: { nodeName: 'n2' }, status: { phase: 'Failed' } })
  expect(podsToDelete([alone, one, two], 1, { related: [...pods, ended, ended], now })).toEqual([one])
})

it('the choice depends on the pods alone, and a smaller choice is part of a larger one', () => {
  const anyPod = fc.record({
    assigned: fc.boolean(),
    phase: fc.constantFrom('Pending', 'Unknown', 'Running'),
    readySeconds: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
    cost: fc.constantFrom('-1', '0', '1'),
    age: fc.integer({ min: 1, max: 1_000_000 }),
    node: fc.constantFrom('n1', 'n2'),
  })
  const scene = fc.array(anyPod, { minLength: 2, maxLength: 12 }).chain((parts) => {
    const pods = parts.map(({ assigned, phase, readySeconds, cost, age, node }, index) =>
      pod(`p${index}`, {
        spec: assigned ? { nodeName: node } : {},
        status: readySeconds === null ? { phase } : { ...ready(readySeconds), phase },
        metadata: { creationTimestamp: ago(age), annotations: { [deletionCostAnnotation]: cost } },
      }),
    )
    return fc.record({
      pods: fc.constant(pods),
      shuffled: fc.shuffledSubarray(pods, { minLength: pods.length }),
      count: fc.nat(pods.length - 1),
    })
  })
  fc.assert(
    fc.property(scene, ({ pods, shuffled, count }) => {
      const options = { related: pods, now }
      const chosen = podsToDelete(pods, count, options)
      expect(podsToDelete(shuffled, count, options)).toEqual(chosen)
      expect(podsToDelete(pods, count + 1, options).slice(0, count)).toEqual(
        count + 1 < pods.length ? chosen : expect.anything(),
      )
      const isAssigned = (one: Pod) => one.spec.nodeName !== undefined
      const left = pods.filter((one) => !chosen.includes(one))
      if (chosen.some(isAssigned)) expect(left.every(isAssigned)).toBe(true)
    }),
  )
})

interface OrderRow {
  readonly name: string
  readonly phase: string
  readonly nodeName?: string
  readonly ready?: boolean
  readonly readySince?: string | null
  readonly restarts?: number
  readonly created?: string
}

interface Tables {
  readonly activePodsDeletionOrder: readonly { readonly order: readonly OrderRow[] }[]
  readonly replicaSetPodsToDelete: readonly { name: string; diff: number; pods: Pod[]; expectedPodsToDelete: Pod[] }[]
}

describeConformance<{ tables: Tables }>('05o-replicaset-gc.json', ({ tables }) => {
  it('sorts the pods of each row of activePodsDeletionOrder', () => {
    expect(tables.activePodsDeletionOrder.length).toBeGreaterThan(0)
    for (const { order } of tables.activePodsDeletionOrder) {
      const pods = order.map(podOfRow).reverse()
      for (let count = 1; count < pods.length; count += 1) {
        const chosen = podsToDelete(pods, count, { related: [], now }).map(({ metadata }) => metadata.name)
        expect(chosen).toEqual(order.slice(0, count).map(({ name }) => name))
      }
    }
  })

  it('chooses the pods of each row of replicaSetPodsToDelete', () => {
    expect(tables.replicaSetPodsToDelete.length).toBeGreaterThan(0)
    for (const row of tables.replicaSetPodsToDelete) {
      const names = podsToDelete(row.pods, row.diff, { related: row.pods, now }).map(({ metadata }) => metadata.name)
      expect(names.toSorted(), row.name).toEqual(
        row.expectedPodsToDelete.map(({ metadata }) => metadata.name).toSorted(),
      )
    }
  })
})

function podOfRow(row: OrderRow): Pod {
  const times: Record<string, string> = { now: ago(0), 'one month ago': ago(30 * 86_400) }
  const time = (text: string | null | undefined) => (text ? { lastTransitionTime: times[text] } : {})
  const isReady = row.ready === true
  const assigned = row.nodeName ?? (row.phase === 'Running' ? 'foo' : '')
  return pod(row.name, {
    metadata: row.created === undefined ? {} : { creationTimestamp: times[row.created] ?? '' },
    spec: { nodeName: assigned },
    status: {
      phase: row.phase,
      conditions: isReady ? [{ type: 'Ready', status: 'True', ...time(row.readySince) }] : [],
      containerStatuses: [{ restartCount: row.restarts ?? 0 }],
    },
  })
}
