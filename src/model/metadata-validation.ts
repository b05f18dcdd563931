import type { Cause } from './errors.ts'
import { each, forbiddenFault, invalidFault, requiredFault, requiredTextFaults, ruleFaults } from './fault.ts'
import type { KindDefinition } from './kind.ts'
import { validateAnnotations, validateLabels } from './label-validation.ts'
import { dnsLabelFaults, prefixFaults, qualifiedNameFaults } from './names.ts'
import type { ObjectMeta, OwnerReference } from './resource.ts'

const standardFinalizers = new Set(['kubernetes', 'foregroundDeletion', 'orphan'])

/** The faults of an object's metadata, its name by the rule of its kind (apimachinery `ValidateObjectMeta`). */
export function validateMetadata(definition: KindDefinition, metadata: Partial<ObjectMeta>): Cause[] {
  const { name, generateName, labels, annotations, ownerReferences, finalizers } = metadata
  return [
    ...(generateName ? prefixNameFaults(generateName, definition) : []),
    ...(name
      ? ruleFaults('metadata.name', name, definition.validateName)
      : [requiredFault('metadata.name', 'name or generateName is required')]),
    ...validateNamespace(definition, metadata.namespace),
    ...validateLabels(labels, 'metadata.labels'),
    ...validateAnnotations(annotations, 'metadata.annotations'),
    ...validateOwnerReferences(ownerReferences ?? [], 'metadata.ownerReferences'),
    ...validateFinalizers(finalizers ?? [], 'metadata.finalizers'),
  ]
}

/** Metadata of which each field may be missing. */
type GivenMetadata = { readonly [Field in keyof ObjectMeta]?: ObjectMeta[Field] | undefined }

/** The faults of a change of metadata: what is fixed for life (apimachinery `ValidateObjectMetaUpdate`). */
export function validateMetadataUpdate(next: GivenMetadata, previous: ObjectMeta): Cause[] {
  const { generation } = next
  return [
    ...fixed('name', next, previous),
    ...fixed('namespace', next, previous),
    ...fixed('uid', next, previous),
    ...fixed('creationTimestamp', next, previous),
    ...fixed('deletionTimestamp', next, previous, 'field is immutable; may only be changed via deletion'),
    ...fixed('deletionGracePeriodSeconds', next, previous, 'field is immutable; may only be changed via deletion'),
    ...(generation !== undefined && generation < (previous.generation ?? 0)
      ? [invalidFault('metadata.generation', generation, 'must not be decremented')]
      : []),
    ...newFinalizerFaults(next.finalizers ?? [], previous),
  ]
}

/** The faults of names of finalizers: one of the standard names, or a qualified one with its prefix. */
export function validateFinalizers(finalizers: readonly string[], path: string): Cause[] {
  const both = finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')
  return [
    ...each(finalizers, path, (name, at) => [
      ...ruleFaults(at, name, qualifiedNameFaults),
      ...(name.includes('/') || standardFinalizers.has(name)
        ? []
        : [invalidFault(at, name, 'name is neither a standard finalizer name nor is it fully qualified')]),
    ]),
    ...(both ? [invalidFault(path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set')] : []),
  ]
}

function prefixNameFaults(prefix: string, definition: KindDefinition): Cause[] {
  return prefixFaults(prefix, definition.validateName).map((detail) =>
    invalidFault('metadata.generateName', prefix, detail),
  )
}

function validateNamespace(definition: KindDefinition, namespace: string | undefined): Cause[] {
  if (definition.scope === 'Namespaced') return requiredTextFaults('metadata.namespace', namespace, dnsLabelFaults)
  return namespace ? [forbiddenFault('metadata.namespace', 'not allowed on this type')] : []
}

function validateOwnerReferences(owners: readonly OwnerReference[], path: string): Cause[] {
  const controllers = owners.filter((owner) => owner.controller === true)
  return [
    ...each(owners, path, (owner, at) => [
      ...(hasVersion(owner.apiVersion)
        ? []
        : [invalidFault(`${at}.apiVersion`, owner.apiVersion, 'version must not be empty')]),
      ...notEmpty(`${at}.kind`, owner.kind, 'must not be empty'),
      ...notEmpty(`${at}.name`, owner.name, 'must not be empty'),
      ...notEmpty(`${at}.uid`, owner.uid, 'must not be empty'),
      ...(owner.apiVersion === 'v1' && owner.kind === 'Event'
        ? [invalidFault(at, owner, 'v1, Kind=Event is disallowed from being an owner')]
        : []),
    ]),
    ...(controllers.length > 1
      ? [
          invalidFault(
            path,
            owners,
            `Only one reference can have Controller set to true. Found "true" in references for ${controllers
              .map((owner) => owner.name)
              .join(' and ')}`,
          ),
        ]
      : []),
  ]
}

/** Whether an API version names one: `v1`, `apps/v1`. */
function hasVersion(apiVersion: string): boolean {
  return /^([^/]*\/)?[^/]+$/.test(apiVersion)
}

function notEmpty(path: string, value: string, detail: string): Cause[] {
  return value === '' ? [invalidFault(path, value, detail)] : []
}

/** A field that a writer may leave out, but not change. */
function fixed(
  name: 'name' | 'namespace' | 'uid' | 'creationTimestamp' | 'deletionTimestamp' | 'deletionGracePeriodSeconds',
  next: GivenMetadata,
  previous: ObjectMeta,
  detail = 'field is immutable',
): Cause[] {
  if (next[name] === undefined || next[name] === previous[name]) return []
  return [invalidFault(`metadata.${name}`, next[name], detail)]
}

function newFinalizerFaults(finalizers: readonly string[], previous: ObjectMeta): Cause[] {
  if (previous.deletionTimestamp === undefined) return []
  const news = finalizers.filter((name) => !(previous.finalizers ?? []).includes(name))
  const detail = `no new finalizers can be added if the object is being deleted, found new finalizers ${JSON.stringify(news)}`
  return news.length === 0 ? [] : [forbiddenFault('metadata.finalizers', detail)]
}
