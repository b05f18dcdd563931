import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { Volume } from '../../model/kinds/pod/volume.ts'
import type { Pod } from '../../model/kinds/pod.ts'
import { quantityValue } from '../../model/quantity.ts'
import { type DownwardFacts, downwardFiles, type VolumeFile } from './downward-files.ts'
import { openEmptyDir, usedBytes } from './empty-dir.ts'
import { writeFileTree } from './file-tree.ts'
import { openHostPath } from './host-path.ts'

/** A volume that containers can use, by its place on the host. */
export interface OpenVolume {
  readonly source: string
  readonly kind: 'folder' | 'file'
  readonly readOnly: boolean
}

/** What the volumes of a pod are made with. */
export interface PodVolumesOptions extends DownwardFacts {
  /** Where the volumes of the pod are kept; each has a folder of its name. */
  readonly folder: string
}

/**
 * Makes the volumes of a pod, or finds them as they were left, and writes what is told of the pod into those that tell it.
 * Rejects with the sentence that the kubelet has for it (FailedMount), naming the volume, and the reason as its cause.
 */
export async function openVolumes(options: PodVolumesOptions): Promise<Map<string, OpenVolume>> {
  const open = new Map<string, OpenVolume>()
  for (const volume of options.pod.spec.volumes ?? []) {
    try {
      open.set(volume.name, await openVolume(volume, options))
    } catch (error) {
      throw new Error(`MountVolume.SetUp failed for volume "${volume.name}" `, { cause: error })
    }
  }
  return open
}

/** Writes again what is told of a pod whose labels or annotations have changed. */
export function refreshVolumes(options: PodVolumesOptions): void {
  for (const volume of options.pod.spec.volumes ?? []) {
    const files = filesOf(volume, options)
    if (files !== undefined) writeFileTree(join(options.folder, volume.name), files)
  }
}

/** Why the pod must go, as the kubelet says it: an emptyDir volume that holds more than it may. Undefined when none does. */
export function overfullVolume(pod: Pod, folder: string): string | undefined {
  for (const { name, emptyDir } of pod.spec.volumes ?? []) {
    if (emptyDir?.sizeLimit === undefined || emptyDir.medium === 'Memory') continue
    if (usedBytes(join(folder, name)) <= quantityValue(emptyDir.sizeLimit)) continue
    return `Usage of EmptyDir volume "${name}" exceeds the limit "${emptyDir.sizeLimit}". `
  }
  return undefined
}

async function openVolume(volume: Volume, options: PodVolumesOptions): Promise<OpenVolume> {
  const folder = join(options.folder, volume.name)
  if (volume.hostPath) return { ...openHostPath(volume.hostPath), readOnly: false }
  const files = filesOf(volume, options)
  const fsGroup = options.pod.spec.securityContext?.fsGroup
  if (files === undefined) await openEmptyDir(folder, volume.emptyDir ?? {}, fsGroup)
  else writeFileTree(folder, files)
  return { source: realpathSync(folder), kind: 'folder', readOnly: files !== undefined }
}

/** The files that the agent writes into a volume; undefined for one that is the containers' own. Throws for what there is not yet. */
function filesOf(volume: Volume, options: PodVolumesOptions): VolumeFile[] | undefined {
  const { name: _, emptyDir, hostPath, ...sources } = volume
  const type = Object.keys(sources).find((key) => sources[key as keyof typeof sources] !== undefined)
  if (emptyDir || hostPath || type === undefined) return undefined
  const { downwardAPI, projected, configMap, secret } = sources
  if (downwardAPI) return downwardFiles(downwardAPI.items ?? [], downwardAPI.defaultMode, options)
  if (configMap?.optional === true || secret?.optional === true) return []
  if (configMap) throw new Error(`configmap "${configMap.name ?? ''}" not found: ConfigMaps are not supported yet`)
  if (secret) throw new Error(`secret "${secret.secretName ?? ''}" not found: Secrets are not supported yet`)
  if (!projected) throw new Error(`volumes of the type ${type} are not supported yet`)
  return (projected.sources ?? []).flatMap((source) => {
    if (source.downwardAPI) return downwardFiles(source.downwardAPI.items ?? [], projected.defaultMode, options)
    if (Object.values(source).some((one) => one && 'optional' in one && one.optional === true)) return []
    throw new Error(`projected sources of the type ${Object.keys(source)[0] ?? ''} are not supported yet`)
  })
}
