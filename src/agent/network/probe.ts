import { findProgram } from '../find-program.ts'
import { findLinks } from './found-links.ts'
import { runIpBatch } from './ip-batch.ts'
import type { LinkNames } from './link-names.ts'
import { removeLines } from './namespace-plan.ts'

/** Where a machine is asked. */
export interface ProbeOptions {
  readonly names: LinkNames
  readonly platform: NodeJS.Platform
  /** Where programs are looked for. */
  readonly path: string
}

/** What no pod is called, so that what a crash leaves of the attempt is taken for a pod's that is gone. */
const uid = 'probe'

/**
 * Why pods cannot have network namespaces on this machine; undefined when they can. It is tried: a namespace with all that
 * a pod's needs is made and removed.
 */
export async function whyNoNamespaces({ names, platform, path }: ProbeOptions): Promise<string | undefined> {
  if (platform !== 'linux') return `the system is ${platform}, and only Linux has network namespaces`
  for (const [program, comesWith] of [
    ['ip', 'iproute2'],
    ['nsenter', 'util-linux'],
  ] as const) {
    if (findProgram(program, path) === undefined)
      return `there is no program "${program}", which comes with ${comesWith}`
  }
  const namespace = names.namespaceOf(uid)
  const [link, bridge] = [names.linkOf(uid), names.linkOf(`${uid} bridge`)]
  const found = findLinks(names)
  const before = removeLines(names, {
    links: [link, bridge].filter((name) => found.links.has(name)),
    namespaces: [namespace].filter((name) => found.namespaces.has(name)),
  })
  const lines = [
    `netns add ${namespace}`,
    `link add dev ${bridge} type bridge`,
    `link add dev ${link} type veth peer name eth0 netns ${namespace}`,
    `link set dev ${link} master ${bridge} up`,
    `netns exec ${namespace} ip link set dev lo up`,
    ...removeLines(names, { links: [link, bridge], namespaces: [namespace] }),
  ]
  const { byLine, whole } = await runIpBatch([...before, ...lines], { path })
  const fault = lines.map((_, index) => byLine.get(before.length + index)).find((one) => one !== undefined) ?? whole
  return fault === undefined ? undefined : reasonOf(fault)
}

function reasonOf(fault: string): string {
  if (/not permitted|permission denied/i.test(fault)) return `the agent may not make network namespaces (${fault})`
  if (/busybox/i.test(fault))
    return 'the program "ip" is that of BusyBox, which cannot make network namespaces; that of iproute2 can'
  return `an attempt to make a network namespace failed (${fault})`
}
