import { ClusterState } from '../../src/scheduler/cluster-state.ts'
import { leastAllocatedProfile, mostAllocatedProfile, type Profile } from '../../src/scheduler/profile.ts'
import { Scheduler } from '../../src/scheduler/scheduler.ts'
import { SchedulingQueue } from '../../src/scheduler/scheduling-queue.ts'
import type { SchedulingNode, SchedulingPod, SchedulingSpec } from '../../src/scheduler/subjects.ts'

/** How large the cluster is. */
export interface SchedulerBenchOptions {
  readonly nodes: number
  readonly pods: number
}

/** Placements per second of the pure scheduler, in several mixes; `placementsPerSecond` is that of plain pods. */
export interface SchedulerBenchResult {
  readonly placementsPerSecond: number
  readonly mostAllocatedPerSecond: number
  readonly fiveClassesPerSecond: number
  readonly preferencesPerSecond: number
  readonly hundredClassesPerSecond: number
  readonly throughQueuePerSecond: number
  readonly refusalsPerSecond: number
  readonly freedSlotsPerSecond: number
}

/** Measures the scheduler as a library: no store, no loop around it. Each mix gets a fresh cluster. */
export function run({ nodes, pods }: SchedulerBenchOptions): Promise<SchedulerBenchResult> {
  const mix = (specs: readonly SchedulingSpec[], profile?: Profile): number => placeAll({ nodes, pods, specs, profile })
  mix([plain])
  return Promise.resolve({
    placementsPerSecond: mix([plain]),
    mostAllocatedPerSecond: mix([plain], mostAllocatedProfile),
    fiveClassesPerSecond: mix(sizes(5)),
    preferencesPerSecond: mix([picky]),
    hundredClassesPerSecond: mix(sizes(100)),
    throughQueuePerSecond: throughQueue({ nodes, pods }),
    refusalsPerSecond: refuseAll({ nodes, pods }),
    freedSlotsPerSecond: freeSlots({ nodes, pods }),
  })
}

interface Mix extends SchedulerBenchOptions {
  readonly specs: readonly SchedulingSpec[]
  readonly profile?: Profile | undefined
}

function placeAll({ nodes, pods, specs, profile = leastAllocatedProfile }: Mix): number {
  const scheduler = new Scheduler(clusterOf(nodes, pods), profile)
  const waiting = podsOf(pods, specs)
  return rate(pods, () => {
    for (const pod of waiting) if (scheduler.place(pod).node === undefined) throw new Error('no room in the benchmark')
  })
}

function throughQueue({ nodes, pods }: SchedulerBenchOptions): number {
  const scheduler = new Scheduler(clusterOf(nodes, pods), leastAllocatedProfile)
  const queue = new SchedulingQueue(scheduler)
  const waiting = podsOf(pods, sizes(5))
  return rate(pods, () => {
    for (const pod of waiting) queue.upsert(pod, 0)
    drain(scheduler, queue, 0)
  })
}

function refuseAll({ nodes, pods }: SchedulerBenchOptions): number {
  const scheduler = new Scheduler(clusterOf(nodes, pods), leastAllocatedProfile)
  const queue = new SchedulingQueue(scheduler)
  const waiting = podsOf(pods, [huge])
  return rate(pods, () => {
    for (const pod of waiting) queue.upsert(pod, 0)
    drain(scheduler, queue, 0)
  })
}

/** A full cluster with all other pods waiting: each pod that ends lets one of them in. Needs more than three pods per node. */
function freeSlots({ nodes, pods }: SchedulerBenchOptions): number {
  const state = clusterOf(nodes, 0)
  const scheduler = new Scheduler(state, leastAllocatedProfile)
  const queue = new SchedulingQueue(scheduler)
  for (const pod of podsOf(pods, [plain])) queue.upsert(pod, 0)
  const running = drain(scheduler, queue, 0)
  return rate(running.length, () => {
    for (const uid of running) {
      const change = state.removePod(uid)
      if (change !== null) queue.notify(change)
      drain(scheduler, queue, 60_000)
    }
  })
}

function drain(scheduler: Scheduler, queue: SchedulingQueue, now: number): string[] {
  const placed: string[] = []
  for (let pod = queue.next(now); pod !== undefined; pod = queue.next(now)) {
    const { uid } = pod.metadata
    const { unschedulable } = scheduler.place(pod)
    if (unschedulable === undefined) {
      queue.placed(uid, now)
      placed.push(uid)
    } else queue.unschedulable(uid, unschedulable, now)
  }
  return placed
}

function rate(count: number, work: () => void): number {
  const start = performance.now()
  work()
  return Math.round((count / (performance.now() - start)) * 1000)
}

/** Machines with ample room for so many pods together; for 0, with room for three pods each. */
function clusterOf(nodes: number, pods: number): ClusterState {
  const state = new ClusterState()
  const room = pods === 0 ? 3 : Math.max(110, Math.ceil((pods / nodes) * 2))
  for (let index = 0; index < nodes; index++) state.upsertNode(nodeOf(index, room))
  return state
}

function nodeOf(index: number, room: number): SchedulingNode {
  const taints = index % 7 === 0 ? [{ key: 'spot', value: 'true', effect: 'PreferNoSchedule' }] : []
  return {
    metadata: { name: `node-${index}`, labels: { zone: `z${index % 3}`, disk: index % 5 === 0 ? 'ssd' : 'hdd' } },
    spec: { taints },
    status: { allocatable: { cpu: String(room), memory: `${room * 2}Gi`, pods: String(room) } },
  }
}

function podsOf(count: number, specs: readonly SchedulingSpec[]): SchedulingPod[] {
  return Array.from({ length: count }, (_, index) => ({
    metadata: { name: `pod-${index}`, namespace: 'default', uid: `uid-${index}` },
    spec: specs[index % specs.length]!,
  }))
}

const plain = specOf('100m', '128Mi')
const huge = specOf('100000', '128Mi')
const picky: SchedulingSpec = {
  ...specOf('100m', '128Mi'),
  affinity: {
    nodeAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 3, preference: { matchExpressions: [{ key: 'zone', operator: 'In', values: ['z0', 'z1'] }] } },
        { weight: 1, preference: { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] } },
      ],
    },
  },
}

function sizes(count: number): SchedulingSpec[] {
  return Array.from({ length: count }, (_, index) => specOf(`${50 + index * 5}m`, `${64 + index}Mi`))
}

function specOf(cpu: string, memory: string): SchedulingSpec {
  return { containers: [{ resources: { requests: { cpu, memory } } }] }
}
