import { timestamp } from '../../model/timestamp.ts'
import type { NodeManifest } from '../door.ts'
import type { NetworkFacts } from './find-network.ts'

/** The manifest of a node, which tells as well how its pods are connected. `now` in milliseconds since 1970. */
export function withNetworkFacts(
  node: NodeManifest,
  { mode, message, podCIDR = '' }: NetworkFacts,
  now: number,
): NodeManifest {
  const { conditions = [] } = node.status as { readonly conditions?: readonly unknown[] }
  const at = timestamp(now)
  const available = {
    type: 'NetworkUnavailable',
    status: 'False',
    reason: 'RouteCreated',
    message,
    lastHeartbeatTime: at,
    lastTransitionTime: at,
  }
  const annotations = {
    'node.myriad/pod-network': mode,
    'node.myriad/pod-network-message': message,
    'node.myriad/pod-cidr': podCIDR,
  }
  return {
    ...node,
    metadata: { ...node.metadata, annotations: { ...node.metadata.annotations, ...annotations } },
    status: { ...node.status, conditions: [...conditions, available] },
  }
}
