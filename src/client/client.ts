import type { Request } from './connection.ts'
import { type AnyDocument, type TypedDocument, textOf, type Variables, type VariablesFirst } from './document.ts'
import { watchDocument } from './document-watch.ts'
import { kinds } from './generated/kinds.ts'
import { type HttpTarget, postRequest, type RequestOptions } from './http-request.ts'
import { type KindClients, kindClient, type ResourceClient, resourceClient } from './kind-client.ts'
import type { ObjectOfKind } from './kind-objects.ts'
import { Line } from './line.ts'
import type { Ask } from './object-requests.ts'
import { dataOf, RequestError } from './request-error.ts'
import { sendOnce } from './single-request.ts'
import { subscribe } from './subscription.ts'
import type { WatchOptions } from './watch-stream.ts'

/** Where the server is, and how to reach it. */
export interface ConnectOptions {
  /** The server's address, http(s): or ws(s):. Without a path it is that of `/graphql`. */
  readonly url: string
  readonly token?: string | undefined
  /** A WebSocket class instead of the platform's; where there is none (Node below 22) it is that of the package ws. */
  readonly webSocketImpl?: unknown
  readonly fetch?: typeof globalThis.fetch
  /** Milliseconds that a request over HTTP may take if it does not say so itself; default without end. */
  readonly timeoutMs?: number | undefined
  /** Milliseconds of silence after which the server is asked whether it is still there; default 10,000. */
  readonly keepAliveMs?: number
  /** Milliseconds to wait before connection attempt number `attempt` after a loss; default doubling with jitter, at most 5 s. */
  readonly retryWaitMs?: (attempt: number) => number
}

/**
 * A connection to one Myriad server: per kind a part of its own (`client.pods`, `client.nodes`, …), and documents for
 * everything else. What fails rejects with a `RequestError`; what a signal ends rejects with its reason.
 */
export interface Client extends KindClients {
  /** Reads over HTTP. */
  query<Data>(document: string, variables?: Variables, options?: RequestOptions): Promise<Data>
  query<Data, Given>(
    document: TypedDocument<Data, Given>,
    ...more: VariablesFirst<Given, RequestOptions>
  ): Promise<Data>
  /** Writes over HTTP. Never sent twice. */
  mutate<Data>(document: string, variables?: Variables, options?: RequestOptions): Promise<Data>
  mutate<Data, Given>(
    document: TypedDocument<Data, Given>,
    ...more: VariablesFirst<Given, RequestOptions>
  ): Promise<Data>
  /**
   * A query or mutation over the WebSocket, in the order in which it was asked: for many small requests. When the
   * connection is lost before the answer, it rejects with UNAVAILABLE and is not sent again.
   */
  send<Data>(document: string, variables?: Variables, options?: RequestOptions): Promise<Data>
  send<Data, Given>(document: TypedDocument<Data, Given>, ...more: VariablesFirst<Given, RequestOptions>): Promise<Data>
  /**
   * A subscription over the WebSocket. Leaving the loop ends it on the server. When the connection is lost it throws
   * UNAVAILABLE; `watch` goes on by itself.
   */
  subscribe<Data>(document: string, variables?: Variables, options?: SubscribeOptions): AsyncIterableIterator<Data>
  subscribe<Data, Given>(
    document: TypedDocument<Data, Given>,
    ...more: VariablesFirst<Given, SubscribeOptions>
  ): AsyncIterableIterator<Data>
  /**
   * The events of a subscription such as `podEvents`, over losses of the connection, restarts of the server, and an expired
   * log. The document has a variable `$after: ResourceVersion`, which is set for it, and selects `type` and
   * `resourceVersion` of the event and `uid` of its object. Each change comes once and in order; what has vanished while
   * the log had expired comes as DELETED. It keeps what the document selects of each object that is there.
   *
   * ```ts
   * const document = `subscription ($after: ResourceVersion) {
   *   podEvents(after: $after) { type resourceVersion pod { uid name status { phase } } }
   * }`
   * for await (const { podEvents } of client.watch<Events>(document)) console.log(podEvents.type, podEvents.pod?.name)
   * ```
   */
  watch<Data>(document: string, variables?: Variables, options?: WatchOptions): AsyncIterableIterator<Data>
  watch<Data, Given>(
    document: TypedDocument<Data, Given>,
    ...more: VariablesFirst<Given, WatchOptions>
  ): AsyncIterableIterator<Data>
  /** The objects of several kinds, in one list and one stream of events; without `kinds` of all but events. */
  resources<const Kind extends string = string>(options?: {
    readonly kinds?: readonly Kind[] | undefined
  }): ResourceClient<ObjectOfKind<Kind>>
  /**
   * Ends the WebSocket; subscriptions end as if the server had completed them. Once something has opened it, a process of Node
   * does not end before.
   */
  close(): void
}

