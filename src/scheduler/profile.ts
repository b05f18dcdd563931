import type { Filter } from './filter.ts'
import { nodeAffinity } from './filters/node-affinity.ts'
import { nodeName } from './filters/node-name.ts'
import { nodePorts } from './filters/node-ports.ts'
import { nodeResourcesFit } from './filters/node-resources-fit.ts'
import { nodeUnschedulable } from './filters/node-unschedulable.ts'
import { taintToleration } from './filters/taint-toleration.ts'
import type { DynamicScore, Score } from './score.ts'
import { balancedAllocation } from './scores/balanced-allocation.ts'
import { nodeAffinityScore } from './scores/node-affinity.ts'
import { leastAllocated, mostAllocated } from './scores/resource-allocation.ts'
import { taintTolerationScore } from './scores/taint-toleration.ts'

/** A score and how much it counts: a whole number, at least 1. */
export interface WeightedScore {
  readonly score: Score
  readonly weight: number
}

/**
 * How pods are placed: filters in the order in which they are asked and reported (static ones come first), and scores.
 * The weights may add up to at most 300.
 */
export interface Profile {
  readonly filters: readonly Filter[]
  readonly scores: readonly WeightedScore[]
}

/** Spreads load: the filters, scores and weights of Kubernetes 1.34's default profile, as far as they are built. */
export const leastAllocatedProfile = profileWith(leastAllocated())

/** Fills nodes one after the other: the same, but NodeResourcesFit scores by MostAllocated. */
export const mostAllocatedProfile = profileWith(mostAllocated())

/** How machines are preferred: those with the least on them, or those with the most. */
export type Scoring = 'LeastAllocated' | 'MostAllocated'

/** The profile of a preference. */
export function profileOf(scoring: Scoring): Profile {
  return scoring === 'MostAllocated' ? mostAllocatedProfile : leastAllocatedProfile
}

function profileWith(fit: DynamicScore): Profile {
  return {
    filters: [nodeUnschedulable, nodeName, taintToleration, nodeAffinity, nodePorts, nodeResourcesFit],
    scores: [
      { score: taintTolerationScore, weight: 3 },
      { score: nodeAffinityScore, weight: 2 },
      { score: fit, weight: 1 },
      { score: balancedAllocation(), weight: 1 },
    ],
  }
}
