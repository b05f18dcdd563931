import { addQuantities, compareQuantities, formatQuantity, parseQuantity, type Quantity } from '../../quantity.ts'
import type { Container } from './container.ts'
import type { PodSpec } from './pod-spec.ts'

type Amounts = Readonly<Record<string, string>>
type Totals = Map<string, Quantity>

/** Whether a pod as a whole may have an amount of this resource (Kubernetes `IsSupportedPodLevelResource`). */
export function isPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')
}

/**
 * What the containers of a pod need together, by resource name: the containers and sidecars that run at once, or the init
 * container that needs most beside the sidecars before it (Kubernetes `AggregateContainerRequests`). Without overhead.
 */
export function aggregateAmounts(spec: PodSpec, kind: 'requests' | 'limits'): Amounts {
  const running: Totals = new Map()
  for (const container of spec.containers) add(running, container.resources?.[kind])
  const sidecars: Totals = new Map()
  const starting: Totals = new Map()
  for (const container of spec.initContainers ?? []) {
    const needed: Totals = new Map()
    if (isSidecar(container)) {
      add(running, container.resources?.[kind])
      add(sidecars, container.resources?.[kind])
    } else add(needed, container.resources?.[kind])
    for (const [name, amount] of sidecars) addOne(needed, name, amount)
    raise(starting, needed)
  }
  raise(running, starting)
  return Object.fromEntries([...running].map(([name, amount]) => [name, formatQuantity(amount)]))
}

/** An init container that keeps running beside the others. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always'
}

/**
 * The amounts of the pod as a whole, where some are given (Kubernetes `defaultPodRequests` and
 * `defaultHugePagePodLimits`): requests are what the containers request, or else the limits; huge pages are limited to what
 * the containers may use.
 */
export function defaultPodResources(spec: PodSpec): PodSpec {
  const { resources } = spec
  if (resources === undefined) return spec
  const limits = withHugePages(spec, resources.limits)
  if (limits === undefined || Object.keys(limits).length === 0) return spec
  const ofContainers = Object.entries(aggregateAmounts(spec, 'requests')).filter(
    ([name]) => name === 'cpu' || name === 'memory',
  )
  const ofLimits = Object.entries(limits).filter(([name]) => isPodLevelResource(name))
  const requests = { ...Object.fromEntries([...ofLimits, ...ofContainers]), ...resources.requests }
  if (limits === resources.limits && isSameSize(requests, resources.requests)) return spec
  return { ...spec, resources: { ...resources, limits, requests } }
}

function withHugePages(spec: PodSpec, limits: Amounts | undefined): Record<string, string> | undefined {
  const given = limits ?? {}
  const missing = Object.entries(aggregateAmounts(spec, 'limits')).filter(
    ([name]) => name.startsWith('hugepages-') && !(name in given),
  )
  return missing.length === 0
    ? (limits as Record<string, string> | undefined)
    : { ...given, ...Object.fromEntries(missing) }
}

function isSameSize(a: Amounts, b: Amounts | undefined): boolean {
  return b !== undefined && Object.keys(a).length === Object.keys(b).length
}

function add(totals: Totals, amounts: Amounts | undefined): void {
  for (const [name, amount] of Object.entries(amounts ?? {})) {
    const parsed = parseQuantity(amount)
    if (parsed !== null) addOne(totals, name, parsed)
  }
}

function addOne(totals: Totals, name: string, amount: Quantity): void {
  const before = totals.get(name)
  totals.set(name, before === undefined ? amount : addQuantities(before, amount))
}

function raise(totals: Totals, others: Totals): void {
  for (const [name, amount] of others) {
    const before = totals.get(name)
    if (before === undefined || compareQuantities(amount, before) > 0) totals.set(name, amount)
  }
}
