import { ChangeJournal } from './change-journal.ts'
import type { ClusterChange } from './cluster-change.ts'
import { HostPortUsage } from './host-ports.ts'
import { judgedChanges } from './node-changes.ts'
import { NodeOrder } from './node-order.ts'
import { NodeTable } from './node-table.ts'
import { demandOf, type PodDemand, sameDemand } from './pod-demand.ts'
import { amountOf, CPU, MEMORY, ResourceColumns, SCORED_CPU, SCORED_MEMORY } from './resource-columns.ts'
import type { SchedulingContainer, SchedulingNode, SchedulingPod, SchedulingSpec } from './subjects.ts'

/** A pod that takes of a node. `assumed`: by our own decision, which nobody has confirmed yet. */
interface AssignedPod {
  slot: number
  demand: PodDemand
  assumed: boolean
}

interface CachedDemand {
  readonly spec: SchedulingSpec
  readonly demand: PodDemand
}

/**
 * The scheduler's view of the cluster: every node with what it has and what is asked of it. Fed with objects as they
 * change; each method tells which change, if any, might help pods that wait. A node is known by a small number, its
 * slot. A node that pods are assigned to but that is absent keeps its slot, so that its pods count when it returns.
 */
export class ClusterState {
  readonly resources = new ResourceColumns()
  readonly table = new NodeTable()
  readonly journal = new ChangeJournal()
  readonly order = new NodeOrder()
  readonly #slots = new Map<string, number>()
  readonly #names: string[] = []
  readonly #nodes: (SchedulingNode | null)[] = []
  readonly #podCounts: number[] = []
  readonly #freeSlots: number[] = []
  readonly #ports = new Map<number, HostPortUsage>()
  readonly #pods = new Map<string, AssignedPod>()
  readonly #demands = new WeakMap<readonly SchedulingContainer[], CachedDemand>()

  /** Slots given out so far; every slot is below this. */
  get slotCount(): number {
    return this.#names.length
  }

  /** The node in a slot; null when it is absent. */
  nodeAt(slot: number): SchedulingNode | null {
    return this.#nodes[slot] ?? null
  }

  /** The name of the node in a slot. */
  nameAt(slot: number): string {
    return this.#names[slot]!
  }

  /** The slot of a node that is present. */
  slotOf(name: string): number | undefined {
    const slot = this.#slots.get(name)
    return slot !== undefined && this.#nodes[slot] !== null ? slot : undefined
  }

  /** Host ports in use on a node; undefined when there are none. */
  portsAt(slot: number): HostPortUsage | undefined {
    return this.#ports.get(slot)
  }

  /** The node that a pod takes of: bound to it, or assumed to be. */
  nodeOf(uid: string): string | undefined {
    const pod = this.#pods.get(uid)
    return pod && this.#names[pod.slot]
  }

  /** What a pod with this spec takes of its node. Cached: specs of one template share their containers. */
  demandOf(spec: SchedulingSpec): PodDemand {
    const cached = this.#demands.get(spec.containers)
    if (cached !== undefined && sameRequests(cached.spec, spec)) return cached.demand
    const demand = demandOf(spec, this.resources)
    this.table.reserve(0, this.resources.count)
    this.#demands.set(spec.containers, { spec, demand })
    return demand
  }

  /** Takes in a node as it is now. */
  upsertNode(node: SchedulingNode): ClusterChange | null {
    const { name } = node.metadata
    const slot = this.#slotFor(name)
    const previous = this.#nodes[slot] ?? null
    this.#nodes[slot] = node
    const allocatable = this.#setAllocatable(slot, node, previous)
    if (previous === null) {
      this.order.insert(slot, name)
      this.journal.reserve(this.order.slots.length)
      this.journal.note(slot, true)
      return { node: name, kinds: ['NodeAdd'] }
    }
    const judged = judgedChanges(previous, node)
    if (judged.changed || allocatable.changed) this.journal.note(slot, judged.changed)
    const kinds = allocatable.grown ? [...judged.helpful, 'NodeUpdateAllocatable' as const] : judged.helpful
    return kinds.length === 0 ? null : { node: name, kinds }
  }

  /** Takes out a node. Pods assigned to it still count, should it return. */
  removeNode(name: string): void {
    const slot = this.slotOf(name)
    if (slot === undefined) return
    this.#nodes[slot] = null
    this.order.remove(name)
    this.journal.note(slot, true)
    this.#releaseSlot(slot)
  }

