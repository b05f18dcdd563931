import type { KindTypes } from './generated/kinds.ts'
import type { RequestOptions } from './http-request.ts'
import { type Informer, type InformerOptions, openInformer } from './informer.ts'
import type { AnyObject, ObjectList, ObjectOfKind, Place, Selection } from './kind-objects.ts'
import type { Line } from './line.ts'
import { type Ask, getObject, type KindSelection, listAll, listPages, type PageOptions } from './object-requests.ts'
import { type ObjectWatchOptions, type WatchEvent, watchObjects } from './object-watch.ts'
import {
  type AppliedObject,
  changeObject,
  type DeleteOptions,
  type Manifests,
  type PatchOptions,
  type ScaleOptions,
  type WriteOptions,
  type WriteVerb,
  writeManifests,
} from './object-writes.ts'
import { RequestError, refusalOfObject } from './request-error.ts'

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
  apply(manifest: Manifest, options?: WriteOptions): Promise<Item>
  /** Makes a new object; ALREADY_EXISTS when it is there. With `metadata.generateName` the server chooses a name. */
  create(manifest: Manifest, options?: WriteOptions): Promise<Item>
  /** Replaces an object; CONFLICT when the manifest's `metadata.resourceVersion` is not the present one. */
  replace(manifest: Manifest, options?: WriteOptions): Promise<Item>
  /** Changes an object by a JSON merge patch. */
  patch(place: Place & PatchOptions): Promise<Item>
  /** Deletes an object. Resolves with it as it is then: gone, or ending. */
  delete(place: Place & DeleteOptions): Promise<Item>
  /** Sets how many replicas an object wants; INVALID for kinds that have none. */
  scale(place: Place & ScaleOptions): Promise<Item>
}

/** A client of each kind, by its plural. */
export type KindClients = {
  readonly [Part in keyof KindTypes]: KindClient<KindTypes[Part]['object'], KindTypes[Part]['manifest']>
}

/** The objects of several kinds, or of all. */
export interface ResourceClient<Item> extends ObjectReader<Item> {
  /** The object of a kind and name, or undefined. */
  get(place: KindPlace & RequestOptions): Promise<AnyObject | undefined>
  /** Makes objects be as the manifests say, all of them or none. */
  apply(manifests: Manifests, options?: WriteOptions): Promise<readonly AppliedObject<AnyObject>[]>
  /** Makes new objects, all of them or none; ALREADY_EXISTS when one is there. */
  create(manifests: Manifests, options?: WriteOptions): Promise<readonly AppliedObject<AnyObject>[]>
  /** Replaces objects, all of them or none; CONFLICT when a `metadata.resourceVersion` is not the present one. */
  replace(manifests: Manifests, options?: WriteOptions): Promise<readonly AppliedObject<AnyObject>[]>
  /** Changes an object by a JSON merge patch. */
  patch(place: KindPlace & PatchOptions): Promise<AnyObject>
  /** Deletes an object. Resolves with it as it is then: gone, or ending. */
  delete(place: KindPlace & DeleteOptions): Promise<AnyObject>
  /** Sets how many replicas an object wants; INVALID for kinds that have none. */
  scale(place: KindPlace & ScaleOptions): Promise<AnyObject>
}

/** How one object of any kind is found. */
export interface KindPlace extends Place {
  /** Kind, plural or short name: `Pod`, `pods`, `po`. */
  readonly kind: string
}

/** What the parts of a client reach the server by. */
export interface Reach {
  readonly ask: Ask
  readonly line: Line
}

/** The client of one kind. */
export function kindClient(
  { ask, line }: Reach,
  { kind, apiVersion }: { readonly kind: string; readonly apiVersion: string },
): KindClient<AnyObject, object> {
  const write = async (verb: WriteVerb, manifest: object, options: WriteOptions = {}): Promise<AnyObject> => {
    const manifests = [{ apiVersion, kind, ...manifest }]
    const [written] = await writeManifests(ask, verb, { ...options, manifests }).catch((error: unknown) => {
      throw error instanceof RequestError ? refusalOfObject(kind, error) : error
    })
    if (written === undefined) throw new RequestError('INVALID', `the manifest of a ${kind} has no object`)
    return written.object
  }
  return {
    ...reader<AnyObject>({ ask, line }, [kind]),
    get: (place) => getObject(ask, kind, place),
    apply: (manifest, options) => write('apply', manifest, options),
    create: (manifest, options) => write('create', manifest, options),
    replace: (manifest, options) => write('replace', manifest, options),
    patch: (place) => changeObject(ask, kind, { ...place, verb: 'patch' }),
    delete: (place) => changeObject(ask, kind, { ...place, verb: 'delete' }),
    scale: (place) => changeObject(ask, kind, { ...place, verb: 'scale' }),
  }
}

/** The client of several kinds, or of all but events. */
export function resourceClient<Kind extends string>(
  { ask, line }: Reach,
  kinds: readonly Kind[] | undefined,
): ResourceClient<ObjectOfKind<Kind>> {
  const write = (verb: WriteVerb) => (manifests: Manifests, options?: WriteOptions) =>
    writeManifests(ask, verb, { ...options, manifests })
  return {
    ...reader<ObjectOfKind<Kind>>({ ask, line }, kinds),
    get: ({ kind, ...place }) => getObject(ask, kind, place),
    apply: write('apply'),
    create: write('create'),
    replace: write('replace'),
    patch: ({ kind, ...place }) => changeObject(ask, kind, { ...place, verb: 'patch' }),
    delete: ({ kind, ...place }) => changeObject(ask, kind, { ...place, verb: 'delete' }),
    scale: ({ kind, ...place }) => changeObject(ask, kind, { ...place, verb: 'scale' }),
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
