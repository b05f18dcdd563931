import type { Pod } from '../../model/kinds/pod.ts'
import type { ReplicaSet } from '../../model/kinds/replica-set.ts'
import type { ReplicationController } from '../../model/kinds/replication-controller.ts'
import { controllerOf, type Resource } from '../../model/resource.ts'
import { formatSelector, selectorOfLabelSelector, selectorOfMap } from '../../model/selector.ts'
import { conditionLines, headLines, type Lines, labelLines } from './description.ts'
import { templateLines } from './pod-lines.ts'

/** A ReplicationController as kubectl describes it. */
export function replicationControllerLines(controller: ReplicationController, pods: readonly Pod[]): Lines {
  return setLines(controller, controllerSelector(controller), pods)
}

/** A ReplicaSet as kubectl describes it. */
export function replicaSetLines(set: ReplicaSet, pods: readonly Pod[]): Lines {
  return setLines(set, setSelector(set), pods)
}

/** The selector of the pods that count for a ReplicationController. */
export function controllerSelector({ spec }: ReplicationController): string {
  return formatSelector(selectorOfMap(spec.selector ?? {}))
}

/** The selector of the pods that count for a ReplicaSet. */
export function setSelector({ spec }: ReplicaSet): string {
  return formatSelector(selectorOfLabelSelector(spec.selector))
}

interface PodSet extends Resource {
  readonly spec: Pick<ReplicationController['spec'], 'replicas' | 'template'>
  readonly status?: Pick<NonNullable<ReplicationController['status']>, 'replicas' | 'conditions'>
}

function setLines(set: PodSet, selector: string, pods: readonly Pod[]): Lines {
  const owner = controllerOf(set)
  const own = pods.filter((pod) => controllerOf(pod)?.uid === set.metadata.uid)
  const inPhase = (phase: string): number => own.filter((pod) => (pod.status?.phase ?? 'Pending') === phase).length
  return [
    ...headLines(set),
    `Selector:\t${selector || '<none>'}`,
    ...labelLines(set),
    ...(owner === undefined ? [] : [`Controlled By:\t${owner.kind}/${owner.name}`]),
    `Replicas:\t${set.status?.replicas ?? 0} current / ${set.spec.replicas} desired`,
    `Pods Status:\t${inPhase('Running')} Running / ${inPhase('Pending')} Waiting / ${inPhase('Succeeded')} Succeeded / ${inPhase('Failed')} Failed`,
    ...templateLines(set.spec.template),
    ...conditionLines(set.status?.conditions),
  ]
}
