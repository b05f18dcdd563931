import type { SelectableFields } from '../../kind.ts'
import type { Pod } from '../pod.ts'

/** What pods can be selected by (Kubernetes `registry/core/pod` ToSelectableFields). */
export const podFields: SelectableFields = {
  'spec.nodeName': podField(({ spec }) => spec.nodeName),
  'spec.restartPolicy': podField(({ spec }) => spec.restartPolicy),
  'spec.schedulerName': podField(({ spec }) => spec.schedulerName),
  'spec.serviceAccountName': podField(({ spec }) => spec.serviceAccountName),
  'spec.hostNetwork': podField(({ spec }) => String(spec.hostNetwork ?? false)),
  'status.phase': podField(({ status }) => status?.phase),
  'status.podIP': podField(({ status }) => status?.podIPs?.[0]?.ip || status?.podIP),
  'status.nominatedNodeName': podField(({ status }) => status?.nominatedNodeName),
}

function podField(read: (pod: Pod) => string | undefined): SelectableFields[string] {
  return (resource) => read(resource as Pod) ?? ''
}
