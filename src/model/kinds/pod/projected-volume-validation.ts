import type { Cause } from '../../errors.ts'
import { each, forbiddenFault, invalidFault, requiredFault, requiredTextFaults } from '../../fault.ts'
import { validateLabelSelector } from '../../label-validation.ts'
import { validateResourceFieldSelector } from './environment-validation.ts'
import { validateFieldSelector } from './field-selector-validation.ts'
import { fileModeFaults, volumeFileFaults } from './local-path.ts'
import type { DownwardAPIVolumeFile, KeyToPath, VolumeProjection } from './projected-volume.ts'
import type { Volume } from './volume.ts'

const fieldPaths = ['metadata.name', 'metadata.namespace', 'metadata.labels', 'metadata.annotations', 'metadata.uid']
const expirationSecondsMin = 600
const expirationSecondsMax = 2 ** 32

/** The faults of a volume that holds a ConfigMap. */
export function validateConfigMapVolume(source: Volume['configMap'], path: string): Cause[] {
  if (source === undefined) return []
  return [
    ...requiredTextFaults(`${path}.name`, source.name),
    ...fileModeFaults(`${path}.defaultMode`, source.defaultMode),
    ...validateItems(source.items, `${path}.items`),
  ]
}

/** The faults of a volume that holds a Secret. */
export function validateSecretVolume(source: Volume['secret'], path: string): Cause[] {
  if (source === undefined) return []
  return [
    ...requiredTextFaults(`${path}.secretName`, source.secretName),
    ...fileModeFaults(`${path}.defaultMode`, source.defaultMode),
    ...validateItems(source.items, `${path}.items`),
  ]
}

/** The faults of a volume that holds fields of the pod. */
export function validateDownwardAPIVolume(source: Volume['downwardAPI'], path: string): Cause[] {
  if (source === undefined) return []
  return [
    ...fileModeFaults(`${path}.defaultMode`, source.defaultMode),
    ...each(source.items, `${path}.items`, validateDownwardFile),
  ]
}

/** The faults of a volume of several sources (Kubernetes `validateProjectedVolumeSource`): no two files on one path. */
export function validateProjectedVolume(source: Volume['projected'], path: string): Cause[] {
  if (source === undefined) return []
  const taken = new Set<string>()
  return [
    ...fileModeFaults(`${path}.defaultMode`, source.defaultMode),
    ...each(source.sources, `${path}.sources`, (projection, at) => [
      ...validateProjection(projection, at),
      ...filePaths(projection).flatMap((file) => {
        if (taken.has(file)) return [invalidFault(path, file, 'conflicting duplicate paths')]
        taken.add(file)
        return []
      }),
    ]),
  ]
}

function validateProjection(projection: VolumeProjection, path: string): Cause[] {
  const { secret, configMap, downwardAPI, serviceAccountToken, clusterTrustBundle, podCertificate } = projection
  const isOne = Object.values(projection).filter((source) => source !== undefined).length <= 1
  return [
    ...(isOne ? [] : [forbiddenFault(path, 'may not specify more than 1 volume type per source')]),
    ...(secret ? validateNamed(secret, `${path}.secret`) : []),
    ...(configMap ? validateNamed(configMap, `${path}.configMap`) : []),
    ...each(downwardAPI?.items, `${path}.downwardAPI.items`, validateDownwardFile),
    ...(serviceAccountToken ? validateToken(serviceAccountToken, `${path}.serviceAccountToken`) : []),
    ...(clusterTrustBundle ? validateBundle(clusterTrustBundle, `${path}.clusterTrustBundle`) : []),
    ...(podCertificate ? validateCertificate(podCertificate, `${path}.podCertificate`) : []),
  ]
}

function validateNamed(source: { name?: string | undefined; items?: KeyToPath[] | undefined }, path: string): Cause[] {
  return [...requiredTextFaults(`${path}.name`, source.name), ...validateItems(source.items, `${path}.items`)]
}