  /**
   * Takes in a pod as it is now. A pod that has ended (Succeeded, Failed) takes nothing. A pod without a node leaves an
   * assumption of ours alone: it may be a version from before the binding.
   */
  upsertPod(pod: SchedulingPod): ClusterChange | null {
    const { uid } = pod.metadata
    const known = this.#pods.get(uid)
    const phase = pod.status?.phase
    if (phase === 'Succeeded' || phase === 'Failed') return this.removePod(uid)
    if (!pod.spec.nodeName) return known === undefined || known.assumed ? null : this.removePod(uid)
    const slot = this.#slotFor(pod.spec.nodeName)
    const demand = this.demandOf(pod.spec)
    if (known !== undefined && known.slot === slot && sameDemand(known.demand, demand)) {
      known.assumed = false
      return null
    }
    this.#occupy(slot, demand)
    this.#pods.set(uid, { slot, demand, assumed: false })
    return known === undefined ? null : this.#vacate(known)
  }

  /** Takes out a pod. */
  removePod(uid: string): ClusterChange | null {
    const pod = this.#pods.get(uid)
    if (pod === undefined) return null
    this.#pods.delete(uid)
    return this.#vacate(pod)
  }

  /** Counts a pod on a node from now on, before the binding is committed. The pod must not be on a node. */
  assume(uid: string, slot: number, demand: PodDemand): void {
    this.#occupy(slot, demand)
    this.#pods.set(uid, { slot, demand, assumed: true })
  }

  /** Takes an assumption back; a pod that was seen bound in the meantime stays. */
  forget(uid: string): ClusterChange | null {
    return this.#pods.get(uid)?.assumed === true ? this.removePod(uid) : null
  }

  #occupy(slot: number, demand: PodDemand): void {
    this.table.charge(slot, demand, 1)
    this.#podCounts[slot]!++
    if (demand.ports.length > 0) {
      let ports = this.#ports.get(slot)
      if (ports === undefined) this.#ports.set(slot, (ports = new HostPortUsage()))
      for (const port of demand.ports) ports.add(port)
    }
    this.journal.note(slot, false)
  }

  #vacate({ slot, demand }: AssignedPod): ClusterChange {
    const node = this.#names[slot]!
    this.table.charge(slot, demand, -1)
    this.#podCounts[slot]!--
    const ports = this.#ports.get(slot)
    for (const port of demand.ports) ports?.remove(port)
    if (ports?.empty) this.#ports.delete(slot)
    this.journal.note(slot, false)
    this.#releaseSlot(slot)
    return { node, kinds: ['AssignedPodDelete'] }
  }

  #slotFor(name: string): number {
    const known = this.#slots.get(name)
    if (known !== undefined) return known
    const slot = this.#freeSlots.pop() ?? this.#names.length
    this.#slots.set(name, slot)
    this.#names[slot] = name
    this.#nodes[slot] = null
    this.#podCounts[slot] = 0
    this.table.reserve(slot + 1, 0)
    this.table.clear(slot)
    return slot
  }

  /** Gives a slot back when the node is absent and no pod is assigned to it. */
  #releaseSlot(slot: number): void {
    if (this.#nodes[slot] !== null || this.#podCounts[slot] !== 0) return
    this.#slots.delete(this.#names[slot]!)
    this.#freeSlots.push(slot)
  }

  #setAllocatable(
    slot: number,
    node: SchedulingNode,
    previous: SchedulingNode | null,
  ): { changed: boolean; grown: boolean } {
    const list = allocatableOf(node)
    if (previous !== null && allocatableOf(previous) === list) return { changed: false, grown: false }
    for (const resource in list) this.resources.columnOf(resource)
    this.table.reserve(0, this.resources.count)
    let changed = false
    let grown = false
    const set = (column: number, amount: number): void => {
      const cell = slot * this.table.width + column
      const before = this.table.allocatable[cell]!
      changed ||= amount !== before
      grown ||= amount > before
      this.table.allocatable[cell] = amount
    }
    for (const [resource, column] of this.resources.entries()) {
      const quantity = list?.[resource]
      const amount = quantity === undefined ? 0 : amountOf(resource, quantity)
      set(column, amount)
      if (column === CPU) set(SCORED_CPU, amount)
      if (column === MEMORY) set(SCORED_MEMORY, amount)
    }
    return { changed, grown }
  }
}

/** Kubernetes counts what the node's agent says is allocatable; where it says nothing, the capacity. */
function allocatableOf(node: SchedulingNode): Readonly<Record<string, string | number>> | undefined {
  return node.status?.allocatable ?? node.status?.capacity
}

function sameRequests(a: SchedulingSpec, b: SchedulingSpec): boolean {
  return a === b || (a.initContainers === b.initContainers && a.overhead === b.overhead && a.resources === b.resources)
}
