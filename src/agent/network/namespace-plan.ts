import { type Ipv4Range, ipv4Text } from '../../model/ipv4.ts'
import { gatewayOf } from './address-pool.ts'
import type { LinkNames } from './link-names.ts'

/** What is on the machine of an agent's network: names of interfaces and of network namespaces. */
export interface FoundLinks {
  readonly links: ReadonlySet<string>
  readonly namespaces: ReadonlySet<string>
}

/** A pod to be connected. */
export interface ConnectPlan {
  readonly uid: string
  /** File with the `insideLines`. */
  readonly insideFile: string
  /** A process that runs in the pod's namespace, in case that has lost its name. */
  readonly pid?: number | undefined
}

/** The name of the pod's interface on its own side. */
const podLink = 'eth0'

/** Lines of ip(8) that make the bridge of an agent, or complete it. */
export function bridgeLines(names: LinkNames, subnet: Ipv4Range, found: FoundLinks): string[] {
  const { bridge } = names
  return [
    // A fixed hardware address: that of a bridge without one changes with its pods, and neighbours lose it.
    ...(found.links.has(bridge) ? [] : [`link add dev ${bridge} address ${hardwareAddress(subnet)} type bridge`]),
    `address replace ${ipv4Text(gatewayOf(subnet))}/${subnet.bits} dev ${bridge}`,
    `link set dev ${bridge} up`,
  ]
}

/** Lines of ip(8) that connect a pod with the bridge, or complete what an earlier attempt has begun. */
export function connectLines(names: LinkNames, { uid, insideFile, pid }: ConnectPlan, found: FoundLinks): string[] {
  const namespace = names.namespaceOf(uid)
  const link = names.linkOf(uid)
  const hasNamespace = found.namespaces.has(namespace)
  const hasLink = found.links.has(link)
  const keepsNamespace = hasNamespace || pid !== undefined
  return [
    // An interface whose namespace has no name leads into the one of a process, or is of no use any more.
    ...(hasLink && !keepsNamespace ? [`link delete dev ${link}`] : []),
    ...(hasNamespace ? [] : [pid === undefined ? `netns add ${namespace}` : `netns attach ${namespace} ${pid}`]),
    ...(keepsNamespace && hasLink ? [] : [`link add dev ${link} type veth peer name ${podLink} netns ${namespace}`]),
    `link set dev ${link} master ${names.bridge} up`,
    `netns exec ${namespace} ip -batch ${insideFile}`,
  ]
}

/** Lines of ip(8) for the inside of a pod's network namespace. */
export function insideLines(address: string, subnet: Ipv4Range): string[] {
  return [
    'link set dev lo up',
    `address replace ${address}/${subnet.bits} dev ${podLink}`,
    `link set dev ${podLink} up`,
    `route replace default via ${ipv4Text(gatewayOf(subnet))}`,
  ]
}

/**
 * Lines of ip(8) that remove interfaces and namespaces. The interfaces are removed as one group, because each removal waits
 * for the kernel's grace period: 30 of them one by one take a second, together as long as one.
 */
export function removeLines(
  names: LinkNames,
  { links, namespaces }: { readonly links: readonly string[]; readonly namespaces: readonly string[] },
): string[] {
  return [
    ...links.map((link) => `link set dev ${link} group ${names.group}`),
    ...(links.length === 0 ? [] : [`link delete group ${names.group}`]),
    ...namespaces.map((namespace) => `netns delete ${namespace}`),
  ]
}

/** Locally administered, and the same for the same subnet. */
function hardwareAddress({ first }: Ipv4Range): string {
  const octets = ipv4Text(first)
    .split('.')
    .map((octet) => Number(octet).toString(16).padStart(2, '0'))
  return ['0a', '58', ...octets].join(':')
}
