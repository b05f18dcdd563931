import type { z } from 'zod'
import { int32, int64, list, object, oneOf, optional, pointerToOneOf, required, text, time } from '../field.ts'
import { labelSelector } from '../label-selector.ts'

const taintEffect = oneOf('TaintEffect', 'What a taint does to pods that do not tolerate it.', [
  'NoSchedule',
  'PreferNoSchedule',
  'NoExecute',
])

/** Kubernetes `v1.Taint`. */
export const taint = object('Taint', 'Keeps pods away that do not tolerate it.', {
  key: required(text, 'Key of the taint.'),
  value: optional(text, 'Value of the taint.'),
  effect: required(taintEffect, 'What it does to pods.'),
  timeAdded: optional(time, 'When it was added.'),
})

/** Kubernetes `v1.Toleration`. */
export const toleration = object('Toleration', 'Lets a pod onto nodes with certain taints.', {
  key: optional(text, 'Key of the taint; every key when absent.'),
  operator: optional(
    oneOf('TolerationOperator', 'How a toleration compares the value of a taint.', ['Exists', 'Equal']),
    'How the value is compared; Equal when absent.',
  ),
  value: optional(text, 'Value of the taint.'),
  effect: optional(taintEffect, 'Effect of the taint; every effect when absent.'),
  tolerationSeconds: optional(int64, 'Seconds that a NoExecute taint is tolerated; for ever when absent.'),
})

const nodeInclusionPolicy = pointerToOneOf('NodeInclusionPolicy', 'Whether a property of nodes counts for spreading.', [
  'Ignore',
  'Honor',
])

/** Kubernetes `v1.TopologySpreadConstraint`. */
export const topologySpreadConstraint = object('TopologySpreadConstraint', 'How evenly pods spread over domains.', {
  maxSkew: required(int32, 'By how many pods domains may differ.'),
  topologyKey: required(text, 'Label of nodes whose values are the domains.'),
  whenUnsatisfiable: required(
    oneOf('UnsatisfiableConstraintAction', 'What an uneven spread means.', ['DoNotSchedule', 'ScheduleAnyway']),
    'Whether a pod waits, or is placed all the same, when it cannot be even.',
  ),
  labelSelector: optional(labelSelector, 'Which pods are counted.'),
  minDomains: optional(int32, 'Domains that there must be at least; fewer count as one empty domain.'),
  nodeAffinityPolicy: optional(
    nodeInclusionPolicy,
    'Whether nodes that the pod cannot choose are left out; Honor when absent.',
  ),
  nodeTaintsPolicy: optional(
    nodeInclusionPolicy,
    'Whether nodes that the pod does not tolerate are left out; Ignore when absent.',
  ),
  matchLabelKeys: optional(list(text), 'Labels of this pod that counted pods must share.'),
})

/** Kubernetes `v1.PodSchedulingGate`. */
export const podSchedulingGate = object(
  'PodSchedulingGate',
  'Keeps a pod from being scheduled until it is taken away.',
  {
    name: required(text, 'Name of the gate.'),
  },
)

/** Kubernetes `v1.PodResourceClaim`. */
export const podResourceClaim = object('PodResourceClaim', 'A claim to devices; exactly one source is given.', {
  name: required(text, 'Name by which containers use the claim.'),
  resourceClaimName: optional(text, 'Name of a ResourceClaim that exists.'),
  resourceClaimTemplateName: optional(text, 'Name of a template that a claim is made from.'),
})

export type Toleration = z.infer<typeof toleration>
export type TopologySpreadConstraint = z.infer<typeof topologySpreadConstraint>
