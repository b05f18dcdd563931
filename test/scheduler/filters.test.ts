import { describe, expect, it } from 'vitest'
import type { Filter } from '../../src/scheduler/filter.ts'
import { nodeAffinity } from '../../src/scheduler/filters/node-affinity.ts'
import { nodeName } from '../../src/scheduler/filters/node-name.ts'
import { nodePorts } from '../../src/scheduler/filters/node-ports.ts'
import { nodeResourcesFit } from '../../src/scheduler/filters/node-resources-fit.ts'
import { nodeUnschedulable } from '../../src/scheduler/filters/node-unschedulable.ts'
import { taintToleration } from '../../src/scheduler/filters/taint-toleration.ts'
import type { NodeSelectorTerm, SchedulingNode, SchedulingPod, SchedulingSpec } from '../../src/scheduler/subjects.ts'
import { asking, clusterOf, nodeNamed, podNamed } from './objects.ts'

describe('NodeUnschedulable', () => {
  const cordoned = nodeNamed('n', { unschedulable: true })
  it.each<[string, SchedulingNode, Partial<SchedulingSpec>, string[]]>([
    ['a node that is not cordoned takes any pod', nodeNamed('n'), {}, []],
    ['a cordoned node takes none', cordoned, {}, ['node(s) were unschedulable']],
    [
      'a cordoned node takes one that tolerates node.kubernetes.io/unschedulable',
      cordoned,
      { tolerations: [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' }] },
      [],
    ],
    ['a cordoned node takes one that tolerates everything', cordoned, { tolerations: [{ operator: 'Exists' }] }, []],
    [
      'a toleration of another effect does not help',
      cordoned,
      { tolerations: [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoExecute' }] },
      ['node(s) were unschedulable'],
    ],
  ])('%s', (_, node, spec, reasons) => {
    expect(reasonsOf(nodeUnschedulable, podNamed('p', spec), node)).toEqual(reasons)
  })
})

describe('NodeName', () => {
  const refused = ["node(s) didn't match the requested node name"]
  it.each<[string, Partial<SchedulingSpec>, string[]]>([
    ['a pod that names no node may go anywhere', {}, []],
    ['an empty name is no name', { nodeName: '' }, []],
    ['the named node takes the pod', { nodeName: 'n' }, []],
    ['another node does not', { nodeName: 'other' }, refused],
  ])('%s', (_, spec, reasons) => {
    expect(reasonsOf(nodeName, podNamed('p', spec), nodeNamed('n'))).toEqual(reasons)
  })
})

describe('TaintToleration', () => {
  const untolerated = ['node(s) had untolerated taint {dedicated: web}']
  const taintOf = (effect: string): SchedulingNode =>
    nodeNamed('n', { taints: [{ key: 'dedicated', value: 'web', effect }] })
  const tolerating = (key: string): Partial<SchedulingSpec> => ({ tolerations: [{ key, operator: 'Exists' }] })
  it.each<[string, SchedulingNode, Partial<SchedulingSpec>, string[]]>([
    ['no taint, no objection', nodeNamed('n'), {}, []],
    ['a NoSchedule taint keeps pods away', taintOf('NoSchedule'), {}, untolerated],
    ['a NoExecute taint keeps pods away', taintOf('NoExecute'), {}, untolerated],
    ['a PreferNoSchedule taint does not', taintOf('PreferNoSchedule'), {}, []],
    ['a tolerated taint does not', taintOf('NoSchedule'), tolerating('dedicated'), []],
    ['a toleration of another taint does not help', taintOf('NoSchedule'), tolerating('other'), untolerated],
    [
      'the first taint that is not tolerated is named',
      nodeNamed('n', {
        taints: [
          { key: 'a', effect: 'NoSchedule' },
          { key: 'b', effect: 'NoSchedule' },
          { key: 'c', value: 'x', effect: 'NoSchedule' },
        ],
      }),
      tolerating('a'),
      ['node(s) had untolerated taint {b: }'],
    ],
  ])('%s', (_, node, spec, reasons) => {
    expect(reasonsOf(taintToleration, podNamed('p', spec), node)).toEqual(reasons)
  })
})

describe('NodeAffinity', () => {
  const refused = ["node(s) didn't match Pod's node affinity/selector"]
  const node = nodeNamed('n', { labels: { disk: 'ssd', cores: '8' } })
  const terms = (...nodeSelectorTerms: NodeSelectorTerm[]): Partial<SchedulingSpec> => ({
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
  })
  const label = (key: string, operator: string, ...values: string[]): NodeSelectorTerm => ({
    matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }] as NodeSelectorTerm['matchExpressions'],
  })
  const field = (operator: 'In' | 'NotIn' | 'Exists', ...values: string[]): NodeSelectorTerm => ({
    matchFields: [{ key: 'metadata.name', operator, values }],
  })
  it.each<[string, Partial<SchedulingSpec>, string[]]>([
    ['a pod that asks for nothing may go anywhere', {}, []],
    ['an empty nodeSelector asks for nothing', { nodeSelector: {} }, []],
    ['every label of nodeSelector must be there', { nodeSelector: { disk: 'ssd', cores: '8' } }, []],
    ['one that is missing is enough to refuse', { nodeSelector: { disk: 'ssd', zone: 'a' } }, refused],
    ['labels are not looked for in what all objects have', { nodeSelector: { constructor: 'x' } }, refused],
    ['one term of several is enough', terms(label('disk', 'In', 'hdd'), label('disk', 'In', 'ssd', 'nvme')), []],
    ['no term at all matches nothing', terms(), refused],
    ['an empty term matches nothing', terms({}), refused],
    ['NotIn matches a label that is missing', terms(label('zone', 'NotIn', 'a')), []],
    ['Exists and DoesNotExist look at the key', terms(label('zone', 'Exists'), label('zone', 'DoesNotExist')), []],
    ['Gt compares whole numbers', terms(label('cores', 'Gt', '7')), []],
    ['Gt is not at least', terms(label('cores', 'Gt', '8')), refused],
    ['Lt compares whole numbers', terms(label('cores', 'Lt', '10')), []],
    ['Lt does not match what is no number', terms(label('disk', 'Lt', '10')), refused],
    ['an invalid requirement matches nothing', terms(label('disk', 'NotIn', 'no good: #')), refused],
    ['matchFields can ask for the name', terms(field('In', 'n')), []],
    ['and for any other', terms(field('NotIn', 'n')), refused],
    ['matchFields takes one value only', terms(field('In', 'n', 'm')), refused],
    ['matchFields takes In and NotIn only', terms(field('Exists')), refused],
    [
      'expressions and fields of a term must all match',
      terms({ ...label('disk', 'Exists'), ...field('In', 'm') }),
      refused,
    ],
    [
      'nodeSelector and affinity must both match',
      { nodeSelector: { disk: 'hdd' }, ...terms(label('disk', 'Exists')) },
      refused,
    ],
  ])('%s', (_, spec, reasons) => {
    expect(reasonsOf(nodeAffinity, podNamed('p', spec), node)).toEqual(reasons)
  })
})

describe('NodePorts', () => {
  const refused = ["node(s) didn't have free ports for the requested pod ports"]
  const wanting = (hostPort: number, hostIP = '', protocol = ''): SchedulingSpec => ({
    containers: [{ ports: [{ hostPort, hostIP, protocol }] }],
  })
  it.each<[string, SchedulingSpec, SchedulingSpec, string[]]>([
    ['a pod without host ports goes beside any other', { containers: [{ ports: [{}] }] }, wanting(80), []],
    ['the same port twice is refused', wanting(80), wanting(80), refused],
    ['another port is not', wanting(81), wanting(80), []],
    ['another protocol is not', wanting(80, '', 'UDP'), wanting(80, '', 'TCP'), []],
    ['no protocol is TCP', wanting(80, '', 'TCP'), wanting(80), refused],
    ['two IPs of the node are two ports', wanting(80, '10.0.0.1'), wanting(80, '10.0.0.2'), []],
    ['0.0.0.0 takes the port on all IPs', wanting(80, '10.0.0.1'), wanting(80, '0.0.0.0'), refused],
    ['and needs it on all IPs', wanting(80), wanting(80, '10.0.0.1'), refused],
    [
      'the ports of sidecars count',
      wanting(80),
      { containers: [], initContainers: [{ restartPolicy: 'Always', ports: [{ hostPort: 80 }] }] },
      refused,
    ],
    [
      'those of init containers that end do not',
      wanting(80),
      { containers: [], initContainers: [{ ports: [{ hostPort: 80 }] }] },
      [],
    ],
  ])('%s', (_, spec, present, reasons) => {
    expect(reasonsOf(nodePorts, podNamed('p', spec), nodeNamed('n'), present)).toEqual(reasons)
  })
})

describe('NodeResourcesFit', () => {
  const node = nodeNamed('n', {
    allocatable: { cpu: '1', memory: '1Gi', pods: '2', 'ephemeral-storage': '1Gi', 'example.com/gpu': '2' },
  })
  const half = asking({ cpu: '500m', memory: '512Mi', 'example.com/gpu': '1' })
  it.each<[string, SchedulingSpec, SchedulingSpec, string[]]>([
    ['what is left may be used up to the last bit', half, half, []],
    ['one thousandth of a core more is too much', asking({ cpu: '501m' }), half, ['Insufficient cpu']],
    ['one byte more is too much', asking({ memory: '536870913' }), half, ['Insufficient memory']],
    [
      'all that is short is told',
      asking({ cpu: '2', memory: '2Gi' }),
      half,
      ['Insufficient cpu', 'Insufficient memory'],
    ],
    ['ephemeral storage counts', asking({ 'ephemeral-storage': '2Gi' }), half, ['Insufficient ephemeral-storage']],
    ['extended resources count', asking({ 'example.com/gpu': '2' }), half, ['Insufficient example.com/gpu']],
    [
      'a resource that no node has is short',
      asking({ 'example.com/fpga': '1' }),
      half,
      ['Insufficient example.com/fpga'],
    ],
    ['asking for nothing of it is fine', asking({ 'example.com/fpga': '0' }), half, []],
    ['huge pages count', asking({ 'hugepages-2Mi': '2Mi' }), half, ['Insufficient hugepages-2Mi']],
    ['what is no resource of nodes is not looked at', asking({ storage: '1Ti' }), half, []],
    [
      'init containers count where they take more than the others together',
      { ...half, initContainers: [{ resources: { requests: { cpu: '800m' } } }] },
      half,
      ['Insufficient cpu'],
    ],
    [
      'sidecars count beside the others',
      { ...half, initContainers: [{ restartPolicy: 'Always', resources: { requests: { cpu: '1m' } } }] },
      half,
      ['Insufficient cpu'],
    ],
    ['the overhead counts', { ...half, overhead: { cpu: '1m' } }, half, ['Insufficient cpu']],
  ])('%s', (_, spec, present, reasons) => {
    expect(reasonsOf(nodeResourcesFit, podNamed('p', spec), node, present)).toEqual(reasons)
  })

  it('refuses a pod when the node holds all the pods it may, even one that asks for nothing', () => {
    const pods = ['a', 'b'].map((name) => podNamed(name, { nodeName: 'n' }))
    const test = nodeResourcesFit.prepare(podNamed('p'), clusterOf([node], pods))
    expect(test?.(0)?.reasons).toEqual(['Too many pods'])
  })

  it('refuses only for what the pod asks for, when more is asked of a node than it has', () => {
    const state = clusterOf([node], [podNamed('big', { ...asking({ cpu: '3' }), nodeName: 'n' })])
    expect(nodeResourcesFit.prepare(podNamed('p', asking({ memory: '1Mi' })), state)?.(0)).toBeNull()
  })
})

/** What the filter has against the pod on this node, with another pod there already. */
function reasonsOf(
  filter: Filter,
  pod: SchedulingPod,
  node: SchedulingNode,
  present?: SchedulingSpec,
): readonly string[] {
  if (filter.kind === 'static') return filter.prepare(pod)?.(node)?.reasons ?? []
  const pods = present === undefined ? [] : [podNamed('present', { ...present, nodeName: node.metadata.name })]
  return filter.prepare(pod, clusterOf([node], pods))?.(0)?.reasons ?? []
}
