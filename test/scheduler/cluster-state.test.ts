import { describe, expect, it } from 'vitest'
import type { ClusterState } from '../../src/scheduler/cluster-state.ts'
import { CPU, PODS } from '../../src/scheduler/resource-columns.ts'
import type { SchedulingNode } from '../../src/scheduler/subjects.ts'
import { asking, clusterOf, nodeNamed, podNamed } from './objects.ts'

const one = asking({ cpu: '1' })
const onA = podNamed('pod', { ...one, nodeName: 'a' })

function askedOf(state: ClusterState, node: string): { cpu: number; pods: number } {
  const row = state.slotOf(node)! * state.table.width
  return { cpu: state.table.requested[row + CPU]!, pods: state.table.requested[row + PODS]! }
}

describe('ClusterState.upsertNode', () => {
  const taints = [{ key: 'spot', effect: 'NoSchedule' }]
  const more = { allocatable: { cpu: '8' } }
  it.each<[string, SchedulingNode | null, SchedulingNode, string[] | null]>([
    ['a new node', null, nodeNamed('a'), ['NodeAdd']],
    ['nothing that counts', nodeNamed('a'), nodeNamed('a'), null],
    ['other labels', nodeNamed('a'), nodeNamed('a', { labels: { zone: 'b' } }), ['NodeUpdateLabel']],
    ['other taints', nodeNamed('a', { taints }), nodeNamed('a'), ['NodeUpdateTaint']],
    ['a cordon, which helps nobody', nodeNamed('a'), nodeNamed('a', { unschedulable: true }), null],
    ['the end of a cordon', nodeNamed('a', { unschedulable: true }), nodeNamed('a'), ['NodeUncordon']],
    ['more room', nodeNamed('a'), nodeNamed('a', more), ['NodeUpdateAllocatable']],
    ['less room, which helps nobody', nodeNamed('a', more), nodeNamed('a'), null],
    [
      'several things at once',
      nodeNamed('a', { taints }),
      nodeNamed('a', { ...more, labels: { zone: 'b' } }),
      ['NodeUpdateLabel', 'NodeUpdateTaint', 'NodeUpdateAllocatable'],
    ],
  ])('tells what may help: %s', (_, before, after, kinds) => {
    const state = clusterOf(before === null ? [] : [before])
    expect(state.upsertNode(after)?.kinds ?? null).toEqual(kinds)
  })

  it('wakes no class when a node reports that it is alive and well', () => {
    const state = clusterOf([nodeNamed('a')])
    const { head } = state.journal
    state.upsertNode(nodeNamed('a'))
    expect(state.journal.head).toBe(head)
  })
})

describe('ClusterState.upsertPod', () => {
  it('counts a pod on its node, once', () => {
    const state = clusterOf([nodeNamed('a')])
    state.upsertPod(onA)
    state.upsertPod({ ...onA })
    expect(askedOf(state, 'a')).toEqual({ cpu: 1000, pods: 1 })
  })

  it('counts what the pod asks for now', () => {
    const state = clusterOf([nodeNamed('a')], [onA])
    const change = state.upsertPod(podNamed('pod', { ...asking({ cpu: '500m' }), nodeName: 'a' }))
    expect(change).toEqual({ node: 'a', kinds: ['AssignedPodDelete'] })
    expect(askedOf(state, 'a')).toEqual({ cpu: 500, pods: 1 })
  })

  it.each(['Succeeded', 'Failed'])('counts a pod that has %s no more', (phase) => {
    const state = clusterOf([nodeNamed('a')], [onA])
    expect(state.upsertPod({ ...onA, status: { phase } })).toEqual({ node: 'a', kinds: ['AssignedPodDelete'] })
    expect(askedOf(state, 'a')).toEqual({ cpu: 0, pods: 0 })
    expect(state.upsertPod({ ...onA, status: { phase } })).toBeNull()
  })

  it('keeps an assumption when a version of the pod from before the binding is seen', () => {
    const state = clusterOf([nodeNamed('a')])
    state.assume('pod', 0, state.demandOf(one))
    expect(state.upsertPod(podNamed('pod', one))).toBeNull()
    expect(askedOf(state, 'a')).toEqual({ cpu: 1000, pods: 1 })
  })

  it('makes an assumption certain when the pod is seen bound, so that it is not forgotten', () => {
    const state = clusterOf([nodeNamed('a')])
    state.assume('pod', 0, state.demandOf(one))
    expect(state.upsertPod(onA)).toBeNull()
    expect(state.forget('pod')).toBeNull()
    expect(askedOf(state, 'a')).toEqual({ cpu: 1000, pods: 1 })
  })

  it('moves an assumption to where the pod was bound by someone else', () => {
    const state = clusterOf([nodeNamed('a'), nodeNamed('b')])
    state.assume('pod', state.slotOf('b')!, state.demandOf(one))
    expect(state.upsertPod(onA)).toEqual({ node: 'b', kinds: ['AssignedPodDelete'] })
    expect(askedOf(state, 'a').pods).toBe(1)
    expect(askedOf(state, 'b').pods).toBe(0)
  })
})

describe('ClusterState', () => {
  it('counts the pods of a node that comes after them, and of one that goes and returns', () => {
    const state = clusterOf([], [onA])
    state.upsertNode(nodeNamed('a'))
    expect(askedOf(state, 'a').cpu).toBe(1000)
    state.removeNode('a')
    expect(state.slotOf('a')).toBeUndefined()
    state.upsertNode(nodeNamed('a'))
    expect(askedOf(state, 'a').cpu).toBe(1000)
  })

  it('gives the slot of a node that is gone to another, with nothing left in it', () => {
    const state = clusterOf([nodeNamed('a')], [onA])
    state.removeNode('a')
    state.removePod('pod')
    state.upsertNode(nodeNamed('b', { allocatable: { cpu: '2' } }))
    expect(state.slotCount).toBe(1)
    expect(askedOf(state, 'b')).toEqual({ cpu: 0, pods: 0 })
  })

  it('makes room for any number of nodes and resources', () => {
    const nodes = Array.from({ length: 300 }, (_, index) =>
      nodeNamed(`n-${index}`, { allocatable: { [`example.com/r${index % 20}`]: String(index) } }),
    )
    const state = clusterOf(nodes)
    const column = state.resources.columnOf('example.com/r19')
    expect(state.table.allocatable[state.slotOf('n-299')! * state.table.width + column]).toBe(299)
    expect(state.table.allocatable[state.slotOf('n-298')! * state.table.width + column]).toBe(0)
  })

  it('takes the capacity of a node that does not say what is allocatable', () => {
    const state = clusterOf([{ metadata: { name: 'a' }, status: { capacity: { cpu: '2' } } }])
    expect(state.table.allocatable[CPU]).toBe(2000)
  })
})
