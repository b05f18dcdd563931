import { afterEach, describe, expect, it } from 'vitest'
import { planNodeFollowUp } from '../../src/control/node-follow-up.ts'
import { isReady } from '../../src/control/pod-condition.ts'
import type { Node } from '../../src/model/kinds/node.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { NodeCluster } from '../support/node-cluster.ts'
import { clusterObjectNamed, type ObjectPart, objectNamed } from '../support/objects.ts'

const now = Date.parse('2026-03-01T00:00:00Z')
const conditions = (status: string) => [{ type: 'Ready', status }]
const node = (status: string, part: ObjectPart = {}): Node =>
  clusterObjectNamed('Node', 'n1', { status: { conditions: conditions(status) }, ...part })
const pod = (name: string, ready: string, part: ObjectPart = {}): Pod =>
  objectNamed('Pod', name, {
    spec: { nodeName: 'n1', containers: [] },
    status: { phase: 'Running', conditions: [{ type: 'Initialized', status: 'True' }, ...conditions(ready)] },
    ...part,
  })

describe('the plan', () => {
  it('does nothing for a machine that is no more, or that has all it should', () => {
    expect(planNodeFollowUp({ node: undefined, pods: [pod('a', 'True')], now }).operations).toEqual([])
    expect(planNodeFollowUp({ node: node('True'), pods: [], now })).toEqual({ operations: [], events: [] })
  })

  it('makes pods not ready since now, and says why', () => {
    const ready = pod('a', 'True')
    const { operations, events } = planNodeFollowUp({ node: node('True'), pods: [ready], now })
    const unready = { type: 'Ready', status: 'False', lastTransitionTime: '2026-03-01T00:00:00Z' }
    const status = { phase: 'Running', conditions: [{ type: 'Initialized', status: 'True' }, unready] }
    expect(operations).toEqual([{ type: 'update', object: { ...ready, status }, base: ready }])
    expect(events).toMatchObject([{ type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready' }])
  })
})

describe('the controller', () => {
  let cluster: NodeCluster | undefined

  afterEach(async () => {
    await cluster?.close()
    cluster = undefined
  })

  it.each([
    ['unreachable when it starts: its pods are not ready', 'Unknown', false],
    ['not ready by its own word: its agent tells of its pods', 'False', true],
    ['ready', 'True', true],
  ])('finds a machine that is %s', async (_, status, staysReady) => {
    cluster = await NodeCluster.start([node(status), pod('a', 'True')])
    expect(isReady(cluster.pod('a'))).toBe(staysReady)
  })

  it('marks a pod that is bound to an unreachable machine, and once: what its agent says then counts', async () => {
    cluster = await NodeCluster.start([node('Unknown')])
    const bound = await cluster.store.apply({ type: 'create', object: pod('late', 'True') })
    await cluster.pass(0.001)
    expect(isReady(cluster.pod('late'))).toBe(false)
    const base = cluster.pod('late')
    await cluster.store.apply({ type: 'update', object: { ...base, status: (bound as Pod).status }, base })
    await cluster.pass(0.001)
    expect(isReady(cluster.pod('late'))).toBe(true)
  })

  it('taints a machine at once when its conditions or its spec change, whoever changes them', async () => {
    cluster = await NodeCluster.start([node('True')])
    await cluster.change('n1', (one) => ({ ...one, spec: { unschedulable: true } }))
    expect(cluster.taints('n1')).toEqual(['node.kubernetes.io/unschedulable:NoSchedule'])
    await cluster.change('n1', (one) => ({
      ...one,
      status: { conditions: [{ type: 'DiskPressure', status: 'True' }] },
    }))
    expect(cluster.taints('n1')).toEqual([
      'node.kubernetes.io/unschedulable:NoSchedule',
      'node.kubernetes.io/disk-pressure:NoSchedule',
    ])
    await cluster.change('n1', (one) => ({ ...one, spec: {}, status: {} }))
    expect(cluster.taints('n1')).toEqual([])
  })
})
