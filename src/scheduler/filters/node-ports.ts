import type { DynamicFilter, Rejection } from '../filter.ts'
import { hostPortsOf } from '../host-ports.ts'

const rejection: Rejection = {
  filter: 'NodePorts',
  reasons: ["node(s) didn't have free ports for the requested pod ports"],
}

/** Keeps pods from nodes on which a host port that they want is taken. */
export const nodePorts: DynamicFilter = {
  kind: 'dynamic',
  name: 'NodePorts',
  helpedBy: ['NodeAdd', 'AssignedPodDelete'],
  prepare: ({ spec }, state) => {
    const wanted = hostPortsOf(spec)
    if (wanted.length === 0) return null
    return (slot) => {
      const used = state.portsAt(slot)
      return used !== undefined && wanted.some((port) => used.conflictsWith(port)) ? rejection : null
    }
  },
  help: ({ spec }) => {
    const wanted = hostPortsOf(spec).map(({ protocol, port }) => `${port}/${protocol}`)
    return `Remove a pod that holds host port ${wanted.join(' or ')}, add a node, or do without host ports.`
  },
}
