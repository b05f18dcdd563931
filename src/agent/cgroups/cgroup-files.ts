import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The file systems of the kernel in which groups are folders (cgroups(7)). */
export interface CgroupFiles {
  /** Null when there is no such file, or the group has gone. */
  read(file: string): string | null
  /** Whether there is such a file, which need not be one that can be read. */
  has(file: string): boolean
  /** Throws the kernel's error when it does not take the value. */
  write(file: string, value: string): void
  /** Makes a group. No fault when it is there; its parent must be. */
  make(folder: string): void
  /** Removes a group. Whether it is gone: one that has processes or groups in it stays, and one of somebody else. */
  remove(folder: string): boolean
  /** Names of the groups below; none when the group has gone. */
  groupsIn(folder: string): string[]
  /** Throws when a process may not go into the group. */
  tryJoining(folder: string): void
}

const inUse = ['EBUSY', 'ENOTEMPTY', 'EACCES', 'EPERM', 'EROFS']

/** Those of this machine. */
export const systemFiles: CgroupFiles = {
  read(file) {
    return unless(['ENOENT', 'ENODEV', 'ENOTDIR'], () => readFileSync(file, 'utf8'), null)
  },
  has: existsSync,
  write(file, value) {
    // Without `flag`, a file that does not exist would be made, and a made-up file system would hide the mistake.
    writeFileSync(file, value, { flag: 'r+' })
  },
  make(folder) {
    unless(['EEXIST'], () => mkdirSync(folder), undefined)
  },
  remove(folder) {
    const remove = (): boolean => {
      rmdirSync(folder)
      return true
    }
    return unless(['ENOENT'], () => unless(inUse, remove, false), true)
  },
  groupsIn(folder) {
    const list = (): string[] =>
      readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    return unless(['ENOENT', 'ENODEV'], list, [])
  },
  tryJoining(folder) {
    const { status, stderr } = spawnSync('sh', ['-c', 'echo 0 >"$0"', join(folder, 'cgroup.procs')], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`no process can be moved into ${folder}: ${stderr.trim()}`)
  },
}

function unless<Value, Other>(codes: readonly string[], act: () => Value, otherwise: Other): Value | Other {
  try {
    return act()
  } catch (error) {
    if (codes.includes((error as NodeJS.ErrnoException).code ?? '')) return otherwise
    throw error
  }
}
