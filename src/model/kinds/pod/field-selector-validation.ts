import type { Cause } from '../../errors.ts'
import { invalidFault, requiredFault, ruleFaults, unsupportedFault } from '../../fault.ts'
import { annotationKeyFaults, qualifiedNameFaults } from '../../names.ts'
import type { ObjectFieldSelector } from './environment.ts'

/** Every path that a pod's field selector can be written with (Kubernetes `ConvertDownwardAPIFieldLabel`). */
const fieldLabels = new Set([
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'spec.schedulerName',
  'status.phase',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
])

/**
 * The faults of a choice of a field of the pod, of which only `supported` paths and single labels and annotations
 * (`metadata.labels['key']`) can be told (Kubernetes `validateObjectFieldSelector`).
 */
export function validateFieldSelector(
  { apiVersion, fieldPath }: ObjectFieldSelector,
  path: string,
  supported: readonly string[],
): Cause[] {
  if (fieldPath === '') return [requiredFault(`${path}.fieldPath`)]
  const field = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath
  const subscripted = /^(.*)\['(.*)'\]$/.exec(field)
  const label = subscripted?.[1] ?? field
  const problem =
    apiVersion === 'v1'
      ? fieldLabels.has(label)
        ? undefined
        : `field label not supported: ${field}`
      : `unsupported pod version: ${apiVersion}`
  if (problem !== undefined) {
    return [invalidFault(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${problem}`)]
  }
  if (subscripted === null) {
    return supported.includes(field) ? [] : [unsupportedFault(`${path}.fieldPath`, field, supported)]
  }
  const key = subscripted[2] ?? ''
  if (label === 'metadata.annotations') return ruleFaults(path, key, annotationKeyFaults)
  if (label === 'metadata.labels') return ruleFaults(path, key, qualifiedNameFaults)
  return [invalidFault(path, label, 'does not support subscript')]
}
