import { assert, type Cause } from '../../../src/model/errors.ts'
import type { Pod } from '../../../src/model/kinds/pod.ts'
import { definitionOf } from '../../../src/model/kinds.ts'
import type { Resource } from '../../../src/model/resource.ts'
import { parseObject, validateCreate, validateUpdate } from '../../../src/model/validation.ts'

export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly [field: string]: unknown
}

export interface Verdict {
  readonly object?: Resource
  readonly causes: readonly Cause[]
}

/** What becomes of a manifest on its way in, as far as the model decides it; unknown fields are dropped. */
export function judge(manifest: Manifest): Verdict {
  const definition = definitionOf(manifest.kind)
  const { object: draft, causes: all } = parseObject(definition, manifest, { keepsStatus: manifest.kind === 'Node' })
  const causes = all.filter((cause) => !isUnknownField(cause))
  if (draft === undefined) return { causes }
  const namespace = definition.scope === 'Namespaced' ? (draft.metadata.namespace ?? 'default') : undefined
  const metadata = { ...draft.metadata, ...(namespace !== undefined && { namespace }) }
  const given = { ...draft, metadata } as Resource
  const object = definition.applyDefaults?.(given) ?? given
  return { object, causes: [...causes, ...validateCreate(definition, object)] }
}

/** Whether a cause is that of a field that its kind does not have. */
export function isUnknownField({ message }: Cause): boolean {
  return message.startsWith('unknown field ')
}

/**
 * What is wrong with a change, beyond what was wrong before. The objects may lack much that an object has on its way in:
 * what is missing in them is not what the change is about.
 */
export function judgeChange(before: Manifest, after: Manifest): readonly Cause[] {
  const definition = definitionOf(before.kind)
  const [old, next] = [complete(before), complete(after)]
  const known = new Set(old.causes.map((cause) => cause.field))
  const faults = [...next.causes, ...validateUpdate(definition, next.object, old.object)]
  return faults.filter(({ field }) => !known.has(field) && !field.endsWith('ontainers[0].name'))
}

function complete(manifest: Manifest): { readonly object: Resource; readonly causes: readonly Cause[] } {
  const definition = definitionOf(manifest.kind)
  const input = { ...manifest, apiVersion: definition.apiVersion }
  const { object, causes } = parseObject(definition, input, { keepsStatus: true })
  const metadata = {
    ...object?.metadata,
    name: object?.metadata.name ?? 'unnamed',
    ...(definition.scope === 'Namespaced' && { namespace: object?.metadata.namespace ?? 'default' }),
  }
  const given = { ...object, metadata } as Resource
  return {
    object: definition.applyDefaults?.(given) ?? given,
    causes: causes.filter((cause) => !isUnknownField(cause)),
  }
}

/** A pod in the namespace `default` with one container, defaults applied; `spec` says what is different. */
export function podWith(
  spec: Readonly<Record<string, unknown>> = {},
  metadata: Readonly<Record<string, unknown>> = {},
): Pod {
  const { object } = judge(podManifest(spec, metadata))
  assert(object, 'the pod of a test has the shape of a pod')
  return object as Pod
}

/** The manifest of a pod with one container; `spec` says what is different. */
export function podManifest(
  spec: Readonly<Record<string, unknown>> = {},
  metadata: Readonly<Record<string, unknown>> = {},
): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', ...metadata },
    spec: { containers: [{ name: 'main', image: 'nginx:1' }], ...spec },
  }
}

/** Faults as `field: message`, one a line, so that a table can be read. */
export function told(causes: readonly Cause[]): string[] {
  return causes.map((cause) => `${cause.field}: ${cause.message}`)
}
