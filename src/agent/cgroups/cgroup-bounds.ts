import { dirname, join } from 'node:path'
import type { CgroupFiles } from './cgroup-files.ts'

/** What the groups that something runs in leave it of a machine. What is undefined is not bounded. */
export interface CgroupBounds {
  /** Thousandths of a processor. */
  readonly milliCpu: number | undefined
  readonly memoryBytes: number | undefined
  /** Bytes that are left of the memory: what is used but for the file cache that can be dropped does not count as left. */
  readonly memoryAvailableBytes: number | undefined
}

/** A group, and the folder at which its hierarchy is mounted. */
export interface GroupPlace {
  readonly version: 1 | 2
  readonly folder: string
  readonly mount: string
}

/** The narrowest bounds of some groups and of all groups above them, as far as they can be seen. */
export function boundsOf(places: readonly GroupPlace[], files: CgroupFiles): CgroupBounds {
  const groups = places.flatMap(({ version, folder, mount }) =>
    foldersUpTo(folder, mount).map((path) => boundsOfGroup(version, path, files)),
  )
  const least = (values: readonly (number | undefined)[]): number | undefined => {
    const given = values.filter((value) => value !== undefined)
    return given.length === 0 ? undefined : Math.min(...given)
  }
  return {
    milliCpu: least(groups.map(({ milliCpu }) => milliCpu)),
    memoryBytes: least(groups.map(({ memoryBytes }) => memoryBytes)),
    memoryAvailableBytes: least(groups.map(({ memoryAvailableBytes }) => memoryAvailableBytes)),
  }
}

function foldersUpTo(folder: string, mount: string): string[] {
  return folder === mount || !folder.startsWith(`${mount}/`)
    ? [folder]
    : [folder, ...foldersUpTo(dirname(folder), mount)]
}

function boundsOfGroup(version: 1 | 2, folder: string, files: CgroupFiles): CgroupBounds {
  const read = (name: string): string => files.read(join(folder, name))?.trim() ?? ''
  const [quota, period] =
    version === 2 ? read('cpu.max').split(' ') : [read('cpu.cfs_quota_us'), read('cpu.cfs_period_us')]
  const milliCpu = Math.floor((Number(quota) / Number(period)) * 1000)
  const memoryBytes = Number(read(version === 2 ? 'memory.max' : 'memory.limit_in_bytes') || Number.NaN)
  // Version 1 says "no limit" by a number of bytes that no machine has.
  const isBound = memoryBytes < 2 ** 60
  const cache = version === 2 ? /^inactive_file (\d+)$/m : /^total_inactive_file (\d+)$/m
  const used = (): number =>
    Number(read(version === 2 ? 'memory.current' : 'memory.usage_in_bytes')) -
    Number(cache.exec(read('memory.stat'))?.[1] ?? 0)
  return {
    milliCpu: milliCpu > 0 ? milliCpu : undefined,
    memoryBytes: isBound ? memoryBytes : undefined,
    memoryAvailableBytes: isBound ? Math.max(0, memoryBytes - used()) : undefined,
  }
}
