import { isSameJson } from '../same-json.ts'
import { defaultPodSpec } from './pod/pod-defaults.ts'
import type { PodSpec } from './pod/pod-spec.ts'
import type { Toleration } from './pod/scheduling.ts'

/** How long pods that say nothing of it stay on machines that are not ready, or unreachable. */
export interface DefaultTolerationSeconds {
  readonly notReady: number
  readonly unreachable: number
}

const fiveMinutes: DefaultTolerationSeconds = { notReady: 300, unreachable: 300 }
const taintKeys = { notReady: 'node.kubernetes.io/not-ready', unreachable: 'node.kubernetes.io/unreachable' } as const
const systemPriorities: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
}

/**
 * All that is filled into the spec of a pod on its way in: defaults, tolerations, priority and preemption policy. The same
 * spec when nothing is missing. The answer is remembered by identity, so that the pods of one template share one spec.
 */
export function admitPodSpec(spec: PodSpec, tolerationSeconds = fiveMinutes): PodSpec {
  let admitted = admittedWith.get(tolerationSeconds)
  if (admitted === undefined) admittedWith.set(tolerationSeconds, (admitted = new WeakMap()))
  const known = admitted.get(spec)
  if (known !== undefined) return known
  const result = withPriority(withDefaultTolerations(defaultPodSpec(spec), tolerationSeconds))
  admitted.set(spec, result)
  return result
}

/** How long a pod that was admitted stays on lost machines; for ever, or by its own tolerations, counts as five minutes. */
export function givenTolerationSeconds({ tolerations = [] }: PodSpec): DefaultTolerationSeconds {
  const secondsFor = (name: 'notReady' | 'unreachable') =>
    tolerations.find(({ key }) => key === taintKeys[name])?.tolerationSeconds ?? fiveMinutes[name]
  const given = { notReady: secondsFor('notReady'), unreachable: secondsFor('unreachable') }
  return isSameJson(given, fiveMinutes) ? fiveMinutes : given
}

const admittedWith = new WeakMap<DefaultTolerationSeconds, WeakMap<PodSpec, PodSpec>>()

/** Kubernetes' admission plugin DefaultTolerationSeconds. The same spec when it has tolerations for both. */
function withDefaultTolerations(spec: PodSpec, seconds: DefaultTolerationSeconds): PodSpec {
  const given = spec.tolerations ?? []
  const missing = (['notReady', 'unreachable'] as const)
    .filter((name) => !given.some((toleration) => speaksOf(toleration, taintKeys[name])))
    .map((name) => tolerationFor(taintKeys[name], seconds[name]))
  return missing.length === 0 ? spec : { ...spec, tolerations: [...given, ...missing] }
}

/** Whatever the toleration says of the taint, its writer has thought of it. */
function speaksOf({ key, effect }: Toleration, taintKey: string): boolean {
  return (!key || key === taintKey) && (!effect || effect === 'NoExecute')
}

function tolerationFor(key: string, tolerationSeconds: number): Toleration {
  return { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds }
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
