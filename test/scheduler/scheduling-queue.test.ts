import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClusterState } from '../../src/scheduler/cluster-state.ts'
import { leastAllocatedProfile } from '../../src/scheduler/profile.ts'
import { backOffMs } from '../../src/scheduler/queued-pod.ts'
import { Scheduler } from '../../src/scheduler/scheduler.ts'
import { SchedulingQueue } from '../../src/scheduler/scheduling-queue.ts'
import type { SchedulingNode, SchedulingPod } from '../../src/scheduler/subjects.ts'
import { asking, clusterOf, nodeNamed, podNamed } from './objects.ts'

const full = { allocatable: { cpu: '1' } }
const one = asking({ cpu: '1' })

/** A queue with the real scheduler behind it; counts attempts. */
class World {
  readonly state: ClusterState
  readonly scheduler: Scheduler
  readonly queue: SchedulingQueue
  attempts = 0

  constructor(nodes: readonly SchedulingNode[] = []) {
    this.state = clusterOf(nodes)
    this.scheduler = new Scheduler(this.state, leastAllocatedProfile)
    this.queue = new SchedulingQueue(this.scheduler)
  }

  add(...pods: SchedulingPod[]): void {
    for (const pod of pods) this.queue.upsert(pod, 0)
  }

  change(node: SchedulingNode): void {
    const change = this.state.upsertNode(node)
    if (change !== null) this.queue.notify(change)
  }

  remove(uid: string, now = 0): void {
    const change = this.state.removePod(uid)
    if (change !== null) this.queue.notify(change)
    this.queue.remove(uid, now)
  }

  /** Tries all that the queue gives; the names of those that were placed. */
  run(now: number): string[] {
    const placed: string[] = []
    for (let pod = this.queue.next(now); pod !== undefined; pod = this.queue.next(now)) {
      this.attempts++
      const { unschedulable } = this.scheduler.place(pod)
      if (unschedulable !== undefined) this.queue.unschedulable(pod.metadata.uid, unschedulable, now)
      else {
        placed.push(pod.metadata.name)
        this.queue.placed(pod.metadata.uid, now)
      }
    }
    return placed
  }
}

describe('SchedulingQueue', () => {
  it('gives the pod with the highest priority first, then the oldest, then the first that came', () => {
    const { queue } = new World()
    const aged = (name: string, creationTimestamp: string, priority = 0): SchedulingPod => {
      const pod = podNamed(name, { priority })
      return { ...pod, metadata: { ...pod.metadata, creationTimestamp } }
    }
    queue.upsert(aged('second', '2026-01-01T00:00:02Z'), 0)
    queue.upsert(aged('third', '2026-01-01T00:00:02Z'), 0)
    queue.upsert(aged('first', '2026-01-01T00:00:01Z'), 0)
    queue.upsert(aged('important', '2026-01-01T00:00:03Z', 10), 0)
    const order = ['', '', '', ''].map(() => queue.next(0)?.metadata.name)
    expect(order).toEqual(['important', 'first', 'second', 'third'])
    expect(queue.next(0)).toBeUndefined()
  })

  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [4, 8_000],
    [5, 10_000],
    [50, 10_000],
  ])('holds a pod back after %i failures for %i ms', (failures, ms) => {
    expect(backOffMs(failures)).toBe(ms)
  })

  it.each<[string, SchedulingPod]>([
    ['is bound', podNamed('pod', { nodeName: 'a' })],
    ['has ended', podNamed('pod', {}, 'Failed')],
    ['is being deleted', { ...podNamed('pod'), metadata: { ...podNamed('pod').metadata, deletionTimestamp: 'now' } }],
  ])('lets go of a pod that %s', (_, pod) => {
    const { queue } = new World()
    queue.upsert(podNamed('pod'), 0)
    queue.upsert(pod, 0)
    expect(queue.next(0)).toBeUndefined()
  })

  it('holds back a pod with scheduling gates until they are gone', () => {
    const world = new World([nodeNamed('a')])
    world.add(podNamed('pod', { schedulingGates: [{ name: 'quota' }] }))
    expect(world.run(0)).toEqual([])
    expect(world.queue.counts.gated).toBe(1)
    world.add(podNamed('pod', { schedulingGates: [] }))
    expect(world.run(0)).toEqual(['pod'])
  })
})

