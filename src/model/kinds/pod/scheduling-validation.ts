import type { Cause } from '../../errors.ts'
import {
  duplicateFault,
  duplicateFaults,
  each,
  invalidFault,
  optionalTextFaults,
  requiredFault,
  requiredTextFaults,
  ruleFaults,
} from '../../fault.ts'
import { validateLabelSelector } from '../../label-validation.ts'
import { dnsLabelFaults, dnsSubdomainFaults, labelValueFaults, qualifiedNameFaults } from '../../names.ts'
import { validateLabelKeys } from './affinity-validation.ts'
import type { PodSpec } from './pod-spec.ts'
import type { Toleration, TopologySpreadConstraint } from './scheduling.ts'

const positive = 'must be greater than zero'

/** The faults of tolerations (Kubernetes `ValidateTolerations`). */
export function validateTolerations(tolerations: readonly Toleration[] | undefined, path: string): Cause[] {
  return each(tolerations, path, ({ key, operator, value = '', effect, tolerationSeconds }, at) => [
    ...optionalTextFaults(`${at}.key`, key, qualifiedNameFaults),
    ...(!key && operator !== 'Exists' ? [invalidFault(`${at}.operator`, operator ?? '', keylessOperator)] : []),
    ...(tolerationSeconds !== undefined && effect !== 'NoExecute'
      ? [invalidFault(`${at}.effect`, effect ?? '', "effect must be 'NoExecute' when `tolerationSeconds` is set")]
      : []),
    ...(operator === 'Exists'
      ? value === ''
        ? []
        : [invalidFault(`${at}.operator`, value, "value must be empty when `operator` is 'Exists'")]
      : ruleFaults(`${at}.operator`, value, labelValueFaults)),
  ])
}

const keylessOperator = 'operator must be Exists when `key` is empty, which means "match all values and all keys"'

/** The faults of how evenly pods are to spread (Kubernetes `validateTopologySpreadConstraints`). */
export function validateTopologySpread(
  constraints: readonly TopologySpreadConstraint[] | undefined,
  path: string,
): Cause[] {
  return each(constraints, path, (constraint, at, index) => {
    const { maxSkew, topologyKey, whenUnsatisfiable } = constraint
    const isRepeated = constraints
      ?.slice(index + 1)
      .some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable)
    return [
      ...(maxSkew > 0 ? [] : [invalidFault(`${at}.maxSkew`, maxSkew, positive)]),
      ...(topologyKey === '' ? [requiredFault(`${at}.topologyKey`, 'can not be empty')] : []),
      ...(isRepeated
        ? [duplicateFault(`${at}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`)]
        : []),
      ...validateMinDomains(constraint, `${at}.minDomains`),
      ...validateMatchLabelKeys(constraint, `${at}.matchLabelKeys`),
      ...validateLabelSelector(constraint.labelSelector, `${at}.labelSelector`),
    ]
  })
}

/** The faults of the gates that keep a pod from being scheduled. */
export function validateSchedulingGates(gates: PodSpec['schedulingGates'], path: string): Cause[] {
  return [
    ...each(gates, path, ({ name }, at) => ruleFaults(at, name, qualifiedNameFaults)),
    ...duplicateFaults(
      gates,
      (gate) => gate.name,
      (index) => `${path}[${index}]`,
    ),
  ]
}

/** The faults of the claims of a pod: their names, and exactly one source each. */
export function validateResourceClaims(claims: PodSpec['resourceClaims'], path: string): Cause[] {
  return [
    ...each(claims, path, (claim, at) => {
      const { name, resourceClaimName, resourceClaimTemplateName } = claim
      const count = [resourceClaimName, resourceClaimTemplateName].filter((source) => source !== undefined).length
      const none = 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`'
      const both = 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified'
      return [
        ...requiredTextFaults(`${at}.name`, name, dnsLabelFaults),
        ...(count === 1 ? [] : [invalidFault(at, claim, count === 0 ? none : both)]),
        ...optionalTextFaults(`${at}.resourceClaimName`, resourceClaimName, dnsSubdomainFaults),
        ...optionalTextFaults(`${at}.resourceClaimTemplateName`, resourceClaimTemplateName, dnsSubdomainFaults),
      ]
    }),
    ...duplicateFaults(
      claims,
      (claim) => claim.name,
      (index) => `${path}[${index}].name`,
    ),
  ]
}

function validateMinDomains({ minDomains, whenUnsatisfiable }: TopologySpreadConstraint, path: string): Cause[] {
  if (minDomains === undefined) return []
  const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`
  return [
    ...(minDomains > 0 ? [] : [invalidFault(path, minDomains, positive)]),
    ...(whenUnsatisfiable === 'DoNotSchedule' ? [] : [invalidFault(path, minDomains, detail)]),
  ]
}

function validateMatchLabelKeys({ matchLabelKeys, labelSelector }: TopologySpreadConstraint, path: string): Cause[] {
  const selected = new Set([
    ...Object.keys(labelSelector?.matchLabels ?? {}),
    ...(labelSelector?.matchExpressions ?? []).map((expression) => expression.key),
  ])
  return [
    ...validateLabelKeys(matchLabelKeys, labelSelector, path),
    ...each(matchLabelKeys, path, (key, at) =>
      selected.has(key) ? [invalidFault(at, key, 'exists in both matchLabelKeys and labelSelector')] : [],
    ),
  ]
}
