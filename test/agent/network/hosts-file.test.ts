import { describe, expect, it } from 'vitest'
import { hostNetworkHostsFile, hostsFile } from '../../../src/agent/network/hosts-file.ts'
import { describeConformance } from '../../support/conformance.ts'

const head = `# Kubernetes-managed hosts file.
127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::\tip6-localnet
fe00::\tip6-mcastprefix
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
`
const aliases = [
  { ip: '192.0.2.1', hostnames: ['gate', 'gate.example'] },
  { ip: '192.0.2.2', hostnames: ['door'] },
]
const added = '\n# Entries added by HostAliases.\n192.0.2.1\tgate\tgate.example\n192.0.2.2\tdoor\n'

describe("a pod's hosts file", () => {
  it.each([
    ['names the pod', '', [], `${head}10.0.0.5\tweb\n`],
    [
      'names it with its domain first',
      'sub.ns.svc.cluster.local',
      [],
      `${head}10.0.0.5\tweb.sub.ns.svc.cluster.local\tweb\n`,
    ],
    ['has the aliases in the end', '', aliases, `${head}10.0.0.5\tweb\n${added}`],
  ])('%s', (_, domain, hostAliases, expected) => {
    expect(hostsFile({ podIP: '10.0.0.5', hostname: 'web', domain }, hostAliases)).toBe(expected)
  })

  it("is the machine's, with the aliases, on the network of the machine", () => {
    const machine = '127.0.0.1 localhost box\n'
    const first = '# Kubernetes-managed hosts file (host network).\n'
    expect(hostNetworkHostsFile(machine)).toBe(`${first}${machine}`)
    expect(hostNetworkHostsFile(machine, aliases)).toBe(`${first}${machine}${added}`)
  })
})

interface HostsFileRow {
  readonly hostIP: string
  readonly hostName: string
  readonly hostDomainName: string
  readonly hostAliases: []
  readonly expectedContent: string
}

describeConformance<{ tables: { readonly hostsFile: readonly HostsFileRow[] } }>('05k-pod-lifecycle.json', (file) => {
  it.each(file.tables.hostsFile)('hostsFile: $hostName', (row) => {
    const owner = { podIP: row.hostIP, hostname: row.hostName, domain: row.hostDomainName }
    // Today the kubelet writes the same address without its last digit.
    expect(hostsFile(owner, row.hostAliases)).toBe(row.expectedContent.replaceAll('fe00::0', 'fe00::'))
  })
})
