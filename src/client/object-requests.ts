import type { Variables } from './document.ts'
import type { RequestOptions } from './http-request.ts'
import type { AnyObject, ObjectList, Place, Selection } from './kind-objects.ts'

/** Sends a document over HTTP. */
export type Ask = <Data>(document: string, variables: Variables, options?: RequestOptions) => Promise<Data>

/** Objects of which kinds; all but events, when there are none. */
export interface KindSelection extends Selection {
  readonly kinds?: readonly string[] | undefined
}

/** How a manifest is applied. */
export interface ApplyOptions extends RequestOptions {
  /** Of objects that name none; default `default`. */
  readonly namespace?: string | undefined
  /** Judge everything, write nothing. */
  readonly dryRun?: boolean | undefined
}

/** What applying did to an object. */
export interface AppliedObject<Item> {
  readonly action: 'CREATED' | 'CONFIGURED' | 'UNCHANGED'
  readonly object: Item
}

/** How an object is deleted. */
export interface DeleteOptions extends RequestOptions {
  readonly gracePeriodSeconds?: number | undefined
  /** What becomes of its dependents. */
  readonly propagationPolicy?: 'Foreground' | 'Background' | 'Orphan' | undefined
}

interface Manifested {
  readonly manifest: AnyObject
}

interface ListPage {
  readonly page: {
    readonly nodes: readonly Manifested[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    readonly resourceVersion: string
  }
}

/** Objects of a page, when nobody says how many. */
const usualPageSize = 500

/** The object of a kind and name, or undefined. */
export async function getObject(
  ask: Ask,
  kind: string,
  { name, namespace, ...options }: Place & RequestOptions,
): Promise<AnyObject | undefined> {
  const data = await ask<{ resource: Manifested | null }>(getDocument, { kind, namespace, name }, options)
  return data.resource?.manifest
}

/** All pages of a list, one after the other. Each tells the version of the first: what was changed meanwhile, a watch tells. */
export async function* listPages(
  ask: Ask,
  { kinds, namespace, labelSelector, fieldSelector }: KindSelection,
  { pageSize = usualPageSize, ...options }: RequestOptions & { readonly pageSize?: number | undefined },
): AsyncGenerator<ObjectList<AnyObject>, void, undefined> {
  const isEvents = kinds?.length === 1 && kinds[0] === 'Event'
  const document = listDocument(isEvents, fieldSelector !== undefined)
  const selection = { ...(isEvents ? {} : { kinds }), namespace, labelSelector, fieldSelector, first: pageSize }
  let resourceVersion: string | undefined
  for (let after: string | null | undefined; ; ) {
    const { page } = await ask<ListPage>(document, { ...selection, after }, options)
    resourceVersion ??= page.resourceVersion
    yield { items: page.nodes.map(({ manifest }) => manifest), resourceVersion }
    if (!page.pageInfo.hasNextPage) return
    after = page.pageInfo.endCursor
  }
}

/** All pages in one. */
export async function listAll(
  ask: Ask,
  selection: KindSelection,
  options: RequestOptions & { readonly pageSize?: number | undefined },
): Promise<ObjectList<AnyObject>> {
  const items: AnyObject[] = []
  let version = ''
  for await (const page of listPages(ask, selection, options)) {
    items.push(...page.items)
    version = page.resourceVersion
  }
  return { items, resourceVersion: version }
}

/** Makes objects as the manifests say, all of them or none. */
export async function applyManifests(
  ask: Ask,
  manifests: string,
  { namespace, dryRun, ...options }: ApplyOptions,
): Promise<AppliedObject<AnyObject>[]> {
  const { apply } = await ask<{
    apply: { applied: readonly { action: AppliedObject<AnyObject>['action']; resource: Manifested }[] }
  }>(applyDocument, { manifests, namespace, dryRun }, options)
  return apply.applied.map(({ action, resource }) => ({ action, object: resource.manifest }))
}

/** Deletes an object. Resolves with it as it is then: gone, or ending. */
export async function deleteObject(
  ask: Ask,
  kind: string,
  { name, namespace, gracePeriodSeconds, propagationPolicy, ...options }: Place & DeleteOptions,
): Promise<AnyObject> {
  const isGlobal = kind === 'Node' || kind === 'Namespace'
  const field = `delete${kind === 'Node' ? 'ClusterNode' : kind}`
  const document = `mutation Delete(${isGlobal ? '' : '$namespace: String = "default", '}$name: String!, $gracePeriodSeconds: Int, $propagationPolicy: PropagationPolicy) {
    deleted: ${field}(${isGlobal ? '' : 'namespace: $namespace, '}name: $name, gracePeriodSeconds: $gracePeriodSeconds, propagationPolicy: $propagationPolicy) { manifest }
  }`
  const variables = { ...(isGlobal ? {} : { namespace }), name, gracePeriodSeconds, propagationPolicy }
  return (await ask<{ deleted: Manifested }>(document, variables, options)).deleted.manifest
}

/** The newest place of the log. */
export async function latestVersion(ask: Ask, options: RequestOptions): Promise<string> {
  const data = await ask<{ cluster: { resourceVersion: string } }>('{ cluster { resourceVersion } }', {}, options)
  return data.cluster.resourceVersion
}

function listDocument(isEvents: boolean, hasFields: boolean): string {
  const [fieldVariable, fieldArgument] = hasFields
    ? [', $fieldSelector: String', ', fieldSelector: $fieldSelector']
    : ['', '']
  const [kindVariable, field] = isEvents ? ['', 'events('] : ['$kinds: [String!], ', 'resources(kinds: $kinds, ']
  return `query List(${kindVariable}$namespace: String, $labelSelector: String${fieldVariable}, $first: Int, $after: String) {
  page: ${field}namespace: $namespace, labelSelector: $labelSelector${fieldArgument}, first: $first, after: $after) {
    nodes { manifest }
    pageInfo { hasNextPage endCursor }
    resourceVersion
  }
}`
}

const getDocument = `query Get($kind: String!, $namespace: String = "default", $name: String!) {
  resource(kind: $kind, namespace: $namespace, name: $name) { manifest }
}`

const applyDocument = `mutation Apply($manifests: String!, $namespace: String = "default", $dryRun: Boolean = false) {
  apply(manifests: $manifests, namespace: $namespace, dryRun: $dryRun) { applied { action resource { manifest } } }
}`
