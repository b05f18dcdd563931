import { assert } from '../../model/errors.ts'
import { type Ipv4Range, parseIpv4Range, rangeContains, rangeSize, rangeText } from '../../model/ipv4.ts'
import type { Log } from '../log.ts'
import { chooseSubnet } from './address-pool.ts'
import { findLinks, usedRanges } from './found-links.ts'
import { type LinkNames, linkNames } from './link-names.ts'
import { loopbackLinks } from './loopback-links.ts'
import { NamespaceLinks } from './namespace-links.ts'
import type { PodLinks, PodNetworkMode } from './pod-links.ts'
import { PodNetwork } from './pod-network.ts'
import { whyNoNamespaces } from './probe.ts'
import { findWayOut } from './way-out.ts'

/** What an agent knows of its machine, and what its settings ask for. */
export interface FindNetworkOptions {
  /** `auto`: namespaces where the machine allows them. */
  readonly wanted: PodNetworkMode | 'auto'
  /** Out of which an agent takes the subnet of its pods, in CIDR notation. */
  readonly podCIDR: string
  readonly nodeName: string
  /** The node's folder, by which what belongs to it is known on the machine. */
  readonly folder: string
  readonly podsFolder: string
  readonly hostIP: string
  readonly log: Log
  /** Where programs are looked for. */
  readonly path: string
  readonly platform?: NodeJS.Platform
}

/** How the pods of a node are connected. */
export interface NetworkFacts {
  readonly mode: PodNetworkMode
  /** A sentence for a reader. */
  readonly message: string
  /** The subnet of the pods, where they have one. */
  readonly podCIDR?: string
}

/** Finds out how the pods of this machine can be connected. Rejects with one sentence when they cannot be as it is wanted. */
export async function findPodNetwork(
  options: FindNetworkOptions,
): Promise<{ readonly network: PodNetwork; readonly facts: NetworkFacts }> {
  const { wanted, folder, hostIP } = options
  const found = await findLinksFor(options, linkNames(folder))
  if (wanted === 'namespace' && found.facts.mode !== wanted) {
    throw new Error(
      `pods cannot have network namespaces here: ${found.reason}; set --pod-network to auto or loopback, or run the agent as root on Linux with iproute2 and util-linux and a --pod-cidr that is free`,
    )
  }
  return { network: new PodNetwork({ links: found.links, hostIP, seed: folder }), facts: found.facts }
}

interface Found {
  readonly links: PodLinks
  readonly facts: NetworkFacts
  /** Why pods have no namespaces. */
  readonly reason?: string
}

async function findLinksFor(options: FindNetworkOptions, names: LinkNames): Promise<Found> {
  const { wanted, path, log, platform = process.platform } = options
  const present = usedRanges().find(({ link }) => link === names.bridge)?.range
  const earlier = present === undefined ? undefined : await namespaceLinks(options, names, { subnet: present })
  const place = 'pods share the network of their machine, each with a loopback address of its own'
  const loopback = (reason: string): Found => {
    const links = loopbackLinks({ platform, earlier: earlier?.links, log })
    const message =
      links.shared === undefined ? place : 'pods share the network and the loopback address of their machine'
    return { links, reason, facts: { mode: 'loopback', message: `${message}: ${reason}` } }
  }
  if (wanted === 'loopback') return loopback('it is set so')
  const reason = await whyNoNamespaces({ names, platform, path })
  if (reason !== undefined) return loopback(reason)
  const subnet = subnetOf(options, names, present)
  if (subnet === undefined) return loopback(`all of ${options.podCIDR} is in use on the machine already`)
  if (earlier !== undefined && subnet === present) return earlier
  return namespaceLinks(options, names, { subnet, earlier: earlier?.links })
}

async function namespaceLinks(
  { podsFolder, path, log }: FindNetworkOptions,
  names: LinkNames,
  { subnet, earlier }: { readonly subnet: Ipv4Range; readonly earlier?: NamespaceLinks | undefined },
): Promise<Found & { readonly links: NamespaceLinks }> {
  const attempt = names.linkOf('probe of the way out')
  const wayOut = await findWayOut({ bridge: names.bridge, subnet, path, attempt, log })
  const place = `each pod has a network namespace of its own, with an address of ${rangeText(subnet)}`
  const limit = wayOut.reason && `; pods reach their machine and each other, and nothing beyond: ${wayOut.reason}`
  return {
    links: new NamespaceLinks({ names, subnet, podsFolder, wayOut, earlier, path }),
    facts: { mode: 'namespace', message: `${place}${limit ?? ''}`, podCIDR: rangeText(subnet) },
  }
}

/** The subnet that is there already, as long as the setting allows it or pods live in it; or else a free one, if any is. */
function subnetOf(
  { podCIDR, nodeName }: FindNetworkOptions,
  names: LinkNames,
  present: Ipv4Range | undefined,
): Ipv4Range | undefined {
  const pods = parseIpv4Range(podCIDR)
  assert(pods !== undefined, 'the range of the pods has been checked with the settings')
  if (present !== undefined) {
    const fits = rangeContains(pods, present.first) && rangeSize(present) <= rangeSize(pods)
    if (fits || findLinks(names).namespaces.size > 0) return present
  }
  const others = usedRanges().filter(({ link }) => link !== names.bridge)
  return chooseSubnet(
    pods,
    nodeName,
    others.map(({ range }) => range),
  )
}
