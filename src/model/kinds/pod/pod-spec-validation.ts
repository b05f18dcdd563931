import type { Cause } from '../../errors.ts'
import { each, invalidFault, optionalTextFaults, rangeFaults, ruleFaults } from '../../fault.ts'
import { validateLabels } from '../../label-validation.ts'
import { dnsSubdomainFaults, qualifiedNameFaults } from '../../names.ts'
import { compareQuantities, parseQuantity } from '../../quantity.ts'
import { validateAffinity } from './affinity-validation.ts'
import {
  type ContainerSurroundings,
  validateContainers,
  validateEphemeralContainers,
  validateInitContainers,
} from './container-validation.ts'
import { validateNetwork } from './network-validation.ts'
import { aggregateAmounts } from './pod-resources.ts'
import type { PodSpec } from './pod-spec.ts'
import { validatePodLevelResources, validateResources } from './resource-validation.ts'
import {
  validateResourceClaims,
  validateSchedulingGates,
  validateTolerations,
  validateTopologySpread,
} from './scheduling-validation.ts'
import { validatePodSecurityContext } from './security-context-validation.ts'
import { validateVolumes } from './volume-validation.ts'
import { validateHostProcess, validateOS } from './windows-validation.ts'

const deadlineSecondsMax = 2 ** 31 - 1

export interface PodSpecOptions {
  /** Whether it is the spec of a pod, not that of a template: a few rules are stricter. */
  readonly isPod: boolean
  /** Name of the pod, which claims of ephemeral volumes are named after. */
  readonly podName?: string | undefined
}

/** All faults of the spec of a pod or a template, defaults applied (Kubernetes `ValidatePodSpec`). */
export function validatePodSpec(spec: PodSpec, path: string, options: PodSpecOptions): Cause[] {
  const around: ContainerSurroundings = {
    spec,
    volumes: new Map((spec.volumes ?? []).map((volume) => [volume.name, volume])),
    claims: new Set((spec.resourceClaims ?? []).map((claim) => claim.name)),
    isPod: options.isPod,
  }
  return [
    ...validateVolumes(spec.volumes, `${path}.volumes`, options.podName),
    ...validateResourceClaims(spec.resourceClaims, `${path}.resourceClaims`),
    ...validateContainers(around, `${path}.containers`),
    ...validateInitContainers(around, `${path}.initContainers`),
    ...validateEphemeralContainers(around, `${path}.ephemeralContainers`),
    ...validateWholePod(spec, path),
    ...validatePlacement(spec, path),
    ...validatePodSecurityContext(spec, `${path}.securityContext`),
    ...validateNetwork(spec, path, options),
    ...validateNames(spec, path),
    ...rangeFaults(`${path}.activeDeadlineSeconds`, spec.activeDeadlineSeconds, 1, deadlineSecondsMax),
    ...each(spec.readinessGates, `${path}.readinessGates`, ({ conditionType }, at) =>
      ruleFaults(`${at}.conditionType`, conditionType, qualifiedNameFaults),
    ),
    ...validateHostProcess(spec, path),
    ...validateOS(spec, path),
  ]
}

function validatePlacement(spec: PodSpec, path: string): Cause[] {
  return [
    ...validateLabels(spec.nodeSelector, `${path}.nodeSelector`),
    ...validateAffinity(spec.affinity, `${path}.affinity`),
    ...validateTolerations(spec.tolerations, `${path}.tolerations`),
    ...validateTopologySpread(spec.topologySpreadConstraints, `${path}.topologySpreadConstraints`),
    ...validateSchedulingGates(spec.schedulingGates, `${path}.schedulingGates`),
    ...validateResources(spec.overhead && { limits: spec.overhead }, `${path}.overhead`, new Set()),
  ]
}

function validateNames(spec: PodSpec, path: string): Cause[] {
  const fields = ['serviceAccountName', 'nodeName', 'priorityClassName'] as const
  const { runtimeClassName } = spec
  return [
    ...fields.flatMap((field) => optionalTextFaults(`${path}.${field}`, spec[field], dnsSubdomainFaults)),
    ...(runtimeClassName === undefined
      ? []
      : ruleFaults(`${path}.runtimeClassName`, runtimeClassName, dnsSubdomainFaults)),
  ]
}

/** What the pod as a whole reserves and may use, against what its containers do (Kubernetes `validatePodResources`). */
function validateWholePod(spec: PodSpec, path: string): Cause[] {
  const { resources } = spec
  if (resources === undefined) return []
  const requested = Object.entries(aggregateAmounts(spec, 'requests'))
  return [
    ...validatePodLevelResources(resources, `${path}.resources`),
    ...requested.flatMap(([name, amount]) => {
      const field = `${path}.resources.requests[${name}]`
      const ofPod = resources.requests?.[name] ?? '0'
      const detail = `must be greater than or equal to aggregate container requests of ${amount}`
      return isMore(amount, ofPod) ? [invalidFault(field, ofPod, detail)] : []
    }),
    ...each(spec.containers, `${path}.containers`, (container, at) =>
      Object.entries(container.resources?.limits ?? {}).flatMap(([name, limit]) => {
        const ofPod = resources.limits?.[name]
        if (ofPod === undefined || !isMore(limit, ofPod)) return []
        const detail = `must be less than or equal to pod limits of ${ofPod}`
        return [invalidFault(`${at}.resources.limits[${name}]`, limit, detail)]
      }),
    ),
  ]
}

function isMore(amount: string, than: string): boolean {
  const left = parseQuantity(amount)
  const right = parseQuantity(than)
  return left !== null && right !== null && compareQuantities(left, right) > 0
}
