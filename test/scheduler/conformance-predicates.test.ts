import { expect, it } from 'vitest'
import { explain } from '../../src/scheduler/explanation.ts'
import { HostPortUsage, hostPortsOf } from '../../src/scheduler/host-ports.ts'
import { podRequests } from '../../src/scheduler/pod-requests.ts'
import { leastAllocatedProfile } from '../../src/scheduler/profile.ts'
import type { DynamicScore } from '../../src/scheduler/score.ts'
import { balancedAllocation } from '../../src/scheduler/scores/balanced-allocation.ts'
import { leastAllocated, mostAllocated } from '../../src/scheduler/scores/resource-allocation.ts'
import type { SchedulingNode, SchedulingPod, SchedulingSpec } from '../../src/scheduler/subjects.ts'
import { describeConformance } from '../support/conformance.ts'
import { clusterOf, nodeNamed, podNamed } from './objects.ts'

interface RecordedPod {
  readonly spec: Partial<SchedulingSpec>
}

interface Predicate {
  readonly test: string
  readonly fits: boolean
  readonly pod: RecordedPod
  readonly existingPods: readonly RecordedPod[]
  readonly node?: SchedulingNode
  readonly reasons?: readonly { readonly $error: string }[]
}

interface Scores {
  readonly test: string
  readonly pod: RecordedPod
  readonly pods?: readonly RecordedPod[]
  readonly nodes: readonly SchedulingNode[]
  readonly expectedList: readonly { readonly Host: string; readonly Score: number }[]
}

interface Port {
  readonly ip: string
  readonly port: number
  readonly protocol: string
}

interface Tables {
  readonly tables: {
    readonly podFitsResources: readonly Predicate[]
    readonly podFitsResourcesFull: readonly Predicate[]
    readonly podFitsResourcesStorage: readonly Predicate[]
    readonly generalPredicates: readonly Predicate[]
    readonly hostPorts: readonly Predicate[]
    readonly nodeConditions: readonly { readonly node: SchedulingNode; readonly schedulable: boolean }[]
    readonly hostPortConflict: readonly {
      readonly desc: string
      readonly added: readonly Port[]
      readonly check: Port
      readonly expect: boolean
    }[]
    readonly score_leastRequested: readonly Scores[]
    readonly score_mostRequested: readonly Scores[]
    readonly score_balanced: readonly Scores[]
  }
}

