import type { AnyObject, Place } from './kind-objects.ts'
import type { ObjectWatchOptions, WatchEvent } from './object-watch.ts'
import { RequestError } from './request-error.ts'

/** What an informer tells, and with what. */
export interface InformerListeners<Item> {
  /** An object has come into the selection. */
  readonly add: (object: Item) => void
  /** An object has changed. */
  readonly update: (object: Item, previous: Item) => void
  /** An object has gone, or has left the selection. */
  readonly delete: (object: Item) => void
  /** The informer has ended by an error: what it knows grows old. Without a listener the error is an unhandled rejection. */
  readonly error: (error: unknown) => void
}

/**
 * A live map of the objects of a selection: always as the server has told them last, over losses of the connection and an
 * expired log. It keeps all objects of the selection in memory.
 *
 * ```ts
 * const pods = client.pods.inform({ labelSelector: 'app=web' })
 * pods.on('update', (pod, previous) => console.log(pod.metadata.name, previous.status?.phase, '→', pod.status?.phase))
 * await pods.synced
 * console.log(pods.list().length)
 * pods.close()
 * ```
 */
export interface Informer<Item> {
  /** Resolves when the objects that were there are known; rejects when it ends before that. */
  readonly synced: Promise<void>
  readonly size: number
  /** The object of a name. Of several kinds, `kind` says which. */
  get(place: Place & { readonly kind?: string }): Item | undefined
  /** All objects that are known, in no order. */
  list(): readonly Item[]
  /** Adds a listener, which is told of every change from now on. The function that comes back removes it. */
  on<Name extends keyof InformerListeners<Item>>(name: Name, listener: InformerListeners<Item>[Name]): () => void
  /** Ends it. The map stays as it is. */
  close(): void
}

/** Where an informer begins: with the present objects. It waits for the server, unless it is told not to. */
export type InformerOptions = Omit<ObjectWatchOptions<never>, 'after' | 'initial'>

/** Opens a watch with these options, which come beside what the selection says. */
export type OpenWatch<Item> = (options: ObjectWatchOptions<never>) => AsyncIterableIterator<WatchEvent<Item>>

/** An informer over a watch. `kind` is that of a place that names none. */
export function openInformer<Item extends AnyObject>(
  open: OpenWatch<Item>,
  options: InformerOptions,
  kind: string | undefined,
): Informer<Item> {
  return new WatchInformer(open, options, kind)
}

class WatchInformer<Item extends AnyObject> implements Informer<Item> {
  readonly synced: Promise<void>
  readonly #objects = new Map<string, Item>()
  readonly #listeners: { readonly [Name in keyof InformerListeners<Item>]: Set<InformerListeners<Item>[Name]> } = {
    add: new Set(),
    update: new Set(),
    delete: new Set(),
    error: new Set(),
  }
  readonly #events: AsyncIterableIterator<WatchEvent<Item>>
  readonly #kind: string | undefined
  #settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined

  constructor(open: OpenWatch<Item>, options: InformerOptions, kind: string | undefined) {
    this.#kind = kind
    this.synced = new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    this.#events = open({
      waitForServer: true,
      ...options,
      onBookmark: (resourceVersion) => {
        this.#settle?.resolve()
        this.#settle = undefined
        options.onBookmark?.(resourceVersion)
      },
    })
    void this.#follow()
  }

  get size(): number {
    return this.#objects.size
  }

  get({ kind = this.#kind, namespace, name }: Place & { readonly kind?: string }): Item | undefined {
    // An object that is in no namespace is found when none was asked for.
    const places = namespace === undefined ? ['default', ''] : [namespace]
    return places
      .map((place) => this.#objects.get(keyOf(kind ?? '', place, name)))
      .find((object) => object !== undefined)
  }

  list(): readonly Item[] {
    return [...this.#objects.values()]
  }

  on<Name extends keyof InformerListeners<Item>>(name: Name, listener: InformerListeners<Item>[Name]): () => void {
    const listeners: Set<InformerListeners<Item>[Name]> = this.#listeners[name]
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  close(): void {
    void this.#events.return?.()
  }

  async #follow(): Promise<void> {
    try {
      for await (const event of this.#events) this.#take(event)
      this.#settle?.reject(new RequestError('UNAVAILABLE', 'the informer was closed before it knew all objects'))
    } catch (error) {
      this.close()
      if (this.#settle !== undefined) this.#settle.reject(error)
      else if (this.#listeners.error.size === 0) throw error
      for (const listener of this.#listeners.error) listener(error)
    }
  }

  #take({ type, object }: WatchEvent<Item>): void {
    const { namespace = '', name } = object.metadata
    const key = keyOf(object.kind, namespace, name)
    const known = this.#objects.get(key)
    if (type === 'DELETED') {
      this.#objects.delete(key)
      for (const listener of this.#listeners.delete) listener(object)
      return
    }
    this.#objects.set(key, object)
    if (known === undefined) for (const listener of this.#listeners.add) listener(object)
    else for (const listener of this.#listeners.update) listener(object, known)
  }
}

function keyOf(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`
}
