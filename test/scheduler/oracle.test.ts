import { expect, it } from 'vitest'
import { quantityValue } from '../../src/model/quantity.ts'
import { explain, type NodeVerdict } from '../../src/scheduler/explanation.ts'
import { missingRequests, podRequests } from '../../src/scheduler/pod-requests.ts'
import { leastAllocatedProfile } from '../../src/scheduler/profile.ts'
import { amountOf } from '../../src/scheduler/resource-columns.ts'
import { balancedAllocation } from '../../src/scheduler/scores/balanced-allocation.ts'
import { leastAllocated, mostAllocated } from '../../src/scheduler/scores/resource-allocation.ts'
import type { SchedulingNode, SchedulingPod } from '../../src/scheduler/subjects.ts'
import { describeConformanceLines } from '../support/conformance.ts'
import { clusterOf } from './objects.ts'

type ByNode<Value> = Readonly<Record<string, Value>>

interface Case {
  readonly name: string
  readonly nodes: readonly SchedulingNode[]
  readonly existingPods: readonly SchedulingPod[]
  readonly pod: SchedulingPod
  readonly expect: {
    readonly feasible: readonly string[]
    readonly rejections?: ByNode<Readonly<Record<string, readonly string[]>>>
    readonly scores?: Readonly<Record<string, ByNode<number>>>
  }
}

const filters = new Set(leastAllocatedProfile.filters.map(({ name }) => name))

const profile = {
  filters: leastAllocatedProfile.filters,
  scores: [
    ...leastAllocatedProfile.scores.filter(({ score }) => score.kind === 'static'),
    { score: { ...leastAllocated(), name: 'NodeResourcesLeastAllocated' }, weight: 1 },
    { score: { ...mostAllocated(), name: 'NodeResourcesMostAllocated' }, weight: 1 },
    { score: balancedAllocation(), weight: 1 },
  ],
}

describeConformanceLines<Case>('05g-scheduler-oracle-v1.20.5.jsonl', (lines) => {
  const cases = lines.filter((line) => line.pod !== undefined)
  const scored = cases.filter((row) => row.expect.scores !== undefined)

  it.each(cases)('$name: every filter says of every node what kube-scheduler says, with its reasons', (row) => {
    const { verdicts } = explain({ pod: row.pod, state: clusterOf(row.nodes, row.existingPods.map(named)), profile })
    for (const { node, rejections } of verdicts) {
      const own = rejections.map(({ filter, reasons }) => [filter, [...reasons]])
      expect(Object.fromEntries(own), node).toEqual(rejectionsToday(row, node))
    }
  })

  it.each(scored)(
    '$name: NodeAffinity, TaintToleration and LeastAllocated score every node as kube-scheduler does',
    (row) => {
      const verdicts = scoresAsOf120(row)
      for (const plugin of ['NodeAffinity', 'TaintToleration', 'NodeResourcesLeastAllocated']) {
        expect(valuesOf(plugin, verdicts), plugin).toEqual(row.expect.scores?.[plugin])
      }
    },
  )

  it.each(scored)(
    '$name: MostAllocated scores as in 1.20, but since then a resource asked beyond the node counts 100',
    (row) => {
      const expected = Object.entries(row.expect.scores?.NodeResourcesMostAllocated ?? {}).map(([node, score]) => {
        const beyond = ['cpu', 'memory'].filter((resource) => shareOf(row, node, resource) > 1)
        return [node, score + 50 * beyond.length]
      })
      expect(valuesOf('NodeResourcesMostAllocated', scoresAsOf120(row))).toEqual(Object.fromEntries(expected))
    },
  )

  it.each(scored)(
    '$name: balanced allocation scores as in 1.20, with half the difference, where no stand-in counts',
    (row) => {
      const then = Object.entries(row.expect.scores?.NodeResourcesBalancedAllocation ?? {}).filter(
        ([node]) =>
          !countsStandIns(row, node) && ['cpu', 'memory'].every((resource) => shareOf(row, node, resource) < 1),
      )
      const expected = then.map(([node, score]) => [node, Math.floor((100 + score) / 2)])
      const own = valuesOf('NodeResourcesBalancedAllocation', scoresAsOf120(row))
      expect(then.map(([node]) => [node, own[node]])).toEqual(expected)
    },
  )
})

