import type { Cause } from './errors.ts'
import { each, forbiddenFault, invalidFault, requiredFault, ruleFaults, tooLongFault } from './fault.ts'
import { annotationKeyFaults, labelValueFaults, qualifiedNameFaults } from './names.ts'
import type { LabelSelector, Labels } from './selector.ts'

const annotationBytesMax = 256 * 1024

/** The faults of labels: each key a qualified name, each value a label value (apimachinery `ValidateLabels`). */
export function validateLabels(labels: Labels | undefined, path: string): Cause[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...ruleFaults(path, key, qualifiedNameFaults),
    ...ruleFaults(path, value, labelValueFaults),
  ])
}

/** The faults of annotations: qualified names in any case, all together not over 256 KiB (apimachinery `ValidateAnnotations`). */
export function validateAnnotations(annotations: Labels | undefined, path: string): Cause[] {
  const entries = Object.entries(annotations ?? {})
  const bytes = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0)
  return [
    ...entries.flatMap(([key]) => ruleFaults(path, key, annotationKeyFaults)),
    ...(bytes > annotationBytesMax ? [tooLongFault(path, annotationBytesMax)] : []),
  ]
}

/** The faults of a label selector (apimachinery `ValidateLabelSelector`). An empty selector has none. */
export function validateLabelSelector(selector: LabelSelector | undefined, path: string): Cause[] {
  return [
    ...validateLabels(selector?.matchLabels, `${path}.matchLabels`),
    ...each(selector?.matchExpressions, `${path}.matchExpressions`, ({ key, operator, values = [] }, at) => [
      ...valueCountFaults(operator, values, `${at}.values`),
      ...ruleFaults(`${at}.key`, key, qualifiedNameFaults),
      ...each(values, `${at}.values`, (value, valueAt) => ruleFaults(valueAt, value, labelValueFaults)),
    ]),
  ]
}

/** The fault of having values, or none, against the operator. */
export function valueCountFaults(operator: string, values: readonly string[], path: string): Cause[] {
  if (operator === 'In' || operator === 'NotIn') {
    return values.length > 0 ? [] : [requiredFault(path, "must be specified when `operator` is 'In' or 'NotIn'")]
  }
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
    return values.length === 0 ? [] : [forbiddenFault(path, detail)]
  }
  return [invalidFault(path.replace(/values$/, 'operator'), operator, 'not a valid selector operator')]
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
