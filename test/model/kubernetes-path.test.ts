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

it.each([
  'spec.containers[0].name',
  'spec.template.spec.volumes[0].gcePersistentDisk.readOnly',
  'spec.volumes[0].projected.sources[0].serviceAccountToken',
  'metadata.taints',
])('a fault of %s is told as it is', (field) => {
  const cause = { field, reason: 'FieldValueRequired', message: 'Required value' } as const
  expect(withKubernetesPath(cause)).toBe(cause)
})