describeConformance<Tables>('05e-scheduler.json', ({ tables }) => {
  const fits = [
    ...tables.podFitsResources,
    ...tables.podFitsResourcesFull,
    ...tables.podFitsResourcesStorage,
    ...tables.generalPredicates,
  ]
  it.each(fits)('the filters: $test', ({ pod, existingPods, node, fits: expected, reasons = [] }) => {
    const said = reasonsOn(pod, existingPods, node ?? nodeNamed('node'))
    expect(said.length === 0).toBe(expected)
    for (const { $error } of reasons) {
      const resource = /resource: (.*), requested/.exec($error)?.[1] ?? ''
      expect(said).toContain(resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`)
    }
  })

  it.each(tables.hostPorts)('the filter NodePorts: $test', ({ pod, existingPods, fits: expected }) => {
    expect(reasonsOn(pod, existingPods, nodeNamed('m1')).length === 0).toBe(expected)
  })

  it.each(tables.hostPortConflict)('host ports: $desc', ({ added, check, expect: expected }) => {
    const usage = new HostPortUsage()
    for (const port of added.flatMap(hostPortOf)) usage.add(port)
    expect(hostPortOf(check).some((port) => usage.conflictsWith(port))).toBe(expected)
  })

  const cordoned = tables.nodeConditions.filter(({ node }) => node.spec?.unschedulable !== undefined)
  it.each(cordoned)('a node is schedulable: $schedulable, if unschedulable is $node.spec.unschedulable', (row) => {
    const node = { ...nodeNamed(row.node.metadata.name), spec: row.node.spec }
    expect(reasonsOn({ spec: {} }, [], node).length === 0).toBe(row.schedulable)
  })

  it.each(tables.score_leastRequested)('LeastAllocated, ten times finer than in 1.10: $test', (row) => {
    for (const [now, then] of scoresOf(leastAllocated(), row)) expectWithinTenth(now, then)
  })

  it.each(tables.score_mostRequested)(
    'MostAllocated, ten times finer than in 1.10, and a resource asked beyond the node counts 100: $test',
    (row) => {
      for (const [now, then, beyond] of scoresOf(mostAllocated(), row)) expectWithinTenth(now - 50 * beyond, then)
    },
  )

  const opinionated = tables.score_balanced.filter(({ pod }) => podRequests(podOf(pod).spec).size > 0)
  it.each(opinionated)('balanced allocation, with half the difference of 1.10 and ten times finer: $test', (row) => {
    for (const [now, then] of scoresOf(balancedAllocation(), row)) {
      expect(now).toBeGreaterThanOrEqual(50 + 5 * then)
      expect(now).toBeLessThanOrEqual(55 + 5 * then)
    }
  })

  const bestEffort = tables.score_balanced.filter((row) => !opinionated.includes(row))
  it.each(bestEffort)(
    'balanced allocation has no opinion on pods without requests, which it had in 1.10: $test',
    (row) => {
      for (const [now] of scoresOf(balancedAllocation(), row)) expect(now).toBe(0)
    },
  )
})

/** The mean of two scores of 0 to 10, each cut to a whole number, and the mean of the same two of 0 to 100. */
function expectWithinTenth(now: number, then: number): void {
  expect(now).toBeGreaterThanOrEqual(10 * then)
  expect(now).toBeLessThan(10 * then + 15)
}

function reasonsOn(pod: RecordedPod, existing: readonly RecordedPod[], node: SchedulingNode): string[] {
  const name = node.metadata?.name ?? 'node'
  const present = existing.map((other, index) => onNode(podOf(other, `existing-${index}`), name))
  const state = clusterOf([{ ...node, metadata: { ...node.metadata, name } }], present)
  const { verdicts } = explain({ pod: podOf(pod), state, profile: leastAllocatedProfile })
  return verdicts.flatMap(({ rejections }) => rejections.flatMap(({ reasons }) => reasons))
}

/** For each node: the score now, the score in 1.10, and of how many resources more is asked than the node has. */
function scoresOf(score: DynamicScore, row: Scores): [now: number, then: number, beyond: number][] {
  const pods = (row.pods ?? []).map((pod, index) => podOf(withZeros(pod), `existing-${index}`))
  const state = clusterOf(row.nodes, pods)
  const pod = podOf(withZeros(row.pod))
  const scoreOf = score.prepare(pod, state)
  return row.expectedList.map(({ Host, Score }) => {
    const slot = state.slotOf(Host)!
    const present = pods.filter(({ spec }) => spec.nodeName === Host)
    const beyond = ['cpu', 'memory'].filter((resource, column) => {
      const asked = [...present, pod].map(({ spec }) => podRequests(spec).get(resource) ?? 0)
      return (
        asked.reduce((sum, amount) => sum + amount, 0) > state.table.allocatable[slot * state.table.width + column]!
      )
    })
    return [scoreOf?.(slot) ?? 0, Score, beyond.length]
  })
}

/** In these tables a container that states cpu states memory 0 too, which the recording has lost. */
function withZeros({ spec }: RecordedPod): RecordedPod {
  const containers = spec.containers?.map((container) => {
    const requests = container.resources?.requests
    return requests === undefined ? container : { ...container, resources: { requests: { memory: '0', ...requests } } }
  })
  return { spec: { ...spec, ...(containers && { containers }) } }
}

/** The pod itself, wherever the recording had put it. */
function podOf({ spec }: RecordedPod, name = 'pod'): SchedulingPod {
  return podNamed(name, spec)
}

function onNode(pod: SchedulingPod, nodeName: string): SchedulingPod {
  return { ...pod, spec: { ...pod.spec, nodeName } }
}

function hostPortOf({ ip, port, protocol }: Port): ReturnType<typeof hostPortsOf> {
  return hostPortsOf({ containers: [{ ports: [{ hostIP: ip, hostPort: port, protocol }] }] })
}
