import { expect, it } from 'vitest'
import { definitionOf } from '../../../src/model/kinds.ts'
import { parseObject } from '../../../src/model/validation.ts'
import { judge, podManifest, told } from './judge.ts'

type Fields = Readonly<Record<string, unknown>>

const inContainer = (fields: Fields) => ({ containers: [{ name: 'main', image: 'x', ...fields }] })
const inVolume = (source: Fields) => ({ volumes: [{ name: 'v', ...source }] })
const httpGet = (headers: readonly Fields[]) => ({ httpGet: { port: 80, httpHeaders: headers } })

it.each([
  ['a header without a value', inContainer({ readinessProbe: httpGet([{ name: 'A' }]) })],
  ['a kernel parameter without a value', { securityContext: { sysctls: [{ name: 'a.b' }] } }],
  ['the first disk of a target', inVolume({ iscsi: { targetPortal: 't', iqn: 'iqn.2001-04.com.example:disk' } })],
  [
    'a preference without conditions',
    { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 }] } } },
  ],
  ['counts of zero in a probe', inContainer({ livenessProbe: { exec: { command: ['a'] }, successThreshold: 0 } })],
  [
    'texts that are empty',
    { restartPolicy: '', dnsPolicy: '', schedulerName: '', priorityClassName: '', nodeName: '' },
  ],
  ['a protocol that is empty', inContainer({ ports: [{ containerPort: 80, hostPort: 0, protocol: '' }] })],
  ['lists that are empty', { ...inContainer({ ports: [], env: [], volumeMounts: [] }), volumes: [], tolerations: [] }],
  ['a volume without a source', inVolume({})],
])('%s mean what they mean in Kubernetes when they are absent', (_sentence, spec) => {
  expect(told(judge(podManifest(spec)).causes)).toEqual([])
})

it.each([
  ['runtime class', { runtimeClassName: '' }, 'spec.runtimeClassName: Invalid value: ""'],
  [
    'key of a ConfigMap',
    inContainer({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'c', key: '' } } }] }),
    'key: Required value',
  ],
  [
    'initiator',
    inVolume({ iscsi: { targetPortal: 't', iqn: 'iqn.2001-04.com.example:disk', initiatorName: '' } }),
    'initiatorName: Required',
  ],
])('an empty name of a %s is a fault', (_sentence, spec, fault) => {
  expect(told(judge(podManifest(spec)).causes).join('\n')).toContain(fault)
})

it.each([
  ['spec.preemptionPolicy', { preemptionPolicy: '' }],
  ['spec.containers[0].restartPolicy', inContainer({ restartPolicy: '' })],
  ['spec.containers[0].securityContext.procMount', inContainer({ securityContext: { procMount: '' } })],
  ['spec.securityContext.fsGroupChangePolicy', { securityContext: { fsGroupChangePolicy: '' } }],
  [
    'spec.containers[0].volumeMounts[0].mountPropagation',
    { ...inContainer({ volumeMounts: [{ name: 'v', mountPath: '/v', mountPropagation: '' }] }), ...inVolume({}) },
  ],
  ['spec.volumes[0].azureDisk.kind', inVolume({ azureDisk: { diskName: 'd', diskURI: 'https://d', kind: '' } })],
])('%s, which is a pointer in Kubernetes, cannot be empty', (field, spec) => {
  expect(told(judge(podManifest(spec)).causes).join('\n')).toContain(`${field}: Required value`)
})

it('an empty namespace is none', () => {
  const { object, causes } = parseObject(definitionOf('Pod'), podManifest({}, { namespace: '' }))
  expect(told(causes)).toEqual([])
  expect(object?.metadata).toEqual({ name: 'web' })
})
