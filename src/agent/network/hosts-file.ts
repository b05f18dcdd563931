import type { PodSpec } from '../../model/kinds/pod/pod-spec.ts'

type HostAliases = NonNullable<PodSpec['hostAliases']>

/** Who a pod is in its own /etc/hosts. */
export interface HostsFileOwner {
  readonly podIP: string
  readonly hostname: string
  /** `SUBDOMAIN.NAMESPACE.svc.CLUSTER-DOMAIN` of a pod with a subdomain; empty for others. */
  readonly domain: string
}

/** /etc/hosts of a pod with an address of its own (kubelet `managedHostsFileContent`, byte for byte). */
export function hostsFile({ podIP, hostname, domain }: HostsFileOwner, aliases: HostAliases = []): string {
  const names = domain === '' ? [hostname] : [`${hostname}.${domain}`, hostname]
  return [
    '# Kubernetes-managed hosts file.\n',
    '127.0.0.1\tlocalhost\n',
    '::1\tlocalhost ip6-localhost ip6-loopback\n',
    'fe00::\tip6-localnet\n',
    'fe00::\tip6-mcastprefix\n',
    'fe00::1\tip6-allnodes\n',
    'fe00::2\tip6-allrouters\n',
    `${[podIP, ...names].join('\t')}\n`,
    aliasLines(aliases),
  ].join('')
}

/** /etc/hosts of a pod on the machine's network: the machine's own, and the pod's aliases (kubelet `nodeHostsFileContent`). */
export function hostNetworkHostsFile(machine: string, aliases: HostAliases = []): string {
  return `# Kubernetes-managed hosts file (host network).\n${machine}${aliasLines(aliases)}`
}

function aliasLines(aliases: HostAliases): string {
  if (aliases.length === 0) return ''
  const lines = aliases.map(({ ip, hostnames = [] }) => `${[ip, hostnames.join('\t')].join('\t')}\n`)
  return ['\n# Entries added by HostAliases.\n', ...lines].join('')
}
