import { type Taint, type Toleration, tolerates } from '../model/taint.ts'

/** A NoExecute taint, and since when it has been known, in milliseconds of watched time. */
export interface SeenTaint {
  readonly taint: Taint
  readonly seenAt: number
}

/** Whether a taint drives pods away that are there already. */
export function isNoExecute({ effect }: Pick<Taint, 'effect'>): boolean {
  return effect === 'NoExecute'
}

/**
 * When a pod is to be evicted, in watched time; undefined when it tolerates all taints for ever. Of each taint's
 * tolerations the first counts (Kubernetes `GetMatchingTolerations`), and of their times the one that is over first
 * (`getMinTolerationTime`), counted from when taint and pod were both there. A taint that nothing tolerates is due at once.
 */
export function evictionTimeOf(
  tolerations: readonly Toleration[] | undefined,
  taints: readonly SeenTaint[],
  podSeenAt: number,
): number | undefined {
  let earliest: number | undefined
  for (const { taint, seenAt } of taints) {
    const toleration = tolerations?.find((candidate) => tolerates(candidate, taint))
    const seconds = toleration === undefined ? 0 : toleration.tolerationSeconds
    if (seconds === undefined) continue
    const at = Math.max(seenAt, podSeenAt) + Math.max(seconds, 0) * 1_000
    if (earliest === undefined || at < earliest) earliest = at
  }
  return earliest
}
