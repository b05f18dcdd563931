import type { Cause } from '../../errors.ts'
import { each, forbiddenFault, invalidFault, optionalTextFaults, requiredFault, ruleFaults } from '../../fault.ts'
import { dnsLabelFaults, dnsSubdomainFaults, ipFaults } from '../../names.ts'
import type { PodDNSConfig, PodSpec } from './pod-spec.ts'

const nameserversMax = 3
const searchesMax = 32
const searchLengthMax = 2048
const searchName = /^[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?(\.[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?)*$/

/** The faults of name resolution, host names and what is shared with the node. */
export function validateNetwork(spec: PodSpec, path: string, options: { readonly isPod: boolean }): Cause[] {
  return [
    ...validateDNS(spec, `${path}.dnsConfig`),
    ...optionalTextFaults(`${path}.hostname`, spec.hostname, dnsLabelFaults),
    ...optionalTextFaults(`${path}.subdomain`, spec.subdomain, dnsLabelFaults),
    ...validateHostnameOverride(spec, path),
    ...each(spec.hostAliases, `${path}.hostAliases`, ({ ip, hostnames }, at) => [
      ...ruleFaults(`${at}.ip`, ip, ipFaults),
      ...each(hostnames, `${at}.hostnames`, (name, nameAt) => ruleFaults(nameAt, name, dnsSubdomainFaults)),
    ]),
    ...(spec.hostNetwork === true ? validateHostNetworkPorts(spec, path, options.isPod) : []),
    ...(spec.hostUsers === false ? validateOwnUsers(spec, path) : []),
  ]
}

function validateDNS({ dnsPolicy, dnsConfig }: PodSpec, path: string): Cause[] {
  if (dnsPolicy === 'None' && dnsConfig === undefined) {
    return [requiredFault(path, 'must provide `dnsConfig` when `dnsPolicy` is None')]
  }
  if (dnsPolicy === 'None' && !dnsConfig?.nameservers?.length) {
    const detail = 'must provide at least one DNS nameserver when `dnsPolicy` is None'
    return [requiredFault(`${path}.nameservers`, detail)]
  }
  return dnsConfig === undefined ? [] : validateDNSConfig(dnsConfig, path)
}

function validateDNSConfig({ nameservers = [], searches = [], options }: PodDNSConfig, path: string): Cause[] {
  const nameserversField = `${path}.nameservers`
  const searchesField = `${path}.searches`
  const length = searches.join(' ').length
  return [
    ...(nameservers.length > nameserversMax
      ? [invalidFault(nameserversField, nameservers, `must not have more than ${nameserversMax} nameservers`)]
      : []),
    ...each(nameservers, nameserversField, (nameserver, at) => ruleFaults(at, nameserver, ipFaults)),
    ...(searches.length > searchesMax
      ? [invalidFault(searchesField, searches, `must not have more than ${searchesMax} search paths`)]
      : []),
    ...(length > searchLengthMax
      ? [
          invalidFault(
            searchesField,
            searches,
            `must not have more than ${searchLengthMax} characters (including spaces) in the search list`,
          ),
        ]
      : []),
    ...each(searches, searchesField, (search, at) => ruleFaults(at, search, searchFaults)),
    ...each(options, `${path}.options`, ({ name }, at) => (name ? [] : [requiredFault(at, 'must not be empty')])),
  ]
}

/** A search domain may end with a dot, have underscores, or be the root. */
function searchFaults(search: string): readonly string[] {
  const domain = search.replace(/\.$/, '')
  return search === '.' || searchName.test(domain) ? [] : dnsSubdomainFaults(domain)
}

function validateHostnameOverride(
  { hostnameOverride, hostNetwork, setHostnameAsFQDN }: PodSpec,
  path: string,
): Cause[] {
  if (hostnameOverride === undefined) return []
  const field = `${path}.hostnameOverride`
  return [
    ...ruleFaults(field, hostnameOverride, dnsSubdomainFaults),
    ...(hostNetwork === true ? [forbiddenFault(field, 'may not be specified when hostNetwork is true')] : []),
    ...(setHostnameAsFQDN === true
      ? [forbiddenFault(field, 'may not be specified when setHostnameAsFQDN is true')]
      : []),
  ]
}

/** On the network of the node a port is the same inside and outside; a template may leave the outer one open. */
function validateHostNetworkPorts(spec: PodSpec, path: string, isPod: boolean): Cause[] {
  const detail = 'must match `containerPort` when `hostNetwork` is true'
  return each(spec.containers, `${path}.containers`, (container, at) =>
    each(container.ports, `${at}.ports`, ({ containerPort, hostPort = 0 }, portAt) => {
      const isRight = hostPort === containerPort || (hostPort === 0 && !isPod)
      return isRight ? [] : [invalidFault(`${portAt}.hostPort`, hostPort, detail)]
    }),
  )
}

function validateOwnUsers(spec: PodSpec, path: string): Cause[] {
  const detail = 'when `pod.Spec.HostUsers` is false'
  return [
    ...(spec.hostNetwork === true ? [forbiddenFault(`${path}.hostNetwork`, detail)] : []),
    ...(spec.hostPID === true ? [forbiddenFault(`${path}.hostPID`, detail)] : []),
    ...(spec.hostIPC === true ? [forbiddenFault(`${path}.hostIPC`, detail)] : []),
  ]
}
