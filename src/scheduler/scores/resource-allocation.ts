import type { ClusterState } from '../cluster-state.ts'
import { CPU, isScalar, MEMORY, SCORED_CPU, SCORED_MEMORY } from '../resource-columns.ts'
import { type DynamicScore, maxScore } from '../score.ts'
import type { SchedulingPod } from '../subjects.ts'

/** A resource that a score looks at, and how much it counts (Kubernetes `ResourceSpec`). */
export interface ResourceWeight {
  readonly name: string
  readonly weight: number
}

/** What Kubernetes' scores look at unless told otherwise. */
export const cpuAndMemory: readonly ResourceWeight[] = [
  { name: 'cpu', weight: 1 },
  { name: 'memory', weight: 1 },
]

/** Prefers nodes of which little is asked, so that load spreads (Kubernetes NodeResourcesFit, LeastAllocated). */
export function leastAllocated(resources: readonly ResourceWeight[] = cpuAndMemory): DynamicScore {
  return allocationScore(resources, (requested, allocatable) =>
    requested > allocatable ? 0 : Math.floor(((allocatable - requested) * maxScore) / allocatable),
  )
}

/** Prefers nodes of which much is asked, so that others stay free (Kubernetes NodeResourcesFit, MostAllocated). */
export function mostAllocated(resources: readonly ResourceWeight[] = cpuAndMemory): DynamicScore {
  return allocationScore(resources, (requested, allocatable) =>
    requested > allocatable ? maxScore : Math.floor((requested * maxScore) / allocatable),
  )
}

type ShareScore = (requested: number, allocatable: number) => number

/** The mean of the resources' scores by weight, over those that the node has. The pod itself is counted as placed. */
function allocationScore(resources: readonly ResourceWeight[], share: ShareScore): DynamicScore {
  return {
    kind: 'dynamic',
    name: 'NodeResourcesFit',
    prepare: (pod, state) => {
      const parts = partsOf(pod, state, resources)
      if (parts.length === 0) return null
      const columns = parts.map((part) => part.column)
      const amounts = parts.map((part) => part.amount)
      const weights = parts.map((part) => part.weight)
      const { table } = state
      return (slot) => {
        const { allocatable, requested } = table
        const row = slot * table.width
        let sum = 0
        let weightSum = 0
        for (let index = 0; index < columns.length; index++) {
          const cell = row + columns[index]!
          if (allocatable[cell] === 0) continue
          sum += weights[index]! * share(requested[cell]! + amounts[index]!, allocatable[cell]!)
          weightSum += weights[index]!
        }
        return weightSum === 0 ? 0 : Math.floor(sum / weightSum)
      }
    },
  }
}

interface Part {
  readonly column: number
  readonly amount: number
  readonly weight: number
}

function partsOf({ spec }: SchedulingPod, state: ClusterState, resources: readonly ResourceWeight[]): Part[] {
  const { scored } = state.demandOf(spec)
  return resources.flatMap(({ name, weight }) => {
    const amount = scored.get(name) ?? 0
    if (amount === 0 && isScalar(name)) return []
    return [{ column: scoredColumn(state.resources.columnOf(name)), amount, weight }]
  })
}

function scoredColumn(column: number): number {
  if (column === CPU) return SCORED_CPU
  return column === MEMORY ? SCORED_MEMORY : column
}
