import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseIpv4, rangeContains } from '../../model/ipv4.ts'
import type { Pod } from '../../model/kinds/pod.ts'
import { loopbackRange } from './address-pool.ts'
import { hostNetworkHostsFile, hostsFile } from './hosts-file.ts'
import { parseResolvConf, podResolvConf, type ResolvConf, resolvConfText } from './resolv-conf.ts'

/** A file that takes the place of another one for a pod's containers. */
export interface PodFile {
  readonly source: string
  readonly target: string
}

/** What the files of a pod tell. */
export interface PodFilesOptions {
  readonly podIP: string
  readonly hostname: string
  /** Whether loopback addresses mean the machine's services for the pod. */
  readonly sharesLoopback: boolean
  readonly folder: string
}

/** The domain of clusters that are not told another one. */
const clusterDomain = 'cluster.local'
/** Where systemd-resolved tells the name servers that it asks itself, which is what kubeadm gives to the kubelet. */
const resolvedFile = '/run/systemd/resolve/resolv.conf'

/** Writes a pod's own resolv.conf, hosts and hostname, as the kubelet gives them to a pod. */
export function writePodFiles({ spec, metadata }: Pod, options: PodFilesOptions): PodFile[] {
  const { podIP, hostname, folder, sharesLoopback } = options
  const { subdomain, hostNetwork, hostAliases } = spec
  const domain = subdomain ? `${subdomain}.${metadata.namespace ?? 'default'}.svc.${clusterDomain}` : undefined
  const contents = {
    'resolv.conf': resolvConfText(podResolvConf(spec, machineResolvConf(sharesLoopback))),
    hosts:
      hostNetwork === true
        ? hostNetworkHostsFile(readOrEmpty('/etc/hosts'), hostAliases)
        : hostsFile({ podIP, hostname, domain }, hostAliases),
    hostname: `${hostname}\n`,
  }
  return Object.entries(contents).map(([name, content]) => {
    const source = join(folder, name)
    // In place: what is mounted over a container's file is this file, not its name.
    writeFileSync(source, content)
    return { source, target: `/etc/${name}` }
  })
}

function machineResolvConf(sharesLoopback: boolean): ResolvConf {
  const machine = parseResolvConf(readOrEmpty('/etc/resolv.conf'))
  if (sharesLoopback || !machine.nameservers.every(isLoopback)) return machine
  const resolved = parseResolvConf(readOrEmpty(resolvedFile))
  return resolved.nameservers.length > 0 ? resolved : machine
}

function isLoopback(address: string): boolean {
  const number = parseIpv4(address)
  return number === undefined ? address === '::1' : rangeContains(loopbackRange, number)
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
