import type { Pod } from '../model/kinds/pod.ts'

/** The domain of clusters that are not told another one. */
const clusterDomain = 'cluster.local'
const labelLengthMax = 63
/** What the kernel takes (`__NEW_UTS_LEN`). */
const kernelLengthMax = 64

/** The names that a pod's containers have for their host. */
export interface PodHostname {
  readonly hostname: string
  /** What the name is completed with; empty when it belongs to no domain. */
  readonly domain: string
}

/** Host name and domain of a pod (kubelet `GeneratePodHostNameAndDomain`): cut to 63 characters, in the domain of its subdomain. */
export function podHostname(pod: Pod): PodHostname {
  const { hostname, subdomain, hostnameOverride } = pod.spec
  if (hostnameOverride) return { hostname: hostnameOverride, domain: '' }
  const { name, namespace = 'default' } = pod.metadata
  const domain = subdomain ? `${subdomain}.${namespace}.svc.${clusterDomain}` : ''
  return { hostname: truncated(hostname || name), domain }
}

/**
 * The name that the kernel tells a pod's containers (kubelet `GetNodenameForKernel`); undefined for a pod on the network of
 * its node, which has the node's. Throws one sentence for a full name that the kernel does not take.
 */
export function kernelHostname(pod: Pod): string | undefined {
  if (pod.spec.hostNetwork === true) return undefined
  const { hostname, domain } = podHostname(pod)
  if (pod.spec.setHostnameAsFQDN !== true || domain === '') return hostname
  const full = `${hostname}.${domain}`
  if (full.length <= kernelLengthMax) return full
  throw new Error(
    `Failed to construct FQDN from pod hostname and cluster domain, FQDN ${full} is too long (${kernelLengthMax} characters is the max, ${full.length} characters requested)`,
  )
}

/** At most 63 characters that end in a letter or digit (kubelet `truncatePodHostnameIfNeeded`). */
function truncated(name: string): string {
  return name.length <= labelLengthMax ? name : name.slice(0, labelLengthMax).replace(/[-.]+$/, '')
}
