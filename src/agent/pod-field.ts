import type { Pod } from '../model/kinds/pod.ts'

/** What fields may speak of beside the manifest. */
export interface PodFacts {
  readonly pod: Pod
  readonly podIP: string
  readonly hostIP: string
}

/**
 * The value of a field of the pod as the downward API tells it (kubelet `podFieldSelectorRuntimeValue`, fieldpath
 * `ExtractFieldPathAsString`); undefined for a field that it does not have. Labels and annotations as a whole are lines of
 * `key="value"` in the order of their keys.
 */
export function podField(path: string, { pod, podIP, hostIP }: PodFacts): string | undefined {
  const { metadata, spec } = pod
  const subscript = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path)
  if (subscript) return metadata[subscript[1] as 'labels' | 'annotations']?.[subscript[2] as string] ?? ''
  const values: Record<string, () => string> = {
    'metadata.name': () => metadata.name,
    'metadata.namespace': () => metadata.namespace ?? 'default',
    'metadata.uid': () => metadata.uid,
    'metadata.labels': () => linesOf(metadata.labels),
    'metadata.annotations': () => linesOf(metadata.annotations),
    'spec.nodeName': () => spec.nodeName ?? '',
    'spec.serviceAccountName': () => spec.serviceAccountName ?? '',
    'status.podIP': () => podIP,
    'status.podIPs': () => podIP,
    'status.hostIP': () => hostIP,
    'status.hostIPs': () => hostIP,
  }
  return Object.hasOwn(values, path) ? values[path]?.() : undefined
}

function linesOf(map: Readonly<Record<string, string>> = {}): string {
  return Object.keys(map)
    .toSorted()
    .map((key) => `${key}=${JSON.stringify(map[key])}`)
    .join('\n')
}
