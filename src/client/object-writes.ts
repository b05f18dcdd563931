import type { RequestOptions } from './http-request.ts'
import type { AnyObject, Place } from './kind-objects.ts'
import type { Ask } from './object-requests.ts'

/**
 * What writing means: `apply` makes objects be as the manifests say, `create` fails with ALREADY_EXISTS for one that is there,
 * `replace` with NOT_FOUND for one that is not, and with CONFLICT when its `metadata.resourceVersion` is not the present one.
 */
export type WriteVerb = 'apply' | 'create' | 'replace'

/** YAML or JSON of any number of objects, or the objects. */
export type Manifests = string | readonly object[]

/** How manifests are written. */
export interface WriteOptions extends RequestOptions {
  /** Of objects that name none; default `default`. */
  readonly namespace?: string | undefined
  /** Judge everything, write nothing. */
  readonly dryRun?: boolean | undefined
}

/** What writing did to an object. */
export interface AppliedObject<Item> {
  readonly action: 'CREATED' | 'CONFIGURED' | 'UNCHANGED'
  readonly object: Item
}

/** How an object is changed. */
export interface PatchOptions extends RequestOptions {
  /** What is to be changed (RFC 7386); null removes a field. A `metadata.resourceVersion` in it must be the present one. */
  readonly patch: object
  readonly dryRun?: boolean | undefined
}

/** How an object is deleted. */
export interface DeleteOptions extends RequestOptions {
  readonly gracePeriodSeconds?: number | undefined
  /** What becomes of its dependents. */
  readonly propagationPolicy?: 'Foreground' | 'Background' | 'Orphan' | undefined
  /** Only the object of this uid, not another one of the same name: CONFLICT otherwise. */
  readonly uid?: string | undefined
  readonly dryRun?: boolean | undefined
}

/** How an object is scaled. */
export interface ScaleOptions extends RequestOptions {
  readonly replicas: number
  /** Only if it wants so many now: CONFLICT otherwise. */
  readonly currentReplicas?: number | undefined
  /** Only if it is at this version: CONFLICT otherwise. */
  readonly resourceVersion?: string | undefined
  readonly dryRun?: boolean | undefined
}

/** Writes objects as the manifests say, all of them or none. */
export async function writeManifests(
  ask: Ask,
  verb: WriteVerb,
  { manifests, namespace, dryRun, ...options }: WriteOptions & { readonly manifests: Manifests },
): Promise<AppliedObject<AnyObject>[]> {
  const variables = { manifests: textOf(manifests), namespace, dryRun }
  const data = await ask<{
    written: { applied: readonly { action: AppliedObject<AnyObject>['action']; resource: { manifest: AnyObject } }[] }
  }>(writeDocuments[verb], variables, options)
  return data.written.applied.map(({ action, resource }) => ({ action, object: resource.manifest }))
}

/** What is done to one object that is there. */
export type Change =
  | ({ readonly verb: 'patch' } & PatchOptions)
  | ({ readonly verb: 'delete' } & DeleteOptions)
  | ({ readonly verb: 'scale' } & ScaleOptions)

/** Changes or deletes an object. Resolves with it as it is then. */
export async function changeObject(
  ask: Ask,
  kind: string,
  { verb, signal, timeoutMs, ...variables }: Place & Change,
): Promise<AnyObject> {
  const options = { signal, timeoutMs }
  const data = await ask<{ changed: { manifest: AnyObject } }>(changeDocuments[verb], { kind, ...variables }, options)
  return data.changed.manifest
}

/** Objects as one manifest text: JSON documents are YAML documents. */
function textOf(manifests: Manifests): string {
  if (typeof manifests === 'string') return manifests
  return manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n')
}

const writeDocuments: Readonly<Record<WriteVerb, string>> = {
  apply: writeDocument('apply'),
  create: writeDocument('create'),
  replace: writeDocument('replace'),
}

function writeDocument(verb: WriteVerb): string {
  return `mutation Write($manifests: String!, $namespace: String = "default", $dryRun: Boolean = false) {
  written: ${verb}(manifests: $manifests, namespace: $namespace, dryRun: $dryRun) {
    applied { action resource { manifest } }
  }
}`
}

const changeDocuments: Readonly<Record<Change['verb'], string>> = {
  patch: changeDocument('patch', { patch: 'JSON!' }),
  delete: changeDocument('delete', { uid: 'ID', gracePeriodSeconds: 'Int', propagationPolicy: 'PropagationPolicy' }),
  scale: changeDocument('scale', { replicas: 'Int!', currentReplicas: 'Int', resourceVersion: 'ResourceVersion' }),
}

function changeDocument(verb: Change['verb'], own: Readonly<Record<string, string>>): string {
  const types = { kind: 'String!', namespace: 'String = "default"', name: 'String!', dryRun: 'Boolean = false', ...own }
  const variables = Object.entries(types).map(([name, type]) => `$${name}: ${type}`)
  const given = Object.keys(types).map((name) => `${name}: $${name}`)
  return `mutation Change(${variables.join(', ')}) { changed: ${verb}(${given.join(', ')}) { manifest } }`
}
