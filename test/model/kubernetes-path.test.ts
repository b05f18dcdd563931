import { expect, it } from 'vitest'
import { withKubernetesPath } from '../../src/model/kubernetes-path.ts'

it.each([
  ['spec.taints[0].key', 'metadata.taints[0].key'],
  ['spec.volumes[1].gcePersistentDisk.pdName', 'spec.volumes[1].persistentDisk.pdName'],
  ['spec.template.spec.volumes[0].downwardAPI.items[2].path', 'spec.template.spec.volumes[0].downwardAPI.path'],
  [
    'spec.volumes[0].projected.sources[0].downwardAPI.items[0].fieldRef.fieldPath',
    'spec.volumes[0].projected.sources[0].downwardAPI.fieldRef.fieldPath',
  ],
  ['spec.volumes[0].projected.sources[3].serviceAccountToken.path', 'spec.volumes[0].projected.path'],
])('a fault of %s is found by the path %s as well', (field, path) => {
  const cause = { field, reason: 'FieldValueRequired', message: 'Required value' } as const
  expect(withKubernetesPath(cause)).toEqual({ ...cause, message: `Required value (${path} in Kubernetes)` })
})

it('a fault of a selector of pods is found by the path that it had in older releases', () => {
  const field = 'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector'
  const cause = { field: `${field}.matchLabels`, reason: 'FieldValueInvalid', message: 'Invalid value' } as const
  expect(withKubernetesPath(cause).message).toBe(
    `Invalid value (${field.replace('labelSelector', 'matchExpressions')}.matchLabels in older Kubernetes)`,
  )
})

it.each([
  'spec.containers[0].name',
  'spec.topologySpreadConstraints[0].labelSelector.matchLabels',
  'spec.template.spec.volumes[0].gcePersistentDisk.readOnly',
  'spec.volumes[0].projected.sources[0].serviceAccountToken',
  'metadata.taints',
])('a fault of %s is told as it is', (field) => {
  const cause = { field, reason: 'FieldValueRequired', message: 'Required value' } as const
  expect(withKubernetesPath(cause)).toBe(cause)
})
