import type { Cause } from './errors.ts'

interface Elsewhere {
  readonly field: RegExp
  readonly path: string
  /** Whether only older releases do so; 1.20 still does. */
  readonly isPast?: boolean
}

/**
 * Fields whose faults Kubernetes tells at another path (its `pkg/apis/core/validation`): below `metadata` for taints, and
 * without the place in the list for files, for instance.
 */
const elsewhere: readonly Elsewhere[] = [
  { field: /^spec\.taints\b/, path: 'metadata.taints' },
  { field: /(?<=\.volumes\[\d+\])\.gcePersistentDisk(?!\.readOnly)/, path: '.persistentDisk' },
  { field: /(?<=\.downwardAPI)\.items\[\d+\]/, path: '' },
  { field: /(?<=\.podAffinityTerm|Execution\[\d+\])\.labelSelector(?=\.)/, path: '.matchExpressions', isPast: true },
  { field: /(?<=\.projected)\.sources\[\d+\]\.serviceAccountToken\.path$/, path: '.path' },
]

/** The cause, told where the fault is, with the path at its end by which people look for Kubernetes' message. */
export function withKubernetesPath(cause: Cause): Cause {
  const found = elsewhere.find(({ field }) => field.test(cause.field))
  if (found === undefined) return cause
  const path = cause.field.replace(found.field, found.path)
  return { ...cause, message: `${cause.message} (${path} in ${found.isPast === true ? 'older ' : ''}Kubernetes)` }
}
