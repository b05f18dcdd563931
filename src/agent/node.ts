import { networkInterfaces } from 'node:os'
import type { Taint } from '../model/taint.ts'
import type { NodeManifest } from './door.ts'
import { type NodeCondition, nodeConditions } from './node-conditions.ts'

/** What a machine offers, as Kubernetes quantities. */
export interface NodeCapacity {
  readonly cpu: string
  readonly memory: string
  readonly pods: string
  readonly 'ephemeral-storage'?: string
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
  const conditions = nodeConditions({}, [], options.now)
  return Array.from({ length: options.count }, (_, index) => {
    const name = `sim-${String(index).padStart(5, '0')}`
    const address = simulatedAddress(index)
    return nodeManifest({
      name,
      capacity,
      allocatable: capacity,
      conditions,
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
  for (const addresses of Object.values(networkInterfaces())) {
    for (const { address, family, internal } of addresses ?? []) if (!internal && family === 'IPv4') return address
  }
  return '127.0.0.1'
}

/** What makes up the manifest of a node. */
export interface NodeFacts {
  readonly name: string
  readonly capacity: NodeCapacity
  /** What of the capacity is for pods. */
  readonly allocatable: NodeCapacity
  readonly conditions: readonly NodeCondition[]
  readonly addresses: readonly { readonly type: string; readonly address: string }[]
  readonly nodeInfo: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly taints?: readonly Taint[] | undefined
  readonly annotations?: Readonly<Record<string, string>> | undefined
}

/** The manifest of a node, with the labels that the kubelet gives each. */
export function nodeManifest(facts: NodeFacts): NodeManifest {
  const { name, capacity, allocatable, conditions, addresses, nodeInfo, labels, taints = [], annotations = {} } = facts
  const { operatingSystem = '', architecture = '' } = nodeInfo
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': operatingSystem,
        'kubernetes.io/arch': architecture,
        ...labels,
      },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: taints.length === 0 ? {} : { taints },
    status: { capacity, allocatable, conditions, addresses, nodeInfo },
  }
}
