import type { Rejection, StaticFilter } from '../filter.ts'
import { requiredNodes } from '../node-selector-terms.ts'

const rejection: Rejection = {
  filter: 'NodeAffinity',
  reasons: ["node(s) didn't match Pod's node affinity/selector"],
}

/** Keeps pods from nodes without what their `nodeSelector` and required node affinity ask for. */
export const nodeAffinity: StaticFilter = {
  kind: 'static',
  name: 'NodeAffinity',
  helpedBy: ['NodeAdd', 'NodeUpdateLabel'],
  prepare: (pod) => {
    const test = requiredNodes(pod)
    return test === undefined ? null : (node) => (test(node) ? null : rejection)
  },
  help: ({ spec }) => {
    const wanted = Object.entries(spec.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`)
    const labels = wanted.length > 0 ? ` (nodeSelector ${wanted.join(',')})` : ''
    return `Label a node as the pod's nodeSelector and node affinity ask${labels}, add such a node, or ask for less.`
  },
}
