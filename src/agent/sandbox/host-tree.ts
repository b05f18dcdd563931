import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import type { HostEntry, HostTree } from './mount-plan.ts'

/** One mount of the machine. */
export interface HostMount {
  readonly path: string
  readonly fsType: string
}

/** The files of this machine, as they are when they are asked for. */
export function hostTree(mounts: readonly HostMount[] = hostMounts()): HostTree {
  return { look, top: readdirSync('/').toSorted(), mountPoints: [...new Set(mounts.map(({ path }) => path))] }
}

/** What is mounted on this machine (proc_pid_mountinfo(5)), in the order of the mounts; nothing where there is no /proc. */
export function hostMounts(): HostMount[] {
  return parseMountInfo(readOrEmpty('/proc/self/mountinfo'))
}

/** Reads the lines of /proc/PID/mountinfo. */
export function parseMountInfo(text: string): HostMount[] {
  return text.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ')
    const path = before.split(' ')[4]
    if (path === undefined) return []
    const unescaped = path.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)))
    return [{ path: unescaped, fsType: after.split(' ')[0] ?? '' }]
  })
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

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
