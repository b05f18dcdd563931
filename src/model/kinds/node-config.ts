import type { z } from 'zod'
import { object, optional, required, text } from './field.ts'

/** Kubernetes `v1.NodeConfigSource`. */
export const nodeConfigSource = object('NodeConfigSource', 'Where a node agent has its configuration from.', {
  configMap: optional(
    object('ConfigMapNodeConfigSource', 'A ConfigMap with the configuration of a node agent.', {
      namespace: required(text, 'Namespace of the ConfigMap.'),
      name: required(text, 'Name of the ConfigMap.'),
      uid: optional(text, 'UID of the ConfigMap.'),
      resourceVersion: optional(text, 'Version of the ConfigMap.'),
      kubeletConfigKey: required(text, 'Key of the configuration.'),
    }),
    'The ConfigMap.',
  ),
})

export type NodeConfigSource = z.infer<typeof nodeConfigSource>
