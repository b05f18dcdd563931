import type { Cause } from '../../errors.ts'
import { forbiddenFault, invalidFault, ruleFaults } from '../../fault.ts'
import { dnsSubdomainFaults } from '../../names.ts'
import type { Container } from './container.ts'
import type { PodSpec } from './pod-spec.ts'
import type { SecurityContext } from './security-context.ts'

type WindowsOptions = NonNullable<SecurityContext['windowsOptions']>

const specBytesMax = 64 * 1024
const domainLengthMax = 255
const userLengthMax = 104
const netBiosDomain = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/
const dnsDomain = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/

/** The faults of settings for Windows (Kubernetes `validateWindowsSecurityContextOptions`). */
export function validateWindowsOptions(options: WindowsOptions | undefined, path: string): Cause[] {
  if (options === undefined) return []
  const { gmsaCredentialSpecName, gmsaCredentialSpec, runAsUserName } = options
  const specField = `${path}.gmsaCredentialSpec`
  return [
    ...(gmsaCredentialSpecName === undefined
      ? []
      : ruleFaults(`${path}.gmsaCredentialSpecName`, gmsaCredentialSpecName, dnsSubdomainFaults)),
    ...(gmsaCredentialSpec === '' ? [invalidFault(specField, '', 'gmsaCredentialSpec cannot be an empty string')] : []),
    ...((gmsaCredentialSpec?.length ?? 0) > specBytesMax
      ? [invalidFault(specField, gmsaCredentialSpec, 'gmsaCredentialSpec size must be under 64 KiB')]
      : []),
    ...(runAsUserName === undefined ? [] : ruleFaults(`${path}.runAsUserName`, runAsUserName, userNameFaults)),
  ]
}

/** The faults of a pod whose `os` says that it cannot have some of its settings (Kubernetes `validateOS`). */
export function validateOS(spec: PodSpec, path: string): Cause[] {
  if (spec.os?.name === 'linux') return forbidWindowsOptions(spec, path)
  return spec.os?.name === 'windows' ? forbidLinuxSettings(spec, path) : []
}

/** The faults of containers that run as processes of a Windows host: all of a pod or none, on the host's network. */
export function validateHostProcess(spec: PodSpec, path: string): Cause[] {
  const ofPod = spec.securityContext.windowsOptions?.hostProcess
  const settings = containersOf(spec, path).map(({ container, at }) => ({
    at: `${at}.securityContext.windowsOptions.hostProcess`,
    own: container.securityContext?.windowsOptions?.hostProcess,
  }))
  const count = settings.filter(({ own }) => own ?? ofPod).length
  const all = 'If pod contains any hostProcess containers then all containers must be HostProcess containers'
  return [
    ...settings.flatMap(({ at, own }) =>
      own === undefined || ofPod === undefined || own === ofPod
        ? []
        : [invalidFault(at, own, `pod hostProcess value must be identical if both are specified, was ${ofPod}`)],
    ),
    ...(count > 0 && count !== settings.length ? [invalidFault(path, '', all)] : []),
    ...(count > 0 && spec.hostNetwork !== true
      ? [
          invalidFault(
            `${path}.hostNetwork`,
            false,
            'hostNetwork must be true if pod contains any hostProcess containers',
          ),
        ]
      : []),
  ]
}

/** All containers of a pod, of whatever sort, with their paths. */
export function containersOf(spec: PodSpec, path: string): { readonly container: Container; readonly at: string }[] {
  const lists = ['initContainers', 'containers', 'ephemeralContainers'] as const
  return lists.flatMap((field) =>
    (spec[field] ?? []).map((container, index) => ({ container, at: `${path}.${field}[${index}]` })),
  )
}

function forbidWindowsOptions(spec: PodSpec, path: string): Cause[] {
  const detail = 'windows options cannot be set for a linux pod'
  const holders = [
    { at: `${path}.securityContext`, context: spec.securityContext },
    ...containersOf(spec, path).map(({ container, at }) => ({
      at: `${at}.securityContext`,
      context: container.securityContext,
    })),
  ]
  return holders.flatMap(({ at, context }) =>
    context?.windowsOptions === undefined ? [] : [forbiddenFault(`${at}.windowsOptions`, detail)],
  )
}

const linuxPodFields = ['hostUsers', 'shareProcessNamespace'] as const
const linuxPodFlags = ['hostPID', 'hostIPC'] as const
const linuxPodContextFields = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
] as const
const linuxContextFields = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const

function forbidLinuxSettings(spec: PodSpec, path: string): Cause[] {
  const context = spec.securityContext
  return [
    ...linuxPodContextFields
      .filter((field) => context[field] !== undefined)
      .map((field) => `${path}.securityContext.${field}`),
    ...linuxPodFields.filter((field) => spec[field] !== undefined).map((field) => `${path}.${field}`),
    ...linuxPodFlags.filter((field) => spec[field] === true).map((field) => `${path}.${field}`),
    ...containersOf(spec, path).flatMap(({ container, at }) =>
      linuxContextFields
        .filter((field) => container.securityContext?.[field] !== undefined)
        .map((field) => `${at}.securityContext.${field}`),
    ),
  ].map((field) => forbiddenFault(field, 'cannot be set for a windows pod'))
}

function userNameFaults(name: string): readonly string[] {
  const parts = name.split('\\')
  if (name === '') return ['runAsUserName cannot be an empty string']
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return ['runAsUserName cannot contain control characters']
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash']
  const user = parts.at(-1) ?? ''
  const domain = parts.length === 2 ? (parts[0] ?? '') : undefined
  const isDomain = domain === undefined || netBiosDomain.test(domain) || dnsDomain.test(domain)
  return [
    (domain?.length ?? 0) > domainLengthMax && "runAsUserName's Domain length must be under 256 characters",
    !isDomain && "runAsUserName's Domain doesn't match the NetBios nor the DNS format",
    user === '' && "runAsUserName's User cannot be empty",
    user.length > userLengthMax && "runAsUserName's User length must not be longer than 104 characters",
    /^[. ]+$/.test(user) && "runAsUserName's User cannot contain only periods or spaces",
    /["/\\:;|=,+*?<>@[\]]/.test(user) &&
      `runAsUserName's User cannot contain the following characters: "/\\:;|=,+*?<>@[]`,
  ].filter((detail) => detail !== false)
}
