import { expect, it } from 'vitest'
import { explain, type NodeVerdict } from '../../src/scheduler/explanation.ts'
import { leastAllocatedProfile } from '../../src/scheduler/profile.ts'
import type { SchedulingNode, SchedulingPod } from '../../src/scheduler/subjects.ts'
import { describeConformance } from '../support/conformance.ts'
import { clusterOf } from './objects.ts'

interface Tables {
  readonly tables: {
    readonly podToleratesNodeTaints: readonly {
      readonly test: string
      readonly fits: boolean
      readonly node: SchedulingNode
      readonly pod: SchedulingPod
    }[]
    readonly taintPriority: readonly {
      readonly test: string
      readonly nodes: readonly SchedulingNode[]
      readonly pod: SchedulingPod
      readonly expectedList: readonly { readonly Host: string; readonly Score: number }[]
    }[]
  }
}

describeConformance<Tables>('05c-taints-tolerations.json', ({ tables }) => {
  it.each(tables.podToleratesNodeTaints)('the filter TaintToleration: $test', ({ node, pod, fits }) => {
    const [verdict] = verdictsOn(pod, [{ ...node, metadata: { name: 'node' } }])
    expect(verdict?.rejections.some(({ filter }) => filter === 'TaintToleration')).toBe(!fits)
  })

  it.each(tables.taintPriority)('the score TaintToleration, a tenth of it: $test', ({ nodes, pod, expectedList }) => {
    const scores = verdictsOn(pod, nodes).map(({ node, scores: own }) => ({
      Host: node,
      Score: Math.floor((own.find(({ score }) => score === 'TaintToleration')?.value ?? 0) / 10),
    }))
    expect(scores).toEqual(expectedList)
  })
})

/** Verdicts with the filter and score of taints alone. */
function verdictsOn(pod: SchedulingPod, nodes: readonly SchedulingNode[]): readonly NodeVerdict[] {
  const profile = {
    filters: leastAllocatedProfile.filters.filter(({ name }) => name === 'TaintToleration'),
    scores: leastAllocatedProfile.scores.filter(({ score }) => score.name === 'TaintToleration'),
  }
  const complete = { ...pod, spec: { ...pod.spec, containers: pod.spec.containers ?? [] } }
  return explain({ pod: complete, state: clusterOf(nodes), profile }).verdicts
}
