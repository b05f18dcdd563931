import { describe, expect, it } from 'vitest'
import { explain } from '../../src/scheduler/explanation.ts'
import { leastAllocatedProfile } from '../../src/scheduler/profile.ts'
import { type DynamicScore, normalized } from '../../src/scheduler/score.ts'
import { balancedAllocation } from '../../src/scheduler/scores/balanced-allocation.ts'
import { leastAllocated, mostAllocated } from '../../src/scheduler/scores/resource-allocation.ts'
import type { SchedulingNode, SchedulingPod, SchedulingSpec } from '../../src/scheduler/subjects.ts'
import { asking, clusterOf, nodeNamed, podNamed } from './objects.ts'

const gi = 1024 ** 3
const none: SchedulingSpec = { containers: [] }
const node = nodeNamed('n', { allocatable: { cpu: '10', memory: String(10 * gi), 'example.com/gpu': '4' } })

describe('LeastAllocated', () => {
  it.each<[string, SchedulingSpec, SchedulingSpec, number]>([
    ['an empty node has 100 for a pod of nothing', none, none, 100],
    ['the mean of what would be left of cpu and memory', asking({ cpu: '2', memory: '4Gi' }), none, 70],
    ['what is there already counts', asking({ cpu: '1', memory: '1Gi' }), asking({ cpu: '1', memory: '3Gi' }), 70],
    ['each part is cut to a whole number', asking({ cpu: '1001m', memory: '0' }), none, 94],
    ['a container without a request for cpu counts 100m', asking({ memory: '0' }), none, 99],
    ['a container without a request for memory counts 200Mi', asking({ cpu: '0' }), none, 99],
    ['a node of which too much is asked has 0 for that', asking({ cpu: '11', memory: '0' }), none, 50],
  ])('%s', (_, spec, present, score) => {
    expect(scoreOf(leastAllocated(), spec, present)).toBe(score)
  })

  it('weighs the resources as told, and leaves out an extended one that the pod does not ask for', () => {
    const resources = [
      { name: 'cpu', weight: 1 },
      { name: 'example.com/gpu', weight: 3 },
    ]
    expect(scoreOf(leastAllocated(resources), asking({ cpu: '2', 'example.com/gpu': '1' }))).toBe(76)
    expect(scoreOf(leastAllocated(resources), asking({ cpu: '2' }))).toBe(80)
  })
})

describe('MostAllocated', () => {
  it.each<[string, SchedulingSpec, SchedulingSpec, number]>([
    ['an empty node has 0 for a pod of nothing', none, none, 0],
    ['the mean of what would be asked of cpu and memory', asking({ cpu: '2', memory: '4Gi' }), none, 30],
    ['what is there already counts', asking({ cpu: '1', memory: '1Gi' }), asking({ cpu: '1', memory: '3Gi' }), 30],
    ['a node of which too much is asked has 100 for that', asking({ cpu: '11', memory: '0' }), none, 50],
  ])('%s', (_, spec, present, score) => {
    expect(scoreOf(mostAllocated(), spec, present)).toBe(score)
  })
})

describe('NodeResourcesBalancedAllocation', () => {
  it.each<[string, SchedulingSpec, SchedulingSpec, number]>([
    ['equal shares have 100', asking({ cpu: '5', memory: '5Gi' }), none, 100],
    ['half the difference of two shares is taken off', asking({ cpu: '8', memory: '2Gi' }), none, 70],
    ['what is there already counts', asking({ cpu: '8' }), asking({ memory: '8Gi' }), 100],
    ['more than all is taken for all', asking({ cpu: '25', memory: '10Gi' }), none, 100],
    ['a pod that asks for nothing has no opinion', asking({}), asking({ memory: '8Gi' }), 0],
  ])('%s', (_, spec, present, score) => {
    expect(scoreOf(balancedAllocation(), spec, present)).toBe(score)
  })

  it('takes the standard deviation of three shares and more', () => {
    const resources = ['cpu', 'memory', 'example.com/gpu'].map((name) => ({ name, weight: 1 }))
    const spec = asking({ cpu: '2', memory: '4Gi', 'example.com/gpu': '4' })
    const mean = (0.2 + 0.4 + 1) / 3
    const deviation = Math.sqrt(((0.2 - mean) ** 2 + (0.4 - mean) ** 2 + (1 - mean) ** 2) / 3)
    expect(scoreOf(balancedAllocation(resources), spec)).toBe(Math.trunc(100 * (1 - deviation)))
  })
})

