import { z } from 'zod'
import {
  defaulted,
  deprecated,
  flag,
  int32,
  int64,
  list,
  object,
  oneOf,
  optional,
  pointerToOneOf,
  required,
  resourceList,
  stringMap,
  text,
  textOr,
} from '../field.ts'
import { localObjectReference } from '../object-reference.ts'
import { affinity } from './affinity.ts'
import { container, ephemeralContainer } from './container.ts'
import { resourceRequirements } from './resources.ts'
import { podResourceClaim, podSchedulingGate, toleration, topologySpreadConstraint } from './scheduling.ts'
import { podSecurityContext } from './security-context.ts'
import { volume } from './volume.ts'

const thirtySeconds = 30

const hostAlias = object('HostAlias', 'A line of /etc/hosts.', {
  ip: required(text, 'The address.'),
  hostnames: optional(list(text), 'Names of the address.'),
})

const podDNSConfig = object('PodDNSConfig', 'Settings of name resolution, added to what `dnsPolicy` gives.', {
  nameservers: optional(list(text), 'Addresses of name servers, at most 3 altogether.'),
  searches: optional(list(text), 'Domains that are searched, at most 32 altogether.'),
  options: optional(
    list(
      object('PodDNSConfigOption', 'An option of the resolver.', {
        name: optional(text, 'Name of the option; required.'),
        value: optional(text, 'Value of the option, if it has one.'),
      }),
    ),
    'Options of the resolver.',
  ),
})

const podOS = object('PodOS', 'The operating system of a pod.', {
  name: required(oneOf('OSName', 'An operating system.', ['linux', 'windows']), 'Name of the system.'),
})

const podReadinessGate = object('PodReadinessGate', 'A further condition for a pod to be ready.', {
  conditionType: required(text, 'Type of a condition in the status of the pod.'),
})

const containers = {
  initContainers: optional(list(container), 'Containers that run one after the other before the others start.'),
  containers: required(list(container), 'Containers that run together; at least one.'),
  ephemeralContainers: optional(list(ephemeralContainer), 'Containers that were added to look into the running pod.'),
  volumes: optional(list(volume), 'Volumes that containers can mount.'),
}

const life = {
  restartPolicy: defaulted(
    oneOf('RestartPolicy', 'When the containers of a pod are started again.', ['Always', 'OnFailure', 'Never']),
    'Always',
    'When containers that have ended are started again.',
  ),
  terminationGracePeriodSeconds: defaulted(int64, thirtySeconds, 'Seconds to end gracefully after the pod is deleted.'),
  activeDeadlineSeconds: optional(int64, 'Seconds that the pod may be active before it is failed.'),
}

const placement = {
  nodeName: optional(text, 'Node that the pod is bound to; set by the scheduler.'),
  nodeSelector: optional(stringMap, 'Labels that the node must have.'),
  affinity: optional(affinity, 'What the pod wants its node and its neighbours to be.'),
  tolerations: optional(list(toleration), 'Taints that the pod does not mind.'),
  topologySpreadConstraints: optional(list(topologySpreadConstraint), 'How evenly pods spread over domains.'),
  schedulerName: textOr('default-scheduler', 'Scheduler that places the pod.'),
  schedulingGates: optional(list(podSchedulingGate), 'As long as there is one, the pod is not scheduled.'),
  priorityClassName: optional(text, 'Name of the PriorityClass.'),
  priority: optional(int32, 'Priority; the higher is placed first.'),
  preemptionPolicy: optional(
    pointerToOneOf('PreemptionPolicy', 'Whether a pod may push away others.', ['PreemptLowerPriority', 'Never']),
    'Whether pods of lower priority may be pushed away for this one.',
  ),
  overhead: optional(resourceList, 'What the pod itself costs beside its containers, by resource name.'),
  resourceClaims: optional(list(podResourceClaim), 'Claims to devices.'),
  resources: optional(resourceRequirements, 'What is reserved for all containers together.'),
}

const identity = {
  serviceAccountName: optional(text, 'Name of the ServiceAccount that the pod acts as.'),
  serviceAccount: deprecated(text, 'Older name of `serviceAccountName`.', 'Use `serviceAccountName`.'),
  automountServiceAccountToken: optional(flag, 'Whether a token of the service account is mounted.'),
  imagePullSecrets: optional(list(localObjectReference), 'Secrets for pulling the images.'),
  securityContext: z
    .prefault(podSecurityContext, {})
    .register(z.globalRegistry, { description: 'Security settings of all containers.' }),
  runtimeClassName: optional(text, 'Name of the RuntimeClass.'),
  os: optional(podOS, 'Operating system that the pod needs.'),
}

const network = {
  dnsPolicy: defaulted(
    oneOf('DNSPolicy', 'Where the settings of name resolution come from.', [
      'ClusterFirst',
      'ClusterFirstWithHostNet',
      'Default',
      'None',
    ]),
    'ClusterFirst',
    'Where the settings of name resolution come from.',
  ),
  dnsConfig: optional(podDNSConfig, 'Further settings of name resolution.'),
  hostname: optional(text, 'Host name of the pod; its name when absent.'),
  subdomain: optional(text, 'Subdomain of the host name.'),
  setHostnameAsFQDN: optional(flag, 'Whether the host name is the full one.'),
  hostnameOverride: optional(text, 'Host name in the pod, whatever name resolution says.'),
  hostAliases: optional(list(hostAlias), 'Lines that are added to /etc/hosts.'),
  hostNetwork: optional(flag, 'Whether the pod shares the network of the node.'),
  hostPID: optional(flag, 'Whether the pod sees the processes of the node.'),
  hostIPC: optional(flag, 'Whether the pod shares the IPC of the node.'),
  hostUsers: optional(flag, 'Whether the pod shares the user IDs of the node; it does when absent.'),
  shareProcessNamespace: optional(flag, 'Whether the containers see the processes of each other.'),
  enableServiceLinks: optional(flag, 'Whether services are told in environment variables.'),
  readinessGates: optional(list(podReadinessGate), 'Further conditions for the pod to be ready.'),
}

/** Kubernetes `v1.PodSpec`, all of it. */
export const podSpec = object('PodSpec', 'What a pod should be.', {
  ...containers,
  ...life,
  ...placement,
  ...identity,
  ...network,
})

export type PodSpec = z.infer<typeof podSpec>
export type PodDNSConfig = z.infer<typeof podDNSConfig>
