import { describe, expect, it } from 'vitest'
import { leastAllocatedProfile, mostAllocatedProfile } from '../../src/scheduler/profile.ts'
import { Scheduler } from '../../src/scheduler/scheduler.ts'
import type { SchedulingNode, SchedulingPod, SchedulingSpec } from '../../src/scheduler/subjects.ts'
import { asking, clusterOf, nodeNamed, podNamed } from './objects.ts'

const small = asking({ cpu: '1', memory: '1Gi' })

function schedulerOf(nodes: readonly SchedulingNode[], pods: readonly SchedulingPod[] = []): Scheduler {
  return new Scheduler(clusterOf(nodes, pods), leastAllocatedProfile)
}

function placeAll(scheduler: Scheduler, count: number, spec: SchedulingSpec): (string | undefined)[] {
  return Array.from({ length: count }, (_, index) => scheduler.place(podNamed(`pod-${index}`, spec)).node)
}

describe('Scheduler.place', () => {
  it('spreads pods over the nodes, the first by name among equals', () => {
    const scheduler = schedulerOf([nodeNamed('b'), nodeNamed('c'), nodeNamed('a')])
    expect(placeAll(scheduler, 5, small)).toEqual(['a', 'b', 'c', 'a', 'b'])
  })

  it('fills one node after the other with the profile of most allocated', () => {
    const scheduler = new Scheduler(clusterOf([nodeNamed('b'), nodeNamed('a')]), mostAllocatedProfile)
    expect(placeAll(scheduler, 6, small)).toEqual(['a', 'a', 'a', 'a', 'b', 'b'])
  })

  it('counts a pod as placed at once, so that the next one finds the room taken', () => {
    const scheduler = schedulerOf([nodeNamed('a')])
    expect(placeAll(scheduler, 5, small)).toEqual(['a', 'a', 'a', 'a', undefined])
  })

  it('gives the room back when the binding is refused', () => {
    const state = clusterOf([nodeNamed('a', { allocatable: { cpu: '1' } })])
    const scheduler = new Scheduler(state, leastAllocatedProfile)
    expect(scheduler.place(podNamed('one', small)).node).toBe('a')
    expect(scheduler.place(podNamed('two', small)).node).toBeUndefined()
    expect(scheduler.forget('one')).toEqual({ node: 'a', kinds: ['AssignedPodDelete'] })
    expect(scheduler.place(podNamed('two', small)).node).toBe('a')
  })

  it('leaves a pod on the node that it is on', () => {
    const scheduler = schedulerOf([nodeNamed('a'), nodeNamed('b')])
    const pod = podNamed('pod', small)
    expect([scheduler.place(pod).node, scheduler.place(pod).node]).toEqual(['a', 'a'])
  })

  it('keeps to the order of names when nodes come between others, however many', () => {
    const state = clusterOf([nodeNamed('a'), nodeNamed('b')])
    const scheduler = new Scheduler(state, leastAllocatedProfile)
    const tiny = asking({ cpu: '1m' })
    scheduler.place(podNamed('first', tiny))
    const names = Array.from({ length: 100 }, (_, index) => `a${'0'.repeat(100 - index)}1`)
    for (const name of names) state.upsertNode(nodeNamed(name))
    const order = ['a', ...names.toSorted(), 'b']
    expect(placeAll(scheduler, 101, tiny)).toEqual(order.slice(1))
  })

  it('knows of all changes also after so many that the oldest are forgotten', () => {
    const state = clusterOf(['a', 'b', 'c'].map((name) => nodeNamed(name, { allocatable: { cpu: '2' } })))
    const scheduler = new Scheduler(state, leastAllocatedProfile)
    expect(scheduler.place(podNamed('first', small)).node).toBe('a')
    state.upsertNode(nodeNamed('b', { unschedulable: true }))
    const churning = podNamed('churning', { ...asking({ cpu: '1m' }), nodeName: 'a' })
    for (let count = 0; count < 3_000; count++) {
      state.upsertPod(churning)
      state.removePod('churning')
    }
    expect(placeAll(scheduler, 4, small)).toEqual(['c', 'a', 'c', undefined])
  })

  it('places every class as it should when there are more than are kept at hand', () => {
    const nodes = ['a', 'b', 'c'].map((name) => nodeNamed(name))
    const forgetful = new Scheduler(clusterOf(nodes), leastAllocatedProfile, { rankingLimit: 1 })
    const mindful = new Scheduler(clusterOf(nodes), leastAllocatedProfile)
    const specs = Array.from({ length: 40 }, (_, index) => asking({ cpu: `${index + 10}m` }))
    for (let index = 0; index < 120; index++) {
      const pod = podNamed(`pod-${index}`, specs[index % specs.length])
      expect(forgetful.place(pod)).toEqual(mindful.place(pod))
    }
  })

  it('refuses weights that scores and names could not be told apart with', () => {
    const scores = leastAllocatedProfile.scores.map(({ score }) => ({ score, weight: 100 }))
    expect(() => new Scheduler(clusterOf([]), { ...leastAllocatedProfile, scores })).toThrow('at most 300')
  })
})