describe('SchedulingQueue, for pods that fit nowhere', () => {
  it('tries them no more while nothing changes', () => {
    const world = new World([nodeNamed('a', full)])
    world.add(podNamed('big', asking({ cpu: '2' })))
    expect(world.run(0)).toEqual([])
    expect(world.run(100_000)).toEqual([])
    expect(world.attempts).toBe(1)
    expect(world.queue.counts).toEqual({ active: 0, backOff: 0, unschedulable: 1, gated: 0 })
  })

  const tainted = nodeNamed('a', { taints: [{ key: 'spot', effect: 'NoSchedule' }] })
  it.each<[string, SchedulingNode, SchedulingPod, SchedulingNode]>([
    ['a node that is added', nodeNamed('a', full), podNamed('pod', asking({ cpu: '2' })), nodeNamed('b')],
    ['room that is added', nodeNamed('a', full), podNamed('pod', asking({ cpu: '2' })), nodeNamed('a')],
    ['a taint that is removed', tainted, podNamed('pod'), nodeNamed('a')],
    ['the end of a cordon', nodeNamed('a', { unschedulable: true }), podNamed('pod'), nodeNamed('a')],
    [
      'a label that is added',
      nodeNamed('a'),
      podNamed('pod', { nodeSelector: { disk: 'ssd' } }),
      nodeNamed('a', { labels: { disk: 'ssd' } }),
    ],
  ])('tries them at once after %s, if nothing else is to be tried', (_, before, pod, after) => {
    const world = new World([before])
    world.add(pod)
    expect(world.run(0)).toEqual([])
    world.change(after)
    expect(world.run(1)).toEqual(['pod'])
  })

  it.each<[string, SchedulingNode, SchedulingNode]>([
    ['a label, to pods that lack cpu', nodeNamed('a', full), nodeNamed('a', { ...full, labels: { disk: 'ssd' } })],
    [
      'memory, to pods that lack cpu',
      nodeNamed('a', full),
      nodeNamed('a', { allocatable: { cpu: '1', memory: '9Gi' } }),
    ],
    ['a node that is too small', nodeNamed('a', full), nodeNamed('b', full)],
    ['a cordon', nodeNamed('a', full), nodeNamed('a', { ...full, unschedulable: true })],
  ])('does not try them after what cannot help: %s', (_, before, after) => {
    const world = new World([before])
    world.add(podNamed('pod', asking({ cpu: '2' })))
    world.run(0)
    world.change(after)
    world.run(100_000)
    expect(world.attempts).toBe(1)
  })

  it('misses no change when one filter after the other lets go', () => {
    const taints = [{ key: 'spot', effect: 'NoSchedule' }]
    const world = new World([nodeNamed('a', { ...full, taints, unschedulable: true })])
    world.add(podNamed('pod', asking({ cpu: '2' })))
    world.run(0)
    world.change(nodeNamed('a', { ...full, taints }))
    world.run(1)
    world.change(nodeNamed('a', full))
    world.run(2)
    expect(world.attempts).toBe(1)
    world.change(nodeNamed('a'))
    expect(world.run(3)).toEqual(['pod'])
  })

  it('tries few of them when little room is made, however many wait', () => {
    const world = new World([nodeNamed('a', full)])
    world.add(...Array.from({ length: 1_000 }, (_, index) => podNamed(`pod-${index}`, one)))
    expect(world.run(0)).toEqual(['pod-0'])
    world.attempts = 0
    world.remove('pod-0')
    expect(world.run(100_000)).toEqual(['pod-1'])
    expect(world.attempts).toBe(2)
  })

  it('tries all that room is made for', () => {
    const world = new World([nodeNamed('a', full)])
    world.add(...Array.from({ length: 10 }, (_, index) => podNamed(`pod-${index}`, one)))
    world.run(0)
    world.change(nodeNamed('b'))
    expect(world.run(1)).toEqual(['pod-1', 'pod-2', 'pod-3', 'pod-4'])
  })

  it('sends the next one when the one that was to be tried is deleted', () => {
    const world = new World([nodeNamed('a', full)])
    world.add(podNamed('first', one), podNamed('second', one), podNamed('third', one))
    world.run(0)
    world.remove('first')
    const scout = world.queue.next(1)
    expect(scout?.metadata.name).toBe('second')
    world.queue.remove('second', 1)
    expect(world.run(1)).toEqual(['third'])
  })

  it('lets others go first during the back-off', () => {
    const world = new World([nodeNamed('a', full)])
    world.add(podNamed('waiting', { ...asking({ cpu: '2' }), priority: 5 }))
    world.run(0)
    world.change(nodeNamed('a'))
    world.add(podNamed('fresh', one))
    expect(world.queue.next(500)?.metadata.name).toBe('fresh')
    world.add(podNamed('later', one))
    expect(world.queue.next(1_000)?.metadata.name).toBe('waiting')
  })

  it('tries a pod again when it has changed itself', () => {
    const world = new World([nodeNamed('a', full)])
    world.add(podNamed('pod', asking({ cpu: '2' })))
    world.run(0)
    world.add(podNamed('pod', asking({ cpu: '1' })))
    expect(world.run(1)).toEqual(['pod'])
  })

  it('does not try a pod again when only its status has changed', () => {
    const world = new World([nodeNamed('a', full)])
    const pod = podNamed('pod', asking({ cpu: '2' }))
    world.add(pod)
    world.run(0)
    world.add({ ...pod, status: { phase: 'Pending' } })
    world.run(100_000)
    expect(world.attempts).toBe(1)
  })

  it('tries one of a class after five minutes in any case', () => {
    const world = new World([nodeNamed('a', full)])
    world.add(...['x', 'y', 'z'].map((name) => podNamed(name, asking({ cpu: '2' }))))
    world.run(0)
    expect(world.queue.wakeAt()).toBe(300_000)
    world.run(299_999)
    expect(world.attempts).toBe(3)
    world.run(300_000)
    expect(world.attempts).toBe(4)
    expect(world.queue.wakeAt()).toBe(600_000)
  })

  it('tries a pod again whose attempt was overtaken by a change', () => {
    const world = new World([nodeNamed('a', full)])
    world.add(podNamed('pod', asking({ cpu: '2' })))
    const pod = world.queue.next(0)!
    const { unschedulable } = world.scheduler.place(pod)
    world.change(nodeNamed('a'))
    world.queue.next(0)
    world.queue.unschedulable('pod', unschedulable!, 0)
    expect(world.run(0)).toEqual(['pod'])
  })

  it('tries classes instead of comparing when very many nodes have changed', () => {
    const world = new World(Array.from({ length: 100 }, (_, index) => nodeNamed(`n-${index}`, full)))
    world.add(podNamed('pod', asking({ cpu: '2' })))
    world.run(0)
    for (let index = 0; index < 100; index++) world.change(nodeNamed(`n-${index}`, { allocatable: { cpu: '2' } }))
    expect(world.run(0)).toEqual(['pod'])
  })
})

