import type { ClusterChangeKind } from './cluster-change.ts'
import type { ClusterState } from './cluster-state.ts'
import type { SchedulingNode, SchedulingPod } from './subjects.ts'

/** Why a node is not for a pod: which filter says so, and each reason as Kubernetes words it. */
export interface Rejection {
  readonly filter: string
  readonly reasons: readonly string[]
}

interface FilterBase {
  /** The name of the Kubernetes plugin. */
  readonly name: string
  /** The changes of a node that can turn this filter's no into a yes. */
  readonly helpedBy: readonly ClusterChangeKind[]
  /** What would unblock a pod that this filter keeps from every node: a sentence for the one who waits. */
  readonly help: (pod: SchedulingPod) => string
}

/** Looks at the node object alone, so that its verdict stands until the node's labels, taints or cordon change. */
export interface StaticFilter extends FilterBase {
  readonly kind: 'static'
  /** The filter made ready for pods with this spec; null when it has nothing against any node. */
  readonly prepare: (pod: SchedulingPod) => ((node: SchedulingNode) => Rejection | null) | null
}

/** Looks at what is asked of the node at the moment, so that every placement may change its verdict. */
export interface DynamicFilter extends FilterBase {
  readonly kind: 'dynamic'
  /** The filter made ready for pods with this spec; null when it has nothing against any node. Called often. */
  readonly prepare: (pod: SchedulingPod, state: ClusterState) => ((slot: number) => Rejection | null) | null
}

/** One reason to keep a pod from a node. Equal rejections should be the same object: they are counted by identity. */
export type Filter = StaticFilter | DynamicFilter
