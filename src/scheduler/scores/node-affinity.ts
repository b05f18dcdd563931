import { preferredWeight } from '../node-selector-terms.ts'
import type { StaticScore } from '../score.ts'

/** Prefers nodes that match the pod's preferred node affinity, by the weights of the terms. */
export const nodeAffinityScore: StaticScore = {
  kind: 'static',
  name: 'NodeAffinity',
  normalize: 'max',
  prepare: (pod) => preferredWeight(pod) ?? null,
}
