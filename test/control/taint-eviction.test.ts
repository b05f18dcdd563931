import { afterEach, describe, expect, it } from 'vitest'
import { planTaintEviction } from '../../src/control/taint-eviction.ts'
import type { Node } from '../../src/model/kinds/node.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { NodeCluster } from '../support/node-cluster.ts'
import { clusterObjectNamed, type ObjectPart, objectNamed } from '../support/objects.ts'

const now = Date.parse('2026-03-01T00:00:00Z')
const own = { key: 'own', effect: 'NoExecute' as const }
const node = (name: string, taints: readonly object[] = []): Node =>
  clusterObjectNamed('Node', name, { spec: { taints }, status: { conditions: [{ type: 'Ready', status: 'True' }] } })
const tolerating = (tolerationSeconds?: number) => [
  { key: 'own', operator: 'Exists', ...(tolerationSeconds === undefined ? {} : { tolerationSeconds }) },
]
const pod = (name: string, tolerations: readonly object[] = [], part: ObjectPart = {}): Pod =>
  objectNamed('Pod', name, {
    spec: { nodeName: 'n1', containers: [], tolerations },
    status: { phase: 'Running' },
    ...part,
  })

describe('the plan', () => {
  it('deletes a pod with its grace period, and says on it why', () => {
    const one = pod('a')
    const { operations, events } = planTaintEviction({ due: [one], reprieved: [], nextInMs: undefined, now })
    expect(operations).toEqual([
      {
        type: 'update',
        base: one,
        object: {
          ...one,
          metadata: {
            ...one.metadata,
            deletionTimestamp: '2026-03-01T00:00:30Z',
            deletionGracePeriodSeconds: 30,
          },
          status: {
            phase: 'Running',
            conditions: [
              {
                type: 'DisruptionTarget',
                status: 'True',
                reason: 'DeletionByTaintManager',
                message: 'Taint manager: deleting due to NoExecute taint',
                lastTransitionTime: '2026-03-01T00:00:00Z',
              },
            ],
          },
        },
      },
    ])
    expect(events).toMatchObject([
      { type: 'Normal', reason: 'TaintManagerEviction', message: 'Marking for deletion Pod default/a' },
    ])
  })

  it('removes a pod that has ended, tells who is spared, and comes again when the next one is due', () => {
    const over = pod('over', [], { status: { phase: 'Succeeded' } })
    const plan = planTaintEviction({ due: [over], reprieved: [pod('spared')], nextInMs: 7_000, now })
    expect(plan.operations).toEqual([{ type: 'delete', base: over }])
    expect(plan.events).toMatchObject([
      { message: 'Cancelling deletion of Pod default/spared' },
      { message: 'Marking for deletion Pod default/over' },
    ])
    expect(plan.requeueAfterMs).toBe(7_000)
  })
})

describe('the controller', () => {
  let cluster: NodeCluster | undefined

  afterEach(async () => {
    await cluster?.close()
    cluster = undefined
  })

  async function start(...pods: readonly Pod[]): Promise<NodeCluster> {
    cluster = await NodeCluster.start([node('n1'), node('n2'), ...pods], { nodeMonitorGraceMs: 3_600_000 })
    return cluster
  }

  const taint = (taints: readonly object[]) => (one: Node) => ({ ...one, spec: { taints } as never })

  it('evicts from a tainted machine those who do not tolerate it, each in its time, and nobody elsewhere', async () => {
    const elsewhere = pod('elsewhere', [], { spec: { nodeName: 'n2', containers: [] } })
    const all = await start(pod('never', tolerating()), pod('now'), pod('soon', tolerating(10)), elsewhere)
    await all.change('n1', taint([own]))
    expect(all.livePods()).toEqual(['elsewhere', 'never', 'soon'])
    await all.pass(9_000)
    expect(all.livePods()).toEqual(['elsewhere', 'never', 'soon'])
    await all.pass(2_000)
    expect(all.livePods()).toEqual(['elsewhere', 'never'])
  })

  it('spares those whose taint goes in time, and says so', async () => {
    const one = await start(pod('soon', tolerating(10)))
    await one.change('n1', taint([own]))
    await one.pass(5_000)
    await one.change('n1', taint([]))
    await one.pass(60_000)
    expect(one.livePods()).toEqual(['soon'])
    const told = one.happenings.filter(({ reason }) => reason === 'TaintManagerEviction')
    expect(told.map(({ message }) => message)).toEqual(['Cancelling deletion of Pod default/soon'])
  })

  it('evicts a pod that comes later, and one that tolerates no longer', async () => {
    const one = await start(pod('a', tolerating()))
    await one.change('n1', taint([own]))
    await one.store.apply({ type: 'create', object: pod('late', tolerating(10)) })
    await one.pass(15_000)
    expect(one.livePods()).toEqual(['a'])
    const base = one.pod('a')
    await one.store.apply({ type: 'update', object: { ...base, spec: { ...base.spec, tolerations: [] } }, base })
    await one.pass(0.001)
    expect(one.livePods()).toEqual([])
  })

  it('leaves the pods of a machine that is no more to the pod garbage collector', async () => {
    const one = await start(pod('soon', tolerating(10)))
    await one.change('n1', taint([own]))
    await one.store.apply({ type: 'delete', base: one.node('n1') })
    await one.pass(60_000)
    expect(one.livePods()).toEqual(['soon'])
  })
})
