import type { ClusterState } from './cluster-state.ts'
import type { SchedulingNode, SchedulingPod } from './subjects.ts'

/** The greatest score that a plugin gives (Kubernetes `MaxNodeScore`). */
export const maxScore = 100

/**
 * Looks at the node object alone. Its raw numbers are put in relation to the greatest among the nodes that the pod fits
 * on: `max` gives that one 100, `max-reversed` gives it 0 and 100 to those with nothing (Kubernetes
 * `DefaultNormalizeScore`).
 */
export interface StaticScore {
  readonly kind: 'static'
  /** The name of the Kubernetes plugin. */
  readonly name: string
  readonly normalize: 'max' | 'max-reversed'
  /** Gives the raw number of a node, whole and not negative; null when it is 0 on every node. */
  readonly prepare: (pod: SchedulingPod) => ((node: SchedulingNode) => number) | null
}

/** Looks at what is asked of the node at the moment. Whole numbers from 0 to 100. */
export interface DynamicScore {
  readonly kind: 'dynamic'
  /** The name of the Kubernetes plugin. */
  readonly name: string
  /** Gives the score of a node; null when it is 0 on every node. Called often. */
  readonly prepare: (pod: SchedulingPod, state: ClusterState) => ((slot: number) => number) | null
}

/** One opinion on which of the nodes that fit is best. */
export type Score = StaticScore | DynamicScore

/** A raw number in relation to the greatest, as 0 to 100 (Kubernetes `DefaultNormalizeScore`; whole numbers). */
export function normalized(raw: number, greatest: number, normalize: StaticScore['normalize']): number {
  const share = greatest === 0 ? 0 : Math.floor((maxScore * raw) / greatest)
  return normalize === 'max' ? share : maxScore - share
}
