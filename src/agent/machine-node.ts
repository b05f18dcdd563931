import { hostname } from 'node:os'
import type { EvictionThresholds } from '../model/eviction-threshold.ts'
import type { Taint } from '../model/taint.ts'
import type { CgroupBounds } from './cgroups/cgroup-bounds.ts'
import type { NodeManifest } from './door.ts'
import { machineInfo, readMachine } from './machine.ts'
import { machineAddress, nodeManifest } from './node.ts'
import { type NodeCondition, nodeConditions } from './node-conditions.ts'
import { notePressure, type PressureMemory } from './node-pressure.ts'
import { nodeResources, type ReservedResources } from './node-resources.ts'

/** What cannot be read from the machine. */
export interface MachineNodeOptions {
  readonly name: string
  /** The folder on whose disk pods keep their files; it must exist. */
  readonly dataFolder: string
  readonly versions: { readonly runtime: string; readonly agent: string }
  readonly podsMax: number
  readonly reserved: ReservedResources
  readonly thresholds: EvictionThresholds
  /** Labels and taints that the node gets beside its own when it is registered. */
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly taints?: readonly Taint[] | undefined
  /** Facts about what the machine can do. */
  readonly annotations?: Readonly<Record<string, string>>
  /** What is left to the agent of the machine. */
  readonly bounds: () => CgroupBounds
  readonly now: () => number
}

/** The node that this machine is. It remembers what was seen, because a pressure lasts for a while. */
export class MachineNode {
  readonly #options: MachineNodeOptions
  readonly #info: Record<string, string>
  #pressure: PressureMemory = {}
  #conditions: readonly NodeCondition[] = []

  constructor(options: MachineNodeOptions) {
    this.#options = options
    this.#info = machineInfo(options.versions)
  }

  /** Looks at the machine; its manifest as it is now. */
  async observe(): Promise<NodeManifest> {
    const { name, dataFolder, podsMax, reserved, thresholds, bounds, labels, taints, annotations } = this.#options
    const { resources, observation } = await readMachine(dataFolder, bounds())
    const now = this.#options.now()
    this.#pressure = notePressure(this.#pressure, observation, { thresholds, now })
    this.#conditions = nodeConditions(this.#pressure, this.#conditions, now)
    return nodeManifest({
      name,
      ...nodeResources({ ...resources, pods: podsMax }, reserved, thresholds),
      conditions: this.#conditions,
      addresses: [
        { type: 'InternalIP', address: machineAddress() },
        { type: 'Hostname', address: hostname() },
      ],
      nodeInfo: this.#info,
      labels,
      taints,
      annotations,
    })
  }
}
