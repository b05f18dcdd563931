import { expect, it } from 'vitest'
import { nodeName } from '../../src/scheduler/filters/node-name.ts'
import { preferredWeight, requiredNodes } from '../../src/scheduler/node-selector-terms.ts'
import { normalized } from '../../src/scheduler/score.ts'
import type { PreferredSchedulingTerm, SchedulingNode, SchedulingPod } from '../../src/scheduler/subjects.ts'
import { describeConformance } from '../support/conformance.ts'
import { podNamed } from './objects.ts'

type Labels = Record<string, string>

interface Tables {
  readonly tables: {
    readonly podFitsNodeSelector: readonly {
      readonly test: string
      readonly fits: boolean
      readonly labels?: Labels
      readonly nodeName?: string
      readonly pod: SchedulingPod
    }[]
    readonly podFitsHost: readonly {
      readonly test: string
      readonly fits: boolean
      readonly node: Partial<SchedulingNode>
      readonly pod: SchedulingPod
    }[]
    readonly nodeAffinityPriority: readonly {
      readonly test: string
      readonly nodes: readonly SchedulingNode[]
      readonly pod: SchedulingPod
      readonly expectedList: readonly { readonly Host: string; readonly Score: number }[]
    }[]
  }
}

describeConformance<Tables>('05d-node-affinity-selector.json', ({ tables }) => {
  it.each(tables.podFitsNodeSelector)('NodeAffinity: $test', ({ pod, labels, nodeName: name = 'node', fits }) => {
    expect(requiredNodes(pod)?.(nodeOf(name, labels)) ?? true).toBe(fits)
  })

  it.each(tables.podFitsHost)('NodeName: $test', ({ pod, node, fits }) => {
    const rejection = nodeName.prepare(pod)?.(nodeOf(node.metadata?.name ?? '')) ?? null
    expect(rejection === null).toBe(fits)
  })

  it.each(tables.nodeAffinityPriority)(
    'the score NodeAffinity, a tenth of it: $test',
    ({ pod, nodes, expectedList }) => {
      const raw = nodes.map((node) => preferredWeight(pod)?.(node) ?? 0)
      const scores = raw.map((weight) => Math.floor(normalized(weight, Math.max(...raw), 'max') / 10))
      expect(nodes.map(({ metadata }, index) => ({ Host: metadata.name, Score: scores[index] }))).toEqual(expectedList)
    },
  )
})

interface HeadTables {
  readonly tables: {
    readonly podMatchesNodeSelectorAndAffinity: readonly {
      readonly name: string
      readonly want: boolean
      readonly labels?: Labels
      readonly nodeName?: string
      readonly pod: Partial<SchedulingPod>
    }[]
    readonly preferredTermsScore: readonly {
      readonly name: string
      readonly node?: SchedulingNode
      readonly prefSchedTerms: readonly PreferredSchedulingTerm[]
      readonly wantScore?: number
      readonly wantErr?: unknown
    }[]
  }
}

describeConformance<HeadTables>('05p-head-affinity-taints.json', ({ tables }) => {
  it.each(tables.podMatchesNodeSelectorAndAffinity)('NodeAffinity: $name', ({ pod, labels, nodeName: name, want }) => {
    const complete = podNamed('pod', withoutNulls(pod.spec))
    expect(requiredNodes(complete)?.(nodeOf(name ?? 'node', labels)) ?? true).toBe(want)
  })

  const scored = tables.preferredTermsScore.filter(({ wantErr }) => wantErr === undefined)
  it.each(scored)('the weight of preferred terms: $name', ({ node, prefSchedTerms, wantScore = 0 }) => {
    const nodeAffinity = { preferredDuringSchedulingIgnoredDuringExecution: prefSchedTerms }
    const weight = preferredWeight(podNamed('pod', { affinity: { nodeAffinity } }))
    expect(weight?.(node ?? nodeOf('node')) ?? 0).toBe(wantScore)
  })
})

/** A null in the recording is a field that is not there. */
function withoutNulls<Value>(value: Value): Value {
  return value === undefined
    ? value
    : (JSON.parse(JSON.stringify(value), (_, part: unknown) => part ?? undefined) as Value)
}

function nodeOf(name: string, labels: Labels = {}): SchedulingNode {
  return { metadata: { name, labels } }
}
