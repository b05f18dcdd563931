import { agentConditionTypes } from '../model/kinds/pod/agent-conditions.ts'
import type { PodStatus } from '../model/kinds/pod/pod-status.ts'
import type { Pod } from '../model/kinds/pod.ts'
import type { Resource } from '../model/resource.ts'
import { isSameJson } from '../model/same-json.ts'

/**
 * Whether a new version of a pod tells its node agent anything. What the agent itself reported comes back with the next
 * version and does not; all of the spec and the metadata does, and so do the conditions that others set (readiness gates)
 * and that the pod has ended, which is for good.
 */
export function isNewsForAgent(next: Resource, previous: Resource): boolean {
  const [after, before] = [next as Pod, previous as Pod]
  const { resourceVersion: _, ...metadata } = after.metadata
  const { resourceVersion: __, ...metadataBefore } = before.metadata
  return !(
    isSameJson(after.spec, before.spec) &&
    isSameJson(metadata, metadataBefore) &&
    isSameJson(foreignConditions(after.status), foreignConditions(before.status)) &&
    hasEnded(after.status) === hasEnded(before.status)
  )
}

function foreignConditions(status: PodStatus | undefined): unknown[] {
  return (status?.conditions ?? []).filter(({ type }) => !agentConditionTypes.has(type))
}

function hasEnded(status: PodStatus | undefined): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed'
}
