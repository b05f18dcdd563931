import { tolerates } from '../../model/taint.ts'
import type { Rejection, StaticFilter } from '../filter.ts'

const cordon = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }

const rejection: Rejection = { filter: 'NodeUnschedulable', reasons: ['node(s) were unschedulable'] }

/** Keeps pods from cordoned nodes, unless they tolerate `node.kubernetes.io/unschedulable`. */
export const nodeUnschedulable: StaticFilter = {
  kind: 'static',
  name: 'NodeUnschedulable',
  helpedBy: ['NodeAdd', 'NodeUncordon'],
  prepare: (pod) =>
    pod.spec.tolerations?.some((toleration) => tolerates(toleration, cordon))
      ? null
      : (node) => (node.spec?.unschedulable === true ? rejection : null),
  help: () => 'Uncordon a node, or add one.',
}
