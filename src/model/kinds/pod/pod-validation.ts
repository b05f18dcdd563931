import type { Cause } from '../../errors.ts'
import { each, forbiddenFault } from '../../fault.ts'
import type { Pod } from '../pod.ts'
import { validatePodAnnotations } from './pod-annotations.ts'
import { validatePodSpec } from './pod-spec-validation.ts'

/** The faults of a pod, its metadata apart (Kubernetes `validatePodMetadataAndSpec`). Defaults are applied. */
export function validatePod({ metadata, spec }: Pod): Cause[] {
  const tokenFault = 'must not be specified when serviceAccountName is not set'
  return [
    ...validatePodAnnotations(metadata.annotations, spec, 'metadata.annotations'),
    ...validatePodSpec(spec, 'spec', { isPod: true, podName: metadata.name }),
    ...(spec.serviceAccountName
      ? []
      : each(spec.volumes, 'spec.volumes', (volume, at) =>
          each(volume.projected?.sources, `${at}.projected.sources`, (source, sourceAt) =>
            source.serviceAccountToken ? [forbiddenFault(`${sourceAt}.serviceAccountToken`, tokenFault)] : [],
          ),
        )),
  ]
}

/** The faults that only a new pod can have (Kubernetes `ValidatePodCreate`). */
export function validatePodCreate({ spec }: Pod): Cause[] {
  const isGated = (spec.schedulingGates ?? []).length > 0
  return [
    ...(spec.ephemeralContainers?.length
      ? [forbiddenFault('spec.ephemeralContainers', 'cannot be set on create')]
      : []),
    ...(spec.nodeName && isGated
      ? [forbiddenFault('spec.nodeName', 'cannot be set until all schedulingGates have been cleared')]
      : []),
  ]
}
