import type { z } from 'zod'
import { flag, object, optional, quantity, required, stringMap, text, textOr } from '../field.ts'
import { localObjectReference } from '../object-reference.ts'
import { imagePullPolicy } from './image.ts'
import {
  configMapVolumeSource,
  downwardAPIVolumeSource,
  projectedVolumeSource,
  secretVolumeSource,
} from './projected-volume.ts'
import { ephemeralVolumeSource } from './volume-claim.ts'
import { networkVolumeSources } from './volume-network.ts'
import { pluginVolumeSources } from './volume-plugin.ts'

const emptyDirVolumeSource = object('EmptyDirVolumeSource', 'An empty folder that lives as long as the pod.', {
  medium: optional(
    text,
    'What holds it: empty for the disk of the node, `Memory`, or `HugePages` with an optional size.',
  ),
  sizeLimit: optional(quantity, 'The most that it may hold.'),
})

const hostPathVolumeSource = object('HostPathVolumeSource', 'A file or folder of the node.', {
  path: required(text, 'Path on the node.'),
  type: textOr(
    '',
    'What must be there, or is made there: empty for no check, or such as DirectoryOrCreate, File, Socket.',
  ),
})

const persistentVolumeClaimVolumeSource = object('PersistentVolumeClaimVolumeSource', 'What a claim is bound to.', {
  claimName: required(text, 'Name of the PersistentVolumeClaim, in the namespace of the pod.'),
  readOnly: optional(flag, 'Whether it cannot be written by any container.'),
})

const csiVolumeSource = object('CSIVolumeSource', 'Storage of a CSI driver that lives as long as the pod.', {
  driver: required(text, 'Name of the driver.'),
  readOnly: optional(flag, 'Whether it cannot be written.'),
  fsType: optional(text, 'File system to mount; the choice of the driver when absent.'),
  volumeAttributes: optional(stringMap, 'Settings for the driver.'),
  nodePublishSecretRef: optional(localObjectReference, 'Secret with what the driver needs to publish the volume.'),
})

const imageVolumeSource = object('ImageVolumeSource', 'The files of an OCI image, read-only.', {
  reference: optional(text, 'Name of the image.'),
  pullPolicy: optional(imagePullPolicy, 'When it is pulled; by the tag, as for containers, when absent.'),
})

/** Kubernetes `v1.Volume`: a name and exactly one source. An `emptyDir` when there is none. */
export const volume = object('Volume', 'Files that containers of a pod can mount.', {
  name: required(text, 'Name, unique in the pod.'),
  emptyDir: optional(emptyDirVolumeSource, 'An empty folder that lives as long as the pod.'),
  hostPath: optional(hostPathVolumeSource, 'A file or folder of the node.'),
  configMap: optional(configMapVolumeSource, 'The keys of a ConfigMap as files.'),
  secret: optional(secretVolumeSource, 'The keys of a Secret as files.'),
  downwardAPI: optional(downwardAPIVolumeSource, 'Fields of the pod as files.'),
  projected: optional(projectedVolumeSource, 'Several sources in one folder.'),
  persistentVolumeClaim: optional(persistentVolumeClaimVolumeSource, 'What a claim is bound to.'),
  ephemeral: optional(ephemeralVolumeSource, 'A claim that is made for the pod and goes with it.'),
  csi: optional(csiVolumeSource, 'Storage of a CSI driver that lives as long as the pod.'),
  image: optional(imageVolumeSource, 'The files of an image.'),
  ...networkVolumeSources,
  ...pluginVolumeSources,
})

export type Volume = z.infer<typeof volume>
