import type { Pod } from '../model/kinds/pod.ts'
import { metadataField } from '../model/metadata-field.ts'

/** What fields may speak of beside the manifest. */
export interface PodFacts {
  readonly pod: Pod
  readonly podIP: string
  readonly hostIP: string
}

/**
 * The value of a field of the pod as the downward API tells it (kubelet `podFieldSelectorRuntimeValue`); undefined for a
 * field that it does not have.
 */
export function podField(path: string, { pod: { metadata, spec }, podIP, hostIP }: PodFacts): string | undefined {
  switch (path) {
    case 'spec.nodeName':
      return spec.nodeName ?? ''
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? ''
    case 'status.podIP':
    case 'status.podIPs':
      return podIP
    case 'status.hostIP':
    case 'status.hostIPs':
      return hostIP
    default:
      return metadataField(path, metadata)
  }
}
