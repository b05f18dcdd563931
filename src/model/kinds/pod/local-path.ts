import type { Cause } from '../../errors.ts'
import { invalidFault } from '../../fault.ts'

/** The fault of a path that steps back by `..`. */
export function backstepFaults(field: string, path: string): Cause[] {
  return path.split('/').includes('..') ? [invalidFault(field, path, "must not contain '..'")] : []
}

/** The faults of a path that must stay below where it starts (Kubernetes `validateLocalDescendingPath`). */
export function descendingPathFaults(field: string, path: string): Cause[] {
  const absolute = path.startsWith('/') ? [invalidFault(field, path, 'must be a relative path')] : []
  return [...absolute, ...backstepFaults(field, path)]
}

/** As `descendingPathFaults`, and the first name must not start with `..` (Kubernetes `validateLocalNonReservedPath`). */
export function volumeFileFaults(field: string, path: string): Cause[] {
  const isReserved = path.startsWith('..') && !path.startsWith('../') && path !== '..'
  return [
    ...descendingPathFaults(field, path),
    ...(isReserved ? [invalidFault(field, path, "must not start with '..'")] : []),
  ]
}

/** The fault of a file mode outside of 0 to 0777 (octal). */
export function fileModeFaults(field: string, mode: number | undefined): Cause[] {
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return []
  return [invalidFault(field, mode, 'must be a number between 0 and 0777 (octal), both inclusive')]
}
