import type { Node } from '../src/model/kinds/node.ts'
import type { Pod } from '../src/model/kinds/pod.ts'
import { ClusterState } from '../src/scheduler/cluster-state.ts'
import type { FilterCount } from '../src/scheduler/diagnosis.ts'
import { explain, type NodeVerdict } from '../src/scheduler/explanation.ts'
import { profileOf, type Scoring } from '../src/scheduler/profile.ts'
import type { Replica } from '../src/store/replica.ts'

/** Where a pod is, or why it waits. What costs O(nodes) is computed when it is asked for, once. */
export interface SchedulingView {
  readonly nodeName: string | null
  readonly message: string | null
  readonly filterCounts: () => readonly FilterCount[]
  readonly verdicts: () => readonly NodeVerdict[]
}

/** A view of the cluster that nobody has asked for so long is given up. */
const idleMs = 60_000

interface KeptState {
  readonly state: ClusterState
  readonly giveUp: NodeJS.Timeout
}

const states = new WeakMap<Replica, KeptState>()

/** What the scheduler's filters and scores say of a pod, in the cluster as the replica has it now. */
export function explainPod(replica: Replica, pod: Pod, scoring: Scoring): SchedulingView {
  let explanation: ReturnType<typeof explain> | undefined
  const explained = () => {
    explanation ??= explain({ pod, state: stateOf(replica), profile: profileOf(scoring) })
    return explanation
  }
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
  return {
    nodeName: pod.spec.nodeName ?? null,
    message: unscheduled?.message ?? null,
    filterCounts: () => explained().filterCounts,
    verdicts: () => explained().verdicts,
  }
}

function stateOf(replica: Replica): ClusterState {
  const kept = states.get(replica)
  if (kept !== undefined) {
    kept.giveUp.refresh()
    return kept.state
  }
  const state = new ClusterState()
  for (const node of replica.list('Node')) state.upsertNode(node as Node)
  for (const pod of replica.list('Pod')) state.upsertPod(pod as Pod)
  const stop = replica.onChanges((changes) => {
    for (const { type, object } of changes) {
      if (object.kind === 'Node' && type === 'DELETED') state.removeNode(object.metadata.name)
      else if (object.kind === 'Node') state.upsertNode(object as Node)
      else if (object.kind === 'Pod' && type === 'DELETED') state.removePod(object.metadata.uid)
      else if (object.kind === 'Pod') state.upsertPod(object as Pod)
    }
  })
  const giveUp = setTimeout(() => {
    stop()
    states.delete(replica)
  }, idleMs).unref()
  states.set(replica, { state, giveUp })
  return state
}
