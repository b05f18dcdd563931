import { quantityMilliValue, quantityValue } from '../../src/model/quantity.ts'
import { tolerates } from '../../src/model/taint.ts'
import type { SchedulingNode, SchedulingPod, SchedulingSpec } from '../../src/scheduler/subjects.ts'

/** Where the reference puts a pod, or how many nodes each filter was the first to reject. */
export interface NaivePlacement {
  readonly node: string | null
  readonly rejected: Readonly<Record<string, number>>
}

/**
 * The reference: what Kubernetes' plugins say, worked out from scratch for every pod and node, in the plainest way, for
 * pods whose containers state whole amounts of cpu (milli), memory and example.com/gpu and have no init containers.
 */
export class NaiveScheduler {
  readonly nodes = new Map<string, SchedulingNode>()
  readonly pods = new Map<string, { spec: SchedulingSpec; node: string }>()
  readonly #most: boolean

  constructor(most: boolean) {
    this.#most = most
  }

  place(pod: SchedulingPod): NaivePlacement {
    const names = [...this.nodes.keys()].toSorted()
    const rejected: Record<string, number> = {}
    const feasible = names.filter((name) => {
      const filter = this.#firstRejection(pod.spec, this.nodes.get(name)!)
      if (filter !== null) rejected[filter] = (rejected[filter] ?? 0) + 1
      return filter === null
    })
    const totals = this.#totals(pod.spec, feasible)
    let node: string | null = null
    for (const name of feasible) if (node === null || totals.get(name)! > totals.get(node)!) node = name
    return { node, rejected }
  }

  #firstRejection(spec: SchedulingSpec, node: SchedulingNode): string | null {
    const tolerated = (key: string, value: string, effect: string): boolean =>
      (spec.tolerations ?? []).some((toleration) => tolerates(toleration, { key, value, effect }))
    if (node.spec?.unschedulable && !tolerated('node.kubernetes.io/unschedulable', '', 'NoSchedule')) {
      return 'NodeUnschedulable'
    }
    const taints = node.spec?.taints ?? []
    if (
      taints.some(({ key, value, effect }) => effect !== 'PreferNoSchedule' && !tolerated(key, value ?? '', effect))
    ) {
      return 'TaintToleration'
    }
    const labels = node.metadata.labels ?? {}
    if (Object.entries(spec.nodeSelector ?? {}).some(([key, value]) => labels[key] !== value)) return 'NodeAffinity'
    const present = this.#podsOn(node.metadata.name)
    const ports = new Set(present.flatMap(portsOf))
    if (portsOf(spec).some((port) => ports.has(port))) return 'NodePorts'
    if (present.length + 1 > allocatable(node, 'pods')) return 'NodeResourcesFit'
    for (const resource of ['cpu', 'memory', 'example.com/gpu']) {
      const own = requested(spec, resource)
      const used = present.reduce((sum, other) => sum + requested(other, resource), 0)
      if (own > 0 && own + used > allocatable(node, resource)) return 'NodeResourcesFit'
    }
    return null
  }

  #totals(spec: SchedulingSpec, feasible: readonly string[]): Map<string, number> {
    const affinities = feasible.map((name) => affinityOf(spec, this.nodes.get(name)!))
    const taints = feasible.map((name) => intolerable(spec, this.nodes.get(name)!))
    const mostAffinity = Math.max(0, ...affinities)
    const mostTaints = Math.max(0, ...taints)
    return new Map(
      feasible.map((name, index) => {
        const affinity = mostAffinity === 0 ? 0 : Math.floor((100 * affinities[index]!) / mostAffinity)
        const taint = mostTaints === 0 ? 100 : 100 - Math.floor((100 * taints[index]!) / mostTaints)
        return [name, 3 * taint + 2 * affinity + this.#allocated(spec, name) + this.#balanced(spec, name)]
      }),
    )
  }

  #allocated(spec: SchedulingSpec, name: string): number {
    const node = this.nodes.get(name)!
    const shares = ['cpu', 'memory'].flatMap((resource) => {
      const has = allocatable(node, resource)
      const used = [...this.#podsOn(name), spec].reduce((sum, other) => sum + scored(other, resource), 0)
      if (has === 0) return []
      if (this.#most) return [Math.floor((Math.min(used, has) * 100) / has)]
      return [used > has ? 0 : Math.floor(((has - used) * 100) / has)]
    })
    return shares.length === 0 ? 0 : Math.floor(shares.reduce((sum, share) => sum + share, 0) / shares.length)
  }

  #balanced(spec: SchedulingSpec, name: string): number {
    if (requested(spec, 'cpu') === 0 && requested(spec, 'memory') === 0) return 0
    const node = this.nodes.get(name)!
    const [cpu, memory, ...others] = ['cpu', 'memory'].flatMap((resource) => {
      const used = [...this.#podsOn(name), spec].reduce((sum, other) => sum + requested(other, resource), 0)
      const has = allocatable(node, resource)
      return has === 0 ? [] : [Math.min(1, used / has)]
    })
    if (others.length > 0 || cpu === undefined || memory === undefined) return 100
    return Math.floor((1 - Math.abs((cpu - memory) / 2)) * 100)
  }

  #podsOn(name: string): SchedulingSpec[] {
    return [...this.pods.values()].filter(({ node }) => node === name).map(({ spec }) => spec)
  }
}

/** How much a pod asks for, cpu in thousandths. */
export function requested(spec: SchedulingSpec, resource: string): number {
  return spec.containers.reduce((sum, { resources }) => sum + amount(resource, resources?.requests?.[resource]), 0)
}

/** How much of a resource a node has, cpu in thousandths. */
export function allocatable(node: SchedulingNode, resource: string): number {
  return amount(resource, node.status?.allocatable?.[resource])
}

/** The host ports of a pod, one text each. All of them are on all IPs. */
export function portsOf(spec: SchedulingSpec): string[] {
  return spec.containers.flatMap(({ ports = [] }) => ports.map(({ hostPort, protocol }) => `${hostPort}/${protocol}`))
}

function scored(spec: SchedulingSpec, resource: string): number {
  const standIn = resource === 'cpu' ? 100 : 200 * 1024 * 1024
  return spec.containers.reduce((sum, { resources }) => {
    const quantity = resources?.requests?.[resource]
    return sum + (quantity === undefined ? standIn : amount(resource, quantity))
  }, 0)
}

function amount(resource: string, quantity: string | number | undefined): number {
  return resource === 'cpu' ? quantityMilliValue(quantity) : quantityValue(quantity)
}

function affinityOf(spec: SchedulingSpec, node: SchedulingNode): number {
  const terms = spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  return terms.reduce((sum, { weight, preference }) => {
    const [expression] = preference.matchExpressions ?? []
    const label = node.metadata.labels?.[expression?.key ?? '']
    return label !== undefined && expression?.values?.includes(label) ? sum + weight : sum
  }, 0)
}

function intolerable(spec: SchedulingSpec, node: SchedulingNode): number {
  const taints = (node.spec?.taints ?? []).filter(({ effect }) => effect === 'PreferNoSchedule')
  return taints.filter((taint) => !(spec.tolerations ?? []).some((toleration) => tolerates(toleration, taint))).length
}
