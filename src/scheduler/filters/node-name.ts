import type { Rejection, StaticFilter } from '../filter.ts'

const rejection: Rejection = { filter: 'NodeName', reasons: ["node(s) didn't match the requested node name"] }

/** Keeps a pod that names its node from all others. */
export const nodeName: StaticFilter = {
  kind: 'static',
  name: 'NodeName',
  helpedBy: ['NodeAdd'],
  prepare: ({ spec }) => (spec.nodeName ? (node) => (node.metadata.name === spec.nodeName ? null : rejection) : null),
  help: ({ spec }) => `Add the node "${spec.nodeName}", or take spec.nodeName out of the pod.`,
}
