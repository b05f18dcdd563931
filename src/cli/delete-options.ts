import { UsageError } from './failure.ts'

/** The flags of `myriad delete` that say how. */
export interface DeletionFlags {
  readonly cascade: string | boolean
  readonly force?: boolean
  readonly gracePeriod: number
  readonly now?: boolean
}

/** How objects are deleted, as the server is told. */
export interface Deletion {
  readonly propagationPolicy: 'Background' | 'Foreground' | 'Orphan'
  /** Undefined is what the object says itself. */
  readonly gracePeriodSeconds: number | undefined
}

/**
 * What kubectl makes of its flags: a grace of 0 needs --force and is else one second, so that nothing is lost by accident; --now
 * is one second. Throws a UsageError for flags that contradict each other.
 */
export function deletionOf({ cascade, force = false, gracePeriod, now = false }: DeletionFlags): Deletion {
  if (now && gracePeriod >= 0) throw new UsageError('--now and --grace-period cannot be specified together')
  if (force && gracePeriod > 0) {
    throw new UsageError('--force and --grace-period greater than 0 cannot be specified together')
  }
  if (force && now) throw new UsageError('--force and --now cannot be specified together')
  return { propagationPolicy: policyOf(cascade), gracePeriodSeconds: graceOf(force, now ? 1 : gracePeriod) }
}

function graceOf(isForced: boolean, seconds: number): number | undefined {
  if (isForced) return 0
  if (seconds === 0) return 1
  return seconds < 0 ? undefined : seconds
}

const policies: Readonly<Record<string, Deletion['propagationPolicy']>> = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
  true: 'Background',
  false: 'Orphan',
}

function policyOf(cascade: string | boolean): Deletion['propagationPolicy'] {
  const policy = Object.hasOwn(policies, String(cascade)) ? policies[String(cascade)] : undefined
  if (policy !== undefined) return policy
  throw new UsageError(`invalid cascade value (${String(cascade)}): must be "background", "foreground", or "orphan"`)
}
