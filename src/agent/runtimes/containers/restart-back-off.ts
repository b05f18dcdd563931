import type { Container } from '../../../model/kinds/pod/container.ts'
import type { Pod } from '../../../model/kinds/pod.ts'

/** How long a container has to wait before it is restarted the next time. */
export interface RestartBackOff {
  readonly delayMs: number
  /** When it was restarted the last time, in milliseconds since 1970. */
  readonly restartedAt: number
}

const firstMs = 10_000
const maxMs = 300_000
/** A container that has run twice the longest delay starts anew with the shortest (client-go `flowcontrol.Backoff`). */
const forgottenAfterMs = 2 * maxMs

/** The earliest time for a restart of a container that ended at `finishedAt`: at once the first time, then after 10 s, 20 s, … 5 min. */
export function restartDueAt(backOff: RestartBackOff | undefined, finishedAt: number): number {
  if (backOff === undefined || finishedAt - backOff.restartedAt > forgottenAfterMs) return finishedAt
  return finishedAt + backOff.delayMs
}

/** The back-off after a restart at `now` of a container that ended at `finishedAt`. */
export function backOffAfterRestart(
  backOff: RestartBackOff | undefined,
  finishedAt: number,
  now: number,
): RestartBackOff {
  const anew = backOff === undefined || finishedAt - backOff.restartedAt > forgottenAfterMs
  return { delayMs: anew ? firstMs : Math.min(maxMs, backOff.delayMs * 2), restartedAt: now }
}

/**
 * The back-off of a container of which an earlier agent has told how often it was restarted and when its last run began,
 * as if it had never run long in between.
 */
export function guessedBackOff(restartCount: number, startedAt: string | undefined): RestartBackOff | undefined {
  if (restartCount === 0 || startedAt === undefined) return undefined
  return { delayMs: Math.min(maxMs, firstMs * 2 ** (restartCount - 1)), restartedAt: Date.parse(startedAt) }
}

/** Why a container waits that is restarted with back-off, in the kubelet's words. */
export function backingOff(
  { metadata: { name, namespace = 'default', uid } }: Pod,
  container: Container,
  backOff: RestartBackOff | undefined,
): { readonly reason: string; readonly message: string } {
  const seconds = (backOff?.delayMs ?? 0) / 1000
  const wait = seconds >= 60 ? `${Math.floor(seconds / 60)}m${seconds % 60}s` : `${seconds}s`
  return {
    reason: 'CrashLoopBackOff',
    message: `back-off ${wait} restarting failed container=${container.name} pod=${name}_${namespace}(${uid})`,
  }
}
