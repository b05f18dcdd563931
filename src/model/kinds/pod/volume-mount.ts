import type { z } from 'zod'
import { flag, object, optional, pointerToOneOf, required, text } from '../field.ts'

/** Kubernetes `v1.RecursiveReadOnlyMode`. */
export const recursiveReadOnlyMode = pointerToOneOf(
  'RecursiveReadOnlyMode',
  'Whether mounts below are read-only too.',
  ['Disabled', 'IfPossible', 'Enabled'],
)

/** Kubernetes `v1.VolumeMount`. */
export const volumeMount = object('VolumeMount', 'Where a container sees a volume.', {
  name: required(text, 'Name of the volume.'),
  mountPath: required(text, 'Path in the container; without `:`.'),
  readOnly: optional(flag, 'Whether the container cannot write.'),
  recursiveReadOnly: optional(recursiveReadOnlyMode, 'Whether mounts below are read-only too.'),
  subPath: optional(text, 'Path in the volume that is mounted; its root when absent.'),
  subPathExpr: optional(text, 'As `subPath`, with `$(NAME)` expanded to environment variables.'),
  mountPropagation: optional(
    pointerToOneOf('MountPropagationMode', 'Whether later mounts are seen on the other side.', [
      'None',
      'HostToContainer',
      'Bidirectional',
    ]),
    'Whether later mounts are seen on the other side; None when absent.',
  ),
})

/** Kubernetes `v1.VolumeDevice`. */
export const volumeDevice = object('VolumeDevice', 'Where a container sees a raw device.', {
  name: required(text, 'Name of a volume that is a claim.'),
  devicePath: required(text, 'Path of the device in the container.'),
})

export type VolumeMount = z.infer<typeof volumeMount>
