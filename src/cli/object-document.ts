import type { Resource } from '../model/resource.ts'

/** How objects are printed together. */
export interface PrintOptions {
  /** Whether they are a list also when there is only one of them. */
  readonly isList?: boolean
  /** Whether nothing was printed before, as in a watch; what heads or separates depends on it. Default true. */
  readonly isFirst?: boolean
}

/** The one document that stands for objects: the object itself, or a `List` of them, as kubectl has it. */
export function documentOf(objects: readonly Resource[], { isList = false }: PrintOptions): unknown {
  if (!isList && objects.length === 1) return objects[0]
  return { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } }
}

/** The same value with the keys of all maps in alphabetical order, in which kubectl prints them. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]))
}
