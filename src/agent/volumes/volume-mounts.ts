import { mkdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Container } from '../../model/kinds/pod/container.ts'
import type { VolumeMount } from '../../model/kinds/pod/volume-mount.ts'
import type { Mount } from '../sandbox/mount-plan.ts'
import type { OpenVolume } from './pod-volumes.ts'

/** What the mounts of a container are made from. */
export interface VolumeMountOptions {
  readonly container: Container
  readonly volumes: ReadonlyMap<string, OpenVolume>
  readonly variables: ReadonlyMap<string, string>
}

/**
 * What a container mounts of the volumes of its pod, in the order of the manifest, `target` being its `mountPath` as it
 * stands. A `subPath` that is not there is made as a folder. Throws one sentence for what cannot be mounted.
 */
export function volumeMounts({ container, volumes, variables }: VolumeMountOptions): Mount[] {
  return (container.volumeMounts ?? []).map((mount) => {
    const volume = volumes.get(mount.name)
    if (volume === undefined)
      throw new Error(`cannot find volume "${mount.name}" to mount into container "${container.name}"`)
    const subPath = subPathOf(mount, variables)
    const readOnly = volume.readOnly || mount.readOnly === true
    if (subPath === '') return { source: volume.source, target: mount.mountPath, kind: volume.kind, readOnly }
    const source = openSubPath(volume.source, subPath)
    if (source === null) {
      throw new Error(`failed to prepare subPath for volumeMount "${mount.name}" of container "${container.name}"`)
    }
    return { source, target: mount.mountPath, kind: statSync(source).isDirectory() ? 'folder' : 'file', readOnly }
  })
}

/** The path in the volume, its variables replaced (kubelet `ExpandContainerVolumeMounts`). */
function subPathOf({ subPath = '', subPathExpr = '' }: VolumeMount, variables: ReadonlyMap<string, string>): string {
  if (subPathExpr === '') return subPath
  const path = subPathExpr.replace(
    /\$(?:(\$)|\(([^)]*)\))/g,
    (_, dollar: string | undefined, name: string | undefined = '') => {
      if (dollar !== undefined) return '$'
      const value = variables.get(name)
      if (value === undefined) throw new Error(`missing value for "${name}"`)
      return value
    },
  )
  if (path.startsWith('/')) throw new Error(`error SubPath "${path}" must not be an absolute path`)
  if (path.split('/').includes('..')) throw new Error(`unable to provision SubPath "${path}": must not contain '..'`)
  return path
}

/** The real path of something in a volume, made when it is not there; null when a link leads out of it. */
function openSubPath(volume: string, subPath: string): string | null {
  const path = join(volume, subPath)
  let existing = path
  while (statSync(existing, { throwIfNoEntry: false }) === undefined) existing = dirname(existing)
  if (!isWithin(realpathSync(existing), volume)) return null
  mkdirSync(existing === path ? volume : path, { recursive: true })
  return realpathSync(path)
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}
