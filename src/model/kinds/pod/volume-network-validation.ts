import type { Cause } from '../../errors.ts'
import { invalidFault, rangeFaults, requiredFault, requiredTextFaults } from '../../fault.ts'
import { descendingPathFaults } from './local-path.ts'
import type { Volume } from './volume.ts'

const lunMax = 255
const tenantLengthMax = 64
const initiatorNames = [
  { prefix: 'iqn', form: /iqn\.\d{4}-\d{2}\.([a-zA-Z0-9.-]+)(:[^,;*&$|\s]+)$/ },
  { prefix: 'eui', form: /^eui.[a-zA-Z0-9]{16}$/ },
  { prefix: 'naa', form: /^naa.[a-zA-Z0-9]{32}$/ },
]

/** The faults of a source that is reached over a network. */
export function validateNetworkVolume(volume: Volume, path: string): Cause[] {
  const { nfs, iscsi, fc, glusterfs, rbd, cephfs, cinder, flocker, quobyte, gitRepo } = volume
  return [
    ...(nfs ? validateNFS(nfs, `${path}.nfs`) : []),
    ...(iscsi ? validateISCSI(iscsi, `${path}.iscsi`) : []),
    ...(fc ? validateFC(fc, `${path}.fc`) : []),
    ...(glusterfs ? requiredTextFaults(`${path}.glusterfs.endpoints`, glusterfs.endpoints) : []),
    ...(glusterfs ? requiredTextFaults(`${path}.glusterfs.path`, glusterfs.path) : []),
    ...(rbd ? requiredListFaults(`${path}.rbd.monitors`, rbd.monitors) : []),
    ...(rbd ? requiredTextFaults(`${path}.rbd.image`, rbd.image) : []),
    ...(cephfs ? requiredListFaults(`${path}.cephfs.monitors`, cephfs.monitors) : []),
    ...(cinder ? requiredTextFaults(`${path}.cinder.volumeID`, cinder.volumeID) : []),
    ...(cinder?.secretRef ? requiredTextFaults(`${path}.cinder.secretRef.name`, cinder.secretRef.name) : []),
    ...(flocker ? validateFlocker(flocker, `${path}.flocker`) : []),
    ...(quobyte ? validateQuobyte(quobyte, `${path}.quobyte`) : []),
    ...(gitRepo ? requiredTextFaults(`${path}.gitRepo.repository`, gitRepo.repository) : []),
    ...descendingPathFaults(`${path}.gitRepo.directory`, gitRepo?.directory ?? ''),
  ]
}

function requiredListFaults(field: string, list: readonly unknown[]): Cause[] {
  return list.length === 0 ? [requiredFault(field)] : []
}

function validateNFS(nfs: NonNullable<Volume['nfs']>, path: string): Cause[] {
  return [
    ...requiredTextFaults(`${path}.server`, nfs.server),
    ...requiredTextFaults(`${path}.path`, nfs.path),
    ...(nfs.path.startsWith('/') ? [] : [invalidFault(`${path}.path`, nfs.path, 'must be an absolute path')]),
  ]
}

function validateISCSI(iscsi: NonNullable<Volume['iscsi']>, path: string): Cause[] {
  const needsSecret = iscsi.chapAuthDiscovery === true || iscsi.chapAuthSession === true
  return [
    ...requiredTextFaults(`${path}.targetPortal`, iscsi.targetPortal),
    ...requiredTextFaults(`${path}.iqn`, iscsi.iqn, initiatorNameFaults),
    ...rangeFaults(`${path}.lun`, iscsi.lun, 0, lunMax),
    ...(needsSecret && iscsi.secretRef === undefined ? [requiredFault(`${path}.secretRef`)] : []),
    ...(iscsi.initiatorName === undefined
      ? []
      : requiredTextFaults(`${path}.initiatorName`, iscsi.initiatorName, initiatorNameFaults)),
  ]
}

function initiatorNameFaults(name: string): readonly string[] {
  const kind = initiatorNames.find(({ prefix }) => name.startsWith(prefix))
  if (kind === undefined) return ['must be valid format starting with iqn, eui, or naa']
  return kind.form.test(name) ? [] : ['must be valid format']
}

function validateFC({ targetWWNs = [], wwids = [], lun }: NonNullable<Volume['fc']>, path: string): Cause[] {
  const field = `${path}.targetWWNs`
  const hasNames = targetWWNs.length > 0
  const isEmpty = !hasNames && wwids.length === 0
  return [
    ...(isEmpty ? [requiredFault(field, 'must specify either targetWWNs or wwids, but not both')] : []),
    ...(hasNames && wwids.length > 0
      ? [invalidFault(field, targetWWNs, 'targetWWNs and wwids can not be specified simultaneously')]
      : []),
    ...(hasNames && lun === undefined
      ? [requiredFault(`${path}.lun`, 'lun is required if targetWWNs is specified')]
      : []),
    ...(hasNames ? rangeFaults(`${path}.lun`, lun, 0, lunMax) : []),
  ]
}

function validateFlocker(
  { datasetName = '', datasetUUID = '' }: NonNullable<Volume['flocker']>,
  path: string,
): Cause[] {
  return [
    ...(datasetName || datasetUUID ? [] : [requiredFault(path, 'one of datasetName and datasetUUID is required')]),
    ...(datasetName && datasetUUID
      ? [invalidFault(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously')]
      : []),
    ...(datasetName.includes('/') ? [invalidFault(`${path}.datasetName`, datasetName, "must not contain '/'")] : []),
  ]
}

function validateQuobyte({ registry, volume, tenant = '' }: NonNullable<Volume['quobyte']>, path: string): Cause[] {
  const rule = 'must be a host:port pair or multiple pairs separated by commas'
  const areAddresses = registry.split(',').every((address) => /^(\[[^\]]*\]|[^:]*):[^:]*$/.test(address))
  return [
    ...(registry === '' ? [requiredFault(`${path}.registry`, rule)] : []),
    ...(registry === '' || areAddresses ? [] : [invalidFault(`${path}.registry`, registry, rule)]),
    ...(tenant.length > tenantLengthMax
      ? [requiredFault(`${path}.tenant`, 'must be a UUID and may not exceed a length of 64 characters')]
      : []),
    ...requiredTextFaults(`${path}.volume`, volume),
  ]
}
