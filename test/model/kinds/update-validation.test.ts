import { describe, expect, it } from 'vitest'
import type { Cause } from '../../../src/model/errors.ts'
import { definitionOf } from '../../../src/model/kinds.ts'
import type { Resource } from '../../../src/model/resource.ts'
import { validateUpdate } from '../../../src/model/validation.ts'
import { judge, type Manifest, podManifest, told } from './judge.ts'

type Fields = Readonly<Record<string, unknown>>

function faultsOfChange(before: Manifest, after: Manifest): readonly Cause[] {
  const [previous, next] = [judge(before).object, judge(after).object]
  return validateUpdate(definitionOf(before.kind), next as Resource, previous as Resource)
}

describe('a change of a pod', () => {
  const container = (fields: Fields = {}) => ({ containers: [{ name: 'main', image: 'nginx:1', ...fields }] })
  const toleration = { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 10 }
  const gated = { schedulingGates: [{ name: 'a' }, { name: 'b' }] }

  it.each([
    ['an image', {}, container({ image: 'nginx:2' })],
    ['a deadline', {}, { activeDeadlineSeconds: 10 }],
    ['an earlier deadline', { activeDeadlineSeconds: 10 }, { activeDeadlineSeconds: 5 }],
    [
      'one more toleration',
      { tolerations: [toleration] },
      { tolerations: [toleration, { key: 'b', operator: 'Exists' }] },
    ],
    [
      'for how long a taint is tolerated',
      { tolerations: [toleration] },
      { tolerations: [{ ...toleration, tolerationSeconds: 20 }] },
    ],
    ['one gate less', gated, { schedulingGates: [{ name: 'a' }] }],
    ['a choosier pod, as long as it is gated', gated, { ...gated, nodeSelector: { disk: 'ssd' } }],
    ['a grace period that was negative', { terminationGracePeriodSeconds: -1 }, { terminationGracePeriodSeconds: 1 }],
  ])('may bring %s', (_sentence, before, after) => {
    expect(told(faultsOfChange(podManifest(before), podManifest(after)))).toEqual([])
  })

  it.each([
    [
      'another command',
      {},
      container({ command: ['a'] }),
      'spec: Forbidden: pod updates may not change fields other than',
    ],
    ['a node, which only a binding gives', {}, { nodeName: 'n' }, 'changed: `spec.nodeName`'],
    [
      'one more container',
      {},
      {
        containers: [
          { name: 'main', image: 'nginx:1' },
          { name: 'b', image: 'b' },
        ],
      },
      'spec.containers: Forbidden: pod updates may not add or remove containers',
    ],
    [
      'a later deadline',
      { activeDeadlineSeconds: 10 },
      { activeDeadlineSeconds: 20 },
      'spec.activeDeadlineSeconds: Invalid value: 20: must be less than or equal to previous value',
    ],
    [
      'no deadline any more',
      { activeDeadlineSeconds: 10 },
      {},
      'spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value',
    ],
    [
      'one toleration less',
      { tolerations: [toleration] },
      {},
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ],
    [
      'one more gate',
      {},
      gated,
      "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'a'",
    ],
    ['another grace period', {}, { terminationGracePeriodSeconds: 5 }, 'changed: `spec.terminationGracePeriodSeconds`'],
    ['a choosier pod, once it is not gated', {}, { nodeSelector: { disk: 'ssd' } }, 'changed: `spec.nodeSelector`'],
    [
      'a less choosy pod, gated or not',
      { ...gated, nodeSelector: { disk: 'ssd' } },
      gated,
      'spec.nodeSelector: Invalid value: null: only additions are allowed (no mutations or deletions)',
    ],
  ])('may not bring %s', (_sentence, before, after, fault) => {
    expect(told(faultsOfChange(podManifest(before), podManifest(after))).join('\n')).toContain(fault)
  })
})

