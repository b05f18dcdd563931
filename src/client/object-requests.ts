import type { Variables } from './document.ts'
import type { RequestOptions } from './http-request.ts'
import type { AnyObject, ObjectList, Place, Selection } from './kind-objects.ts'

/** Sends a document over HTTP. */
export type Ask = <Data>(document: string, variables: Variables, options?: RequestOptions) => Promise<Data>

/** Objects of which kinds; all but events, when there are none. */
export interface KindSelection extends Selection {
  readonly kinds?: readonly string[] | undefined
}

/** How a list is read. */
export interface PageOptions {
  /** Objects of one request, 1 to 1,000; default 500. */
  readonly pageSize?: number | undefined
}

interface ListPage {
  readonly page: {
    readonly nodes: readonly { readonly manifest: AnyObject }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    readonly resourceVersion: string
  }
}

/** The object of a kind and name, or undefined. */
export async function getObject(
  ask: Ask,
  kind: string,
  { name, namespace, ...options }: Place & RequestOptions,
): Promise<AnyObject | undefined> {
  const place = { kind, namespace, name }
  const data = await ask<{ resource: { readonly manifest: AnyObject } | null }>(getDocument, place, options)
  return data.resource?.manifest
}

/** All pages of a list, one after the other. Each tells the version of the first: what was changed meanwhile, a watch tells. */
export async function* listPages(
  ask: Ask,
  { kinds, ...selection }: KindSelection,
  { pageSize = 500, ...options }: RequestOptions & PageOptions,
): AsyncGenerator<ObjectList<AnyObject>, void, undefined> {
  const isEvents = isOnlyEvents(kinds)
  const document = isEvents ? listEventsDocument : listDocument
  const variables = { ...(isEvents ? {} : { kinds }), ...selection, first: pageSize }
  let resourceVersion: string | undefined
  for (let after: string | null | undefined; ; ) {
    const { page } = await ask<ListPage>(document, { ...variables, after }, options)
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
  options: RequestOptions & PageOptions,
): Promise<ObjectList<AnyObject>> {
  const items: AnyObject[] = []
  let version = ''
  for await (const page of listPages(ask, selection, options)) {
    for (const item of page.items) items.push(item)
    version = page.resourceVersion
  }
  return { items, resourceVersion: version }
}

/** Events are beside the log, and have fields of their own in the API. */
export function isOnlyEvents(kinds: readonly string[] | undefined): boolean {
  return kinds?.length === 1 && kinds[0] === 'Event'
}

/** The newest place of the log. */
export async function latestVersion(ask: Ask, options: RequestOptions): Promise<string> {
  const data = await ask<{ cluster: { resourceVersion: string } }>('{ cluster { resourceVersion } }', {}, options)
  return data.cluster.resourceVersion
}

const listVariables = '$namespace: String, $labelSelector: String, $fieldSelector: String, $first: Int, $after: String'
const listArguments =
  'namespace: $namespace, labelSelector: $labelSelector, fieldSelector: $fieldSelector, first: $first, after: $after'
const pageFields = '{ nodes { manifest } pageInfo { hasNextPage endCursor } resourceVersion }'

const listDocument = `query List($kinds: [String!], ${listVariables}) {
  page: resources(kinds: $kinds, ${listArguments}) ${pageFields}
}`

const listEventsDocument = `query ListEvents(${listVariables}) {
  page: events(${listArguments}) ${pageFields}
}`

const getDocument = `query Get($kind: String!, $namespace: String = "default", $name: String!) {
  resource(kind: $kind, namespace: $namespace, name: $name) { manifest }
}`
