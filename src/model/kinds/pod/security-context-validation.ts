import type { Cause } from '../../errors.ts'
import { duplicateFault, each, invalidFault, rangeFaults, requiredFault, tooLongFault } from '../../fault.ts'
import { descendingPathFaults } from './local-path.ts'
import type { PodSpec } from './pod-spec.ts'
import type { SecurityContext } from './security-context.ts'
import { validateWindowsOptions } from './windows-validation.ts'

type Profile = NonNullable<SecurityContext['seccompProfile']>

const idMax = 2 ** 31 - 1
const profileBytesMax = 4095
const sysctlLengthMax = 253
const sysctlName = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/
const ipcSysctl = /^(kernel\.(shm|msg)|kernel\.sem$|fs\.mqueue\.)/

/** The faults of the security settings of a container (Kubernetes `ValidateSecurityContext`). */
export function validateSecurityContext(
  context: SecurityContext | undefined,
  path: string,
  hostUsers: boolean,
): Cause[] {
  if (context === undefined) return []
  const { allowPrivilegeEscalation, privileged, capabilities, procMount } = context
  const isLocked = allowPrivilegeEscalation === false
  const sysAdmin = 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN'
  return [
    ...rangeFaults(`${path}.runAsUser`, context.runAsUser, 0, idMax),
    ...rangeFaults(`${path}.runAsGroup`, context.runAsGroup, 0, idMax),
    ...(hostUsers && procMount === 'Unmasked'
      ? [invalidFault(`${path}.procMount`, procMount, '`hostUsers` must be false to use `Unmasked`')]
      : []),
    ...validateSeccomp(context.seccompProfile, `${path}.seccompProfile`),
    ...(isLocked && privileged === true
      ? [invalidFault(path, context, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true')]
      : []),
    ...(isLocked && capabilities?.add?.includes('CAP_SYS_ADMIN') ? [invalidFault(path, context, sysAdmin)] : []),
    ...validateWindowsOptions(context.windowsOptions, `${path}.windowsOptions`),
    ...validateAppArmor(context.appArmorProfile, `${path}.appArmorProfile`),
  ]
}

/** The faults of the security settings of a pod (Kubernetes `validatePodSpecSecurityContext`). */
export function validatePodSecurityContext(spec: PodSpec, path: string): Cause[] {
  const context = spec.securityContext
  const shared = 'ShareProcessNamespace and HostPID cannot both be enabled'
  return [
    ...rangeFaults(`${path}.fsGroup`, context.fsGroup, 0, idMax),
    ...rangeFaults(`${path}.runAsUser`, context.runAsUser, 0, idMax),
    ...rangeFaults(`${path}.runAsGroup`, context.runAsGroup, 0, idMax),
    ...each(context.supplementalGroups, `${path}.supplementalGroups`, (group, at) => rangeFaults(at, group, 0, idMax)),
    ...(spec.shareProcessNamespace === true && spec.hostPID === true
      ? [invalidFault(`${path}.shareProcessNamespace`, true, shared)]
      : []),
    ...validateSysctls(spec, `${path}.sysctls`),
    ...validateSeccomp(context.seccompProfile, `${path}.seccompProfile`),
    ...validateWindowsOptions(context.windowsOptions, `${path}.windowsOptions`),
    ...validateAppArmor(context.appArmorProfile, `${path}.appArmorProfile`),
  ]
}

function validateSysctls(spec: PodSpec, path: string): Cause[] {
  const seen = new Set<string>()
  return each(spec.securityContext.sysctls, path, ({ name }, at) => {
    const isDuplicate = seen.has(name)
    seen.add(name)
    const dotted = name.replaceAll('/', '.')
    const rule = `must have at most ${sysctlLengthMax} characters and match regex ${sysctlName.source}`
    const isName = name.length <= sysctlLengthMax && sysctlName.test(name)
    return [
      ...(name === '' ? [requiredFault(`${at}.name`)] : isName ? [] : [invalidFault(`${at}.name`, name, rule)]),
      ...(isDuplicate ? [duplicateFault(`${at}.name`, name)] : []),
      ...(spec.hostNetwork === true && dotted.startsWith('net.')
        ? [invalidFault(`${at}.name`, name, "may not be specified when 'hostNetwork' is true")]
        : []),
      ...(spec.hostIPC === true && ipcSysctl.test(dotted)
        ? [invalidFault(`${at}.name`, name, "may not be specified when 'hostIPC' is true")]
        : []),
    ]
  })
}

function validateSeccomp(profile: Profile | undefined, path: string): Cause[] {
  if (profile === undefined) return []
  const field = `${path}.localhostProfile`
  const { type, localhostProfile } = profile
  if (type !== 'Localhost') {
    const detail = 'can only be set when seccomp type is Localhost'
    return localhostProfile === undefined ? [] : [invalidFault(field, localhostProfile, detail)]
  }
  if (localhostProfile === undefined) return [requiredFault(field, 'must be set when seccomp type is Localhost')]
  return descendingPathFaults(field, localhostProfile)
}

function validateAppArmor(profile: Profile | undefined, path: string): Cause[] {
  if (profile === undefined) return []
  const field = `${path}.localhostProfile`
  const { type, localhostProfile } = profile
  if (type !== 'Localhost') {
    const detail = 'can only be set when AppArmor type is Localhost'
    return localhostProfile === undefined ? [] : [invalidFault(field, localhostProfile, detail)]
  }
  if (!localhostProfile) return [requiredFault(field, 'must be set when AppArmor type is Localhost')]
  const isPadded = localhostProfile.trim() !== localhostProfile
  return [
    ...(isPadded ? [invalidFault(field, localhostProfile, 'must not be padded with whitespace')] : []),
    ...(localhostProfile.length > profileBytesMax ? [tooLongFault(field, profileBytesMax)] : []),
  ]
}
