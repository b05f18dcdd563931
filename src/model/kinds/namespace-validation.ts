import type { Cause } from '../errors.ts'
import { validateFinalizers } from '../metadata-validation.ts'
import type { Namespace } from './namespace.ts'

/** The faults of a namespace, its metadata apart (Kubernetes `ValidateNamespace`). */
export function validateNamespace({ spec }: Namespace): Cause[] {
  return validateFinalizers(spec?.finalizers ?? [], 'spec.finalizers')
}
