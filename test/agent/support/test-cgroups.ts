import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemFiles } from '../../../src/agent/cgroups/cgroup-files.ts'
import { type CgroupMount, parseCgroupMounts } from '../../../src/agent/cgroups/cgroup-mounts.ts'
import { runCgroupRoot } from '../../support/run-traces.ts'

/** A group of its own in each hierarchy of this machine, for one test file. */
export interface TestCgroups {
  /** Its path in each hierarchy. */
  readonly root: string
  readonly mounts: readonly CgroupMount[]
  /** The groups that there are below, in any hierarchy. */
  groups(): string[]
  remove(): void
}

/** Whether a test may make groups that limit processor and memory; otherwise what the machine lacks, for the name of a test. */
export function missingForCgroups(): string | undefined {
  if (process.platform !== 'linux') return 'there are no cgroups on this system'
  const cgroups = makeTestCgroups()
  try {
    const controllers = new Set(cgroups.mounts.flatMap(({ controllers }) => controllers))
    const missing = ['cpu', 'memory', 'pids'].filter((name) => !controllers.has(name))
    return missing.length === 0 ? undefined : `no writable cgroup v1 hierarchy for ${missing.join(', ')}`
  } finally {
    cgroups.remove()
  }
}

/** Makes them; hierarchies in which that is not allowed are left out. */
export function makeTestCgroups(): TestCgroups {
  const root = `${runCgroupRoot ?? '/myriad-test'}-${randomBytes(4).toString('hex')}`
  const mounts = makeGroups(root)
  const below = (folder: string): string[] =>
    systemFiles.groupsIn(folder).flatMap((name) => [join(folder, name), ...below(join(folder, name))])
  return {
    root,
    mounts,
    groups: () => mounts.flatMap(({ folder }) => below(join(folder, root))),
    remove: () => {
      for (const { folder } of mounts) {
        for (const group of [...below(join(folder, root)).toReversed(), join(folder, root)]) rmdirSync(group)
      }
    },
  }
}

/** Makes a group in each hierarchy of this machine in which that is allowed: those hierarchies. */
export function makeGroups(root: string): CgroupMount[] {
  if (process.platform !== 'linux') return []
  const all = parseCgroupMounts(readFileSync('/proc/self/mountinfo', 'utf8'), readFileSync('/proc/self/cgroup', 'utf8'))
  return all.filter(({ folder }) => isMade(join(folder, root)))
}

function isMade(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}
