import { expect, it } from 'vitest'
import { computeStatus, type StatusInput } from '../../src/control/replica-status.ts'
import { Refusal } from '../../src/model/errors.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import type { ReplicaSet } from '../../src/model/kinds/replica-set.ts'
import { describeConformance } from '../support/conformance.ts'
import { objectNamed } from '../support/objects.ts'

const now = Date.parse('2026-03-01T00:00:00Z')
const plain: StatusInput = {
  previous: undefined,
  template: {
    metadata: { labels: { app: 'web', tier: 'fe' } },
    spec: { containers: [] },
  } as unknown as StatusInput['template'],
  minReadySeconds: 0,
  generation: 2,
  pods: [],
  created: 0,
  refused: undefined,
  now,
}

const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
const pod = (labels: Record<string, string>, status: Record<string, unknown> = {}): Pod =>
  objectNamed('Pod', 'pod', { metadata: { labels }, spec: {}, status })

it('a status that says nothing new is the same object', () => {
  const { status } = computeStatus({ ...plain, created: 2 })
  const pods = [pod({ app: 'web', tier: 'fe' }), pod({ app: 'web', tier: 'fe' })]
  expect(computeStatus({ ...plain, previous: status, pods }).status).toBe(status)
  expect(computeStatus({ ...plain, previous: status, pods, generation: 3 }).status.observedGeneration).toBe(3)
})

it.each([
  ['without a label of the template is not fully labelled', pod({ app: 'web' }), [1, 0, 0, 0]],
  ['with more labels than the template is', pod({ app: 'web', tier: 'fe', more: 'x' }), [1, 1, 0, 0]],
  ['that is ready is available too, when it need not be so for long', pod({}, ready), [1, 0, 1, 1]],
] as const)('a pod %s', (_, one, counts) => {
  const { status } = computeStatus({ ...plain, pods: [one] })
  const { replicas, fullyLabeledReplicas, readyReplicas, availableReplicas } = status
  expect([replicas, fullyLabeledReplicas, readyReplicas, availableReplicas]).toEqual(counts)
})

it('a status that could not be written is no failure to replicate', () => {
  const operation = { type: 'update', object: pod({}), base: { ...pod({}), kind: 'ReplicaSet' } } as const
  const refused = { operation, refusal: new Refusal('UNAVAILABLE', 'busy') }
  expect(computeStatus({ ...plain, refused }).status.conditions).toBeUndefined()
})

interface StatusRow {
  readonly name: string
  readonly replicaset: ReplicaSet
  readonly filteredPods: readonly Pod[]
  readonly manageReplicasErr?: string
  readonly expectedReplicaSetStatus?: Readonly<Record<string, number>>
  readonly expectedReplicaSetConditions?: readonly { readonly type: string; readonly reason: string }[]
}

type StatusTables = Readonly<Record<'calculateStatus' | 'calculateStatusConditions', readonly StatusRow[]>>

describeConformance<{ tables: StatusTables }>('05o-replicaset-gc.json', ({ tables }) => {
  it('counts as each row of calculateStatus does', () => {
    expect(tables.calculateStatus.length).toBeGreaterThan(0)
    for (const row of tables.calculateStatus) {
      const { replicas, fullyLabeledReplicas, readyReplicas, availableReplicas } = computeStatus(inputOf(row)).status
      const expected = {
        fullyLabeledReplicas: 0,
        readyReplicas: 0,
        availableReplicas: 0,
        ...row.expectedReplicaSetStatus,
      }
      expect({ replicas, fullyLabeledReplicas, readyReplicas, availableReplicas }, row.name).toEqual(expected)
    }
  })

  it('tells failures as each row of calculateStatusConditions does', () => {
    expect(tables.calculateStatusConditions.length).toBeGreaterThan(0)
    for (const row of tables.calculateStatusConditions) {
      const conditions = computeStatus(inputOf(row)).status.conditions ?? []
      const told = conditions.map(({ type, reason }) => ({ type, reason }))
      const expected = (row.expectedReplicaSetConditions ?? []).map(({ type, reason }) => ({ type, reason }))
      expect(told, row.name).toEqual(expected)
    }
  })
})

function inputOf({ replicaset, filteredPods, manageReplicasErr }: StatusRow): StatusInput {
  const lacks = filteredPods.length < (replicaset.spec.replicas ?? 1)
  const one = objectNamed<Pod>('Pod', 'x')
  const operation = lacks ? ({ type: 'create', object: one } as const) : ({ type: 'delete', base: one } as const)
  return {
    previous: replicaset.status,
    template: replicaset.spec.template,
    minReadySeconds: replicaset.spec.minReadySeconds ?? 0,
    generation: replicaset.metadata.generation,
    pods: filteredPods,
    created: 0,
    refused:
      manageReplicasErr === undefined ? undefined : { operation, refusal: new Refusal('INVALID', manageReplicasErr) },
    now,
  }
}
