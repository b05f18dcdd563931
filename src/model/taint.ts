import { compareInt64 } from './int64.ts'

/** A mark on a node that keeps pods away (Kubernetes v1 `Taint`). */
export interface Taint {
  readonly key: string
  readonly value?: string | undefined
  /** `NoSchedule`, `PreferNoSchedule` or `NoExecute`. */
  readonly effect: string
  readonly timeAdded?: string | undefined
}

/** What lets a pod onto a node in spite of a taint (Kubernetes v1 `Toleration`). Absent and empty fields mean the same. */
export interface Toleration {
  readonly key?: string | undefined
  readonly operator?: string | undefined
  readonly value?: string | undefined
  readonly effect?: string | undefined
  readonly tolerationSeconds?: number | undefined
}

/**
 * Whether the toleration tolerates the taint (Kubernetes `Toleration.ToleratesTaint`): an empty effect stands for all
 * effects, an empty key (with `Exists`) for all keys, an empty operator for `Equal`, and `Exists` for any value.
 * `Gt` and `Lt` ask for a taint whose value is a greater or lesser integer than the toleration's.
 */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (isGiven(toleration.effect) && toleration.effect !== taint.effect) return false
  if (isGiven(toleration.key) && toleration.key !== taint.key) return false
  switch (toleration.operator ?? '') {
    case '':
    case 'Equal':
      return (toleration.value ?? '') === (taint.value ?? '')
    case 'Exists':
      return true
    case 'Gt':
      return compareDecimals(taint.value, toleration.value) === 1
    case 'Lt':
      return compareDecimals(taint.value, toleration.value) === -1
    default:
      return false
  }
}

/** Whether every taint of one of these effects is tolerated by one of the tolerations; without `effects` every taint counts. */
export function toleratesAll(
  tolerations: readonly Toleration[] | undefined,
  taints: readonly Taint[] | undefined,
  effects?: readonly string[],
): boolean {
  return findUntolerated(taints, tolerations, effects) === undefined
}

/**
 * The first taint of one of these effects that no toleration tolerates, in the order of the node's taints
 * (Kubernetes `FindMatchingUntoleratedTaint`). Without `effects` every taint counts.
 */
export function findUntolerated(
  taints: readonly Taint[] | undefined,
  tolerations: readonly Toleration[] | undefined,
  effects?: readonly string[],
): Taint | undefined {
  return taints?.find((taint) => {
    if (effects !== undefined && !effects.includes(taint.effect)) return false
    return tolerations === undefined || !tolerations.some((toleration) => tolerates(toleration, taint))
  })
}

/** Whether both are the same taint of a node: key and effect agree, the value does not count (Kubernetes `MatchTaint`). */
export function matchesTaint(a: Taint, b: Taint): boolean {
  return a.key === b.key && a.effect === b.effect
}

/** The taint as kubectl writes it: `key=value:effect`, or `key:effect` without a value, or `key=value:` without an effect. */
export function formatTaint(taint: Taint): string {
  if (!isGiven(taint.effect)) return isGiven(taint.value) ? `${taint.key}=${taint.value}:` : taint.key
  return isGiven(taint.value) ? `${taint.key}=${taint.value}:${taint.effect}` : `${taint.key}:${taint.effect}`
}

/** Compares integers written as people write them: with no plus sign and no zeros in front. */
function compareDecimals(a: string | undefined, b: string | undefined): -1 | 0 | 1 | undefined {
  if (a === undefined || b === undefined || !decimal.test(a) || !decimal.test(b)) return undefined
  return compareInt64(a, b)
}

const decimal = /^(?:0|-?[1-9][0-9]*)$/

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text !== ''
}
