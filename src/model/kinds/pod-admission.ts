import type { Resource } from '../resource.ts'
import { defaultPodSpec } from './pod/pod-defaults.ts'
import type { PodSpec } from './pod/pod-spec.ts'
import type { Toleration } from './pod/scheduling.ts'

const defaultTolerationSeconds = 300
const taintKeys = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
const systemPriorities: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
}

/**
 * A pod that says nothing of machines that are not ready or unreachable stays on them for five minutes (Kubernetes'
 * admission plugin DefaultTolerationSeconds). The same pod when it has tolerations for both.
 */
export function addDefaultTolerations<Of extends Resource & { readonly spec: PodSpec }>(pod: Of): Of {
  const spec = withDefaultTolerations(pod.spec)
  return spec === pod.spec ? pod : { ...pod, spec }
}

/**
 * All that is filled into the spec of a pod on its way in: defaults, tolerations, priority and preemption policy. The same
 * spec when nothing is missing. The answer is remembered by identity, so that the pods of one template share one spec.
 */
export function admitPodSpec(spec: PodSpec): PodSpec {
  const known = admitted.get(spec)
  if (known !== undefined) return known
  const result = withPriority(withDefaultTolerations(defaultPodSpec(spec)))
  admitted.set(spec, result)
  return result
}

const admitted = new WeakMap<PodSpec, PodSpec>()

function withDefaultTolerations(spec: PodSpec): PodSpec {
  const given = spec.tolerations ?? []
  const missing = taintKeys.filter((key) => !given.some((toleration) => speaksOf(toleration, key)))
  return missing.length === 0 ? spec : { ...spec, tolerations: [...given, ...missing.map(fiveMinutes)] }
}

/** Whatever the toleration says of the taint, its writer has thought of it. */
function speaksOf({ key, effect }: Toleration, taintKey: string): boolean {
  return (!key || key === taintKey) && (!effect || effect === 'NoExecute')
}

function fiveMinutes(key: string): Toleration {
  return { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: defaultTolerationSeconds }
}

/** Kubernetes' admission plugin Priority, for the two classes that every cluster has. */
function withPriority(spec: PodSpec): PodSpec {
  if (spec.priority !== undefined && spec.preemptionPolicy !== undefined) return spec
  const ofClass = systemPriorities[spec.priorityClassName ?? ''] ?? 0
  return {
    ...spec,
    priority: spec.priority ?? ofClass,
    preemptionPolicy: spec.preemptionPolicy ?? 'PreemptLowerPriority',
  }
}