describe('Scheduler.place of a pod that fits nowhere', () => {
  const nodes = [
    nodeNamed('full-1', { allocatable: { cpu: '500m' } }),
    nodeNamed('full-2', { allocatable: { cpu: '500m', memory: '512Mi' } }),
    nodeNamed('cordoned', { unschedulable: true }),
    nodeNamed('tainted-1', { taints: [{ key: 'dedicated', value: 'web', effect: 'NoSchedule' }] }),
    nodeNamed('tainted-2', { taints: [{ key: 'dedicated', value: 'web', effect: 'NoExecute' }] }),
    nodeNamed('tainted-3', { taints: [{ key: 'gpu', effect: 'NoSchedule' }], unschedulable: true }),
  ]

  it('tells why in the sentence of Kubernetes', () => {
    expect(schedulerOf(nodes).place(podNamed('pod', small)).unschedulable?.message).toBe(
      '0/6 nodes are available: 1 Insufficient memory, 2 Insufficient cpu, 2 node(s) had untolerated taint ' +
        '{dedicated: web}, 2 node(s) were unschedulable.',
    )
    expect(schedulerOf([]).place(podNamed('pod', small)).unschedulable?.message).toBe(
      'no nodes available to schedule pods',
    )
  })

  it('counts the nodes by the first filter that refuses them, with the reasons and what would help', () => {
    const { unschedulable } = schedulerOf(nodes).place(podNamed('pod', small))
    expect(unschedulable?.nodes).toBe(6)
    expect(unschedulable?.filters).toEqual([
      {
        filter: 'NodeUnschedulable',
        nodes: 2,
        reasons: [{ reason: 'node(s) were unschedulable', nodes: 2 }],
        help: 'Uncordon a node, or add one.',
      },
      {
        filter: 'TaintToleration',
        nodes: 2,
        reasons: [{ reason: 'node(s) had untolerated taint {dedicated: web}', nodes: 2 }],
        help: 'Add a toleration for one of the named taints to the pod, remove the taint from a node, or add a node.',
      },
      {
        filter: 'NodeResourcesFit',
        nodes: 2,
        reasons: [
          { reason: 'Insufficient cpu', nodes: 2 },
          { reason: 'Insufficient memory', nodes: 1 },
        ],
        help: "Remove pods, add a node with enough room, or lower the pod's requests (it asks for cpu 1, memory 1Gi).",
      },
    ])
  })

  it('tells the same again as long as nothing has changed, and something else when it has', () => {
    const state = clusterOf(nodes)
    const scheduler = new Scheduler(state, leastAllocatedProfile)
    const first = scheduler.place(podNamed('one', small)).unschedulable
    expect(scheduler.place(podNamed('two', small)).unschedulable).toBe(first)
    state.removeNode('full-1')
    expect(scheduler.place(podNamed('two', small)).unschedulable?.message).toMatch(/^0\/5 nodes are available/)
  })
})

describe('Scheduler.explain', () => {
  it('gives the verdict of every filter and score on every node, and changes nothing', () => {
    const state = clusterOf([
      nodeNamed('b', { unschedulable: true, allocatable: { cpu: '0' } }),
      nodeNamed('a'),
      nodeNamed('c', { taints: [{ key: 'spot', effect: 'PreferNoSchedule' }] }),
    ])
    const scheduler = new Scheduler(state, leastAllocatedProfile)
    const { filterCounts, verdicts } = scheduler.explain(podNamed('pod', asking({ cpu: '1', memory: '2Gi' })))
    expect(filterCounts).toEqual([expect.objectContaining({ filter: 'NodeUnschedulable', nodes: 1, nodesAlone: 0 })])
    expect(verdicts).toEqual([
      {
        node: 'a',
        feasible: true,
        rejections: [],
        scores: [
          { score: 'TaintToleration', value: 100, weight: 3 },
          { score: 'NodeAffinity', value: 0, weight: 2 },
          { score: 'NodeResourcesFit', value: 75, weight: 1 },
          { score: 'NodeResourcesBalancedAllocation', value: 100, weight: 1 },
        ],
        total: 475,
      },
      {
        node: 'b',
        feasible: false,
        rejections: [
          { filter: 'NodeUnschedulable', reasons: ['node(s) were unschedulable'] },
          { filter: 'NodeResourcesFit', reasons: ['Insufficient cpu'] },
        ],
        scores: [],
        total: 0,
      },
      expect.objectContaining({ node: 'c', feasible: true, total: 175 }),
    ])
    expect(scheduler.place(podNamed('pod', small)).node).toBe('a')
  })
})

describe('Scheduler.classOf', () => {
  const key = (spec: Partial<SchedulingSpec>): string => schedulerOf([]).classOf(podNamed('pod', spec))
  it.each<[string, Partial<SchedulingSpec>, Partial<SchedulingSpec>, boolean]>([
    ['quantities that mean the same', asking({ cpu: '1' }), asking({ cpu: '1000m' }), true],
    [
      'labels asked for in another order',
      { nodeSelector: { a: '1', b: '2' } },
      { nodeSelector: { b: '2', a: '1' } },
      true,
    ],
    ['another priority', { priority: 1 }, { priority: 2 }, true],
    ['other requests', asking({ cpu: '1' }), asking({ cpu: '2' }), false],
    ['requests that only scores tell apart', asking({ cpu: '0' }), asking({}), false],
    ['another node selector', { nodeSelector: { a: '1' } }, { nodeSelector: { a: '2' } }, false],
    ['other tolerations', { tolerations: [{ operator: 'Exists' }] }, {}, false],
    ['other host ports', { containers: [{ ports: [{ hostPort: 80 }] }] }, { containers: [{}] }, false],
  ])('%s', (_, a, b, same) => {
    expect(key(a) === key(b)).toBe(same)
  })
})
