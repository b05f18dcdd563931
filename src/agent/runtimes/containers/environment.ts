import type { Container } from '../../../model/kinds/pod/container.ts'
import type { EnvFromSource, EnvVar } from '../../../model/kinds/pod/environment.ts'
import { relaxedEnvVarNameFaults } from '../../../model/names.ts'
import { messageOf } from '../../log.ts'
import { type PodFacts, podField } from '../../pod-field.ts'
import { type Allocatable, resourceField } from '../../resource-field.ts'
import { StartFailure } from './container-engine.ts'
import { expand } from './expansion.ts'

/** The data of a ConfigMap or Secret by its name; undefined when there is none. */
export type DataSource = (name: string) => Readonly<Record<string, string>> | undefined

/** What variables may refer to beside the manifest. */
export interface EnvironmentFacts extends PodFacts {
  readonly allocatable: Allocatable
  readonly configMap?: DataSource
  readonly secret?: DataSource
}

/**
 * The variables that a container's `envFrom` and `env` ask for (kubelet `makeEnvironmentVariables`): what comes later wins,
 * `env` over all, and a value of `env` may use as `$(NAME)` what was set before. Keys that cannot be names are left out.
 * Throws a `StartFailure` CreateContainerConfigError naming what cannot be resolved; what is optional is left out instead.
 */
export function environmentOf(container: Container, facts: EnvironmentFacts): Map<string, string> {
  const variables = new Map<string, string>()
  for (const source of container.envFrom ?? []) {
    for (const [key, value] of Object.entries(dataOf(source, facts))) {
      const name = `${source.prefix ?? ''}${key}`
      if (relaxedEnvVarNameFaults(name).length === 0) variables.set(name, value)
    }
  }
  for (const variable of container.env ?? []) {
    const { name, value = '', valueFrom } = variable
    const resolved = valueFrom ? resolve(variable, container, facts) : expand(value, variables)
    if (resolved !== undefined) variables.set(name, resolved)
  }
  return variables
}

/** `command` and `args` with their variables replaced. */
export function commandOf(container: Container, variables: ReadonlyMap<string, string>): string[] {
  return [...(container.command ?? []), ...(container.args ?? [])].map((word) => expand(word, variables))
}

function dataOf(source: EnvFromSource, facts: EnvironmentFacts): Readonly<Record<string, string>> {
  const { configMapRef, secretRef } = source
  const [kind, reference, find] = configMapRef
    ? (['configmap', configMapRef, facts.configMap] as const)
    : (['secret', secretRef, facts.secret] as const)
  const data = find?.(reference?.name ?? '')
  if (data === undefined && reference?.optional !== true) throw notFound(kind, reference?.name)
  return data ?? {}
}

function resolve({ name, valueFrom }: EnvVar, container: Container, facts: EnvironmentFacts): string | undefined {
  const { fieldRef, configMapKeyRef, secretKeyRef, resourceFieldRef, fileKeyRef } = valueFrom ?? {}
  if (fieldRef) {
    const value = podField(fieldRef.fieldPath, facts)
    if (value === undefined) throw unresolvable(`env "${name}": unsupported fieldPath: ${fieldRef.fieldPath}`)
    return value
  }
  if (resourceFieldRef) {
    try {
      return resourceField(resourceFieldRef, { ...facts, container: container.name })
    } catch (error) {
      throw unresolvable(`env "${name}": ${messageOf(error)}`)
    }
  }
  if (configMapKeyRef) return keyOf('configmap', configMapKeyRef, facts.configMap)
  if (secretKeyRef) return keyOf('secret', secretKeyRef, facts.secret)
  throw unresolvable(`env "${name}": ${fileKeyRef ? 'fileKeyRef is not supported yet' : 'valueFrom is empty'}`)
}

interface KeyReference {
  readonly name?: string | undefined
  readonly key: string
  readonly optional?: boolean | undefined
}

function keyOf(kind: 'configmap' | 'secret', reference: KeyReference, find?: DataSource): string | undefined {
  const { name = '', key, optional } = reference
  const data = find?.(name)
  if (data?.[key] !== undefined || optional === true) return data?.[key]
  if (data === undefined) throw notFound(kind, name)
  throw unresolvable(`couldn't find key ${key} in ${kind === 'configmap' ? 'ConfigMap' : 'Secret'} ${name}`)
}

function notFound(kind: 'configmap' | 'secret', name = ''): StartFailure {
  return unresolvable(`${kind} "${name}" not found`)
}

function unresolvable(message: string): StartFailure {
  return new StartFailure('CreateContainerConfigError', message)
}
