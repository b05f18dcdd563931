export { type Client, type ConnectOptions, connect, type SubscribeOptions } from './client.ts'
export type { AnyDocument, TypedDocument, Variables } from './document.ts'
export type * from './generated/kinds.ts'
export type * as schema from './generated/schema.ts'
export type { RequestOptions } from './http-request.ts'
export type { Informer, InformerListeners, InformerOptions } from './informer.ts'
export type { KindClient, KindClients, KindPlace, ObjectReader, ResourceClient } from './kind-client.ts'
export type { AnyObject, ObjectList, ObjectOfKind, Place, Selection } from './kind-objects.ts'
export type { PageOptions } from './object-requests.ts'
export type { ObjectWatchOptions, WatchEvent } from './object-watch.ts'
export type {
  AppliedObject,
  DeleteOptions,
  Manifests,
  PatchOptions,
  ScaleOptions,
  WriteOptions,
} from './object-writes.ts'
export {
  isRequestError,
  RequestError,
  type RequestErrorCause,
  type RequestErrorCode,
  type RequestErrorReason,
} from './request-error.ts'
export type { WatchOptions } from './watch-stream.ts'
