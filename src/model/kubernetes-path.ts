import type { Cause } from './errors.ts'

interface Elsewhere {
  readonly field: RegExp
  readonly path: string
}

/**
 * Fields whose faults Kubernetes tells at another path (its `pkg/apis/core/validation`): below `metadata` for taints, and
 * without the place in the list for files.
 */
const elsewhere: readonly Elsewhere[] = [
  { field: /^spec\.taints\b/, path: 'metadata.taints' },
  { field: /(?<=\.volumes\[\d+\])\.gcePersistentDisk(?!\.readOnly)/, path: '.persistentDisk' },
  { field: /(?<=\.downwardAPI)\.items\[\d+\]/, path: '' },
  { field: /(?<=\.projected)\.sources\[\d+\]\.serviceAccountToken\.path$/, path: '.path' },
]

/** The cause, told where the fault is, with the path at its end by which people look for Kubernetes' message. */
export function withKubernetesPath(cause: Cause): Cause {
  const found = elsewhere.find(({ field }) => field.test(cause.field))
  if (found === undefined) return cause
  return { ...cause, message: `${cause.message} (${cause.field.replace(found.field, found.path)} in Kubernetes)` }
}
