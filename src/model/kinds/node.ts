import { z } from 'zod'
import type { KindDefinition } from '../kind.ts'
import { dnsSubdomainFaults } from '../names.ts'
import type { Resource } from '../resource.ts'
import { deprecated, flag, list, object, optional, text } from './field.ts'
import { nodeColumns } from './node-columns.ts'
import { nodeConfigSource } from './node-config.ts'
import { type NodeStatus, nodeStatus } from './node-status.ts'
import { validateNode, validateNodeUpdate } from './node-validation.ts'
import { taint } from './pod/scheduling.ts'

const nodeSpec = object('NodeSpec', 'What a machine should be.', {
  podCIDR: optional(text, 'Addresses for the pods of the machine.'),
  podCIDRs: optional(list(text), 'Addresses for the pods, one range per IP family; the first is `podCIDR`.'),
  providerID: optional(text, 'Identity that the provider of the machine gave it.'),
  unschedulable: optional(flag, 'Whether new pods are kept away.'),
  taints: optional(list(taint), 'What keeps pods away that do not tolerate it.'),
  configSource: deprecated(
    nodeConfigSource,
    'Where the node agent has its configuration from.',
    'No agent reads it any more.',
  ),
  externalID: deprecated(text, 'Another identity of the machine.', 'Use `providerID`.'),
})

export type NodeSpec = z.infer<typeof nodeSpec>

/** A machine of the cluster (Kubernetes `v1.Node`). */
export interface Node extends Resource {
  readonly spec?: NodeSpec
  readonly status?: NodeStatus
}

export const nodeKind: KindDefinition = {
  kind: 'Node',
  apiVersion: 'v1',
  typeName: 'ClusterNode',
  description: 'A machine of the cluster.',
  plural: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  scope: 'Cluster',
  body: z.strictObject({
    spec: optional(nodeSpec, 'What the machine should be.'),
    status: optional(nodeStatus, 'What is observed of it.'),
  }),
  countsGeneration: false,
  applyDefaults: (resource) => withPodCIDRs(withAllocatable(resource as Node)),
  validate: (resource) => validateNode(resource as Node),
  validateUpdate: (next, previous) => validateNodeUpdate(next as Node, previous as Node),
  validateName: dnsSubdomainFaults,
  selectableFields: { 'spec.unschedulable': (resource) => String((resource as Node).spec?.unschedulable ?? false) },
  columns: nodeColumns,
}

function withAllocatable(node: Node): Node {
  const { status } = node
  if (status?.capacity === undefined || status.allocatable !== undefined) return node
  return { ...node, status: { ...status, allocatable: status.capacity } }
}

/** `podCIDR` is the first of `podCIDRs`; each follows from the other. */
function withPodCIDRs(node: Node): Node {
  const { spec } = node
  if (spec === undefined) return node
  if (spec.podCIDR && !spec.podCIDRs?.length) return { ...node, spec: { ...spec, podCIDRs: [spec.podCIDR] } }
  const first = spec.podCIDRs?.[0]
  return first !== undefined && !spec.podCIDR ? { ...node, spec: { ...spec, podCIDR: first } } : node
}
