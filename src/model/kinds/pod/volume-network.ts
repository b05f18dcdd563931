import { defaulted, deprecated, flag, int32, list, object, optional, required, text, textOr } from '../field.ts'
import { localObjectReference } from '../object-reference.ts'

const readOnly = optional(flag, 'Whether it cannot be written.')
const fsType = optional(text, 'File system to mount; ext4 when absent.')

const nfs = object('NFSVolumeSource', 'A folder of an NFS server.', {
  server: required(text, 'Host name or address of the server.'),
  path: required(text, 'Path that the server exports.'),
  readOnly,
})

const iscsi = object('ISCSIVolumeSource', 'A disk that is reached by iSCSI.', {
  targetPortal: required(text, 'Address, with a port if it is not the usual one, of the target.'),
  iqn: required(text, 'Qualified name of the target.'),
  lun: defaulted(int32, 0, 'Number of the disk on the target.'),
  iscsiInterface: textOr('default', 'Interface of the initiator.'),
  fsType,
  readOnly,
  portals: optional(list(text), 'Further addresses of the target.'),
  chapAuthDiscovery: optional(flag, 'Whether discovery is authenticated by CHAP.'),
  chapAuthSession: optional(flag, 'Whether the session is authenticated by CHAP.'),
  secretRef: optional(localObjectReference, 'Secret for CHAP.'),
  initiatorName: optional(text, 'Name of the initiator.'),
})

const fc = object('FCVolumeSource', 'A disk that is reached by Fibre Channel.', {
  targetWWNs: optional(list(text), 'World-wide names of the target.'),
  lun: optional(int32, 'Number of the disk on the target.'),
  fsType,
  readOnly,
  wwids: optional(list(text), 'World-wide identifiers, instead of names and number.'),
})

const glusterfs = object('GlusterfsVolumeSource', 'A Gluster volume.', {
  endpoints: required(text, 'Name of the Endpoints that hold the servers.'),
  path: required(text, 'Name of the volume.'),
  readOnly,
})

const rbd = object('RBDVolumeSource', 'A RADOS block device.', {
  monitors: required(list(text), 'Addresses of the Ceph monitors.'),
  image: required(text, 'Name of the image.'),
  fsType,
  pool: textOr('rbd', 'Pool of the image.'),
  user: textOr('admin', 'Name of the user.'),
  keyring: textOr('/etc/ceph/keyring', 'Path of the keyring of the user.'),
  secretRef: optional(localObjectReference, 'Secret that is used instead of the keyring.'),
  readOnly,
})

const cephfs = object('CephFSVolumeSource', 'A Ceph file system.', {
  monitors: required(list(text), 'Addresses of the Ceph monitors.'),
  path: optional(text, 'Folder to mount; the root when absent.'),
  user: optional(text, 'Name of the user; admin when absent.'),
  secretFile: optional(text, 'Path of the keyring of the user.'),
  secretRef: optional(localObjectReference, 'Secret that is used instead of the keyring.'),
  readOnly,
})

const cinder = object('CinderVolumeSource', 'A volume of OpenStack.', {
  volumeID: required(text, 'Identity of the volume.'),
  fsType,
  readOnly,
  secretRef: optional(localObjectReference, 'Secret for OpenStack.'),
})

const flocker = object('FlockerVolumeSource', 'A Flocker dataset.', {
  datasetName: optional(text, 'Name of the dataset.'),
  datasetUUID: optional(text, 'Identity of the dataset, instead of the name.'),
})

const quobyte = object('QuobyteVolumeSource', 'A Quobyte volume.', {
  registry: required(text, 'Addresses of the registry, as host:port, separated by commas.'),
  volume: required(text, 'Name of the volume.'),
  readOnly,
  user: optional(text, 'User that mounts it.'),
  group: optional(text, 'Group that mounts it.'),
  tenant: optional(text, 'Tenant that owns it.'),
})

const gitRepo = object('GitRepoVolumeSource', 'A clone of a Git repository.', {
  repository: required(text, 'Address of the repository.'),
  revision: optional(text, 'Commit to check out.'),
  directory: optional(text, 'Folder for the clone; without `..`.'),
})

/** The sources of a volume that are reached over a network, as fields of `Volume`. */
export const networkVolumeSources = {
  nfs: optional(nfs, 'A folder of an NFS server.'),
  iscsi: optional(iscsi, 'A disk that is reached by iSCSI.'),
  fc: optional(fc, 'A disk that is reached by Fibre Channel.'),
  glusterfs: deprecated(glusterfs, 'A Gluster volume.', 'Use a driver of CSI.'),
  rbd: deprecated(rbd, 'A RADOS block device.', 'Use a driver of CSI.'),
  cephfs: deprecated(cephfs, 'A Ceph file system.', 'Use a driver of CSI.'),
  cinder: deprecated(cinder, 'A volume of OpenStack.', 'Use a driver of CSI.'),
  flocker: deprecated(flocker, 'A Flocker dataset.', 'Use a driver of CSI.'),
  quobyte: deprecated(quobyte, 'A Quobyte volume.', 'Use a driver of CSI.'),
  gitRepo: deprecated(gitRepo, 'A clone of a Git repository.', 'Clone in an init container, into an emptyDir.'),
}
