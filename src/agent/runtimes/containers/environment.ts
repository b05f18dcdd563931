import type { Container } from '../../../model/kinds/pod/container.ts'
import type { EnvVar } from '../../../model/kinds/pod/environment.ts'
import type { Pod } from '../../../model/kinds/pod.ts'
import { StartFailure } from './container-engine.ts'
import { expand } from './expansion.ts'

/** What variables may refer to beside the manifest. */
export interface EnvironmentFacts {
  readonly pod: Pod
  readonly podIP: string
  readonly hostIP: string
}

/**
 * The variables that a container's `env` asks for, in order; a value may use those before it as `$(NAME)`. Throws a
 * `StartFailure` CreateContainerConfigError naming what cannot be resolved; what is optional is left out instead.
 */
export function environmentOf(container: Container, facts: EnvironmentFacts): Map<string, string> {
  const variables = new Map<string, string>()
  for (const { configMapRef, secretRef } of container.envFrom ?? []) {
    if (configMapRef?.optional !== true && configMapRef)
      throw unresolvable(`configmap "${configMapRef.name}" not found`)
    if (secretRef?.optional !== true && secretRef) throw unresolvable(`secret "${secretRef.name}" not found`)
  }
  for (const { name, value = '', valueFrom } of container.env ?? []) {
    const resolved = valueFrom ? resolve(name, valueFrom, facts) : expand(value, variables)
    if (resolved !== undefined) variables.set(name, resolved)
  }
  return variables
}

/** `command` and `args` with their variables replaced. */
export function commandOf(container: Container, variables: ReadonlyMap<string, string>): string[] {
  return [...(container.command ?? []), ...(container.args ?? [])].map((word) => expand(word, variables))
}

/** The name that a pod's containers have for their host, at most 63 characters (kubelet `truncatePodHostnameIfNeeded`). */
export function hostnameOf(pod: Pod): string {
  const name = pod.spec.hostname || pod.metadata.name
  return name.length <= 63 ? name : name.slice(0, 63).replace(/[-.]+$/, '')
}

function resolve(name: string, source: NonNullable<EnvVar['valueFrom']>, facts: EnvironmentFacts): string | undefined {
  const { fieldRef, configMapKeyRef, secretKeyRef, resourceFieldRef } = source
  if (fieldRef) {
    const value = fieldValue(fieldRef.fieldPath, facts)
    if (value === undefined) throw unresolvable(`env "${name}": unsupported fieldPath: ${fieldRef.fieldPath}`)
    return value
  }
  if (configMapKeyRef) {
    if (configMapKeyRef.optional === true) return undefined
    throw unresolvable(`env "${name}": configmap "${configMapKeyRef.name}" not found`)
  }
  if (secretKeyRef) {
    if (secretKeyRef.optional === true) return undefined
    throw unresolvable(`env "${name}": secret "${secretKeyRef.name}" not found`)
  }
  throw unresolvable(
    `env "${name}": ${resourceFieldRef ? 'resourceFieldRef cannot be resolved' : 'valueFrom is empty'}`,
  )
}

function fieldValue(path: string, { pod, podIP, hostIP }: EnvironmentFacts): string | undefined {
  const { metadata, spec } = pod
  const subscript = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path)
  if (subscript) return metadata[subscript[1] as 'labels' | 'annotations']?.[subscript[2] as string] ?? ''
  const values: Record<string, string | undefined> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace ?? 'default',
    'metadata.uid': metadata.uid,
    'spec.nodeName': spec.nodeName ?? '',
    'spec.serviceAccountName': spec.serviceAccountName ?? '',
    'status.podIP': podIP,
    'status.podIPs': podIP,
    'status.hostIP': hostIP,
    'status.hostIPs': hostIP,
  }
  return values[path]
}

function unresolvable(message: string): StartFailure {
  return new StartFailure('CreateContainerConfigError', message)
}
