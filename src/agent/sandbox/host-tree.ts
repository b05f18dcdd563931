import { lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { type HostMount, hostMounts } from '../mount-info.ts'
import type { HostEntry, HostTree } from './mount-plan.ts'

/** The files of this machine, as they are when they are asked for. */
export function hostTree(mounts: readonly HostMount[] = hostMounts()): HostTree {
  return { look, top: readdirSync('/').toSorted(), mountPoints: [...new Set(mounts.map(({ path }) => path))] }
}

function look(path: string): HostEntry {
  const stat = lstatOrNull(path)
  if (stat === null) return { kind: 'nothing' }
  if (stat.isSymbolicLink()) return { kind: 'link', to: readlinkSync(path) }
  return { kind: stat.isDirectory() ? 'folder' : 'file' }
}

function lstatOrNull(path: string) {
  try {
    return lstatSync(path)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'ENOTDIR'].includes(code)) return null
    throw error
  }
}
