import type { Taint } from '../../src/model/taint.ts'
import { ClusterState } from '../../src/scheduler/cluster-state.ts'
import type { SchedulingNode, SchedulingPod, SchedulingSpec } from '../../src/scheduler/subjects.ts'

/** What a test wants to be different about a node. */
export interface NodePart {
  readonly labels?: Record<string, string>
  readonly taints?: readonly Taint[]
  readonly unschedulable?: boolean
  readonly allocatable?: Record<string, string>
}

/** A node of 4 cores, 8Gi and 110 pods. */
export function nodeNamed(name: string, part: NodePart = {}): SchedulingNode {
  const { labels = {}, taints = [], unschedulable = false, allocatable } = part
  return {
    metadata: { name, labels },
    spec: { taints, unschedulable },
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110', ...allocatable } },
  }
}

/** A pod that asks for nothing. Its uid is its name. */
export function podNamed(name: string, spec: Partial<SchedulingSpec> = {}, phase?: string): SchedulingPod {
  return {
    metadata: { name, namespace: 'default', uid: name },
    spec: { containers: [], ...spec },
    ...(phase === undefined ? {} : { status: { phase } }),
  }
}

/** The spec of a pod of one container with these requests. */
export function asking(requests: Record<string, string>): SchedulingSpec {
  return { containers: [{ resources: { requests } }] }
}

/** A cluster of these nodes and pods. */
export function clusterOf(nodes: readonly SchedulingNode[], pods: readonly SchedulingPod[] = []): ClusterState {
  const state = new ClusterState()
  for (const node of nodes) state.upsertNode(node)
  for (const pod of pods) state.upsertPod(pod)
  return state
}
