import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ClusterState } from '../../src/scheduler/cluster-state.ts'
import { leastAllocatedProfile, mostAllocatedProfile } from '../../src/scheduler/profile.ts'
import { Scheduler } from '../../src/scheduler/scheduler.ts'
import type { SchedulingNode, SchedulingPod, SchedulingSpec } from '../../src/scheduler/subjects.ts'
import { allocatable, NaiveScheduler, portsOf, requested } from './naive-scheduler.ts'
import { nodeNamed, podNamed } from './objects.ts'

const nodeName = fc.integer({ min: 0, max: 11 }).map((index) => `node-${index}`)

const taint = fc.record({
  key: fc.constantFrom('spot', 'gpu'),
  value: fc.constantFrom('', 'a'),
  effect: fc.constantFrom('NoSchedule', 'NoExecute', 'PreferNoSchedule', 'PreferNoSchedule', 'PreferNoSchedule'),
})

const node: fc.Arbitrary<SchedulingNode> = fc
  .record({
    name: nodeName,
    labels: fc.record({ zone: fc.constantFrom('a', 'b', 'c'), disk: fc.constantFrom('ssd', 'hdd') }),
    taints: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(taint, { maxLength: 2 })),
    unschedulable: fc.constantFrom(false, false, false, true),
    allocatable: fc.record({
      cpu: fc.constantFrom('0', '500m', '1', '2', '3'),
      memory: fc.constantFrom('0', '512Mi', '1Gi', '3Gi'),
      pods: fc.constantFrom('0', '2', '4', '10'),
      'example.com/gpu': fc.constantFrom('0', '0', '2'),
    }),
  })
  .map(({ name, ...part }) => nodeNamed(name, part))

const spec: fc.Arbitrary<SchedulingSpec> = fc.record(
  {
    containers: fc.array(
      fc.record(
        {
          resources: fc.record({
            requests: fc.record(
              {
                cpu: fc.constantFrom('0', '50m', '100m', '400m'),
                memory: fc.constantFrom('0', '64Mi', '256Mi'),
                'example.com/gpu': fc.constantFrom('0', '1'),
              },
              { requiredKeys: [] },
            ),
          }),
          ports: fc.constantFrom([], [], [{ hostPort: 80, protocol: 'TCP' }], [{ hostPort: 80, protocol: 'UDP' }]),
        },
        { requiredKeys: [] },
      ),
      { maxLength: 2 },
    ),
    nodeSelector: fc.constantFrom({}, {}, { disk: 'ssd' }, { zone: 'a' }),
    tolerations: fc.constantFrom(
      [],
      [{ key: 'spot', operator: 'Exists' }],
      [{ key: 'gpu', operator: 'Equal', value: 'a', effect: 'PreferNoSchedule' }],
      [{ operator: 'Exists' }],
    ),
    affinity: fc.constantFrom(
      {},
      prefer([2, 'zone', 'a'], [1, 'zone', 'b'], [3, 'disk', 'ssd']),
      prefer([7, 'zone', 'c'], [4, 'disk', 'hdd']),
    ),
  },
  { requiredKeys: ['containers'] },
)

function prefer(...terms: [weight: number, key: string, value: string][]): SchedulingSpec['affinity'] {
  return {
    nodeAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: terms.map(([weight, key, value]) => ({
        weight,
        preference: { matchExpressions: [{ key, operator: 'In', values: [value] }] },
      })),
    },
  }
}

/** What can happen: `pod` picks one of those that have a node by now. */
type Step =
  | { readonly type: 'upsertNode'; readonly node: SchedulingNode }
  | { readonly type: 'removeNode'; readonly name: string }
  | { readonly type: 'place'; readonly spec: number }
  | { readonly type: 'bind'; readonly spec: number; readonly name: string }
  | { readonly type: 'confirm' | 'forget' | 'remove' | 'end' | 'move'; readonly pod: number; readonly name: string }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('upsertNode' as const), node }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('removeNode' as const), name: nodeName }) },
  { weight: 12, arbitrary: fc.record({ type: fc.constant('place' as const), spec: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('bind' as const), spec: fc.nat(2), name: nodeName }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom('confirm' as const, 'forget' as const, 'remove' as const, 'end' as const, 'move' as const),
      pod: fc.nat(),
      name: nodeName,
    }),
  },
)

const story = fc.record({
  most: fc.boolean(),
  rankingLimit: fc.constantFrom(1, 2, 100),
  specs: fc.array(spec, { minLength: 3, maxLength: 3 }),
  nodes: fc.array(node, { minLength: 3, maxLength: 16 }),
  steps: fc.array(step, { maxLength: 150, size: 'max' }),
})

/** A scheduler and the reference side by side; `check` sees every placement. */
class Both {
  readonly state = new ClusterState()
  readonly scheduler: Scheduler
  readonly naive: NaiveScheduler
  readonly #assumed = new Set<string>()
  #count = 0

