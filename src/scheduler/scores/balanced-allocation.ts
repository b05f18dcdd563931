import { isScalar } from '../resource-columns.ts'
import { type DynamicScore, maxScore } from '../score.ts'
import { cpuAndMemory, type ResourceWeight } from './resource-allocation.ts'

/**
 * Prefers nodes whose resources would be used in equal shares: 100 x (1 - standard deviation of the shares), as
 * Kubernetes 1.34 computes it. A pod that asks for none of the resources has no opinion.
 */
export function balancedAllocation(resources: readonly ResourceWeight[] = cpuAndMemory): DynamicScore {
  return {
    kind: 'dynamic',
    name: 'NodeResourcesBalancedAllocation',
    prepare: ({ spec }, state) => {
      const { requests } = state.demandOf(spec)
      const names = resources.map(({ name }) => name).filter((name) => requests.get(name) || !isScalar(name))
      if (!names.some((name) => requests.get(name))) return null
      const columns = names.map((name) => state.resources.columnOf(name))
      const amounts = names.map((name) => requests.get(name) ?? 0)
      const shares = new Float64Array(columns.length)
      const { table } = state
      return (slot) => {
        const { allocatable, requested } = table
        const row = slot * table.width
        let count = 0
        for (let index = 0; index < columns.length; index++) {
          const cell = row + columns[index]!
          if (allocatable[cell] === 0) continue
          shares[count++] = Math.min(1, (requested[cell]! + amounts[index]!) / allocatable[cell]!)
        }
        return Math.trunc((1 - deviation(shares, count)) * maxScore)
      }
    },
  }
}

/** Standard deviation of the first `count` numbers; none of fewer than two. */
function deviation(shares: Float64Array, count: number): number {
  if (count < 2) return 0
  if (count === 2) return Math.abs((shares[0]! - shares[1]!) / 2)
  let total = 0
  for (let index = 0; index < count; index++) total += shares[index]!
  const mean = total / count
  let squares = 0
  for (let index = 0; index < count; index++) squares += (shares[index]! - mean) * (shares[index]! - mean)
  return Math.sqrt(squares / count)
}
