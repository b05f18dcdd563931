import { formatQuantity, quantityMilliValue, quantityValue } from '../model/quantity.ts'

/** Column of `cpu`, in thousandths of a core. */
export const CPU = 0
/** Column of `memory`, in bytes. */
export const MEMORY = 1
/** Column of `pods`. */
export const PODS = 3
/** Column of cpu as scores count it: a container without a request counts 100 thousandths of a core. */
export const SCORED_CPU = 4
/** Column of memory as scores count it: a container without a request counts 200 MiB. */
export const SCORED_MEMORY = 5

const firstExtendedColumn = 6

/** Which column of the node table holds which resource. Extended resources get their column when first seen. */
export class ResourceColumns {
  readonly #columns = new Map<string, number>([
    ['cpu', CPU],
    ['memory', MEMORY],
    ['ephemeral-storage', 2],
    ['pods', PODS],
  ])

  /** Number of columns in use. */
  count = firstExtendedColumn

  /** The column of a resource, added when it is new. */
  columnOf(resource: string): number {
    const known = this.#columns.get(resource)
    if (known !== undefined) return known
    const column = this.count++
    this.#columns.set(resource, column)
    return column
  }

  /** Every resource with its column. */
  entries(): IterableIterator<[string, number]> {
    return this.#columns.entries()
  }
}

/** Whether nodes are counted by this resource: cpu, memory, ephemeral-storage, huge pages, attachable volumes, extended. */
export function isSchedulable(resource: string): boolean {
  return isNative(resource) || isScalar(resource)
}

/** Whether the resource counts whole things beside the native ones (Kubernetes `IsScalarResourceName`). */
export function isScalar(resource: string): boolean {
  return resource.includes('/') || resource.startsWith('hugepages-') || resource.startsWith('attachable-volumes-')
}

/** A quantity of a resource in the unit of its column: thousandths for cpu, the value rounded up for all others. */
export function amountOf(resource: string, quantity: string | number): number {
  return resource === 'cpu' ? quantityMilliValue(quantity) : quantityValue(quantity)
}

/** An amount of a resource as a quantity for people: `250m` of cpu, `1Gi` of memory, `2` of others. */
export function amountText(resource: string, amount: number): string {
  const nano = BigInt(amount) * (resource === 'cpu' ? 1_000_000n : 1_000_000_000n)
  const inBytes = resource === 'memory' || resource === 'ephemeral-storage' || resource.startsWith('hugepages-')
  return formatQuantity({ nano, format: inBytes ? 'BinarySI' : 'DecimalSI' })
}

function isNative(resource: string): boolean {
  return resource === 'cpu' || resource === 'memory' || resource === 'ephemeral-storage'
}