  constructor(most: boolean, rankingLimit: number) {
    this.scheduler = new Scheduler(this.state, most ? mostAllocatedProfile : leastAllocatedProfile, { rankingLimit })
    this.naive = new NaiveScheduler(most)
  }

  take(taken: Step, specs: readonly SchedulingSpec[]): void {
    if (taken.type === 'upsertNode') {
      this.state.upsertNode(taken.node)
      this.naive.nodes.set(taken.node.metadata.name, taken.node)
    } else if (taken.type === 'removeNode') {
      this.state.removeNode(taken.name)
      this.naive.nodes.delete(taken.name)
    } else if (taken.type === 'place') this.#place(podNamed(`pod-${this.#count++}`, specs[taken.spec]))
    else if (taken.type === 'bind') this.#bind(podNamed(`pod-${this.#count++}`, specs[taken.spec]), taken.name)
    else this.#change(taken.type, taken.pod, taken.name)
  }

  #place(pod: SchedulingPod): void {
    const expected = this.naive.place(pod)
    const { node: place = null, unschedulable } = this.scheduler.place(pod)
    expect(place).toBe(expected.node)
    if (unschedulable !== undefined) {
      expect(Object.fromEntries(unschedulable.filters.map(({ filter, nodes }) => [filter, nodes]))).toEqual(
        expected.rejected,
      )
      expect(unschedulable.nodes).toBe(this.naive.nodes.size)
    }
    if (place !== null) {
      this.naive.pods.set(pod.metadata.uid, { spec: pod.spec, node: place })
      this.#assumed.add(pod.metadata.uid)
    }
  }

  #bind(pod: SchedulingPod, name: string): void {
    this.state.upsertPod({ ...pod, spec: { ...pod.spec, nodeName: name } })
    this.naive.pods.set(pod.metadata.uid, { spec: pod.spec, node: name })
    this.#assumed.delete(pod.metadata.uid)
  }

  #change(type: 'confirm' | 'forget' | 'remove' | 'end' | 'move', index: number, name: string): void {
    const uids = [...this.naive.pods.keys()]
    const uid = uids[index % uids.length]
    const placed = uid === undefined ? undefined : this.naive.pods.get(uid)
    if (uid === undefined || placed === undefined) return
    const pod = podNamed(uid, { ...placed.spec, nodeName: placed.node })
    if (type === 'confirm') this.#bind(pod, placed.node)
    else if (type === 'move') this.#bind(pod, name)
    else if (type === 'forget') {
      this.state.forget(uid)
      if (this.#assumed.has(uid)) this.naive.pods.delete(uid)
    } else {
      if (type === 'remove') this.state.removePod(uid)
      else this.state.upsertPod({ ...pod, status: { phase: 'Succeeded' } })
      this.naive.pods.delete(uid)
    }
  }
}

describe('Scheduler', () => {
  it('places every pod where filtering and scoring all nodes from scratch would, whatever happens in between', () => {
    fc.assert(
      fc.property(story, ({ most, rankingLimit, specs, nodes, steps }) => {
        const both = new Both(most, rankingLimit)
        for (const present of nodes) both.take({ type: 'upsertNode', node: present }, specs)
        for (const taken of steps) both.take(taken, specs)
      }),
      { numRuns: 300 },
    )
  })

  it('never asks more of a node than it has, and never puts two pods on one host port', () => {
    fc.assert(
      fc.property(story, ({ most, rankingLimit, specs, nodes, steps }) => {
        const both = new Both(most, rankingLimit)
        for (const present of nodes) both.take({ type: 'upsertNode', node: present }, specs)
        for (const taken of steps) if (taken.type === 'place') both.take(taken, specs)
        for (const present of both.naive.nodes.values()) {
          const pods = [...both.naive.pods.values()].filter((pod) => pod.node === present.metadata.name)
          for (const resource of ['cpu', 'memory', 'example.com/gpu']) {
            const asked = pods.reduce((sum, pod) => sum + requested(pod.spec, resource), 0)
            expect(asked).toBeLessThanOrEqual(allocatable(present, resource))
          }
          expect(pods.length).toBeLessThanOrEqual(allocatable(present, 'pods'))
          const ports = pods.flatMap((pod) => [...new Set(portsOf(pod.spec))])
          expect(new Set(ports).size).toBe(ports.length)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('places pods alike in whichever order the nodes came', () => {
    const nodes = fc.uniqueArray(node, { selector: ({ metadata }) => metadata.name, minLength: 1, maxLength: 12 })
    const orders = nodes.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    fc.assert(
      fc.property(orders, fc.array(spec, { maxLength: 30 }), ([first, second], specs) => {
        const placements = [first, second].map((order) => {
          const state = new ClusterState()
          for (const present of order) state.upsertNode(present)
          const scheduler = new Scheduler(state, leastAllocatedProfile)
          return specs.map((own, index) => scheduler.place(podNamed(`pod-${index}`, own)))
        })
        expect(placements[0]).toEqual(placements[1])
      }),
      { numRuns: 200 },
    )
  })
})
