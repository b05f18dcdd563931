import { describe, expect, it } from 'vitest'
import { judge, judgeChange, type Manifest, told } from './judge.ts'

type Fields = Readonly<Record<string, unknown>>

function node(fields: Fields = {}, annotations: Readonly<Record<string, string>> = {}): Manifest {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', annotations }, ...fields }
}

describe('the taints of a node', () => {
  it.each([
    ['no key', { key: '', effect: 'NoSchedule' }, 'spec.taints[0].key: Invalid value: "": name part must be non-empty'],
    ['a key with blanks', { key: 'a b', effect: 'NoSchedule' }, 'spec.taints[0].key: Invalid value: "a b"'],
    ['a value with blanks', { key: 'a', value: 'b c', effect: 'NoExecute' }, 'spec.taints[0].value: Invalid value'],
    ['no effect', { key: 'a' }, 'spec.taints[0].effect: Required value'],
    [
      'an effect that is none',
      { key: 'a', effect: 'Never' },
      'spec.taints[0].effect: Unsupported value: "Never": supported values: "NoExecute", "NoSchedule", "PreferNoSchedule"',
    ],
  ])('cannot have %s', (_sentence, taint, fault) => {
    expect(told(judge(node({ spec: { taints: [taint] } })).causes).join('\n')).toContain(fault)
  })

  it('may share a key or an effect, not both', () => {
    const taints = [
      { key: 'a', effect: 'NoSchedule' },
      { key: 'a', effect: 'NoExecute' },
      { key: 'b', effect: 'NoSchedule' },
    ]
    expect(told(judge(node({ spec: { taints } })).causes)).toEqual([])
    const [first] = taints
    expect(told(judge(node({ spec: { taints: [...taints, first] } })).causes)).toEqual([
      'spec.taints[3]: Duplicate value: {"key":"a","effect":"NoSchedule"}: taints must be unique by key and effect pair',
    ])
  })
})

describe('the outdated annotations of a node', () => {
  const taints = 'scheduler.alpha.kubernetes.io/taints'
  const avoided = 'scheduler.alpha.kubernetes.io/preferAvoidPods'
  const signature = (podController?: object) =>
    JSON.stringify({ preferAvoidPods: [{ podSignature: { podController }, reason: 'some' }] })

  it.each([
    ['taints', taints, '[{"key":"a","effect":"NoSchedule","timeAdded":null,"other":1}]'],
    ['nothing', taints, ''],
    ['a controller', avoided, signature({ apiVersion: 'v1', kind: 'ReplicationController', controller: true })],
    ['no controllers', avoided, '{}'],
  ])('may hold %s', (_sentence, key, text) => {
    expect(told(judge(node({}, { [key]: text })).causes)).toEqual([])
  })

  it.each([
    ['what is no JSON', taints, '[', `metadata.annotations.${taints}: Invalid value: "[": must be JSON: `],
    ['what is no list', taints, '{}', `metadata.annotations.${taints}: Invalid value: {}: must be of type array`],
    ['a taint without a key', taints, '[{"effect":"NoSchedule"}]', `metadata.annotations.${taints}[0].key: Required`],
    [
      'pods without a controller',
      avoided,
      signature(),
      `metadata.annotations.${avoided}[0].PodSignature: Required value`,
    ],
    [
      'an owner that is no controller',
      avoided,
      signature({ kind: 'ReplicationController', controller: false }),
      `metadata.annotations.${avoided}[0].PodSignature.PodController.Controller: Invalid value: false: must point to a controller`,
    ],
  ])('cannot hold %s', (_sentence, key, text, fault) => {
    expect(told(judge(node({}, { [key]: text })).causes).join('\n')).toContain(fault)
  })
})

describe('the amounts of a node', () => {
  it.each([
    ['pods in halves', { pods: '1.5' }, 'status.capacity.pods: Invalid value: "1500m": must be an integer'],
    ['a device in halves', { 'a.b/gpu': '500m' }, 'status.capacity.a.b/gpu: Invalid value: "500m": must be an integer'],
    [
      'less than nothing',
      { memory: '-1' },
      'status.capacity.memory: Invalid value: "-1": must be greater than or equal',
    ],
  ])('cannot have %s', (_sentence, capacity, fault) => {
    expect(told(judge(node({ status: { capacity } })).causes).join('\n')).toContain(fault)
  })
})

describe('the configuration of a node', () => {
  const configMap = { namespace: 'kube-system', name: 'config', kubeletConfigKey: 'kubelet' }
  const change = (source: object) => told(judgeChange(node(), node({ spec: { configSource: source } })))

  it('may come from a ConfigMap', () => {
    expect(change({ configMap })).toEqual([])
  })

  it.each([
    ['nowhere', {}, 'spec.configSource: Invalid value: {}: exactly one reference subfield must be non-nil'],
    ['a version', { configMap: { ...configMap, resourceVersion: '1' } }, 'configMap.resourceVersion: Forbidden'],
    [
      'an incarnation',
      { configMap: { ...configMap, uid: 'u' } },
      'configMap.uid: Forbidden: uid must not be set in spec',
    ],
    [
      'no namespace',
      { configMap: { ...configMap, namespace: '' } },
      'configMap.namespace: Required value: namespace must',
    ],
    [
      'a name with blanks',
      { configMap: { ...configMap, name: 'a b' } },
      'spec.configSource.configMap.name: Invalid value',
    ],
    [
      'a key that is none',
      { configMap: { ...configMap, kubeletConfigKey: '..' } },
      'kubeletConfigKey: Invalid value: ".."',
    ],
  ])('cannot come from %s', (_sentence, source, fault) => {
    expect(change(source).join('\n')).toContain(fault)
  })

  it('is told with the incarnation and the version that are used', () => {
    const config = { active: { configMap } }
    expect(told(judgeChange(node(), node({ status: { config } })))).toEqual([
      'status.config.active.configMap.uid: Required value: uid must be set in status',
      'status.config.active.configMap.resourceVersion: Required value: resourceVersion must be set in status',
    ])
  })
})
