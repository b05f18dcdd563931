import { agentConditionTypes } from '../model/kinds/pod/agent-conditions.ts'
import type { PodStatus } from '../model/kinds/pod/pod-status.ts'
import type { Pod } from '../model/kinds/pod.ts'
import type { Resource } from '../model/resource.ts'
import { isSameJson } from '../model/same-json.ts'

/** What agents write under, each with the name of its machine. */
const agentActorPrefix = 'system:node:'

/**
 * Whether a new version of a pod, written by `actor`, tells its node agent anything. What the agent itself reported comes
 * back with the next version and does not; all of the spec and the metadata does, and so do the conditions that others
 * set: those of readiness gates, and the agent's own when somebody else has changed them, as it happens to the pods of a
 * machine that was lost. That the pod has ended does, too, which is for good.
 */
export function isNewsForAgent(next: Resource, previous: Resource, actor: string): boolean {
  const [after, before] = [next as Pod, previous as Pod]
  const { resourceVersion: _, ...metadata } = after.metadata
  const { resourceVersion: __, ...metadataBefore } = before.metadata
  const conditionsOf = actor.startsWith(agentActorPrefix) ? foreignConditions : allConditions
  return !(
    isSameJson(after.spec, before.spec) &&
    isSameJson(metadata, metadataBefore) &&
    isSameJson(conditionsOf(after.status), conditionsOf(before.status)) &&
    hasEnded(after.status) === hasEnded(before.status)
  )
}

function allConditions(status: PodStatus | undefined): NonNullable<PodStatus['conditions']> {
  return status?.conditions ?? []
}

function foreignConditions(status: PodStatus | undefined): NonNullable<PodStatus['conditions']> {
  return allConditions(status).filter(({ type }) => !agentConditionTypes.has(type))
}

function hasEnded(status: PodStatus | undefined): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed'
}