/** How a subscription is ended. */
export interface SubscribeOptions {
  /** Ends it, as leaving its loop does. */
  readonly signal?: AbortSignal | undefined
}

/**
 * A client of the server at `url`. Nothing is opened before it is needed: requests go over HTTP, and the WebSocket opens at
 * first use, and again at the first use after it was lost. Throws INVALID for an address that is none.
 *
 * ```ts
 * const client = connect({ url: 'http://127.0.0.1:4000', token: process.env.MYRIAD_TOKEN })
 * const { items } = await client.pods.list({ labelSelector: 'app=web' })
 * ```
 */
export function connect(options: ConnectOptions): Client {
  const url = addressOf(options.url)
  const target: HttpTarget = { url: url.replace(/^ws/, 'http'), token: options.token, fetch: options.fetch }
  const { token, webSocketImpl, keepAliveMs = 10_000, retryWaitMs } = options
  const line = new Line({ url: url.replace(/^http/, 'ws'), token, webSocketImpl, keepAliveMs, retryWaitMs })
  const post = async <Data>(document: AnyDocument, variables?: Variables, more?: RequestOptions): Promise<Data> => {
    const request = requestOf(await textOf(document), variables)
    return dataOf<Data>(
      await postRequest(target, request, { ...more, timeoutMs: more?.timeoutMs ?? options.timeoutMs }),
    )
  }
  const ask: Ask = post
  const reach = { ask, line }
  const parts = Object.entries(kinds).map(([part, kind]) => [part, kindClient(reach, kind)])
  const client: Omit<Client, keyof KindClients> = {
    query: post,
    mutate: post,
    send: async <Data>(document: AnyDocument, variables?: Variables, more?: RequestOptions): Promise<Data> =>
      dataOf<Data>(await sendOnce(line, requestOf(await textOf(document), variables), more)),
    subscribe: <Data>(document: AnyDocument, variables?: Variables, more?: SubscribeOptions) =>
      subscribe<Data>(line, { document, variables }, more),
    watch: <Data>(document: AnyDocument, variables?: Variables, more?: WatchOptions) =>
      watchDocument<Data>(reach, { document, variables }, more),
    resources: (chosen) => resourceClient(reach, chosen?.kinds),
    close: () => line.close(),
  }
  return { ...(Object.fromEntries(parts) as KindClients), ...client }
}

function requestOf(document: string, variables: Variables | undefined): Request {
  return variables === undefined ? { query: document } : { query: document, variables }
}

/** The address of the GraphQL endpoint. */
function addressOf(url: string): string {
  if (!URL.canParse(url) || !/^(?:http|ws)s?:$/.test(new URL(url).protocol)) {
    throw new RequestError('INVALID', `url: Invalid value: "${url}": must be like http://127.0.0.1:4000/graphql`)
  }
  const address = new URL(url)
  if (address.pathname === '/') address.pathname = '/graphql'
  return address.href
}
