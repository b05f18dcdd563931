import { findUntolerated, type Taint } from '../../model/taint.ts'
import type { Rejection, StaticFilter } from '../filter.ts'

const effects = ['NoSchedule', 'NoExecute']

/** Keeps pods from nodes with a NoSchedule or NoExecute taint that they do not tolerate. */
export const taintToleration: StaticFilter = {
  kind: 'static',
  name: 'TaintToleration',
  helpedBy: ['NodeAdd', 'NodeUpdateTaint'],
  prepare: ({ spec }) => {
    const rejections = new Map<string, Rejection>()
    return (node) => {
      const taints = node.spec?.taints
      if (taints === undefined || taints.length === 0) return null
      const taint = findUntolerated(taints, spec.tolerations, effects)
      return taint === undefined ? null : rejectionFor(taint, rejections)
    }
  },
  help: () => 'Add a toleration for one of the named taints to the pod, remove the taint from a node, or add a node.',
}

function rejectionFor(taint: Taint, rejections: Map<string, Rejection>): Rejection {
  const reason = `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`
  let rejection = rejections.get(reason)
  if (rejection === undefined) {
    rejection = { filter: 'TaintToleration', reasons: [reason] }
    rejections.set(reason, rejection)
  }
  return rejection
}
