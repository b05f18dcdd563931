import { z } from 'zod'
import type { Cause } from '../../errors.ts'
import { forbiddenFault, invalidFault } from '../../fault.ts'
import { isInt32 } from '../../int32.ts'
import type { Labels } from '../../selector.ts'
import { validateAnnotation } from '../annotation-validation.ts'
import { descendingPathFaults } from './local-path.ts'
import type { PodSpec } from './pod-spec.ts'
import { toleration } from './scheduling.ts'
import { validateTolerations } from './scheduling-validation.ts'
import type { SeccompProfile } from './security-context.ts'
import { containersOf } from './windows-validation.ts'

/** Marks a pod that a node runs of its own accord. */
const mirrorAnnotation = 'kubernetes.io/config.mirror'
/** Says how much a pod is missed when its set is scaled down; an int32. */
const deletionCostAnnotation = 'controller.kubernetes.io/pod-deletion-cost'

/** Where tolerations were before they had a field. */
const tolerationsAnnotation = 'scheduler.alpha.kubernetes.io/tolerations'

const podSeccomp = 'seccomp.security.alpha.kubernetes.io/pod'
const containerSeccomp = 'container.seccomp.security.alpha.kubernetes.io/'
const appArmor = 'container.apparmor.security.beta.kubernetes.io/'

/** The faults of annotations that mean something for pods (Kubernetes `ValidatePodSpecificAnnotations`). */
export function validatePodAnnotations(annotations: Labels = {}, spec: PodSpec, path: string): Cause[] {
  const cost = annotations[deletionCostAnnotation]
  const mirror = annotations[mirrorAnnotation]
  return [
    ...(mirror !== undefined && !spec.nodeName
      ? [invalidFault(`${path}[${mirrorAnnotation}]`, mirror, 'must set spec.nodeName if mirror pod annotation is set')]
      : []),
    ...validateAnnotation(annotations, tolerationsAnnotation, {
      path,
      shape: z.array(toleration),
      faultsOf: validateTolerations,
    }),
    ...(cost !== undefined && !isInt32(cost)
      ? [invalidFault(`${path}[${deletionCostAnnotation}]`, cost, 'must be a 32bit integer')]
      : []),
    ...Object.entries(annotations).flatMap(([key, value]) => {
      if (key === podSeccomp || key.startsWith(containerSeccomp)) return seccompFaults(value, `${path}.${key}`)
      return key.startsWith(appArmor) ? appArmorFaults(key, value, spec, path) : []
    }),
    ...validateAgreement(annotations, spec, path.replace(/metadata\.annotations$|annotations$/, 'spec')),
  ]
}

/** The faults of changing annotations that are fixed for life. */
export function validatePodAnnotationUpdate(next: Labels = {}, previous: Labels = {}, path: string): Cause[] {
  const isFixed = (key: string) => key === mirrorAnnotation || key.startsWith(appArmor)
  const name = (key: string) => (key === mirrorAnnotation ? 'mirror pod annotation' : 'AppArmor annotations')
  return [
    ...Object.entries(previous).flatMap(([key, value]) =>
      isFixed(key) && next[key] !== value
        ? [forbiddenFault(`${path}[${key}]`, `may not remove or update ${name(key)}`)]
        : [],
    ),
    ...Object.keys(next).flatMap((key) =>
      isFixed(key) && previous[key] === undefined
        ? [forbiddenFault(`${path}[${key}]`, `may not add ${name(key)}`)]
        : [],
    ),
  ]
}

function seccompFaults(profile: string, path: string): Cause[] {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return []
  if (profile.startsWith('localhost/')) return descendingPathFaults(path, profile.slice('localhost/'.length))
  return [invalidFault(path, profile, 'must be a valid seccomp profile')]
}

function appArmorFaults(key: string, profile: string, spec: PodSpec, path: string): Cause[] {
  const name = key.slice(appArmor.length)
  const isContainer = containersOf(spec, '').some(({ container }) => container.name === name)
  const isProfile = ['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith('localhost/')
  const at = `${path}[${key}]`
  return [
    ...(isContainer ? [] : [invalidFault(at, name, 'container not found')]),
    ...(isProfile ? [] : [invalidFault(at, profile, `invalid AppArmor profile name: ${JSON.stringify(profile)}`)]),
  ]
}

/** Where an old annotation and the field both name a profile, they must name the same. */
function validateAgreement(annotations: Labels, spec: PodSpec, path: string): Cause[] {
  const { seccompProfile, appArmorProfile } = spec.securityContext
  const isWindows = spec.os?.name === 'windows'
  return [
    ...agreementFaults('seccomp', annotations[podSeccomp], seccompProfile, `${path}.securityContext.seccompProfile`),
    ...containersOf(spec, path).flatMap(({ container: { name, securityContext: own }, at }) => [
      ...agreementFaults(
        'seccomp',
        annotations[`${containerSeccomp}${name}`],
        own?.seccompProfile,
        `${at}.securityContext.seccompProfile`,
      ),
      ...agreementFaults(
        'apparmor',
        annotations[`${appArmor}${name}`],
        isWindows ? undefined : (own?.appArmorProfile ?? appArmorProfile),
        `${at}.securityContext.appArmorProfile`,
      ),
    ]),
  ]
}

function agreementFaults(
  sort: 'seccomp' | 'apparmor',
  annotation: string | undefined,
  profile: SeccompProfile | undefined,
  path: string,
): Cause[] {
  if (annotation === undefined || profile === undefined) return []
  const { type, localhostProfile = '' } = profile
  if (!isOfType(annotation, type)) {
    return [forbiddenFault(`${path}.type`, `${sort} type in annotation and field must match`)]
  }
  if (type !== 'Localhost' || annotation === `localhost/${localhostProfile}`) return []
  return [forbiddenFault(`${path}.localhostProfile`, `${sort} profile in annotation and field must match`)]
}

function isOfType(annotation: string, type: SeccompProfile['type']): boolean {
  if (type === 'Unconfined') return annotation === 'unconfined'
  if (type === 'Localhost') return annotation.startsWith('localhost/')
  return annotation === 'runtime/default' || annotation === 'docker/default'
}
