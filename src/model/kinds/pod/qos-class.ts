import { compareQuantities, parseQuantity, type Quantity } from '../../quantity.ts'
import type { PodSpec } from './pod-spec.ts'
import type { ResourceRequirements } from './resources.ts'

const counted = ['cpu', 'memory']

/**
 * How well the resources of a pod are assured (Kubernetes `qos.ComputePodQOS`): Guaranteed when every container has limits for
 * cpu and memory and requests equal to them, BestEffort when none has any, else Burstable. Amounts of the pod as a whole,
 * where given, count instead of those of its containers.
 */
export function qosClassOf(spec: PodSpec): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const parts = hasAmounts(spec.resources)
    ? [spec.resources]
    : [...spec.containers, ...(spec.initContainers ?? [])].map((container) => container.resources)
  if (!parts.some(hasAmounts)) return 'BestEffort'
  return parts.every(isGuaranteed) ? 'Guaranteed' : 'Burstable'
}

function hasAmounts(resources: ResourceRequirements | undefined): boolean {
  return counted.some((name) => isPositive(resources?.requests?.[name]) || isPositive(resources?.limits?.[name]))
}

function isGuaranteed(resources: ResourceRequirements | undefined): boolean {
  return counted.every((name) => {
    const limit = amountOf(resources?.limits?.[name])
    const request = amountOf(resources?.requests?.[name]) ?? limit
    return limit !== null && request !== null && limit.nano > 0n && compareQuantities(limit, request) === 0
  })
}

function isPositive(text: string | undefined): boolean {
  return (amountOf(text)?.nano ?? 0n) > 0n
}

function amountOf(text: string | undefined): Quantity | null {
  return text === undefined ? null : parseQuantity(text)
}
