import { z } from 'zod'
import { int32, list, object, oneOf, optional, required, text } from '../field.ts'
import { labelSelector } from '../label-selector.ts'

const nodeSelectorRequirement = object('NodeSelectorRequirement', 'A condition on a label or a field of a node.', {
  key: required(text, 'Key of the label, or `metadata.name` in `matchFields`.'),
  operator: required(
    oneOf('NodeSelectorOperator', 'How a label of a node is compared with values.', [
      'In',
      'NotIn',
      'Exists',
      'DoesNotExist',
      'Gt',
      'Lt',
    ]),
    'How it is compared.',
  ),
  values: optional(
    list(text),
    'What it is compared with: none for Exists and DoesNotExist, one integer for Gt and Lt.',
  ),
})

const nodeSelectorTerm = object('NodeSelectorTerm', 'Conditions on a node that must all hold; none hold when empty.', {
  matchExpressions: optional(list(nodeSelectorRequirement), 'Conditions on labels.'),
  matchFields: optional(list(nodeSelectorRequirement), 'Conditions on fields.'),
})

/** Kubernetes `v1.NodeSelector`. */
const nodeSelector = object('NodeSelector', 'A choice of nodes: one of its terms must hold.', {
  nodeSelectorTerms: required(list(nodeSelectorTerm), 'The terms.'),
})

const preferredSchedulingTerm = object('PreferredSchedulingTerm', 'A preference for certain nodes.', {
  weight: required(int32, 'How much it counts, 1 to 100.'),
  preference: z.prefault(nodeSelectorTerm, {}).register(z.globalRegistry, {
    description: 'Which nodes are preferred; without conditions it counts for nothing.',
  }),
})

const nodeAffinity = object('NodeAffinity', 'Which nodes a pod must or would like to run on.', {
  requiredDuringSchedulingIgnoredDuringExecution: optional(nodeSelector, 'Nodes that the pod must run on.'),
  preferredDuringSchedulingIgnoredDuringExecution: optional(list(preferredSchedulingTerm), 'Nodes that are better.'),
})

const podAffinityTerm = object('PodAffinityTerm', 'A choice of pods, and what counts as near to them.', {
  labelSelector: optional(labelSelector, 'Which pods; none when absent.'),
  namespaces: optional(
    list(text),
    'Namespaces of the pods; that of this pod when neither this nor a selector is given.',
  ),
  topologyKey: required(text, 'Label of nodes; nodes with the same value are near to each other.'),
  namespaceSelector: optional(labelSelector, 'Namespaces of the pods by their labels; an empty one means all.'),
  matchLabelKeys: optional(list(text), 'Labels of this pod that the others must share.'),
  mismatchLabelKeys: optional(list(text), 'Labels of this pod that the others must not share.'),
})

const weightedPodAffinityTerm = object('WeightedPodAffinityTerm', 'A preference for or against nearness.', {
  weight: required(int32, 'How much it counts, 1 to 100.'),
  podAffinityTerm: required(podAffinityTerm, 'Which pods, and what counts as near.'),
})

const podAffinity = object('PodAffinity', 'Pods that a pod must or would like to be near to.', {
  requiredDuringSchedulingIgnoredDuringExecution: optional(list(podAffinityTerm), 'Pods that it must be near to.'),
  preferredDuringSchedulingIgnoredDuringExecution: optional(list(weightedPodAffinityTerm), 'Pods that it likes.'),
})

const podAntiAffinity = object('PodAntiAffinity', 'Pods that a pod must or would like to be away from.', {
  requiredDuringSchedulingIgnoredDuringExecution: optional(list(podAffinityTerm), 'Pods that it must be away from.'),
  preferredDuringSchedulingIgnoredDuringExecution: optional(list(weightedPodAffinityTerm), 'Pods that it avoids.'),
})

/** Kubernetes `v1.Affinity`. */
export const affinity = object('Affinity', 'What a pod wants its node and its neighbours to be.', {
  nodeAffinity: optional(nodeAffinity, 'Nodes that it must or would like to run on.'),
  podAffinity: optional(podAffinity, 'Pods that it must or would like to be near to.'),
  podAntiAffinity: optional(podAntiAffinity, 'Pods that it must or would like to be away from.'),
})

export type Affinity = z.infer<typeof affinity>
export type NodeAffinity = z.infer<typeof nodeAffinity>
export type NodeSelectorTerm = z.infer<typeof nodeSelectorTerm>
export type NodeSelectorRequirement = z.infer<typeof nodeSelectorRequirement>
export type PodAffinityTerm = z.infer<typeof podAffinityTerm>
export type WeightedPodAffinityTerm = z.infer<typeof weightedPodAffinityTerm>