describe('normalized', () => {
  it.each([
    ['the greatest has 100', 5, 5, 'max' as const, 100],
    ['others have their share, cut to a whole number', 1, 3, 'max' as const, 33],
    ['nothing has 0 where nobody has anything', 0, 0, 'max' as const, 0],
    ['reversed, the greatest has 0', 5, 5, 'max-reversed' as const, 0],
    ['reversed, others have the rest', 1, 3, 'max-reversed' as const, 67],
    ['reversed, nothing has 100 where nobody has anything', 0, 0, 'max-reversed' as const, 100],
  ])('%s', (_, raw, greatest, normalize, score) => {
    expect(normalized(raw, greatest, normalize)).toBe(score)
  })
})

describe('TaintToleration', () => {
  const prefer = (...keys: string[]): SchedulingNode['spec'] => ({
    taints: keys.map((key) => ({ key, effect: 'PreferNoSchedule' })),
  })
  const nodes = [
    { ...nodeNamed('none'), spec: prefer() },
    { ...nodeNamed('one'), spec: prefer('a') },
    { ...nodeNamed('two'), spec: prefer('a', 'b') },
  ]
  it.each([
    ['nodes with fewer taints that are not tolerated are better', {}, [100, 50, 0]],
    ['tolerated taints do not count', { tolerations: [{ key: 'a', operator: 'Exists' }] }, [100, 100, 0]],
    [
      'tolerations of NoSchedule do not help',
      { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }] },
      [100, 50, 0],
    ],
  ])('%s', (_, spec, scores) => {
    expect(staticScores('TaintToleration', podNamed('p', spec), nodes)).toEqual(scores)
  })
})

describe('NodeAffinity', () => {
  const nodes = ['a', 'b', 'c'].map((zone) =>
    nodeNamed(zone, { labels: { zone, ...(zone === 'a' && { disk: 'ssd' }) } }),
  )
  it('relates the weights of the matching terms to the greatest among the nodes that the pod fits on', () => {
    const prefers = (key: string, value: string, weight: number): { weight: number; preference: object } => ({
      weight,
      preference: { matchExpressions: [{ key, operator: 'In', values: [value] }] },
    })
    const nodeAffinity = {
      preferredDuringSchedulingIgnoredDuringExecution: [
        prefers('zone', 'a', 10),
        prefers('zone', 'b', 4),
        prefers('disk', 'ssd', 5),
        { weight: 50, preference: {} },
      ],
    }
    const pod = podNamed('p', { affinity: { nodeAffinity } })
    expect(staticScores('NodeAffinity', pod, nodes)).toEqual([100, 26, 0])
    const others = nodes.map((own) => (own.metadata.name === 'a' ? { ...own, spec: { unschedulable: true } } : own))
    expect(staticScores('NodeAffinity', pod, others)).toEqual([undefined, 100, 0])
  })
})

function scoreOf(score: DynamicScore, spec: SchedulingSpec, present: SchedulingSpec = none): number {
  const state = clusterOf([node], [podNamed('present', { ...present, nodeName: 'n' })])
  return score.prepare(podNamed('p', spec), state)?.(0) ?? 0
}

function staticScores(name: string, pod: SchedulingPod, nodes: readonly SchedulingNode[]): (number | undefined)[] {
  const { verdicts } = explain({ pod, state: clusterOf(nodes), profile: leastAllocatedProfile })
  return verdicts.map(({ scores }) => scores.find(({ score }) => score === name)?.value)
}
