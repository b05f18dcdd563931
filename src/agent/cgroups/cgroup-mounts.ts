import { join } from 'node:path'
import { parseMountInfo } from '../mount-info.ts'

/** Where a hierarchy of cgroups is mounted. */
export interface CgroupMount {
  readonly version: 1 | 2
  /** With version 1 the controllers of the hierarchy; with version 2 each group tells its own. */
  readonly controllers: readonly string[]
  readonly folder: string
  /** The folder of the group that this process is in. */
  readonly own: string
}

/**
 * The hierarchies that are mounted, from the text of `/proc/self/mountinfo` (proc_pid_mountinfo(5)) and `/proc/self/cgroup`
 * (cgroups(7)). Of a hierarchy that is mounted several times the first mount counts.
 */
export function parseCgroupMounts(mountinfo: string, memberships: string): CgroupMount[] {
  const mounts: CgroupMount[] = []
  for (const { fsType, path, root, superOptions } of parseMountInfo(mountinfo)) {
    if (fsType !== 'cgroup' && fsType !== 'cgroup2') continue
    const version = fsType === 'cgroup2' ? 2 : 1
    const controllers = version === 2 ? [] : superOptions.split(',').filter((name) => v1Controllers.has(name))
    const key = controllers.join(',')
    if (version === 1 && key === '') continue
    if (mounts.some((mount) => mount.version === version && mount.controllers.join(',') === key)) continue
    const own = ownFolder(path, root, membership(memberships, key))
    mounts.push({ version, controllers, folder: path, own })
  }
  return mounts
}

const v1Controllers = new Set(['cpu', 'memory', 'pids', 'freezer'])

/** The path of the group of this process in the hierarchy with one of these controllers; with none, that of version 2. */
function membership(memberships: string, controllers: string): string {
  const [wanted = ''] = controllers.split(',')
  for (const text of memberships.split('\n')) {
    const [, names = '', ...path] = text.split(':')
    if (path.length > 0 && names.split(',').includes(wanted)) return path.join(':')
  }
  return '/'
}

/** A mount may show only what is below `root`, as in a container; a group outside of it is not to be seen. */
function ownFolder(folder: string, root: string, path: string): string {
  const base = root === '/' ? '' : root
  const below = path.startsWith(`${base}/`) ? path.slice(base.length + 1) : ''
  return below === '' ? folder : join(folder, below)
}
