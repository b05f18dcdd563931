import type { Cause } from '../../errors.ts'
import { invalidFault, optionalTextFaults, requiredTextFaults, unsupportedFault } from '../../fault.ts'
import { dnsLabelFaults } from '../../names.ts'
import type { Volume } from './volume.ts'

const partitionMax = 255
const managedDisk = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}'
const blobDisk = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd'

/** Texts that must not be empty, by source. */
const requiredTexts = {
  awsElasticBlockStore: ['volumeID'],
  gcePersistentDisk: ['pdName'],
  azureDisk: ['diskName', 'diskURI'],
  azureFile: ['secretName', 'shareName'],
  vsphereVolume: ['volumePath'],
  photonPersistentDisk: ['pdID'],
  portworxVolume: ['volumeID'],
  scaleIO: ['gateway', 'system', 'volumeName'],
  storageos: ['volumeName'],
  flexVolume: ['driver'],
} as const

/** The faults of a source that belongs to one vendor or one plugin. */
export function validatePluginVolume(volume: Volume, path: string): Cause[] {
  return [
    ...Object.entries(requiredTexts).flatMap(([name, fields]) => {
      const source = volume[name as keyof typeof requiredTexts] as Readonly<Record<string, unknown>> | undefined
      if (source === undefined) return []
      return fields.flatMap((field) =>
        requiredTextFaults(`${path}.${name}.${field}`, source[field] as string | undefined),
      )
    }),
    ...partitionFaults(volume.awsElasticBlockStore?.partition, `${path}.awsElasticBlockStore.partition`),
    ...partitionFaults(volume.gcePersistentDisk?.partition, `${path}.gcePersistentDisk.partition`),
    ...validateAzureDisk(volume.azureDisk, `${path}.azureDisk`),
    ...validateStorageOS(volume.storageos, `${path}.storageos`),
    ...Object.keys(volume.flexVolume?.options ?? {}).flatMap((key) =>
      optionFaults(key, `${path}.flexVolume.options[${key}]`),
    ),
  ]
}

function partitionFaults(partition: number | undefined, path: string): Cause[] {
  if (partition === undefined || (partition >= 0 && partition <= partitionMax)) return []
  return [invalidFault(path, partition, `must be between 1 and ${partitionMax}, inclusive`)]
}

function validateAzureDisk(disk: Volume['azureDisk'], path: string): Cause[] {
  if (disk === undefined) return []
  const { kind, diskURI } = disk
  const isManaged = kind === 'Managed'
  if (diskURI.startsWith(isManaged ? '/subscriptions/' : 'https://')) return []
  return [unsupportedFault(`${path}.diskURI`, diskURI, [isManaged ? managedDisk : blobDisk])]
}

function validateStorageOS(source: Volume['storageos'], path: string): Cause[] {
  if (source === undefined) return []
  return [
    ...optionalTextFaults(`${path}.volumeName`, source.volumeName, dnsLabelFaults),
    ...optionalTextFaults(`${path}.volumeNamespace`, source.volumeNamespace, dnsLabelFaults),
    ...(source.secretRef ? requiredTextFaults(`${path}.secretRef.name`, source.secretRef.name) : []),
  ]
}

function optionFaults(key: string, path: string): Cause[] {
  const namespace = `.${key.split('/')[0]?.toLowerCase() ?? ''}`
  const isReserved = namespace.endsWith('.kubernetes.io') || namespace.endsWith('.k8s.io')
  return isReserved ? [invalidFault(path, key, 'kubernetes.io and k8s.io namespaces are reserved')] : []
}
