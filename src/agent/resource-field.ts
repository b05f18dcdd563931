import { assert } from '../model/errors.ts'
import type { ResourceFieldSelector } from '../model/kinds/pod/environment.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { parseQuantity, type Quantity } from '../model/quantity.ts'

/** What a node has to give, as Kubernetes quantities by resource name. */
export type Allocatable = Readonly<Record<string, string>>

/** What a container's resources are told from. */
export interface ResourceFacts {
  readonly pod: Pod
  /** The container that asks, which is meant when the selector names none. */
  readonly container?: string
  readonly allocatable: Allocatable
}

const nothing: Quantity = { nano: 0n, format: 'DecimalSI' }
const nanoPerUnit = 1_000_000_000n
const nanoPerMilli = 1_000_000n

/**
 * A limit or request of a container in units of the divisor, rounded up (kubelet `ExtractContainerResourceValue`). What has
 * no limit may use what the node has to give. Throws one sentence for a container or a resource that there is not.
 */
export function resourceField(selector: ResourceFieldSelector, facts: ResourceFacts): string {
  const { resource, containerName = facts.container, divisor } = selector
  const { initContainers = [], containers } = facts.pod.spec
  const container = [...containers, ...initContainers].find(({ name }) => name === containerName)
  if (container === undefined) throw new Error(`container ${containerName ?? ''} not found`)
  const [list, ...rest] = resource.split('.')
  const name = rest.join('.')
  const isKnown = ['cpu', 'memory', 'ephemeral-storage'].includes(name) || name.startsWith('hugepages-')
  if ((list !== 'limits' && list !== 'requests') || !isKnown) {
    throw new Error(`Unsupported container resource : ${resource}`)
  }
  const own = container.resources?.[list]?.[name]
  const text = own ?? (list === 'limits' && !name.startsWith('hugepages-') ? facts.allocatable[name] : undefined)
  return String(inUnits(quantityOf(text), quantityOf(divisor), name === 'cpu' ? nanoPerMilli : nanoPerUnit))
}

/** Both are taken in whole units of `step` first, rounded up; a divisor of nothing stands for 1. */
function inUnits(value: Quantity, divisor: Quantity, step: bigint): bigint {
  const units = (nano: bigint): bigint => (nano + step - 1n) / step
  const by = divisor.nano === 0n ? nanoPerUnit / step : units(divisor.nano)
  return (units(value.nano) + by - 1n) / by
}

function quantityOf(text: string | number | undefined): Quantity {
  if (text === undefined || text === '') return nothing
  const quantity = parseQuantity(text)
  assert(quantity !== null, `"${text}" was checked to be a quantity when it came in`)
  return quantity
}
