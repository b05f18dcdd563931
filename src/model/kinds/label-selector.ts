import type { z } from 'zod'
import { list, object, oneOf, optional, required, stringMap, text } from './field.ts'

const labelSelectorRequirement = object('LabelSelectorRequirement', 'A condition on one label.', {
  key: required(text, 'Key of the label.'),
  operator: required(
    oneOf('LabelSelectorOperator', 'How a label is compared with values.', ['In', 'NotIn', 'Exists', 'DoesNotExist']),
    'How the label is compared.',
  ),
  values: optional(list(text), 'What the label is compared with; empty for Exists and DoesNotExist.'),
})

/** Kubernetes `metav1.LabelSelector`: all of its conditions must hold. */
export const labelSelector = object('LabelSelector', 'A query over labels; all of its conditions must hold.', {
  matchLabels: optional(stringMap, 'Labels that must be there with exactly these values.'),
  matchExpressions: optional(list(labelSelectorRequirement), 'Further conditions.'),
})

export type LabelSelector = z.infer<typeof labelSelector>
