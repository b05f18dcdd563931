import { ClusterState } from '../../src/scheduler/cluster-state.ts'
import type { BenchOptions } from './bench.ts'
import { median } from './histogram.ts'
import { step } from './progress.ts'
import type { Figure, Report } from './report.ts'
import { run, type SchedulerBenchResult } from './scheduler.ts'

const rounds = 3

/** Placements per second of the scheduler alone, as a library: the median of three rounds. */
export async function scheduler({ nodes = 10_000, pods = 100_000 }: BenchOptions): Promise<Report> {
  const results: SchedulerBenchResult[] = []
  const limits: number[] = []
  for (let round = 1; round <= rounds; round++) {
    step(`round ${round} of ${rounds}: ${pods} pods on ${nodes} machines in several mixes`)
    results.push(await run({ nodes, pods }))
    limits.push(bookkeepingRate(nodes, pods))
  }
  const names = Object.keys(results[0] ?? {}) as (keyof SchedulerBenchResult)[]
  const medians = Object.fromEntries(names.map((name) => [name, median(results.map((result) => result[name]))]))
  const limit = { value: median(limits), of: 'adding up what is used, without choosing' }
  const figures = names.map((name): Figure => {
    const figure = { name: titles[name], value: medians[name] ?? Number.NaN, unit: '/s' }
    const bar = { atLeast: 100_000, size: '10,000 nodes', applies: nodes === 10_000 }
    return name === 'placementsPerSecond' ? { ...figure, limit, bar } : figure
  })
  return {
    title: `scheduler: ${pods} pods on ${nodes} machines, median of ${rounds} rounds`,
    figures,
    json: { nodes, pods, ...medians, limitPlacementsPerSecond: limit.value },
  }
}

/** Pods per second that are booked on machines one after the other: what every placement costs without its choice. */
function bookkeepingRate(nodes: number, pods: number): number {
  const state = new ClusterState()
  const allocatable = { cpu: '1000', memory: '1Ti', pods: '1000000' }
  for (let index = 0; index < nodes; index++) {
    state.upsertNode({ metadata: { name: `node-${index}` }, spec: {}, status: { allocatable } })
  }
  const spec = { containers: [{ resources: { requests: { cpu: '100m', memory: '128Mi' } } }] }
  const uids = Array.from({ length: pods }, (_, index) => `uid-${index}`)
  const begun = performance.now()
  uids.forEach((uid, index) => state.assume(uid, index % nodes, state.demandOf(spec)))
  return Math.round((pods / (performance.now() - begun)) * 1_000)
}

const titles: Readonly<Record<keyof SchedulerBenchResult, string>> = {
  placementsPerSecond: 'placements of plain pods',
  mostAllocatedPerSecond: 'the same, fullest machine first',
  fiveClassesPerSecond: 'placements of pods of 5 sizes',
  preferencesPerSecond: 'placements of pods with preferences',
  hundredClassesPerSecond: 'placements of pods of 100 sizes',
  throughQueuePerSecond: 'placements through the queue',
  refusalsPerSecond: 'refusals of pods that fit nowhere',
  freedSlotsPerSecond: 'placements on what others leave, in a full cluster',
}
