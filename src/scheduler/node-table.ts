import type { PodDemand } from './pod-demand.ts'

/**
 * What every node has and what is asked of it, in two typed arrays with one row per node slot and one column per
 * resource. Grows by doubling in both directions. Amounts are whole numbers, exact up to 2^53.
 */
export class NodeTable {
  /** Cells of one row; cell (slot, column) is at `slot * width + column`. */
  width = 8
  /** Rows that there is room for. */
  height = 64
  allocatable = new Float64Array(this.width * this.height)
  requested = new Float64Array(this.width * this.height)

  /** Makes room for that many rows and columns. */
  reserve(height: number, width: number): void {
    if (height <= this.height && width <= this.width) return
    const nextHeight = doubled(this.height, height)
    const nextWidth = doubled(this.width, width)
    this.allocatable = this.#copied(this.allocatable, nextHeight, nextWidth)
    this.requested = this.#copied(this.requested, nextHeight, nextWidth)
    this.height = nextHeight
    this.width = nextWidth
  }

  /** Counts a pod's demand on a node (`sign` 1) or takes it back (-1). */
  charge(slot: number, demand: PodDemand, sign: 1 | -1): void {
    const { requested } = this
    const { columns, amounts } = demand
    const row = slot * this.width
    for (let index = 0; index < columns.length; index++) requested[row + columns[index]!]! += sign * amounts[index]!
  }

  /** Sets a whole row back to nothing. */
  clear(slot: number): void {
    this.allocatable.fill(0, slot * this.width, (slot + 1) * this.width)
    this.requested.fill(0, slot * this.width, (slot + 1) * this.width)
  }

  #copied(cells: Float64Array, height: number, width: number): Float64Array<ArrayBuffer> {
    const copy = new Float64Array(height * width)
    for (let slot = 0; slot < this.height; slot++) {
      copy.set(cells.subarray(slot * this.width, (slot + 1) * this.width), slot * width)
    }
    return copy
  }
}

function doubled(size: number, wanted: number): number {
  let next = size
  while (next < wanted) next *= 2
  return next
}
