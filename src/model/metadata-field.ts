import type { ObjectMeta } from './resource.ts'

/**
 * The value of a field of an object's metadata by its path, as the downward API tells it (Kubernetes' fieldpath
 * `ExtractFieldPathAsString`); undefined for a path that leads elsewhere. Labels and annotations as a whole are lines of
 * `key="value"` in the order of their keys; a single one that is not there is empty.
 */
export function metadataField(path: string, metadata: ObjectMeta): string | undefined {
  const [, map, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? []
  if (key !== undefined) return metadata[map as 'labels' | 'annotations']?.[key] ?? ''
  switch (path) {
    case 'metadata.name':
      return metadata.name
    case 'metadata.namespace':
      return metadata.namespace ?? 'default'
    case 'metadata.uid':
      return metadata.uid
    case 'metadata.labels':
      return linesOf(metadata.labels)
    case 'metadata.annotations':
      return linesOf(metadata.annotations)
    default:
      return undefined
  }
}

function linesOf(map: Readonly<Record<string, string>> = {}): string {
  return Object.keys(map)
    .toSorted()
    .map((key) => `${key}=${JSON.stringify(map[key])}`)
    .join('\n')
}
