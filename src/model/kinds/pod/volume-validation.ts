import type { Cause } from '../../errors.ts'
import {
  duplicateFaults,
  each,
  forbiddenFault,
  invalidFault,
  requiredFault,
  requiredTextFaults,
  ruleFaults,
  tooLongFault,
  unsupportedFault,
} from '../../fault.ts'
import { dnsLabelFaults, dnsSubdomainFaults } from '../../names.ts'
import { parseQuantity } from '../../quantity.ts'
import { backstepFaults } from './local-path.ts'
import {
  validateConfigMapVolume,
  validateDownwardAPIVolume,
  validateProjectedVolume,
  validateSecretVolume,
} from './projected-volume-validation.ts'
import type { Volume } from './volume.ts'
import { validateClaimTemplate } from './volume-claim-validation.ts'
import { validateNetworkVolume } from './volume-network-validation.ts'
import { validatePluginVolume } from './volume-plugin-validation.ts'

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
]
const driverLengthMax = 63

/** The faults of volumes: their names, and exactly one right source each (Kubernetes `ValidateVolumes`). */
export function validateVolumes(
  volumes: readonly Volume[] | undefined,
  path: string,
  podName: string | undefined,
): Cause[] {
  const made = new Set((volumes ?? []).filter(({ ephemeral }) => ephemeral).map(({ name }) => `${podName}-${name}`))
  return [
    ...each(volumes, path, (volume, at) => [
      ...requiredTextFaults(`${at}.name`, volume.name, dnsLabelFaults),
      ...validateSource(volume, at, podName),
      ...madeClaimFaults(volume.persistentVolumeClaim?.claimName, made, `${at}.persistentVolumeClaim.claimName`),
    ]),
    ...duplicateFaults(
      volumes,
      (volume) => volume.name,
      (index) => `${path}[${index}].name`,
    ),
  ]
}

function madeClaimFaults(name: string | undefined, made: ReadonlySet<string>, field: string): Cause[] {
  if (name === undefined || !made.has(name)) return []
  return [invalidFault(field, name, 'must not reference a PVC that gets created for an ephemeral volume')]
}

function validateSource(volume: Volume, path: string, podName: string | undefined): Cause[] {
  const sources = Object.entries(volume).filter(([field, source]) => field !== 'name' && source !== undefined)
  const [first, ...more] = sources.map(([field]) => field)
  if (first === undefined) return [requiredFault(path, 'must specify a volume type')]
  return [
    ...more.map((field) => forbiddenFault(`${path}.${field}`, 'may not specify more than 1 volume type')),
    ...validateLocalVolume(volume, path),
    ...validateConfigMapVolume(volume.configMap, `${path}.configMap`),
    ...validateSecretVolume(volume.secret, `${path}.secret`),
    ...validateDownwardAPIVolume(volume.downwardAPI, `${path}.downwardAPI`),
    ...validateProjectedVolume(volume.projected, `${path}.projected`),
    ...validateClaims(volume, path, podName),
    ...validateNetworkVolume(volume, path),
    ...validatePluginVolume(volume, path),
  ]
}

function validateLocalVolume({ emptyDir, hostPath, csi, image }: Volume, path: string): Cause[] {
  const isNegative = (parseQuantity(emptyDir?.sizeLimit ?? '0')?.nano ?? 0n) < 0n
  return [
    ...(isNegative
      ? [forbiddenFault(`${path}.emptyDir.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
      : []),
    ...(hostPath ? validateHostPath(hostPath, `${path}.hostPath`) : []),
    ...(csi ? validateCSI(csi, `${path}.csi`) : []),
    ...(image ? requiredTextFaults(`${path}.image.reference`, image.reference) : []),
  ]
}

function validateHostPath(source: NonNullable<Volume['hostPath']>, path: string): Cause[] {
  if (source.path === '') return [requiredFault(`${path}.path`)]
  return [
    ...backstepFaults(`${path}.path`, source.path),
    ...(hostPathTypes.includes(source.type) ? [] : [unsupportedFault(`${path}.type`, source.type, hostPathTypes)]),
  ]
}

function validateCSI({ driver, nodePublishSecretRef }: NonNullable<Volume['csi']>, path: string): Cause[] {
  const secret = `${path}.nodePublishSecretRef.name`
  return [
    ...(driver === '' ? [requiredFault(`${path}.driver`)] : []),
    ...(driver.length > driverLengthMax ? [tooLongFault(`${path}.driver`, driverLengthMax)] : []),
    ...ruleFaults(`${path}.driver`, driver, (name) => dnsSubdomainFaults(name.toLowerCase())),
    ...(nodePublishSecretRef ? requiredTextFaults(secret, nodePublishSecretRef.name, dnsSubdomainFaults) : []),
  ]
}

function validateClaims(volume: Volume, path: string, podName: string | undefined): Cause[] {
  const { name, persistentVolumeClaim, ephemeral } = volume
  const claimName = `${podName}-${name}`
  const templatePath = `${path}.ephemeral.volumeClaimTemplate`
  const template = ephemeral?.volumeClaimTemplate
  return [
    ...(persistentVolumeClaim
      ? requiredTextFaults(`${path}.persistentVolumeClaim.claimName`, persistentVolumeClaim.claimName)
      : []),
    ...(ephemeral && !template ? [requiredFault(templatePath)] : []),
    ...(template ? validateClaimTemplate(template, templatePath) : []),
    ...(ephemeral && podName && name
      ? dnsSubdomainFaults(claimName).map((detail) =>
          invalidFault(`${path}.name`, name, `PVC name ${JSON.stringify(claimName)}: ${detail}`),
        )
      : []),
  ]
}
