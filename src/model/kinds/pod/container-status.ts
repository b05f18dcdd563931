import type { z } from 'zod'
import { flag, int32, int64, list, object, oneOf, optional, required, resourceList, text, time } from '../field.ts'
import { resourceRequirements } from './resources.ts'
import { recursiveReadOnlyMode } from './volume-mount.ts'

const containerStateWaiting = object('ContainerStateWaiting', 'A container that does not run yet.', {
  reason: optional(text, 'Why it waits, in one CamelCase word.'),
  message: optional(text, 'Why it waits, in a sentence.'),
})

const containerStateRunning = object('ContainerStateRunning', 'A container that runs.', {
  startedAt: optional(time, 'When it was started.'),
})

const containerStateTerminated = object('ContainerStateTerminated', 'A container that has ended.', {
  exitCode: required(int32, 'Exit code of its process.'),
  signal: optional(int32, 'Signal that ended it.'),
  reason: optional(text, 'Why it ended, in one CamelCase word.'),
  message: optional(text, 'Its last message.'),
  startedAt: optional(time, 'When it was started.'),
  finishedAt: optional(time, 'When it ended.'),
  containerID: optional(text, 'Identity that the runtime gave it.'),
})

const containerState = object('ContainerState', 'The state of a container: one of three; waiting when none is given.', {
  waiting: optional(containerStateWaiting, 'It does not run yet.'),
  running: optional(containerStateRunning, 'It runs.'),
  terminated: optional(containerStateTerminated, 'It has ended.'),
})

const resourceHealth = object('ResourceHealth', 'The health of one device.', {
  resourceID: required(text, 'Identity of the device.'),
  health: optional(text, 'Healthy, Unhealthy or Unknown.'),
  message: optional(text, 'What is known about it.'),
})

const resourceStatus = object('ResourceStatus', 'The state of the devices of one resource.', {
  name: required(text, 'Name of the resource.'),
  resources: optional(list(resourceHealth), 'The devices.'),
})

const linuxContainerUser = object('LinuxContainerUser', 'The user of a process on Linux.', {
  uid: required(int64, 'User ID.'),
  gid: required(int64, 'Primary group ID.'),
  supplementalGroups: optional(list(int64), 'Further group IDs.'),
})

const volumeMountStatus = object('VolumeMountStatus', 'How a volume was mounted.', {
  name: required(text, 'Name of the volume.'),
  mountPath: required(text, 'Path in the container.'),
  readOnly: optional(flag, 'Whether the container cannot write.'),
  recursiveReadOnly: optional(recursiveReadOnlyMode, 'Whether mounts below are read-only too.'),
  volumeStatus: optional(
    object('VolumeStatus', 'What is known of a mounted volume.', {
      image: optional(
        object('ImageVolumeStatus', 'What is known of a volume that is an image.', {
          imageRef: required(text, 'Identity of the image.'),
        }),
        'For a volume that is an image.',
      ),
    }),
    'What is known of the volume.',
  ),
})

/** Kubernetes `v1.ContainerStatus`. */
export const containerStatus = object('ContainerStatus', 'What is observed of a container.', {
  name: required(text, 'Name of the container.'),
  state: optional(containerState, 'Its state now.'),
  lastState: optional(containerState, 'How it last ended, if it was started again.'),
  ready: required(flag, 'Whether it can serve.'),
  started: optional(flag, 'Whether its start is complete.'),
  restartCount: required(int32, 'How often it was started again.'),
  image: required(text, 'Name of the image that it runs.'),
  imageID: required(text, 'Identity of the image that it runs.'),
  containerID: optional(text, 'Identity that the runtime gave it.'),
  allocatedResources: optional(resourceList, 'What the node has set aside for it, by resource name.'),
  allocatedResourcesStatus: optional(list(resourceStatus), 'State of the devices that it was given.'),
  resources: optional(resourceRequirements, 'What is reserved and allowed in fact.'),
  volumeMounts: optional(list(volumeMountStatus), 'How its volumes were mounted.'),
  user: optional(
    object('ContainerUser', 'The user of a process.', {
      linux: optional(linuxContainerUser, 'For Linux.'),
    }),
    'User of its first process.',
  ),
  stopSignal: optional(text, 'Signal that asks it to end.'),
})

/** Kubernetes `v1.PodQOSClass`. */
export const podQOSClass = oneOf('PodQOSClass', 'How well the resources of a pod are assured.', [
  'Guaranteed',
  'Burstable',
  'BestEffort',
])

export type ContainerState = z.infer<typeof containerState>
export type ContainerStatus = z.infer<typeof containerStatus>