describe('a change of another kind', () => {
  const labels = { app: 'web' }
  const set = (spec: Fields): Manifest => ({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels: { ...labels, tier: 'fe' } },
        spec: { containers: [{ name: 'main', image: 'x' }] },
      },
      ...spec,
    },
  })
  const node = (spec: Fields, status: Fields = {}): Manifest => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n' },
    spec,
    status,
  })

  it.each([
    ['the replicas of a ReplicaSet', set({}), set({ replicas: 5 })],
    ['the taints of a node', node({}), node({ taints: [{ key: 'a', effect: 'NoSchedule' }], unschedulable: true })],
    ['the addresses of pods, the first time', node({}), node({ podCIDR: '10.0.0.0/24' })],
  ])('may bring %s', (_sentence, before, after) => {
    expect(told(faultsOfChange(before, after))).toEqual([])
  })

  it.each([
    [
      'another selector of a ReplicaSet',
      set({}),
      set({ selector: { matchLabels: { tier: 'fe' } } }),
      'spec.selector: Invalid value: {"matchLabels":{"tier":"fe"}}: field is immutable',
    ],
    [
      'other addresses of pods',
      node({ podCIDR: '10.0.0.0/24' }),
      node({ podCIDR: '10.0.1.0/24' }),
      'spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid',
    ],
    [
      'another identity at the provider',
      node({ providerID: 'a' }),
      node({ providerID: 'b' }),
      'spec.providerID: Forbidden: node updates may not change providerID except from "" to valid',
    ],
    [
      'one address twice',
      node({}),
      node(
        {},
        {
          addresses: [
            { type: 'InternalIP', address: '1.1.1.1' },
            { type: 'InternalIP', address: '1.1.1.1' },
          ],
        },
      ),
      'status.addresses[1]: Duplicate value: {"type":"InternalIP","address":"1.1.1.1"}',
    ],
  ])('may not bring %s', (_sentence, before, after, fault) => {
    expect(told(faultsOfChange(before, after))).toEqual([fault])
  })
})

describe('a set of pods', () => {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main', image: 'x' }] } }
  const controller = (spec: Fields): Manifest => ({
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata: { name: 'web' },
    spec: { template, ...spec },
  })

  it.each([
    ['fewer than no pods', { replicas: -1 }, ['spec.replicas: Invalid value: -1: must be greater than or equal to 0']],
    [
      'pods that it does not choose',
      { selector: { app: 'other' } },
      ['spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`'],
    ],
    ['no labels to choose by', { template: { spec: template.spec } }, ['spec.selector: Required value']],
    [
      'pods that end',
      { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never', activeDeadlineSeconds: 5 } } },
      [
        'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
        'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds is not supported here',
      ],
    ],
    [
      'one disk for several',
      {
        replicas: 2,
        template: {
          ...template,
          spec: { ...template.spec, volumes: [{ name: 'd', gcePersistentDisk: { pdName: 'd' } }] },
        },
      },
      [
        expect.stringContaining(
          'spec.template.spec.volumes[0].gcePersistentDisk.readOnly: Invalid value: false: must be read-only',
        ),
      ],
    ],
    [
      'labels that are none',
      { selector: { app: 'web' }, template: { ...template, metadata: { labels: { app: 'web', 'b c': '1' } } } },
      [
        expect.stringContaining('metadata.labels: Invalid value: "b c"'),
        expect.stringContaining('spec.template.labels: Invalid value: "b c"'),
      ],
    ],
  ])('cannot have %s', (_sentence, spec, expected) => {
    expect(told(judge(controller(spec)).causes)).toEqual(expected)
  })

  it('chooses by something', () => {
    const set = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web' },
      spec: { selector: {}, template },
    }
    expect(told(judge(set).causes)).toEqual([
      'spec.selector: Invalid value: {}: empty selector is invalid for a ReplicaSet',
    ])
  })
})

describe('an object of another kind', () => {
  it.each([
    [
      'a node with one taint twice',
      {
        kind: 'Node',
        spec: {
          taints: [
            { key: 'a', effect: 'NoSchedule' },
            { key: 'a', value: 'x', effect: 'NoSchedule' },
          ],
        },
      },
      [expect.stringContaining('spec.taints[1]: Duplicate value')],
    ],
    [
      'a node with addresses that are none',
      { kind: 'Node', spec: { podCIDRs: ['10.0.0.0'] } },
      [expect.stringContaining('spec.podCIDRs[0]: Invalid value: "10.0.0.0"')],
    ],
    [
      'a node with less than nothing',
      { kind: 'Node', status: { capacity: { cpu: '-1' } } },
      [
        'status.capacity.cpu: Invalid value: "-1": must be greater than or equal to 0',
        'status.allocatable.cpu: Invalid value: "-1": must be greater than or equal to 0',
      ],
    ],
    [
      'a namespace with a finalizer of no one',
      { kind: 'Namespace', spec: { finalizers: ['mine'] } },
      [
        'spec.finalizers[0]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
      ],
    ],
    [
      'an event away from its object',
      { kind: 'Event', involvedObject: { kind: 'Pod', namespace: 'other', name: 'web' } },
      ['involvedObject.namespace: Invalid value: "other": does not match event.namespace'],
    ],
  ])('cannot be %s', (_sentence, object, expected) => {
    expect(told(judge({ apiVersion: 'v1', metadata: { name: 'one' }, ...object }).causes)).toEqual(expected)
  })
})
