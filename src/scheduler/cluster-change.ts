/**
 * How a node can have changed so that a pod which it refused might now be welcome (Kubernetes' `ClusterEvent`s). Changes
 * that can only make things worse are not told.
 */
export type ClusterChangeKind =
  | 'NodeAdd'
  | 'NodeUpdateAllocatable'
  | 'NodeUpdateLabel'
  | 'NodeUpdateTaint'
  | 'NodeUncordon'
  | 'AssignedPodDelete'

/** What may now be possible on one node that was not before. */
export interface ClusterChange {
  readonly node: string
  readonly kinds: readonly ClusterChangeKind[]
}
