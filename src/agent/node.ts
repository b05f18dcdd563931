import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { arch, cpus, hostname, networkInterfaces, platform, release, totalmem } from 'node:os'
import { timestamp } from '../model/timestamp.ts'
import type { NodeManifest } from './door.ts'
import { bridgePrefix } from './network/link-names.ts'

/** What a machine offers, as Kubernetes quantities. */
export interface NodeCapacity {
  readonly cpu: string
  readonly memory: string
  readonly pods: string
  readonly 'ephemeral-storage'?: string
}

/** What cannot be read from the machine. */
export interface MachineNodeOptions {
  readonly name: string
  /** The folder on whose disk pods keep their files; it must exist. */
  readonly dataFolder: string
  readonly runtimeVersion: string
  readonly now: number
}

/** The manifest of the machine that this process runs on. */
export async function machineNode(options: MachineNodeOptions): Promise<NodeManifest> {
  const disk = await statfs(options.dataFolder)
  const address = machineAddress()
  return nodeManifest({
    name: options.name,
    capacity: {
      cpu: String(cpus().length),
      memory: `${Math.floor(totalmem() / 1024)}Ki`,
      'ephemeral-storage': `${Math.floor((disk.blocks * disk.bsize) / 1024)}Ki`,
      pods: '110',
    },
    addresses: [
      { type: 'InternalIP', address },
      { type: 'Hostname', address: hostname() },
    ],
    nodeInfo: {
      machineID: readIdentity('/etc/machine-id'),
      systemUUID: '',
      bootID: readIdentity('/proc/sys/kernel/random/boot_id'),
      kernelVersion: release(),
      osImage: platform(),
      containerRuntimeVersion: options.runtimeVersion,
      kubeletVersion: '',
      kubeProxyVersion: '',
      operatingSystem: platform() === 'win32' ? 'windows' : platform(),
      architecture: goArchitecture(arch()),
    },
    now: options.now,
  })
}

/** How many machines to simulate, and what each offers (default 32 CPUs, 256Gi, 110 pods). */
export interface SimulatedNodesOptions {
  readonly count: number
  readonly capacity?: Partial<NodeCapacity>
  readonly now: number
}

/** Manifests of machines that exist only by name: `sim-00000`, `sim-00001`, … */
export function simulatedNodes(options: SimulatedNodesOptions): NodeManifest[] {
  const capacity: NodeCapacity = { cpu: '32', memory: '256Gi', pods: '110', ...options.capacity }
  return Array.from({ length: options.count }, (_, index) => {
    const name = `sim-${String(index).padStart(5, '0')}`
    const address = simulatedAddress(index)
    return nodeManifest({
      name,
      capacity,
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      nodeInfo: {
        machineID: name,
        systemUUID: name,
        bootID: name,
        kernelVersion: 'simulated',
        osImage: 'simulated',
        containerRuntimeVersion: 'simulated://1',
        kubeletVersion: '',
        kubeProxyVersion: '',
        operatingSystem: 'linux',
        architecture: 'amd64',
      },
      now: options.now,
    })
  })
}

/** The address of simulated machine number `index`, out of 10.0.0.0/8. */
export function simulatedAddress(index: number): string {
  const host = index + 1
  return `10.${(host >> 16) & 255}.${(host >> 8) & 255}.${host & 255}`
}

/** An address by which other machines may reach this one; the loopback address when it has no other. */
export function machineAddress(): string {
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    if (name.startsWith(bridgePrefix)) continue
    for (const { address, family, internal } of addresses ?? []) if (!internal && family === 'IPv4') return address
  }
  return '127.0.0.1'
}

interface NodeFacts {
  readonly name: string
  readonly capacity: NodeCapacity
  readonly addresses: readonly { readonly type: string; readonly address: string }[]
  readonly nodeInfo: Readonly<Record<string, string>>
  readonly now: number
}

function nodeManifest(facts: NodeFacts): NodeManifest {
  const { operatingSystem = '', architecture = '' } = facts.nodeInfo
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: facts.name,
      labels: {
        'kubernetes.io/hostname': facts.name,
        'kubernetes.io/os': operatingSystem,
        'kubernetes.io/arch': architecture,
      },
    },
    spec: {},
    status: {
      capacity: facts.capacity,
      allocatable: facts.capacity,
      conditions: [readyCondition(facts.now)],
      addresses: facts.addresses,
      nodeInfo: facts.nodeInfo,
    },
  }
}

function readyCondition(now: number): Record<string, string> {
  const at = timestamp(now)
  return {
    type: 'Ready',
    status: 'True',
    reason: 'AgentReady',
    message: 'the agent is running',
    lastHeartbeatTime: at,
    lastTransitionTime: at,
  }
}

/** An identity that the system keeps in a file; empty where it keeps none. */
function readIdentity(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

/** Node's names of processor architectures in the words of the label kubernetes.io/arch, which are Go's. */
function goArchitecture(name: string): string {
  const names: Record<string, string> = { x64: 'amd64', ia32: '386' }
  return names[name] ?? name
}
