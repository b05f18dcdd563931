import type { KindTypes } from './generated/kinds.ts'
import type { RequestOptions } from './http-request.ts'
import { type Informer, type InformerOptions, openInformer } from './informer.ts'
import type { AnyObject, ObjectList, ObjectOfKind, Place, Selection } from './kind-objects.ts'
import type { Line } from './line.ts'
import {
  type AppliedObject,
  type ApplyOptions,
  type Ask,
  applyManifests,
  type DeleteOptions,
  deleteObject,
  getObject,
  type KindSelection,
  listAll,
  listPages,
} from './object-requests.ts'
import { type ObjectWatchOptions, type WatchEvent, watchObjects } from './object-watch.ts'

/** What can be followed and listed, of one kind or of several. */
export interface ObjectReader<Item> {
  /** The objects of a selection, of all namespaces if it names none. */
  list(options?: Selection & RequestOptions & PageOptions): Promise<ObjectList<Item>>
  /** The same page by page, for more than should be in memory at once. */
  pages(options?: Selection & RequestOptions & PageOptions): AsyncIterableIterator<ObjectList<Item>>
  /**
   * The objects of a selection as they are, and then every change, each once and in order: over losses of the connection,
   * restarts of the server, and an expired log, for which it lists anew and tells what has vanished as DELETED. Throws what
   * waiting does not mend, such as INVALID and UNAUTHENTICATED. It keeps the last version of each object of the selection
   * and at most some 10,000 events that have not been read.
   */
  watch(options?: Selection & ObjectWatchOptions<Item>): AsyncIterableIterator<WatchEvent<Item>>
  /** A live map of the objects of a selection. */
  inform(options?: Selection & InformerOptions): Informer<Item>
}

/** How a list is read. */
export interface PageOptions {
  /** Objects of one request, 1 to 1,000; default 500. */
  readonly pageSize?: number | undefined
}

/**
 * The objects of one kind.
 *
 * ```ts
 * const pod = await client.pods.get({ name: 'web' })
 * for await (const { type, object } of client.pods.watch({ labelSelector: 'app=web' })) {
 *   console.log(type, object.metadata.name, object.status?.phase)
 * }
 * ```
 */
export interface KindClient<Item, Manifest> extends ObjectReader<Item> {
  /** The object of a name, or undefined. */
  get(place: Place & RequestOptions): Promise<Item | undefined>
  /** Makes the object be as the manifest says. Resolves with it as it is then. */
  apply(manifest: Manifest, options?: ApplyOptions): Promise<Item>
  /** Deletes an object. Resolves with it as it is then: gone, or ending. */
  delete(place: Place & DeleteOptions): Promise<Item>
}

/** A client of each kind, by its plural. */
export type KindClients = {
  readonly [Part in keyof KindTypes]: KindClient<KindTypes[Part]['object'], KindTypes[Part]['manifest']>
}

/** The objects of several kinds, or of all. */
export interface ResourceClient<Item> extends ObjectReader<Item> {
  /** The object of a kind and name, or undefined. */
  get(place: Place & { readonly kind: string } & RequestOptions): Promise<AnyObject | undefined>
  /** Makes objects as the manifests say, all of them or none. A text is YAML or JSON, of any number of objects. */
  apply(manifests: string | readonly object[], options?: ApplyOptions): Promise<readonly AppliedObject<AnyObject>[]>
  /** Deletes an object. Resolves with it as it is then: gone, or ending. */
  delete(place: Place & { readonly kind: string } & DeleteOptions): Promise<AnyObject>
}

/** What the parts of a client reach the server by. */
export interface Reach {
  readonly ask: Ask
  readonly line: Line
}

/** The client of one kind. */
export function kindClient(
  reach: Reach,
  { kind, apiVersion }: { kind: string; apiVersion: string },
): KindClient<AnyObject, object> {
  return {
    ...reader<AnyObject>(reach, [kind]),
    get: (place) => getObject(reach.ask, kind, place),
    apply: async (manifest, options = {}) => {
      const [applied] = await applyManifests(reach.ask, JSON.stringify({ apiVersion, kind, ...manifest }), options)
      return applied?.object as AnyObject
    },
    delete: (place) => deleteObject(reach.ask, kind, place),
  }
}

/** The client of several kinds, or of all but events. */
export function resourceClient<Kind extends string>(
  reach: Reach,
  kinds: readonly Kind[] | undefined,
): ResourceClient<ObjectOfKind<Kind>> {
  return {
    ...reader<ObjectOfKind<Kind>>(reach, kinds),
    get: ({ kind, ...place }) => getObject(reach.ask, kind, place),
    apply: (manifests, options = {}) =>
      applyManifests(reach.ask, typeof manifests === 'string' ? manifests : listText(manifests), options),
    delete: ({ kind, ...place }) => deleteObject(reach.ask, kind, place),
  }
}

function reader<Item extends AnyObject>(reach: Reach, kinds: readonly string[] | undefined): ObjectReader<Item> {
  const watch: ObjectReader<Item>['watch'] = (options = {}) =>
    watchObjects(reach, selectionOf(kinds, options), options) as AsyncIterableIterator<WatchEvent<Item>>
  return {
    list: (options = {}) =>
      listAll(reach.ask, selectionOf(kinds, options), requestOf(options)) as Promise<ObjectList<Item>>,
    pages: (options = {}) =>
      listPages(reach.ask, selectionOf(kinds, options), requestOf(options)) as AsyncIterableIterator<ObjectList<Item>>,
    watch,
    inform: (options = {}) =>
      openInformer((more) => watch({ ...options, ...more }), options, kinds?.length === 1 ? kinds[0] : undefined),
  }
}

function selectionOf(
  kinds: readonly string[] | undefined,
  { namespace, labelSelector, fieldSelector }: Selection,
): KindSelection {
  return { kinds, namespace, labelSelector, fieldSelector }
}

function requestOf({ signal, timeoutMs, pageSize }: RequestOptions & PageOptions): RequestOptions & PageOptions {
  return { signal, timeoutMs, pageSize }
}

/** Objects as one manifest text: JSON documents are YAML documents. */
function listText(manifests: readonly object[]): string {
  return manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n')
}
