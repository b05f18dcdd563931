import { tolerates } from '../../model/taint.ts'
import type { StaticScore } from '../score.ts'

/** Prefers nodes with few PreferNoSchedule taints that the pod does not tolerate. */
export const taintTolerationScore: StaticScore = {
  kind: 'static',
  name: 'TaintToleration',
  normalize: 'max-reversed',
  prepare: ({ spec }) => {
    const tolerations = (spec.tolerations ?? []).filter(({ effect }) => !effect || effect === 'PreferNoSchedule')
    return (node) => {
      let count = 0
      for (const taint of node.spec?.taints ?? []) {
        if (taint.effect !== 'PreferNoSchedule') continue
        if (!tolerations.some((toleration) => tolerates(toleration, taint))) count++
      }
      return count
    }
  },
}
