import {
  defaulted,
  deprecated,
  flag,
  int32,
  object,
  optional,
  pointerToOneOf,
  required,
  stringMap,
  text,
  textOr,
} from '../field.ts'
import { localObjectReference } from '../object-reference.ts'

const readOnly = optional(flag, 'Whether it cannot be written.')
const fsType = optional(text, 'File system to mount; ext4 when absent.')
const partition = optional(int32, 'Number of the partition, 1 to 255; the whole disk when absent or 0.')

const awsElasticBlockStore = object('AWSElasticBlockStoreVolumeSource', 'A disk of Amazon EBS.', {
  volumeID: required(text, 'Identity of the disk.'),
  fsType,
  partition,
  readOnly,
})

const gcePersistentDisk = object('GCEPersistentDiskVolumeSource', 'A disk of Google Compute Engine.', {
  pdName: required(text, 'Name of the disk.'),
  fsType,
  partition,
  readOnly,
})

const azureDisk = object('AzureDiskVolumeSource', 'A disk of Azure.', {
  diskName: required(text, 'Name of the disk.'),
  diskURI: required(text, 'Address of the disk.'),
  cachingMode: defaulted(
    pointerToOneOf('AzureDataDiskCachingMode', 'What the host of an Azure disk caches.', [
      'None',
      'ReadOnly',
      'ReadWrite',
    ]),
    'ReadWrite',
    'What the host caches.',
  ),
  fsType: textOr('ext4', 'File system to mount.'),
  readOnly: defaulted(flag, false, 'Whether it cannot be written.'),
  kind: defaulted(
    pointerToOneOf('AzureDataDiskKind', 'Who keeps an Azure disk.', ['Shared', 'Dedicated', 'Managed']),
    'Shared',
    'Who keeps the disk.',
  ),
})

const azureFile = object('AzureFileVolumeSource', 'A share of Azure Files.', {
  secretName: required(text, 'Name of the Secret with account and key.'),
  shareName: required(text, 'Name of the share.'),
  readOnly,
})

const vsphereVolume = object('VsphereVirtualDiskVolumeSource', 'A disk of vSphere.', {
  volumePath: required(text, 'Path of the disk.'),
  fsType,
  storagePolicyName: optional(text, 'Name of the storage policy.'),
  storagePolicyID: optional(text, 'Identity of the storage policy.'),
})

const photonPersistentDisk = object('PhotonPersistentDiskVolumeSource', 'A disk of Photon.', {
  pdID: required(text, 'Identity of the disk.'),
  fsType,
})

const portworxVolume = object('PortworxVolumeSource', 'A Portworx volume.', {
  volumeID: required(text, 'Identity of the volume.'),
  fsType,
  readOnly,
})

const scaleIO = object('ScaleIOVolumeSource', 'A ScaleIO volume.', {
  gateway: required(text, 'Host of the gateway.'),
  system: required(text, 'Name of the storage system.'),
  secretRef: optional(localObjectReference, 'Secret with user and password; required.'),
  sslEnabled: optional(flag, 'Whether the gateway is spoken to with TLS.'),
  protectionDomain: optional(text, 'Protection domain of the storage.'),
  storagePool: optional(text, 'Pool of the storage.'),
  storageMode: textOr('ThinProvisioned', 'How the storage is given: ThinProvisioned or ThickProvisioned.'),
  volumeName: optional(text, 'Name of a volume that exists.'),
  fsType: textOr('xfs', 'File system to mount.'),
  readOnly,
})

const storageos = object('StorageOSVolumeSource', 'A StorageOS volume.', {
  volumeName: optional(text, 'Name of the volume.'),
  volumeNamespace: optional(text, 'Namespace of the volume; that of the pod when absent.'),
  fsType,
  readOnly,
  secretRef: optional(localObjectReference, 'Secret for StorageOS.'),
})

const flexVolume = object('FlexVolumeSource', 'Storage of an executable driver.', {
  driver: required(text, 'Name of the driver.'),
  fsType: optional(text, 'File system to mount; the choice of the driver when absent.'),
  secretRef: optional(localObjectReference, 'Secret that is handed to the driver.'),
  readOnly,
  options: optional(stringMap, 'Settings for the driver.'),
})

/** The sources of a volume that belong to one vendor or one plugin, as fields of `Volume`. */
export const pluginVolumeSources = {
  awsElasticBlockStore: deprecated(awsElasticBlockStore, 'A disk of Amazon EBS.', 'Use a driver of CSI.'),
  gcePersistentDisk: deprecated(gcePersistentDisk, 'A disk of Google Compute Engine.', 'Use a driver of CSI.'),
  azureDisk: deprecated(azureDisk, 'A disk of Azure.', 'Use a driver of CSI.'),
  azureFile: deprecated(azureFile, 'A share of Azure Files.', 'Use a driver of CSI.'),
  vsphereVolume: deprecated(vsphereVolume, 'A disk of vSphere.', 'Use a driver of CSI.'),
  photonPersistentDisk: deprecated(photonPersistentDisk, 'A disk of Photon.', 'Use a driver of CSI.'),
  portworxVolume: deprecated(portworxVolume, 'A Portworx volume.', 'Use a driver of CSI.'),
  scaleIO: deprecated(scaleIO, 'A ScaleIO volume.', 'Use a driver of CSI.'),
  storageos: deprecated(storageos, 'A StorageOS volume.', 'Use a driver of CSI.'),
  flexVolume: deprecated(flexVolume, 'Storage of an executable driver.', 'Use a driver of CSI.'),
}
