import { join } from 'node:path'
import { shellWord } from '../shell-word.ts'
import type { CgroupFiles } from './cgroup-files.ts'
import { type CgroupHierarchy, removeGroups } from './cgroup-hierarchy.ts'

/** The groups of one run of a container: one in each hierarchy. */
export interface RunGroup {
  /** Lines of sh by which a process goes into the groups, and takes all that it will start with it. */
  readonly prepare: readonly string[]
  /**
   * Lines of sh for whoever waits for that process: they kill what it has left in the groups, wait for its end for two
   * seconds at most, and set `reason` to OOMKilled when the kernel has killed any of it for want of memory.
   */
  readonly finish: readonly string[]
  /** Kills all that is in the groups, whatever sessions and process groups it has made for itself. */
  kill(): void
  /** Whether the kernel has killed a process of the run for want of memory. */
  wasOutOfMemory(): boolean
  /** Removes the groups. Whether they are gone: what still ends keeps them. */
  remove(): boolean
}

/** Where the groups of a run are: `folders` in the order of `hierarchies`. */
export interface RunGroupPlace {
  readonly hierarchies: readonly CgroupHierarchy[]
  readonly folders: readonly string[]
  readonly files: CgroupFiles
}

/** The groups of a run, which need not exist any more. */
export function runGroup(place: RunGroupPlace): RunGroup {
  const { folders, files } = place
  const killer = killerOf(place)
  const outOfMemory = outOfMemoryFile(place)
  return {
    prepare: folders.map((folder) => `echo 0 >${shellWord(join(folder, 'cgroup.procs'))}`),
    finish: [...killer.lines, ...(outOfMemory === undefined ? [] : outOfMemoryLines(outOfMemory))],
    kill: () => killer.kill(),
    wasOutOfMemory: () => {
      const text = outOfMemory === undefined ? null : files.read(outOfMemory)
      return Number(/^oom_kill (\d+)$/m.exec(text ?? '')?.[1] ?? 0) > 0
    },
    remove: () => folders.map((folder) => removeGroups(folder, files)).every((isGone) => isGone),
  }
}

/** How all of a group is killed: by the kernel, or one by one, all standing still meanwhile where that can be had. */
interface Killer {
  readonly lines: readonly string[]
  kill(): void
}

function killerOf({ hierarchies, folders, files }: RunGroupPlace): Killer {
  const rank = ({ kills, controllers }: CgroupHierarchy): number =>
    kills ? 0 : controllers.includes('freezer') ? 1 : 2
  const best = hierarchies.map((hierarchy, index) => ({ hierarchy, folder: folders[index] ?? '' }))
  const chosen = best.toSorted((a, b) => rank(a.hierarchy) - rank(b.hierarchy))[0]
  if (chosen === undefined) return { lines: [], kill: () => {} }
  const { hierarchy, folder } = chosen
  return hierarchy.kills ? atOnce(folder, files) : oneByOne(folder, files)
}

function atOnce(folder: string, files: CgroupFiles): Killer {
  const processes = shellWord(join(folder, 'cgroup.procs'))
  const kill = join(folder, 'cgroup.kill')
  return {
    lines: [
      `if read -r pid <${processes}; then echo 1 >${shellWord(kill)}; fi`,
      `round=0; while read -r pid <${processes} && [ $round -lt 200 ]; do round=$((round + 1)); sleep 0.01; done`,
    ],
    kill: () => {
      if (files.has(kill)) files.write(kill, '1')
    },
  }
}

function oneByOne(folder: string, files: CgroupFiles): Killer {
  const processes = shellWord(join(folder, 'cgroup.procs'))
  const state = shellWord(join(folder, 'freezer.state'))
  const freeze = (value: string): string => `{ [ ! -e ${state} ] || echo ${value} >${state}; }`
  return {
    lines: [
      'round=0',
      `while read -r pid <${processes} && [ $round -lt 200 ]; do`,
      `  ${freeze('FROZEN')}; while read -r pid; do kill -s KILL "$pid"; done <${processes}; ${freeze('THAWED')}`,
      '  round=$((round + 1)); sleep 0.01',
      'done',
    ],
    kill: () => killOneByOne(folder, files),
  }
}

function killOneByOne(folder: string, files: CgroupFiles): void {
  for (const name of files.groupsIn(folder)) killOneByOne(join(folder, name), files)
  const state = join(folder, 'freezer.state')
  const canFreeze = files.has(state)
  if (canFreeze) files.write(state, 'FROZEN')
  const processes = (files.read(join(folder, 'cgroup.procs')) ?? '').split('\n').filter((pid) => pid !== '')
  for (const pid of processes) killProcess(Number(pid))
  if (canFreeze) files.write(state, 'THAWED')
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The file that counts in a line `oom_kill N`; the other lines of both versions' files do not matter here. */
function outOfMemoryFile({ hierarchies, folders }: RunGroupPlace): string | undefined {
  const index = hierarchies.findIndex(({ controllers }) => controllers.includes('memory'))
  const [hierarchy, folder] = [hierarchies[index], folders[index]]
  if (hierarchy === undefined || folder === undefined) return undefined
  return join(folder, hierarchy.version === 2 ? 'memory.events' : 'memory.oom_control')
}

function outOfMemoryLines(file: string): string[] {
  return [
    `while read -r name count; do [ "$name" = oom_kill ] && [ "$count" -gt 0 ] && reason=OOMKilled; done <${shellWord(file)}`,
  ]
}
