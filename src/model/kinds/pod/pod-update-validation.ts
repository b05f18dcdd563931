import type { Cause } from '../../errors.ts'
import { each, forbiddenFault, invalidFault, rangeFaults } from '../../fault.ts'
import { isEqual } from '../../is-equal.ts'
import type { Pod } from '../pod.ts'
import type { Affinity } from './affinity.ts'
import type { Container } from './container.ts'
import { validatePodAnnotationUpdate } from './pod-annotations.ts'
import type { PodSpec } from './pod-spec.ts'
import type { Toleration } from './scheduling.ts'

const deadlineSecondsMax = 2 ** 31 - 1
const changeable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',')

/** The faults of a change of a pod: almost nothing of its spec may change (Kubernetes `ValidatePodUpdate`). */
export function validatePodUpdate(next: Pod, previous: Pod): Cause[] {
  const ofAnnotations = validatePodAnnotationUpdate(
    next.metadata.annotations,
    previous.metadata.annotations,
    'metadata.annotations',
  )
  if (next.spec === previous.spec) return ofAnnotations
  const ofCounts = [
    ...countFaults(next.spec.containers, previous.spec.containers, 'spec.containers'),
    ...countFaults(next.spec.initContainers ?? [], previous.spec.initContainers ?? [], 'spec.initContainers'),
  ]
  if (ofCounts.length > 0) return [...ofAnnotations, ...ofCounts]
  return [...ofAnnotations, ...validateSpecUpdate(next.spec, previous.spec)]
}

function validateSpecUpdate(next: PodSpec, previous: PodSpec): Cause[] {
  const ofGates = each(next.schedulingGates, 'spec.schedulingGates', ({ name }, at) =>
    previous.schedulingGates?.some((gate) => gate.name === name)
      ? []
      : [forbiddenFault(`${at}.name`, `only deletion is allowed, but found new scheduling gate '${name}'`)],
  )
  const isGated = (previous.schedulingGates ?? []).length > 0
  return [
    ...deadlineFaults(next.activeDeadlineSeconds, previous.activeDeadlineSeconds),
    ...tolerationFaults(next.tolerations ?? [], previous.tolerations ?? []),
    ...ofGates,
    ...(isGated ? gatedFaults(next, previous) : []),
    ...fixedFaults(next, previous, isGated),
  ]
}

function countFaults(next: readonly Container[], previous: readonly Container[], path: string): Cause[] {
  return next.length === previous.length ? [] : [forbiddenFault(path, 'pod updates may not add or remove containers')]
}

function deadlineFaults(next: number | undefined, previous: number | undefined): Cause[] {
  const field = 'spec.activeDeadlineSeconds'
  if (next === undefined) {
    const detail = 'must not update from a positive integer to nil value'
    return previous === undefined ? [] : [invalidFault(field, next, detail)]
  }
  const range = rangeFaults(field, next, 0, deadlineSecondsMax)
  if (range.length > 0 || previous === undefined || next <= previous) return range
  return [invalidFault(field, next, 'must be less than or equal to previous value')]
}

/** Every old toleration must still be there; only for how long it tolerates may change. */
function tolerationFaults(next: readonly Toleration[], previous: readonly Toleration[]): Cause[] {
  const isKept = previous.every((old) =>
    next.some((one) => isEqual({ ...old, tolerationSeconds: one.tolerationSeconds }, one)),
  )
  const detail = 'existing toleration can not be modified except its tolerationSeconds'
  return isKept ? [] : [forbiddenFault('spec.tolerations', detail)]
}

/** Before it is scheduled, a gated pod may become choosier about its node. */
function gatedFaults(next: PodSpec, previous: PodSpec): Cause[] {
  const isAdded = Object.entries(previous.nodeSelector ?? {}).every(
    ([key, value]) => next.nodeSelector?.[key] === value,
  )
  const detail = 'only additions are allowed (no mutations or deletions)'
  return [
    ...(isAdded ? [] : [invalidFault('spec.nodeSelector', next.nodeSelector, detail)]),
    ...nodeAffinityFaults(next.affinity?.nodeAffinity, previous.affinity?.nodeAffinity),
  ]
}

function nodeAffinityFaults(next: Affinity['nodeAffinity'], previous: Affinity['nodeAffinity']): Cause[] {
  const field = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms'
  const before = previous?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  const after = next?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  if (before === undefined) return []
  if (after?.length !== before.length)
    return [invalidFault(field, after, 'no additions/deletions to non-empty NodeSelectorTerms list are allowed')]
  return each(after, field, (term, at, index) => {
    const old = before[index]
    const isNarrower =
      (old?.matchExpressions ?? []).every((one, i) => isEqual(one, term.matchExpressions?.[i])) &&
      (old?.matchFields ?? []).every((one, i) => isEqual(one, term.matchFields?.[i]))
    return isNarrower ? [] : [invalidFault(at, term, 'only additions are allowed (no mutations or deletions)')]
  })
}

/** What is left after all that may change has been put back must be as it was. */
function fixedFaults(next: PodSpec, previous: PodSpec, isGated: boolean): Cause[] {
  const restored: PodSpec = {
    ...next,
    containers: withImages(next.containers, previous.containers),
    initContainers: next.initContainers && withImages(next.initContainers, previous.initContainers ?? []),
    activeDeadlineSeconds: previous.activeDeadlineSeconds,
    schedulingGates: previous.schedulingGates,
    tolerations: previous.tolerations,
    terminationGracePeriodSeconds:
      previous.terminationGracePeriodSeconds < 0 && next.terminationGracePeriodSeconds === 1
        ? previous.terminationGracePeriodSeconds
        : next.terminationGracePeriodSeconds,
    ...(isGated && {
      nodeSelector: previous.nodeSelector,
      affinity: withNodeAffinity(next.affinity, previous.affinity),
    }),
  }
  const fields = new Set([...Object.keys(restored), ...Object.keys(previous)]) as Set<keyof PodSpec>
  const changed = [...fields].filter((field) => !isEqual(restored[field], previous[field]))
  if (changed.length === 0) return []
  const names = changed.map((field) => `\`spec.${field}\``).join(', ')
  return [forbiddenFault('spec', `pod updates may not change fields other than ${changeable}; changed: ${names}`)]
}

function withImages(next: readonly Container[], previous: readonly Container[]): Container[] {
  return next.map((container, index) => ({ ...container, image: previous[index]?.image ?? container.image }))
}

function withNodeAffinity(next: Affinity | undefined, previous: Affinity | undefined): Affinity | undefined {
  const affinity = { ...next, nodeAffinity: previous?.nodeAffinity }
  return Object.values(affinity).every((part) => part === undefined) ? previous : affinity
}
