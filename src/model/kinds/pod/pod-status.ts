import type { z } from 'zod'
import { conditionFields } from '../condition.ts'
import { int64, list, object, oneOf, optional, required, resourceList, text, time } from '../field.ts'
import { containerStatus, podQOSClass } from './container-status.ts'
import { resourceRequirements } from './resources.ts'

const podCondition = object('PodCondition', 'A condition of a pod.', {
  ...conditionFields,
  lastProbeTime: optional(time, 'When it was last looked at.'),
  observedGeneration: optional(int64, 'Generation of the pod that it speaks of.'),
})

const extendedResourceClaimStatus = object('PodExtendedResourceClaimStatus', 'The claim made for extended resources.', {
  resourceClaimName: required(text, 'Name of the claim.'),
  requestMappings: required(
    list(
      object('ContainerExtendedResourceRequest', 'Which request of the claim serves which container.', {
        containerName: required(text, 'Name of the container.'),
        resourceName: required(text, 'Name of the extended resource.'),
        requestName: required(text, 'Name of the request in the claim.'),
      }),
    ),
    'Which request serves which container.',
  ),
})

const observed = {
  phase: optional(
    oneOf('PodPhase', 'Where a pod is in its life.', ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']),
    'Where the pod is in its life.',
  ),
  conditions: optional(list(podCondition), 'Conditions: PodScheduled, Initialized, ContainersReady, Ready and others.'),
  message: optional(text, 'Why the pod is in this state, in a sentence.'),
  reason: optional(text, 'Why the pod is in this state, in one CamelCase word.'),
  startTime: optional(time, 'When the node took the pod up.'),
  observedGeneration: optional(int64, 'Generation of the pod that the status speaks of.'),
  qosClass: optional(podQOSClass, 'How well its resources are assured.'),
  resize: optional(text, 'State of a wanted change of resources.'),
}

const containers = {
  containerStatuses: optional(list(containerStatus), 'One per container.'),
  initContainerStatuses: optional(list(containerStatus), 'One per init container.'),
  ephemeralContainerStatuses: optional(list(containerStatus), 'One per ephemeral container.'),
  allocatedResources: optional(resourceList, 'What the node has set aside for the pod, by resource name.'),
  resources: optional(resourceRequirements, 'What is reserved and allowed for the pod in fact.'),
  resourceClaimStatuses: optional(
    list(
      object('PodResourceClaimStatus', 'The ResourceClaim of an entry of `spec.resourceClaims`.', {
        name: required(text, 'Name of the entry.'),
        resourceClaimName: optional(text, 'Name of the claim; absent when none was needed.'),
      }),
    ),
    'Claims that were made for the pod.',
  ),
  extendedResourceClaimStatus: optional(extendedResourceClaimStatus, 'The claim that was made for extended resources.'),
}

const network = {
  nominatedNodeName: optional(text, 'Node where room is being made for the pod.'),
  hostIP: optional(text, 'Address of the node.'),
  hostIPs: optional(
    list(object('HostIP', 'An address of a node.', { ip: required(text, 'The address.') })),
    'All addresses of the node.',
  ),
  podIP: optional(text, 'Address of the pod.'),
  podIPs: optional(
    list(object('PodIP', 'An address of a pod.', { ip: required(text, 'The address.') })),
    'All addresses of the pod, one per IP family.',
  ),
}

/** Kubernetes `v1.PodStatus`. */
export const podStatus = object('PodStatus', 'What is observed of a pod.', { ...observed, ...containers, ...network })

export type PodStatus = z.infer<typeof podStatus>
export type PodCondition = z.infer<typeof podCondition>
