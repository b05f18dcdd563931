import type { Cause } from '../../errors.ts'
import { duplicateFault, each, forbiddenFault, invalidFault, notFoundFault, requiredTextFaults } from '../../fault.ts'
import type { Container } from './container.ts'
import { backstepFaults, descendingPathFaults } from './local-path.ts'
import type { Volume } from './volume.ts'
import type { VolumeMount } from './volume-mount.ts'

/** The volumes of a pod by name. */
export type Volumes = ReadonlyMap<string, Volume>

/** The faults of what a container mounts (Kubernetes `ValidateVolumeMounts` and `ValidateVolumeDevices`). */
export function validateMounts(container: Container, volumes: Volumes, path: string): Cause[] {
  const devices = container.volumeDevices ?? []
  return [
    ...each(container.volumeMounts, `${path}.volumeMounts`, (mount, at, index) => [
      ...requiredTextFaults(`${at}.name`, mount.name),
      ...(volumes.has(mount.name) ? [] : [notFoundFault(`${at}.name`, mount.name)]),
      ...requiredTextFaults(`${at}.mountPath`, mount.mountPath),
      ...(container.volumeMounts?.slice(0, index).some((other) => other.mountPath === mount.mountPath)
        ? [invalidFault(`${at}.mountPath`, mount.mountPath, 'must be unique')]
        : []),
      ...(devices.some((device) => device.name === mount.name)
        ? [invalidFault(`${at}.name`, mount.name, 'must not already exist in volumeDevices')]
        : []),
      ...(devices.some((device) => device.devicePath === mount.mountPath)
        ? [invalidFault(`${at}.mountPath`, mount.mountPath, 'must not already exist as a path in volumeDevices')]
        : []),
      ...validateSubPaths(mount, at),
      ...validatePropagation(mount, container, at),
    ]),
    ...validateDevices(container, volumes, `${path}.volumeDevices`),
  ]
}

function validateSubPaths({ subPath = '', subPathExpr = '' }: VolumeMount, path: string): Cause[] {
  return [
    ...descendingPathFaults(`${path}.subPath`, subPath),
    ...(subPath && subPathExpr
      ? [invalidFault(`${path}.subPathExpr`, subPathExpr, 'subPathExpr and subPath are mutually exclusive')]
      : []),
    ...descendingPathFaults(`${path}.subPathExpr`, subPathExpr),
  ]
}

function validatePropagation(mount: VolumeMount, container: Container, path: string): Cause[] {
  const { mountPropagation, recursiveReadOnly } = mount
  const isRecursive = recursiveReadOnly === 'Enabled' || recursiveReadOnly === 'IfPossible'
  const field = `${path}.recursiveReadOnly`
  return [
    ...(mountPropagation === 'Bidirectional' && container.securityContext?.privileged !== true
      ? [
          forbiddenFault(
            `${path}.mountPropagation`,
            'Bidirectional mount propagation is available only to privileged containers',
          ),
        ]
      : []),
    ...(isRecursive && mount.readOnly !== true
      ? [forbiddenFault(field, 'may only be specified when readOnly is true')]
      : []),
    ...(isRecursive && mountPropagation !== undefined && mountPropagation !== 'None'
      ? [forbiddenFault(field, 'may only be specified when mountPropagation is None or not specified')]
      : []),
  ]
}

function validateDevices(container: Container, volumes: Volumes, path: string): Cause[] {
  const { volumeDevices = [], volumeMounts = [] } = container
  return each(volumeDevices, path, ({ name, devicePath }, at, index) => {
    const before = volumeDevices.slice(0, index)
    const volume = volumes.get(name)
    const isClaim = volume?.persistentVolumeClaim !== undefined || volume?.ephemeral !== undefined
    const wrongSource = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode'
    return [
      ...requiredTextFaults(`${at}.name`, name),
      ...(before.some((other) => other.name === name) ? [invalidFault(`${at}.name`, name, 'must be unique')] : []),
      ...(volume === undefined ? [notFoundFault(`${at}.name`, name)] : []),
      ...(volume !== undefined && !isClaim ? [invalidFault(`${at}.name`, name, wrongSource)] : []),
      ...requiredTextFaults(`${at}.devicePath`, devicePath),
      ...(before.some((other) => other.devicePath === devicePath)
        ? [invalidFault(`${at}.devicePath`, devicePath, 'must be unique')]
        : []),
      ...backstepFaults(`${at}.devicePath`, devicePath),
      ...(volumeMounts.some((mount) => mount.name === name)
        ? [invalidFault(`${at}.name`, name, 'must not already exist in volumeMounts')]
        : []),
      ...(volumeMounts.some((mount) => mount.mountPath === devicePath)
        ? [invalidFault(`${at}.devicePath`, devicePath, 'must not already exist as a path in volumeMounts')]
        : []),
    ]
  })
}

/** The faults of host ports that two of these containers claim both (Kubernetes `AccumulateUniqueHostPorts`). */
export function validateHostPorts(containers: readonly Container[], path: string): Cause[] {
  const taken = new Set<string>()
  return each(containers, path, (container, at) =>
    each(container.ports, `${at}.ports`, ({ protocol, hostIP = '', hostPort }, portAt) => {
      if (!hostPort) return []
      const claim = `${protocol}/${hostIP}/${hostPort}`
      if (taken.has(claim)) return [duplicateFault(`${portAt}.hostPort`, claim)]
      taken.add(claim)
      return []
    }),
  )
}
