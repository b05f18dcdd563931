import { basename, dirname, join } from 'node:path'
import { messageOf } from '../log.ts'
import type { CgroupFiles } from './cgroup-files.ts'
import { type CgroupLimits, type CgroupSetting, settingsOf } from './cgroup-limits.ts'
import type { CgroupMount } from './cgroup-mounts.ts'

/** A hierarchy of cgroups in which this agent may make groups. */
export interface CgroupHierarchy {
  readonly version: 1 | 2
  /** Those that work, of cpu, memory, pids and, with version 1, freezer. */
  readonly controllers: readonly string[]
  /** Whether `cgroup.kill` is there, by which the kernel kills all of a group at once (Linux 5.14). */
  readonly kills: boolean
  /** Where the hierarchy is mounted. */
  readonly mount: string
  /** The group below which all groups of this agent are. */
  readonly top: string
}

/** Where a hierarchy is to be used. */
export interface HierarchyChoice {
  readonly mount: CgroupMount
  /** Controllers that are wanted of it. */
  readonly wanted: readonly string[]
  /** Name of the agent's own group. */
  readonly name: string
  /** A group, as a path in the hierarchy, below which the agent's own is to be; by default that is found out. */
  readonly root?: string | undefined
  readonly files: CgroupFiles
}

/** A hierarchy, or why it cannot be used. */
export type HierarchyAttempt = { readonly hierarchy: CgroupHierarchy } | { readonly fault: string }

/** Where an agent of version 2 puts itself when it has to leave the group that it has been given. */
const agentGroup = 'myriad-agent'

/**
 * Makes the agent's own group in a hierarchy and tries out which limits work there: at the top, as the kubelet does, or, where
 * that is not allowed, below the group that the agent itself is in, which may have been handed over to it.
 */
export function openHierarchy(choice: HierarchyChoice): HierarchyAttempt {
  const { mount, root } = choice
  const own = basename(mount.own) === agentGroup ? dirname(mount.own) : mount.own
  const parents = root === undefined ? [...new Set([mount.folder, own])] : [join(mount.folder, root)]
  const faults = new Set<string>()
  for (const parent of parents) {
    const attempt = openBelow(parent, choice)
    if ('hierarchy' in attempt) return attempt
    faults.add(attempt.fault)
  }
  return { fault: [...faults].join('; ') }
}

/** Writes limits into a group. Throws, naming the file, when one of them is not taken. */
export function limitGroup(
  { version, controllers }: Pick<CgroupHierarchy, 'version' | 'controllers'>,
  group: { readonly folder: string; readonly files: CgroupFiles },
  limits: CgroupLimits,
): void {
  for (const setting of settingsOf(version, controllers, limits)) writeSetting(setting, group)
}

/** Removes a group with those below it. Whether all are gone. */
export function removeGroups(folder: string, files: CgroupFiles): boolean {
  for (const name of files.groupsIn(folder)) removeGroups(join(folder, name), files)
  return files.remove(folder)
}

function openBelow(parent: string, choice: HierarchyChoice): HierarchyAttempt {
  const { mount, name, root, files } = choice
  const top = join(parent, name)
  const probe = join(top, 'probe')
  try {
    if (mount.version === 2 && root !== undefined) {
      for (const above of foldersAbove(parent, mount.folder)) enable(above, choice.wanted, files)
    }
    const wanted = mount.version === 1 ? choice.wanted : enable(parent, choice.wanted, files)
    files.make(top)
    if (mount.version === 2) enable(top, wanted, files)
    files.make(probe)
    files.tryJoining(probe)
    const works = (controller: string): boolean => isLimiting(controller, mount.version, { folder: probe, files })
    const controllers = wanted.filter(works)
    const kills = mount.version === 2 && files.has(join(probe, 'cgroup.kill'))
    files.remove(probe)
    return { hierarchy: { version: mount.version, controllers, kills, mount: mount.folder, top } }
  } catch (error) {
    removeGroups(top, files)
    return { fault: messageOf(error) }
  }
}

/** The folders from a hierarchy's mount down to the parent of a group. */
function foldersAbove(folder: string, mount: string): string[] {
  return folder.startsWith(`${mount}/`) ? [...foldersAbove(dirname(folder), mount), dirname(folder)] : []
}

/** Hands controllers of version 2 on to the groups below. Those that a group below may have. */
function enable(folder: string, wanted: readonly string[], files: CgroupFiles): string[] {
  const file = join(folder, 'cgroup.subtree_control')
  const words = (name: string): string[] => (files.read(join(folder, name)) ?? '').trim().split(' ')
  const available = words('cgroup.controllers')
  for (const controller of wanted) {
    if (!available.includes(controller) || words('cgroup.subtree_control').includes(controller)) continue
    try {
      files.write(file, `+${controller}`)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error
      vacate(folder, files)
      files.write(file, `+${controller}`)
    }
  }
  const enabled = words('cgroup.subtree_control')
  return wanted.filter((controller) => enabled.includes(controller))
}

/** A group of version 2 has either processes or groups with limits in it: puts the processes into a group of their own. */
function vacate(folder: string, files: CgroupFiles): void {
  const inner = join(folder, agentGroup)
  files.make(inner)
  const processes = (files.read(join(folder, 'cgroup.procs')) ?? '').split('\n').filter((pid) => pid !== '')
  for (const pid of processes) files.write(join(inner, 'cgroup.procs'), pid)
}

/** Whether a controller takes a limit; harmless ones are tried, in a group that has no processes. */
function isLimiting(
  controller: string,
  version: 1 | 2,
  group: { readonly folder: string; readonly files: CgroupFiles },
): boolean {
  if (controller === 'freezer') return group.files.has(join(group.folder, 'freezer.state'))
  const limits: CgroupLimits = { cpuShares: 1024, cpuQuotaUs: 1_000, memoryBytes: 1024 ** 3, processesMax: 1000 }
  try {
    limitGroup({ version, controllers: [controller] }, group, limits)
    return true
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'EINVAL', 'EOPNOTSUPP'].includes(code)) return false
    throw error
  }
}

function writeSetting(
  { file, value, mayBeAbsent = false, mayBeRefused = false }: CgroupSetting,
  { folder, files }: { readonly folder: string; readonly files: CgroupFiles },
): void {
  try {
    files.write(join(folder, file), value)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && mayBeAbsent) return
    if (code === 'EINVAL' && mayBeRefused) return
    throw error
  }
}
