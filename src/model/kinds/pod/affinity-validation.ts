import type { Cause } from '../../errors.ts'
import { each, forbiddenFault, invalidFault, requiredFault, ruleFaults } from '../../fault.ts'
import { validateLabelSelector, valueCountFaults } from '../../label-validation.ts'
import { dnsLabelFaults, dnsSubdomainFaults, labelValueFaults, qualifiedNameFaults } from '../../names.ts'
import type { LabelSelector } from '../label-selector.ts'
import type {
  Affinity,
  NodeAffinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinityTerm,
  WeightedPodAffinityTerm,
} from './affinity.ts'

const nameField = 'metadata.name'
const weightMax = 100

/** The faults of what a pod wants its node and its neighbours to be (Kubernetes `validateAffinity`). */
export function validateAffinity(affinity: Affinity | undefined, path: string): Cause[] {
  if (affinity === undefined) return []
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity
  return [
    ...(nodeAffinity ? validateNodeAffinity(nodeAffinity, `${path}.nodeAffinity`) : []),
    ...(podAffinity ? validatePodTerms(podAffinity, `${path}.podAffinity`) : []),
    ...(podAntiAffinity ? validatePodTerms(podAntiAffinity, `${path}.podAntiAffinity`) : []),
  ]
}

/** The faults of keys whose values the scheduler takes from the pod itself: they need a selector to be added to. */
export function validateLabelKeys(
  keys: readonly string[] | undefined,
  selector: LabelSelector | undefined,
  path: string,
): Cause[] {
  if (keys === undefined || keys.length === 0) return []
  if (selector === undefined) return [forbiddenFault(path, 'must not be specified when labelSelector is not set')]
  return each(keys, path, (key, at) => ruleFaults(at, key, qualifiedNameFaults))
}

function validateNodeAffinity(affinity: NodeAffinity, path: string): Cause[] {
  const terms = affinity.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  const termsPath = `${path}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`
  const preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution
  return [
    ...(terms?.length === 0 ? [requiredFault(termsPath, 'must have at least one node selector term')] : []),
    ...each(terms, termsPath, (term, at) => validateNodeTerm(term, at, { checksValues: true })),
    ...each(preferred, `${path}.preferredDuringSchedulingIgnoredDuringExecution`, ({ weight, preference }, at) => [
      ...weightFaults(weight, at),
      ...validateNodeTerm(preference, `${at}.preference`, { checksValues: false }),
    ]),
  ]
}

/** Values of preferences are not held against the rule for labels: what cannot match does no harm there. */
function validateNodeTerm(term: NodeSelectorTerm, path: string, options: { readonly checksValues: boolean }): Cause[] {
  return [
    ...each(term.matchExpressions, `${path}.matchExpressions`, (requirement, at) => [
      ...requirementCountFaults(requirement, at),
      ...ruleFaults(`${at}.key`, requirement.key, qualifiedNameFaults),
      ...(options.checksValues
        ? each(requirement.values, `${at}.values`, (value, valueAt) => ruleFaults(valueAt, value, labelValueFaults))
        : []),
    ]),
    ...each(term.matchFields, `${path}.matchFields`, validateField),
  ]
}

function requirementCountFaults({ operator, values = [] }: NodeSelectorRequirement, path: string): Cause[] {
  if (operator !== 'Gt' && operator !== 'Lt') return valueCountFaults(operator, values, `${path}.values`)
  const detail = "must be specified single value when `operator` is 'Lt' or 'Gt'"
  return values.length === 1 ? [] : [requiredFault(`${path}.values`, detail)]
}

function validateField({ key, operator, values = [] }: NodeSelectorRequirement, path: string): Cause[] {
  const isKnownOperator = operator === 'In' || operator === 'NotIn'
  const single = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"
  return [
    ...(isKnownOperator && values.length !== 1 ? [requiredFault(`${path}.values`, single)] : []),
    ...(isKnownOperator ? [] : [invalidFault(`${path}.operator`, operator, 'not a valid selector operator')]),
    ...(key === nameField
      ? each(values, `${path}.values`, (value, at) => ruleFaults(at, value, dnsSubdomainFaults))
      : [invalidFault(`${path}.key`, key, 'not a valid field selector key')]),
  ]
}

interface PodTerms {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[] | undefined
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly WeightedPodAffinityTerm[] | undefined
}

function validatePodTerms(terms: PodTerms, path: string): Cause[] {
  const required = terms.requiredDuringSchedulingIgnoredDuringExecution
  const preferred = terms.preferredDuringSchedulingIgnoredDuringExecution
  return [
    ...each(required, `${path}.requiredDuringSchedulingIgnoredDuringExecution`, validatePodTerm),
    ...each(preferred, `${path}.preferredDuringSchedulingIgnoredDuringExecution`, ({ weight, podAffinityTerm }, at) => [
      ...weightFaults(weight, at),
      ...validatePodTerm(podAffinityTerm, `${at}.podAffinityTerm`),
    ]),
  ]
}

function validatePodTerm(term: PodAffinityTerm, path: string): Cause[] {
  const { labelSelector, namespaceSelector, matchLabelKeys, mismatchLabelKeys, topologyKey } = term
  const both = 'exists in both matchLabelKeys and mismatchLabelKeys'
  return [
    ...validateLabelSelector(labelSelector, `${path}.labelSelector`),
    ...validateLabelSelector(namespaceSelector, `${path}.namespaceSelector`),
    ...(term.namespaces ?? []).flatMap((name) => ruleFaults(`${path}.namespace`, name, dnsLabelFaults)),
    ...validateLabelKeys(matchLabelKeys, labelSelector, `${path}.matchLabelKeys`),
    ...validateLabelKeys(mismatchLabelKeys, labelSelector, `${path}.mismatchLabelKeys`),
    ...each(matchLabelKeys, `${path}.matchLabelKeys`, (key, at) =>
      mismatchLabelKeys?.includes(key) ? [invalidFault(at, key, both)] : [],
    ),
    ...(topologyKey === '' ? [requiredFault(`${path}.topologyKey`, 'can not be empty')] : []),
    ...ruleFaults(`${path}.topologyKey`, topologyKey, qualifiedNameFaults),
  ]
}

function weightFaults(weight: number, path: string): Cause[] {
  const isRight = weight > 0 && weight <= weightMax
  return isRight ? [] : [invalidFault(`${path}.weight`, weight, 'must be in the range 1-100')]
}
