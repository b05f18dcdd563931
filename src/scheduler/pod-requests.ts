import { amountOf, isSchedulable } from './resource-columns.ts'
import type { ResourceList, SchedulingContainer, SchedulingSpec } from './subjects.ts'

/** Amounts by resource name, in the units of the node table's columns. */
export type Amounts = ReadonlyMap<string, number>

/**
 * What a container without a request for cpu or memory counts in scores, so that such pods spread too: 100 thousandths
 * of a core and 200 MiB (Kubernetes `DefaultMilliCPURequest`, `DefaultMemoryRequest`). Never counted by filters.
 */
export const missingRequests: Amounts = new Map([
  ['cpu', 100],
  ['memory', 200 * 1024 * 1024],
])

/**
 * What a pod asks of a node (Kubernetes `resource.PodRequests`): the containers and sidecars together, or the most
 * that any step of the initialisation takes if that is more; what the pod asks for as a whole instead, where it does;
 * and the overhead on top. `missing` is counted for each container that leaves such a resource out.
 */
export function podRequests(spec: SchedulingSpec, missing: Amounts = new Map()): Amounts {
  const total = new Map<string, number>()
  for (const container of spec.containers) add(total, containerRequests(container, missing))
  const initial = initialRequests(spec.initContainers ?? [], missing, total)
  for (const [resource, amount] of initial) total.set(resource, Math.max(total.get(resource) ?? 0, amount))
  for (const [resource, amount] of amountsOf(spec.resources?.requests)) {
    if (isPodLevel(resource)) total.set(resource, amount)
  }
  add(total, amountsOf(spec.overhead))
  return total
}

/** The most that any step of the initialisation takes. Sidecars (restartPolicy Always) stay, so they are added to `total`. */
function initialRequests(
  containers: readonly SchedulingContainer[],
  missing: Amounts,
  total: Map<string, number>,
): Amounts {
  const most = new Map<string, number>()
  const sidecars = new Map<string, number>()
  for (const container of containers) {
    const own = containerRequests(container, missing)
    const step = new Map(sidecars)
    add(step, own)
    if (container.restartPolicy === 'Always') {
      add(total, own)
      add(sidecars, own)
    }
    for (const [resource, amount] of step) most.set(resource, Math.max(most.get(resource) ?? 0, amount))
  }
  return most
}

function containerRequests(container: SchedulingContainer, missing: Amounts): Amounts {
  const amounts = amountsOf(container.resources?.requests)
  for (const [resource, amount] of missing) if (!amounts.has(resource)) amounts.set(resource, amount)
  return amounts
}

function amountsOf(list: ResourceList | undefined): Map<string, number> {
  const amounts = new Map<string, number>()
  for (const resource in list) {
    if (isSchedulable(resource)) amounts.set(resource, amountOf(resource, list[resource]!))
  }
  return amounts
}

/** What may be asked for by a pod as a whole (Kubernetes `IsSupportedPodLevelResource`). */
function isPodLevel(resource: string): boolean {
  return resource === 'cpu' || resource === 'memory' || resource.startsWith('hugepages-')
}

function add(total: Map<string, number>, amounts: Amounts): void {
  for (const [resource, amount] of amounts) total.set(resource, (total.get(resource) ?? 0) + amount)
}