function validateItems(items: readonly KeyToPath[] | undefined, path: string): Cause[] {
  return each(items, path, (item, at) => [
    ...requiredTextFaults(`${at}.key`, item.key),
    ...requiredFileFaults(`${at}.path`, item.path),
    ...fileModeFaults(`${at}.mode`, item.mode),
  ])
}

function validateDownwardFile(file: DownwardAPIVolumeFile, path: string): Cause[] {
  const { fieldRef, resourceFieldRef } = file
  return [
    ...requiredFileFaults(`${path}.path`, file.path),
    ...(fieldRef ? validateFieldSelector(fieldRef, `${path}.fieldRef`, fieldPaths) : []),
    ...(fieldRef && resourceFieldRef
      ? [invalidFault(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously')]
      : []),
    ...(resourceFieldRef && !fieldRef
      ? validateResourceFieldSelector(resourceFieldRef, `${path}.resourceFieldRef`, { namesContainer: true })
      : []),
    ...(fieldRef || resourceFieldRef ? [] : [requiredFault(path, 'one of fieldRef and resourceFieldRef is required')]),
    ...fileModeFaults(`${path}.mode`, file.mode),
  ]
}

function validateToken(token: NonNullable<VolumeProjection['serviceAccountToken']>, path: string): Cause[] {
  const seconds = token.expirationSeconds
  const field = `${path}.expirationSeconds`
  return [
    ...(seconds < expirationSecondsMin
      ? [invalidFault(field, seconds, 'may not specify a duration less than 10 minutes')]
      : []),
    ...(seconds > expirationSecondsMax
      ? [invalidFault(field, seconds, 'may not specify a duration larger than 2^32 seconds')]
      : []),
    ...requiredFileFaults(`${path}.path`, token.path),
  ]
}

function validateBundle(bundle: NonNullable<VolumeProjection['clusterTrustBundle']>, path: string): Cause[] {
  const { name, signerName, labelSelector } = bundle
  const file = requiredFileFaults(`${path}.path`, bundle.path)
  if (name === undefined && signerName === undefined) {
    return [requiredFault(path, 'either name or signerName must be specified'), ...file]
  }
  if (name !== undefined && signerName !== undefined) {
    return [invalidFault(path, bundle, 'only one of name and signerName may be used'), ...file]
  }
  const selectorField = `${path}.labelSelector`
  return [
    ...(name === '' ? [requiredFault(`${path}.name`, 'must be a valid object name')] : []),
    ...(name !== undefined && labelSelector !== undefined
      ? [invalidFault(selectorField, labelSelector, 'labelSelector must be unset if name is specified')]
      : []),
    ...(signerName === '' ? [requiredFault(`${path}.signerName`, 'must be a valid signer name')] : []),
    ...(signerName === undefined ? [] : validateLabelSelector(labelSelector, selectorField)),
    ...file,
  ]
}

function validateCertificate(certificate: NonNullable<VolumeProjection['podCertificate']>, path: string): Cause[] {
  const { credentialBundlePath, keyPath, certificateChainPath } = certificate
  const files = Object.entries({ credentialBundlePath, keyPath, certificateChainPath })
  const isGiven = files.some(([, file]) => file)
  return [
    ...requiredTextFaults(`${path}.signerName`, certificate.signerName),
    ...requiredTextFaults(`${path}.keyType`, certificate.keyType),
    ...files.flatMap(([field, file]) => (file ? volumeFileFaults(`${path}.${field}`, file) : [])),
    ...(isGiven
      ? []
      : [requiredFault(path, 'specify at least one of credentialBundlePath, keyPath, and certificateChainPath')]),
  ]
}

function requiredFileFaults(field: string, file: string): Cause[] {
  return file === '' ? [requiredFault(field)] : volumeFileFaults(field, file)
}

function filePaths({ secret, configMap, downwardAPI, clusterTrustBundle }: VolumeProjection): string[] {
  const items = [...(secret?.items ?? []), ...(configMap?.items ?? []), ...(downwardAPI?.items ?? [])]
  const bundle = clusterTrustBundle === undefined ? [] : [clusterTrustBundle.path]
  return [...items.map((item) => item.path), ...bundle].filter((file) => file !== '')
}
