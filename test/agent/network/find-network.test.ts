import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NodeManifest } from '../../../src/agent/door.ts'
import { type FindNetworkOptions, findPodNetwork } from '../../../src/agent/network/find-network.ts'
import { parseRoutes } from '../../../src/agent/network/found-links.ts'
import { addCommands, removeCommands } from '../../../src/agent/network/masquerade.ts'
import { withNetworkFacts } from '../../../src/agent/network/node-facts.ts'
import { findWayOut } from '../../../src/agent/network/way-out.ts'
import { simulatedNodes } from '../../../src/agent/node.ts'
import { defaultPath } from '../../../src/agent/runtimes/process/shim.ts'
import { type Ipv4Range, parseIpv4Range, rangeText } from '../../../src/model/ipv4.ts'
import { asOrdinaryUser } from '../../support/as-ordinary-user.ts'
import { pod } from '../support/pod.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-network-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function find(options: Partial<FindNetworkOptions> = {}) {
  return findPodNetwork({
    wanted: 'auto',
    podCIDR: '10.244.0.0/16',
    nodeName: 'box',
    folder,
    podsFolder: join(folder, 'pods'),
    hostIP: '192.0.2.1',
    log: { info: () => {}, warn: () => {} },
    path: defaultPath,
    platform: 'linux',
    ...options,
  })
}

/** A folder with a program `ip` like BusyBox's, and what else is needed. */
function busyBoxPath(): string {
  const usage = 'BusyBox v1.36.1 multi-call binary.\\n\\nUsage: ip [OPTIONS] address|route|link|neigh|rule [ARGS]'
  writeFileSync(join(folder, 'ip'), `#!/bin/sh\nprintf '${usage}\\n' >&2\nexit 1\n`)
  chmodSync(join(folder, 'ip'), 0o755)
  symlinkSync('/bin/true', join(folder, 'nsenter'))
  return `${folder}:/usr/bin:/bin`
}

describe('where pods cannot have network namespaces', () => {
  it.each([
    [
      'another system',
      () => find({ platform: 'darwin' }),
      'the system is darwin, and only Linux has network namespaces',
    ],
    ['no ip', () => find({ path: '/nowhere' }), 'there is no program "ip", which comes with iproute2'],
    [
      "BusyBox's ip",
      () => find({ path: busyBoxPath() }),
      'the program "ip" is that of BusyBox, which cannot make network namespaces; that of iproute2 can',
    ],
  ])('they share that of the machine, and the reason is told: %s', async (_, finding, reason) => {
    const { facts } = await finding()
    expect(facts.mode).toBe('loopback')
    expect(facts.message.endsWith(`: ${reason}`)).toBe(true)
    expect(facts.podCIDR).toBeUndefined()
  })

  it.skipIf(process.platform !== 'linux')(
    'because the user may not make them, that is told (needs Linux)',
    async () => {
      const { facts } = await asOrdinaryUser(() => find())
      expect(facts.mode).toBe('loopback')
      expect(facts.message).toMatch(/: the agent may not make network namespaces \(.*\)$|: there is no program/)
    },
  )

  it('an agent that shall use them is refused in one sentence with what to do', async () => {
    await expect(find({ wanted: 'namespace', path: '/nowhere' })).rejects.toThrow(
      'pods cannot have network namespaces here: there is no program "ip", which comes with iproute2; set --pod-network to auto or loopback, or run the agent as root on Linux with iproute2 and util-linux and a --pod-cidr that is free',
    )
  })
})

describe('pods on the network of their machine', () => {
  it('have each a loopback address of its own, the same after the agent has started anew', async () => {
    const attach = async (name: string) => {
      const { network } = await find({ wanted: 'loopback' })
      await network.open(new Map())
      const files = join(folder, name)
      return network.attach(pod(name), { hostname: name, folder: files })
    }
    const one = await attach('one')
    expect(one.podIP).toMatch(/^127\.\d+\.\d+\.\d+$/)
    expect(one.enter).toEqual([])
    expect(one.files.map(({ target }) => target)).toEqual(['/etc/resolv.conf', '/etc/hosts', '/etc/hostname'])
    expect((await attach('two')).podIP).not.toBe(one.podIP)
    expect((await attach('one')).podIP).toBe(one.podIP)
  })

  it('keep the address in their folder, which counts more than all else', async () => {
    const first = await find({ wanted: 'loopback' })
    await first.network.open(new Map())
    const before = await first.network.attach(pod('p'), { hostname: 'p', folder: join(folder, 'p') })
    const second = await find({ wanted: 'loopback', folder: '/another' })
    await second.network.open(new Map([['uid-p', join(folder, 'p')]]))
    const status = { podIP: '127.9.9.9' }
    const after = await second.network.attach(pod('p', {}, { status }), { hostname: 'p', folder: join(folder, 'p') })
    expect(after.podIP).toBe(before.podIP)
  })

  it('have that of the machine with hostNetwork', async () => {
    const { network } = await find({ wanted: 'loopback' })
    const attached = await network.attach(pod('p', { hostNetwork: true }), { hostname: 'p', folder: join(folder, 'p') })
    expect(attached).toMatchObject({ podIP: '192.0.2.1', enter: [] })
    expect(attached.hostname).not.toBe('p')
  })

  it('share 127.0.0.1 where no other loopback address is local', async () => {
    const { network, facts } = await find({ wanted: 'loopback', platform: 'darwin' })
    const attached = await network.attach(pod('p'), { hostname: 'p', folder: join(folder, 'p') })
    expect(attached.podIP).toBe('127.0.0.1')
    expect(facts.message).toBe('pods share the network and the loopback address of their machine: it is set so')
  })
})

