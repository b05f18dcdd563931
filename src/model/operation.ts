import type { Resource } from './resource.ts'

/**
 * One wanted change of one object, as data. What decides returns operations; what acts commits them.
 * - `create`: `object` is complete but for `metadata.resourceVersion`, which the commit gives. Refused with
 *   ALREADY_EXISTS when the key is taken.
 * - `update`: `object` replaces `base`. Refused with CONFLICT when `base` is no longer the current version.
 * - `delete`: the object goes. Refused with CONFLICT when `base` is no longer the current version.
 */
export type Operation =
  | { readonly type: 'create'; readonly object: Resource }
  | { readonly type: 'update'; readonly object: Resource; readonly base: Resource }
  | { readonly type: 'delete'; readonly base: Resource }
