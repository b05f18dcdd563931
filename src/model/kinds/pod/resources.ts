import type { z } from 'zod'
import { list, object, oneOf, optional, required, resourceList, text } from '../field.ts'

const containerResourceClaim = object('ContainerResourceClaim', 'A resource claim of the pod that a container uses.', {
  name: required(text, 'Name of an entry of `spec.resourceClaims`.'),
  request: optional(text, 'The one request of the claim that is used; all of them when absent.'),
})

/** Kubernetes `v1.ResourceRequirements`. */
export const resourceRequirements = object('ResourceRequirements', 'What is reserved, and what may be used at most.', {
  limits: optional(resourceList, 'The most that may be used, by resource name.'),
  requests: optional(resourceList, 'What is reserved, by resource name; equal to the limit where only that is given.'),
  claims: optional(list(containerResourceClaim), 'Resource claims of the pod that are used.'),
})

export const containerResizePolicy = object('ContainerResizePolicy', 'What a change of one resource does.', {
  resourceName: required(text, 'Name of the resource: cpu or memory.'),
  restartPolicy: required(
    oneOf('ResourceResizeRestartPolicy', 'Whether a container restarts when its resources change.', [
      'NotRequired',
      'RestartContainer',
    ]),
    'Whether the container restarts when this resource changes.',
  ),
})

export type ResourceRequirements = z.infer<typeof resourceRequirements>
