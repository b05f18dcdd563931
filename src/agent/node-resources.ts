import type { EvictionThresholds } from '../model/eviction-threshold.ts'
import { quantityMilliValue, quantityValue } from '../model/quantity.ts'
import type { NodeCapacity } from './node.ts'

/** What a machine has. */
export interface MachineResources {
  /** Thousandths of a processor. */
  readonly milliCpu: number
  readonly memoryBytes: number
  /** Size of the disk on which pods keep their files. */
  readonly diskBytes: number
  readonly pods: number
}

/** What is kept from pods, as Kubernetes quantities (kubelet `--system-reserved`). */
export type ReservedResources = Readonly<Partial<Record<'cpu' | 'memory' | 'ephemeral-storage', string>>>

/**
 * What a node has, and what of it is for pods: all but what is reserved and, of memory and disk, what has to be left before
 * the node is under pressure (kubelet "node allocatable").
 */
export function nodeResources(
  machine: MachineResources,
  reserved: ReservedResources,
  thresholds: EvictionThresholds,
): { readonly capacity: NodeCapacity; readonly allocatable: NodeCapacity } {
  const left = (all: number, kept: number): number => Math.max(0, all - kept)
  const threshold = (signal: 'memory.available' | 'nodefs.available', all: number): number => {
    const least = thresholds.get(signal)
    if (least === undefined) return 0
    return 'part' in least ? least.part * all : least.amount
  }
  const { milliCpu, memoryBytes, diskBytes } = machine
  return {
    capacity: resourceList(machine),
    allocatable: resourceList({
      ...machine,
      milliCpu: left(milliCpu, quantityMilliValue(reserved.cpu)),
      memoryBytes: left(memoryBytes, quantityValue(reserved.memory) + threshold('memory.available', memoryBytes)),
      diskBytes: left(
        diskBytes,
        quantityValue(reserved['ephemeral-storage']) + threshold('nodefs.available', diskBytes),
      ),
    }),
  }
}

function resourceList({ milliCpu, memoryBytes, diskBytes, pods }: MachineResources): NodeCapacity {
  return {
    cpu: milliCpu % 1000 === 0 ? String(milliCpu / 1000) : `${milliCpu}m`,
    memory: `${Math.floor(memoryBytes / 1024)}Ki`,
    'ephemeral-storage': `${Math.floor(diskBytes / 1024)}Ki`,
    pods: String(pods),
  }
}