/**
 * What 1.20 said, as it is said today: two sentences were reworded, and since 1.24 a node that is short of a resource is
 * only rejected by pods that ask for that resource.
 */
function rejectionsToday({ pod, expect: { rejections } }: Case, node: string): Record<string, string[]> {
  const asked = podRequests(pod.spec)
  const said = Object.entries(rejections?.[node] ?? {}).filter(([filter]) => filters.has(filter))
  const today = said.map(([filter, reasons]): [string, string[]] => [
    filter,
    reasons.map(modern).filter((reason) => {
      const resource = /^Insufficient (.*)$/.exec(reason)?.[1]
      return resource === undefined || (asked.get(resource) ?? 0) > 0
    }),
  ])
  return Object.fromEntries(today.filter(([, reasons]) => reasons.length > 0))
}

function modern(reason: string): string {
  return reason
    .replace(/^node\(s\) had taint (\{.*\}), that the pod didn't tolerate$/, 'node(s) had untolerated taint $1')
    .replace(/^node\(s\) didn't match Pod's node affinity$/, "node(s) didn't match Pod's node affinity/selector")
}

/** Scores of the nodes that pass every filter of kube-scheduler, ours and others. */
function scoresAsOf120({ nodes, existingPods, pod, expect: { feasible } }: Case): readonly NodeVerdict[] {
  const kept = nodes.filter(({ metadata: { name } }) => feasible.includes(name))
  return explain({ pod: scoredIn120(pod), state: clusterOf(kept, existingPods.map(named)), profile }).verdicts
}

/** The pod as the scores of 1.20 saw it: they took the cores of the overhead for thousandths, which has been mended since. */
function scoredIn120(pod: SchedulingPod): SchedulingPod {
  const { overhead } = pod.spec
  if (overhead?.cpu === undefined) return pod
  return { ...pod, spec: { ...pod.spec, overhead: { ...overhead, cpu: `${quantityValue(overhead.cpu)}m` } } }
}

function valuesOf(plugin: string, verdicts: readonly NodeVerdict[]): ByNode<number> {
  const own = verdicts.flatMap(({ node, scores }) =>
    scores.filter(({ score }) => score === plugin).map(({ value }): [string, number] => [node, value]),
  )
  return Object.fromEntries(own)
}

/** The share of a node's resource that is asked for with the pod on it, stand-ins counted. */
function shareOf({ nodes, existingPods, pod }: Case, name: string, resource: string): number {
  const present = existingPods.filter(({ spec }) => spec.nodeName === name)
  const asked = [...present, scoredIn120(pod)].map(({ spec }) => podRequests(spec, missingRequests).get(resource) ?? 0)
  const has = nodes.find(({ metadata }) => metadata.name === name)?.status?.allocatable?.[resource] ?? 0
  return asked.reduce((sum, amount) => sum + amount, 0) / amountOf(resource, has)
}

/** Whether a pod on the node, or the pod itself, leaves out a request that scores then stand something in for. */
function countsStandIns({ existingPods, pod }: Case, name: string): boolean {
  const specs = [pod, ...existingPods].map(({ spec }) => spec).filter(({ nodeName = name }) => nodeName === name)
  const containers = specs.flatMap((spec) => [...spec.containers, ...(spec.initContainers ?? [])])
  return containers.some(({ resources }) => !resources?.requests?.cpu || !resources.requests.memory)
}

function named(pod: SchedulingPod, index: number): SchedulingPod {
  return { ...pod, metadata: { ...pod.metadata, uid: `existing-${index}` } }
}
