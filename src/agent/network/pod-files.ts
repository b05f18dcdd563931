import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseIpv4, rangeContains } from '../../model/ipv4.ts'
import type { Pod } from '../../model/kinds/pod.ts'
import { ifPresent } from '../if-present.ts'
import { podHostname } from '../pod-hostname.ts'
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

/** Where systemd-resolved tells the name servers that it asks itself, which is what kubeadm gives to the kubelet. */
const resolvedFile = '/run/systemd/resolve/resolv.conf'

/** Writes a pod's own resolv.conf, hosts and hostname, as the kubelet gives them to a pod. */
export function writePodFiles(pod: Pod, options: PodFilesOptions): PodFile[] {
  const { podIP, hostname, folder, sharesLoopback } = options
  const { hostNetwork, hostAliases } = pod.spec
  const { domain } = podHostname(pod)
  const contents = {
    'resolv.conf': resolvConfText(podResolvConf(pod.spec, machineResolvConf(sharesLoopback))),
    hosts:
      hostNetwork === true
        ? hostNetworkHostsFile(
            ifPresent(() => readFileSync('/etc/hosts', 'utf8'), ''),
            hostAliases,
          )
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
  const machine = parseResolvConf(ifPresent(() => readFileSync('/etc/resolv.conf', 'utf8'), ''))
  if (sharesLoopback || !machine.nameservers.every(isLoopback)) return machine
  const resolved = parseResolvConf(ifPresent(() => readFileSync(resolvedFile, 'utf8'), ''))
  return resolved.nameservers.length > 0 ? resolved : machine
}

function isLoopback(address: string): boolean {
  const number = parseIpv4(address)
  return number === undefined ? address === '::1' : rangeContains(loopbackRange, number)
}