describe('SchedulingQueue, for bindings that are refused', () => {
  it('tries the pod again after its back-off, not before, however idle', () => {
    const world = new World([nodeNamed('a')])
    world.add(podNamed('pod', one))
    expect(world.run(0)).toEqual(['pod'])
    const change = world.scheduler.forget('pod')
    if (change !== null) world.queue.notify(change)
    world.queue.retry('pod', 0)
    expect(world.run(999)).toEqual([])
    expect(world.queue.wakeAt()).toBe(1_000)
    expect(world.run(1_000)).toEqual(['pod'])
  })

  it('does not take a placed pod for a new one when an old version of it is seen', () => {
    const world = new World([nodeNamed('a')])
    world.add(podNamed('pod', one))
    world.run(0)
    world.add(podNamed('pod', { ...one }))
    expect(world.run(0)).toEqual([])
  })
})

describe('SchedulingQueue with Scheduler', () => {
  it('leaves no pod waiting that would fit, whatever has happened', () => {
    const sizes = ['250m', '1', '2', '3']
    const step = fc.oneof(
      fc.record({ type: fc.constant('pod' as const), size: fc.nat(3), disk: fc.boolean() }),
      fc.record({
        type: fc.constant('node' as const),
        name: fc.integer({ min: 0, max: 4 }),
        cpu: fc.constantFrom('0', '1', '2', '4'),
        tainted: fc.boolean(),
        cordoned: fc.boolean(),
        disk: fc.boolean(),
      }),
      fc.record({ type: fc.constant('end' as const), index: fc.nat() }),
      fc.record({ type: fc.constant('gone' as const), name: fc.integer({ min: 0, max: 4 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
        const world = new World()
        const waiting = new Map<string, SchedulingPod>()
        const placed: string[] = []
        for (const [now, taken] of steps.entries()) {
          if (taken.type === 'pod') {
            const nodeSelector = taken.disk ? { disk: 'ssd' } : {}
            const pod = podNamed(`pod-${now}`, { ...asking({ cpu: sizes[taken.size]! }), nodeSelector })
            waiting.set(pod.metadata.name, pod)
            world.add(pod)
          } else if (taken.type === 'node') {
            const taints = taken.tainted ? [{ key: 'spot', effect: 'NoSchedule' }] : []
            const labels = { disk: taken.disk ? 'ssd' : 'hdd' }
            const allocatable = { cpu: taken.cpu }
            world.change(nodeNamed(`n-${taken.name}`, { taints, labels, allocatable, unschedulable: taken.cordoned }))
          } else if (taken.type === 'gone') world.state.removeNode(`n-${taken.name}`)
          else if (placed.length > 0) world.remove(placed.splice(taken.index % placed.length, 1)[0]!, now)
          for (const name of world.run(now)) {
            waiting.delete(name)
            placed.push(name)
          }
          for (const pod of waiting.values()) {
            const { verdicts } = world.scheduler.explain(pod)
            expect(verdicts.filter(({ feasible }) => feasible)).toEqual([])
          }
        }
      }),
      { numRuns: 150 },
    )
  })
})
