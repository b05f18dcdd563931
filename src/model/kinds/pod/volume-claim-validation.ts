import type { Cause } from '../../errors.ts'
import { invalidFault, optionalTextFaults, requiredFault, unsupportedFault } from '../../fault.ts'
import { validateAnnotations, validateLabelSelector, validateLabels } from '../../label-validation.ts'
import { dnsSubdomainFaults } from '../../names.ts'
import { parseQuantity } from '../../quantity.ts'
import type { Volume } from './volume.ts'
import type { PersistentVolumeClaimSpec } from './volume-claim.ts'

type Template = NonNullable<NonNullable<Volume['ephemeral']>['volumeClaimTemplate']>

/** The faults of a template of claims (Kubernetes `ValidatePersistentVolumeClaimTemplate`). */
export function validateClaimTemplate({ metadata, spec }: Template, path: string): Cause[] {
  return [
    ...validateAnnotations(metadata?.annotations, `${path}.metadata.annotations`),
    ...validateLabels(metadata?.labels, `${path}.metadata.labels`),
    ...validateClaimSpec(spec, `${path}.spec`),
  ]
}

/** The faults of the spec of a claim (Kubernetes `ValidatePersistentVolumeClaimSpec`). */
function validateClaimSpec(spec: PersistentVolumeClaimSpec, path: string): Cause[] {
  const modes = spec.accessModes ?? []
  const isAlone = !modes.includes('ReadWriteOncePod') || modes.length === 1
  return [
    ...(modes.length === 0 ? [requiredFault(`${path}.accessModes`, 'at least 1 access mode is required')] : []),
    ...(isAlone ? [] : [forbidModes(`${path}.accessModes`)]),
    ...validateLabelSelector(spec.selector, `${path}.selector`),
    ...validateStorage(spec.resources?.requests?.['storage'], `${path}.resources`),
    ...optionalTextFaults(`${path}.storageClassName`, spec.storageClassName, dnsSubdomainFaults),
    ...optionalTextFaults(`${path}.volumeAttributesClassName`, spec.volumeAttributesClassName, dnsSubdomainFaults),
    ...validateDataSource(spec.dataSource, `${path}.dataSource`),
    ...validateDataSource(spec.dataSourceRef, `${path}.dataSourceRef`),
  ]
}

function forbidModes(path: string): Cause {
  const detail = 'may not use ReadWriteOncePod with other access modes'
  return { field: path, reason: 'FieldValueForbidden', message: `Forbidden: ${detail}` }
}

function validateStorage(storage: string | undefined, path: string): Cause[] {
  const field = `${path}[storage]`
  if (storage === undefined) return [requiredFault(field)]
  const isPositive = (parseQuantity(storage)?.nano ?? 0n) > 0n
  return isPositive ? [] : [invalidFault(field, storage, 'must be greater than zero')]
}

function validateDataSource(source: PersistentVolumeClaimSpec['dataSourceRef'], path: string): Cause[] {
  if (source === undefined) return []
  const { apiGroup = '', kind, name } = source
  const isCoreClaim = apiGroup !== '' || kind === 'PersistentVolumeClaim'
  return [
    ...(name === '' ? [requiredFault(`${path}.name`)] : []),
    ...(kind === '' ? [requiredFault(`${path}.kind`)] : []),
    ...(isCoreClaim ? [] : [unsupportedFault(`${path}.kind`, kind, ['PersistentVolumeClaim'])]),
  ]
}
