import { join } from 'node:path'

/** Where a hierarchy of cgroups is mounted. */
export interface CgroupMount {
  readonly version: 1 | 2
  /** With version 1 the controllers of the hierarchy; with version 2 each group tells its own. */
  readonly controllers: readonly string[]
  readonly folder: string
  /** The folder of the group that this process is in. */
  readonly own: string
}

const line = /^\d+ \d+ \S+ (?<root>\S+) (?<folder>\S+) .* - (?<type>cgroup2?) \S+ (?<options>\S+)$/

/**
 * The hierarchies that are mounted, from the text of `/proc/self/mountinfo` (proc_pid_mountinfo(5)) and `/proc/self/cgroup`
 * (cgroups(7)). Of a hierarchy that is mounted several times the first mount counts.
 */
export function parseCgroupMounts(mountinfo: string, memberships: string): CgroupMount[] {
  const mounts: CgroupMount[] = []
  for (const text of mountinfo.split('\n')) {
    const { root = '', folder = '', type, options = '' } = line.exec(text)?.groups ?? {}
    if (type === undefined) continue
    const version = type === 'cgroup2' ? 2 : 1
    const controllers = version === 2 ? [] : options.split(',').filter((name) => v1Controllers.has(name))
    const key = controllers.join(',')
    if (version === 1 && key === '') continue
    if (mounts.some((mount) => mount.version === version && mount.controllers.join(',') === key)) continue
    const path = unescape(folder)
    mounts.push({
      version,
      controllers,
      folder: path,
      own: ownFolder(path, unescape(root), membership(memberships, key)),
    })
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

function unescape(text: string): string {
  return text.replaceAll(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)))
}
