import type { Cause } from '../errors.ts'
import { forbiddenFault, invalidFault, requiredFault, ruleFaults } from '../fault.ts'
import { configMapKeyFaults, dnsLabelFaults, dnsSubdomainFaults } from '../names.ts'
import type { NodeConfigSource } from './node-config.ts'
import type { NodeStatus } from './node-status.ts'

type ConfigMapSource = NonNullable<NodeConfigSource['configMap']>

/** The faults of where a node is to have its configuration from (Kubernetes `validateNodeConfigSourceSpec`). */
export function validateConfigSource(source: NodeConfigSource | undefined, path: string): Cause[] {
  return validateSource(source, path, ({ uid, resourceVersion }, at) => [
    ...(uid ? [forbiddenFault(`${at}.uid`, 'uid must not be set in spec')] : []),
    ...(resourceVersion ? [forbiddenFault(`${at}.resourceVersion`, 'resourceVersion must not be set in spec')] : []),
  ])
}

/** The faults of where a node says that it has its configuration from (Kubernetes `validateNodeConfigStatus`). */
export function validateConfigStatus(status: NodeStatus['config'], path: string): Cause[] {
  const { assigned, active, lastKnownGood } = status ?? {}
  return Object.entries({ assigned, active, lastKnownGood }).flatMap(([field, source]) =>
    validateSource(source, `${path}.${field}`, ({ uid, resourceVersion }, at) => [
      ...(uid ? [] : [requiredFault(`${at}.uid`, 'uid must be set in status')]),
      ...(resourceVersion ? [] : [requiredFault(`${at}.resourceVersion`, 'resourceVersion must be set in status')]),
    ]),
  )
}

function validateSource(
  source: NodeConfigSource | undefined,
  path: string,
  identityFaults: (configMap: ConfigMapSource, path: string) => readonly Cause[],
): Cause[] {
  if (source === undefined) return []
  const { configMap } = source
  if (configMap === undefined) return [invalidFault(path, source, 'exactly one reference subfield must be non-nil')]
  const at = `${path}.configMap`
  const given = (field: 'namespace' | 'name' | 'kubeletConfigKey', rule: (value: string) => readonly string[]) =>
    configMap[field] === ''
      ? [requiredFault(`${at}.${field}`, `${field} must be set`)]
      : ruleFaults(`${at}.${field}`, configMap[field], rule)
  return [
    ...identityFaults(configMap, at),
    ...given('namespace', dnsLabelFaults),
    ...given('name', dnsSubdomainFaults),
    ...given('kubeletConfigKey', configMapKeyFaults),
  ]
}
