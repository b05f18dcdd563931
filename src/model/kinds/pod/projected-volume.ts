import type { z } from 'zod'
import { defaulted, flag, int32, int64, list, object, optional, required, stringMap, text } from '../field.ts'
import { labelSelector } from '../label-selector.ts'
import { objectFieldSelector, resourceFieldSelector } from './environment.ts'

/** 0644, the mode of files that come from the control plane. */
const readableByAll = 0o644
const anHour = 3600

const keyToPath = object('KeyToPath', 'Puts one key into one file.', {
  key: required(text, 'The key.'),
  path: required(text, 'Path of the file in the volume; neither absolute nor with `..`.'),
  mode: optional(int32, 'Mode of the file, 0 to 0777 (octal); that of the volume when absent.'),
})

const downwardAPIVolumeFile = object('DownwardAPIVolumeFile', 'Puts one field of the pod into one file.', {
  path: required(text, 'Path of the file in the volume; neither absolute nor with `..`.'),
  fieldRef: optional(objectFieldSelector, 'The field.'),
  resourceFieldRef: optional(resourceFieldSelector, 'A limit or a request of a container, instead of a field.'),
  mode: optional(int32, 'Mode of the file, 0 to 0777 (octal); that of the volume when absent.'),
})

const defaultMode = defaulted(int32, readableByAll, 'Mode of files that have none of their own, 0 to 0777 (octal).')
const items = optional(list(keyToPath), 'The keys to take and where to put them; all, by their names, when absent.')

export const configMapVolumeSource = object('ConfigMapVolumeSource', 'The keys of a ConfigMap as files.', {
  name: optional(text, 'Name of the ConfigMap.'),
  items,
  defaultMode,
  optional: optional(flag, 'Whether the ConfigMap or its keys may be missing.'),
})

export const secretVolumeSource = object('SecretVolumeSource', 'The keys of a Secret as files.', {
  secretName: optional(text, 'Name of the Secret.'),
  items,
  defaultMode,
  optional: optional(flag, 'Whether the Secret or its keys may be missing.'),
})

export const downwardAPIVolumeSource = object('DownwardAPIVolumeSource', 'Fields of the pod as files.', {
  items: optional(list(downwardAPIVolumeFile), 'The files.'),
  defaultMode,
})

const configMapProjection = object('ConfigMapProjection', 'The keys of a ConfigMap in a projected volume.', {
  name: optional(text, 'Name of the ConfigMap.'),
  items,
  optional: optional(flag, 'Whether the ConfigMap or its keys may be missing.'),
})

const secretProjection = object('SecretProjection', 'The keys of a Secret in a projected volume.', {
  name: optional(text, 'Name of the Secret.'),
  items,
  optional: optional(flag, 'Whether the Secret or its keys may be missing.'),
})

const downwardAPIProjection = object('DownwardAPIProjection', 'Fields of the pod in a projected volume.', {
  items: optional(list(downwardAPIVolumeFile), 'The files.'),
})

const serviceAccountTokenProjection = object('ServiceAccountTokenProjection', 'A token of the service account.', {
  audience: optional(text, 'For whom the token is meant; the API server when absent.'),
  expirationSeconds: defaulted(int64, anHour, 'Seconds that a token is valid, at least 600; it is renewed in time.'),
  path: required(text, 'Path of the file in the volume.'),
})

const clusterTrustBundleProjection = object('ClusterTrustBundleProjection', 'Certificates that are to be trusted.', {
  name: optional(text, 'Name of one bundle.'),
  signerName: optional(text, 'All bundles of this signer, instead of one by name.'),
  labelSelector: optional(labelSelector, 'Which bundles of the signer; none when absent.'),
  optional: optional(flag, 'Whether the bundle may be missing.'),
  path: required(text, 'Path of the file in the volume.'),
})

const podCertificateProjection = object('PodCertificateProjection', 'A key of the pod and a certificate for it.', {
  signerName: required(text, 'Who signs the certificate.'),
  keyType: required(text, 'Kind of the key, such as ED25519 or ECDSAP256.'),
  maxExpirationSeconds: optional(int32, 'Seconds that a certificate may be valid at most.'),
  credentialBundlePath: optional(text, 'File for the key and the certificates together.'),
  keyPath: optional(text, 'File for the key.'),
  certificateChainPath: optional(text, 'File for the certificates.'),
  userAnnotations: optional(stringMap, 'Further facts for the signer.'),
})

const volumeProjection = object('VolumeProjection', 'One source of a projected volume; exactly one is given.', {
  configMap: optional(configMapProjection, 'The keys of a ConfigMap.'),
  secret: optional(secretProjection, 'The keys of a Secret.'),
  downwardAPI: optional(downwardAPIProjection, 'Fields of the pod.'),
  serviceAccountToken: optional(serviceAccountTokenProjection, 'A token of the service account.'),
  clusterTrustBundle: optional(clusterTrustBundleProjection, 'Certificates that are to be trusted.'),
  podCertificate: optional(podCertificateProjection, 'A key of the pod and a certificate for it.'),
})

/** Kubernetes `v1.ProjectedVolumeSource`. */
export const projectedVolumeSource = object('ProjectedVolumeSource', 'Several sources in one folder.', {
  sources: optional(list(volumeProjection), 'The sources.'),
  defaultMode,
})

export type KeyToPath = z.infer<typeof keyToPath>
export type DownwardAPIVolumeFile = z.infer<typeof downwardAPIVolumeFile>
export type VolumeProjection = z.infer<typeof volumeProjection>