describe('what a node tells of its network', () => {
  it('is in annotations and in the condition NetworkUnavailable', () => {
    const [node] = simulatedNodes({ count: 1, now: 0 }) as [NodeManifest]
    const told = withNetworkFacts(node, { mode: 'namespace', message: 'so', podCIDR: '10.244.7.0/24' }, 0)
    expect(told.metadata.annotations).toEqual({
      'node.myriad/pod-network': 'namespace',
      'node.myriad/pod-network-message': 'so',
      'node.myriad/pod-cidr': '10.244.7.0/24',
    })
    expect(told.status.conditions).toEqual([
      ...(node.status.conditions as unknown[]),
      expect.objectContaining({ type: 'NetworkUnavailable', status: 'False', reason: 'RouteCreated', message: 'so' }),
    ])
  })
})

describe('routes of the machine', () => {
  it('are read from the kernel without the default route', () => {
    const text = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
      'eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
      'tun0\t0000F40A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
      '',
    ].join('\n')
    expect(parseRoutes(text).map(({ link, range }) => `${link} ${rangeText(range)}`)).toEqual([
      'eth0 192.0.2.0/24',
      'tun0 10.244.0.0/16',
    ])
  })
})

describe('the way out', () => {
  const subnet = parseIpv4Range('10.244.7.0/24') as Ipv4Range
  const log = { info: () => {}, warn: () => {} }
  const find = (path: string) => findWayOut({ bridge: 'myr-abcde', attempt: 'myr-try', subnet, path, log })

  it('is missed with a reason where there is no program for it', async () => {
    expect((await find('/nowhere')).reason).toBe('there is neither iptables nor nft')
  })

  it.skipIf(process.platform !== 'linux')(
    'is missed with what the program says, where that cannot do it (needs Linux)',
    async () => {
      writeFileSync(join(folder, 'iptables'), '#!/bin/sh\necho "no table" >&2\necho "no module" >&2\nexit 3\n')
      chmodSync(join(folder, 'iptables'), 0o755)
      expect((await find(`${folder}:/bin`)).reason).toMatch(
        /^iptables says: no table; no module$|^packets cannot be passed on/,
      )
    },
  )
})

describe('the rules for the way out', () => {
  const options = { bridge: 'myr-abcde', subnet: parseIpv4Range('10.244.7.0/24') as Ipv4Range, path: '' }

  it('of iptables are removed by the same words by which they are added', () => {
    const words = (commands: ReturnType<typeof addCommands>): string[] =>
      commands.map(({ args }) => args.map((arg) => (['-A', '-I', '-D'].includes(arg) ? '*' : arg)).join(' '))
    expect(words(addCommands('iptables', options))).toEqual(words(removeCommands('iptables', options)))
    expect(addCommands('iptables', options).map(({ args }) => args.join(' '))).toEqual([
      '-w -I FORWARD -i myr-abcde -j ACCEPT',
      '-w -I FORWARD -o myr-abcde -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      '-w -t nat -A POSTROUTING -s 10.244.7.0/24 ! -o myr-abcde -j MASQUERADE',
    ])
  })

  it('of nft are a table of their own', () => {
    expect(addCommands('nft', options)[0]?.input).toBe(
      'table ip myr-abcde { chain postrouting { type nat hook postrouting priority 100; ip saddr 10.244.7.0/24 oifname != "myr-abcde" masquerade; }; }\n',
    )
    expect(removeCommands('nft', options)[0]?.input).toContain('delete table ip myr-abcde')
  })
})
