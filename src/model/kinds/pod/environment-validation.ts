import type { Cause } from '../../errors.ts'
import { each, invalidFault, requiredFault, requiredTextFaults, ruleFaults, unsupportedFault } from '../../fault.ts'
import { configMapKeyFaults, dnsSubdomainFaults, relaxedEnvVarNameFaults } from '../../names.ts'
import type { EnvFromSource, EnvVar, ResourceFieldSelector } from './environment.ts'
import { validateFieldSelector } from './field-selector-validation.ts'

const fieldPaths = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]

const resourcePaths = ['limits', 'requests'].flatMap((kind) =>
  ['cpu', 'memory', 'ephemeral-storage'].map((name) => `${kind}.${name}`),
)
const byteUnits = ['1', ...['k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((unit) => `1${unit}`)]

/** The faults of environment variables (Kubernetes `ValidateEnv`). Names may hold any printable ASCII but `=`. */
export function validateEnv(variables: readonly EnvVar[] | undefined, path: string): Cause[] {
  return each(variables, path, (variable, at) => [
    ...requiredTextFaults(`${at}.name`, variable.name, relaxedEnvVarNameFaults),
    ...validateValueFrom(variable, `${at}.valueFrom`),
  ])
}

/** The faults of sources of many variables (Kubernetes `ValidateEnvFrom`). */
export function validateEnvFrom(sources: readonly EnvFromSource[] | undefined, path: string): Cause[] {
  return each(sources, path, ({ prefix, configMapRef, secretRef }, at) => [
    ...(prefix ? ruleFaults(`${at}.prefix`, prefix, relaxedEnvVarNameFaults) : []),
    ...(configMapRef ? requiredTextFaults(`${at}.configMapRef.name`, configMapRef.name, dnsSubdomainFaults) : []),
    ...(secretRef ? requiredTextFaults(`${at}.secretRef.name`, secretRef.name, dnsSubdomainFaults) : []),
    ...sourceCountFaults(path, [configMapRef, secretRef], '`configMapRef` or `secretRef`'),
  ])
}

/** The faults of a choice of a limit or a request (Kubernetes `validateContainerResourceFieldSelector`). */
export function validateResourceFieldSelector(
  { containerName, resource, divisor }: ResourceFieldSelector,
  path: string,
  options: { readonly namesContainer: boolean },
): Cause[] {
  const isKnown = resourcePaths.includes(resource) || /^(limits|requests)\.hugepages-/.test(resource)
  if (options.namesContainer && !containerName) return [requiredFault(`${path}.containerName`)]
  if (resource === '') return [requiredFault(`${path}.resource`)]
  if (!isKnown) return [unsupportedFault(`${path}.resource`, resource, resourcePaths)]
  return validateDivisor(resource, divisor, `${path}.divisor`)
}

function validateDivisor(resource: string, divisor: string | undefined, path: string): Cause[] {
  if (divisor === undefined || divisor === '0') return []
  const units = resource.endsWith('.cpu') ? ['1m', '1'] : byteUnits
  const name = resource.slice(resource.indexOf('.') + 1)
  const detail = `only divisor's values ${units.join(', ')} are supported with the ${name} resource`
  return units.includes(divisor) ? [] : [invalidFault(path, resource, detail)]
}

function validateValueFrom({ value, valueFrom }: EnvVar, path: string): Cause[] {
  if (valueFrom === undefined) return []
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = valueFrom
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef]
  const names = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`'
  const hasSource = sources.some((source) => source !== undefined)
  return [
    ...(fieldRef ? validateFieldSelector(fieldRef, `${path}.fieldRef`, fieldPaths) : []),
    ...(resourceFieldRef
      ? validateResourceFieldSelector(resourceFieldRef, `${path}.resourceFieldRef`, { namesContainer: false })
      : []),
    ...(configMapKeyRef ? validateKeySelector(configMapKeyRef, `${path}.configMapKeyRef`) : []),
    ...(secretKeyRef ? validateKeySelector(secretKeyRef, `${path}.secretKeyRef`) : []),
    ...(fileKeyRef ? validateFileKey(fileKeyRef, `${path}.fileKeyRef`) : []),
    ...(value && hasSource
      ? [invalidFault(path, '', 'may not be specified when `value` is not empty')]
      : sourceCountFaults(path, sources, names)),
  ]
}

function validateKeySelector(selector: { name?: string | undefined; key: string }, path: string): Cause[] {
  return [
    ...ruleFaults(`${path}.name`, selector.name ?? '', dnsSubdomainFaults),
    ...requiredTextFaults(`${path}.key`, selector.key, configMapKeyFaults),
  ]
}

function validateFileKey(selector: { volumeName: string; path: string; key: string }, path: string): Cause[] {
  return [
    ...requiredTextFaults(`${path}.volumeName`, selector.volumeName),
    ...requiredTextFaults(`${path}.path`, selector.path),
    ...requiredTextFaults(`${path}.key`, selector.key, relaxedEnvVarNameFaults),
  ]
}

function sourceCountFaults(path: string, sources: readonly unknown[], names: string): Cause[] {
  const count = sources.filter((source) => source !== undefined).length
  if (count === 1) return []
  const detail = count === 0 ? `must specify one of: ${names}` : 'may not have more than one field specified at a time'
  return [invalidFault(path, '', detail)]
}
