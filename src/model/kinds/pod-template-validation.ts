import type { Cause } from '../errors.ts'
import { forbiddenFault } from '../fault.ts'
import { validateAnnotations, validateLabels } from '../label-validation.ts'
import { validatePodAnnotations } from './pod/pod-annotations.ts'
import { validatePodSpec } from './pod/pod-spec-validation.ts'
import type { PodTemplateSpec } from './pod-template.ts'

/**
 * The faults of what pods are made from (Kubernetes `ValidatePodTemplateSpec`). Labels and annotations are told without
 * `metadata` in their path, as Kubernetes does.
 */
export function validatePodTemplate({ metadata, spec }: PodTemplateSpec, path: string): Cause[] {
  return [
    ...validateLabels(metadata?.labels, `${path}.labels`),
    ...validateAnnotations(metadata?.annotations, `${path}.annotations`),
    ...validatePodAnnotations(metadata?.annotations, spec, `${path}.annotations`),
    ...validatePodSpec(spec, `${path}.spec`, { isPod: false }),
    ...(spec.ephemeralContainers?.length
      ? [forbiddenFault(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template')]
      : []),
  ]
}
