import type { Cause } from '../errors.ts'
import { each, forbiddenFault, invalidFault, negativeFaults, requiredFault, unsupportedFault } from '../fault.ts'
import { isEqual } from '../is-equal.ts'
import { validateLabelSelector, validateLabels } from '../label-validation.ts'
import { matches, type Selector, selectorOfLabelSelector, selectorOfMap } from '../selector.ts'
import type { PodTemplateSpec } from './pod-template.ts'
import { validatePodTemplate } from './pod-template-validation.ts'
import type { ReplicaSet } from './replica-set.ts'
import type { ReplicationController } from './replication-controller.ts'

/** The faults of a ReplicationController, its metadata apart (Kubernetes `ValidateReplicationControllerSpec`). */
export function validateReplicationController({ spec }: ReplicationController): Cause[] {
  const { selector = {} } = spec
  const isEmpty = Object.keys(selector).length === 0
  return [
    ...validateCounts(spec),
    ...(isEmpty ? [requiredFault('spec.selector')] : validateLabels(selector, 'spec.selector')),
    ...validateTemplate(spec.template, isEmpty ? [] : selectorOfMap(selector), spec.replicas),
  ]
}

/** The faults of a ReplicaSet, its metadata apart (Kubernetes `ValidateReplicaSetSpec`). */
export function validateReplicaSet({ spec }: ReplicaSet): Cause[] {
  const { selector } = spec
  const ofSelector = validateLabelSelector(selector, 'spec.selector')
  const isEmpty = selectorSize(selector) === 0
  const isUsable = ofSelector.length === 0
  return [
    ...validateCounts(spec),
    ...ofSelector,
    ...(isEmpty ? [invalidFault('spec.selector', selector, 'empty selector is invalid for a ReplicaSet')] : []),
    ...validateTemplate(spec.template, isUsable ? selectorOfLabelSelector(selector) : [], spec.replicas),
  ]
}

/** The faults of a change of a ReplicaSet: its selector is fixed for life. */
export function validateReplicaSetUpdate(next: ReplicaSet, previous: ReplicaSet): Cause[] {
  if (isEqual(next.spec.selector, previous.spec.selector)) return []
  return [invalidFault('spec.selector', next.spec.selector, 'field is immutable')]
}

interface Counts {
  readonly replicas: number
  readonly minReadySeconds?: number | undefined
}

function validateCounts({ replicas, minReadySeconds }: Counts): Cause[] {
  return [...negativeFaults('spec.replicas', replicas), ...negativeFaults('spec.minReadySeconds', minReadySeconds)]
}

function validateTemplate(template: PodTemplateSpec, selector: Selector, replicas: number): Cause[] {
  const { labels } = template.metadata ?? {}
  const { restartPolicy, activeDeadlineSeconds } = template.spec
  const path = 'spec.template'
  const mismatch = '`selector` does not match template `labels`'
  const isMatch = selector.length === 0 || matches(selector, labels)
  return [
    ...(isMatch ? [] : [invalidFault(`${path}.metadata.labels`, labels ?? {}, mismatch)]),
    ...validatePodTemplate(template, path),
    ...(replicas > 1 ? validateSharedDisks(template, `${path}.spec.volumes`) : []),
    ...(restartPolicy === 'Always' ? [] : [unsupportedFault(`${path}.spec.restartPolicy`, restartPolicy, ['Always'])]),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [forbiddenFault(`${path}.spec.activeDeadlineSeconds`, 'activeDeadlineSeconds is not supported here')]),
  ]
}

/** A disk that only one machine can write cannot be written by several pods. */
function validateSharedDisks(template: PodTemplateSpec, path: string): Cause[] {
  const detail =
    'must be read-only for replicated pods > 1; GCE PD can only be mounted on multiple machines if it is read-only'
  return each(template.spec.volumes, path, ({ gcePersistentDisk }, at) => {
    const field = `${at}.gcePersistentDisk.readOnly`
    return gcePersistentDisk && gcePersistentDisk.readOnly !== true ? [invalidFault(field, false, detail)] : []
  })
}

function selectorSize({ matchLabels, matchExpressions }: ReplicaSet['spec']['selector']): number {
  return Object.keys(matchLabels ?? {}).length + (matchExpressions?.length ?? 0)
}
