import type { z } from 'zod'
import { conditionFields } from './condition.ts'
import {
  deprecated,
  flag,
  int32,
  int64,
  list,
  object,
  oneOf,
  optional,
  required,
  resourceList,
  text,
  time,
} from './field.ts'
import { nodeConfigSource } from './node-config.ts'

const nodeAddress = object('NodeAddress', 'An address of a machine.', {
  type: required(
    oneOf('NodeAddressType', 'Kind of an address of a machine.', [
      'Hostname',
      'InternalIP',
      'ExternalIP',
      'InternalDNS',
      'ExternalDNS',
    ]),
    'Kind of the address.',
  ),
  address: required(text, 'The address.'),
})

const nodeSystemInfo = object('NodeSystemInfo', 'What a machine is made of.', {
  machineID: optional(text, 'Identity of the installed system.'),
  systemUUID: optional(text, 'Identity of the hardware.'),
  bootID: optional(text, 'Identity of this boot.'),
  kernelVersion: optional(text, 'Version of the kernel.'),
  osImage: optional(text, 'Name of the operating system, for people.'),
  containerRuntimeVersion: optional(text, 'Runtime and its version, as `name://version`.'),
  kubeletVersion: optional(text, 'Version of the node agent.'),
  kubeProxyVersion: deprecated(text, 'Version of the service proxy.', 'Nobody knows it any more.'),
  operatingSystem: optional(text, 'The operating system, such as linux.'),
  architecture: optional(text, 'The processor architecture, such as amd64.'),
  swap: optional(
    object('NodeSwapStatus', 'Swap space of a machine.', { capacity: optional(int64, 'Size in bytes.') }),
    'Swap space.',
  ),
})

const daemonEndpoints = object('NodeDaemonEndpoints', 'Where the agents of a machine listen.', {
  kubeletEndpoint: optional(
    object('DaemonEndpoint', 'Where an agent listens.', { Port: required(int32, 'Number of the port.') }),
    'Where the node agent listens.',
  ),
})

const runtimeHandler = object('NodeRuntimeHandler', 'A runtime handler of a machine.', {
  name: optional(text, 'Name of the handler; empty for the default one.'),
  features: optional(
    object('NodeRuntimeHandlerFeatures', 'What a runtime handler can do.', {
      recursiveReadOnlyMounts: optional(flag, 'Whether mounts can be read-only all the way down.'),
      userNamespaces: optional(flag, 'Whether it knows user namespaces.'),
    }),
    'What the handler can do.',
  ),
})

const configStatus = object('NodeConfigStatus', 'The state of configuration from the control plane.', {
  assigned: optional(nodeConfigSource, 'The configuration that is wanted.'),
  active: optional(nodeConfigSource, 'The configuration that is used.'),
  lastKnownGood: optional(nodeConfigSource, 'The configuration that is fallen back to.'),
  error: optional(text, 'What is wrong with the wanted configuration.'),
})

/** Kubernetes `v1.NodeStatus`. */
export const nodeStatus = object('NodeStatus', 'What is observed of a machine.', {
  capacity: optional(resourceList, 'All that the machine has, by resource name.'),
  allocatable: optional(resourceList, 'What of it pods may use; all when absent.'),
  phase: deprecated(text, 'Where the machine is in its life.', 'Nobody sets it any more; see `conditions`.'),
  conditions: optional(
    list(
      object('NodeCondition', 'A condition of a machine.', {
        ...conditionFields,
        lastHeartbeatTime: optional(time, 'When it was last looked at.'),
      }),
    ),
    'Conditions: Ready, MemoryPressure, DiskPressure, PIDPressure and others.',
  ),
  addresses: optional(list(nodeAddress), 'Addresses of the machine.'),
  daemonEndpoints: optional(daemonEndpoints, 'Where the agents of the machine listen.'),
  nodeInfo: optional(nodeSystemInfo, 'What the machine is made of.'),
  images: optional(
    list(
      object('ContainerImage', 'An image on a machine.', {
        names: optional(list(text), 'Names of the image.'),
        sizeBytes: optional(int64, 'Size in bytes.'),
      }),
    ),
    'Images that are there.',
  ),
  volumesInUse: optional(list(text), 'Volumes that are attached and mounted.'),
  volumesAttached: optional(
    list(
      object('AttachedVolume', 'A volume that is attached to a machine.', {
        name: required(text, 'Name of the volume.'),
        devicePath: required(text, 'Path of its device.'),
      }),
    ),
    'Volumes that are attached.',
  ),
  config: deprecated(
    configStatus,
    'State of configuration from the control plane.',
    'No agent reads its configuration there any more.',
  ),
  runtimeHandlers: optional(list(runtimeHandler), 'Runtime handlers that are there.'),
  features: optional(
    object('NodeFeatures', 'What the runtime of a machine can do.', {
      supplementalGroupsPolicy: optional(flag, 'Whether it knows `supplementalGroupsPolicy`.'),
    }),
    'What the runtime can do.',
  ),
  declaredFeatures: optional(list(text), 'Features that the node agent knows.'),
})

export type NodeStatus = z.infer<typeof nodeStatus>
