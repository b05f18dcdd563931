import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemFiles } from '../../../src/agent/cgroups/cgroup-files.ts'
import { openHierarchy } from '../../../src/agent/cgroups/cgroup-hierarchy.ts'
import { makeTestCgroups, type TestCgroups } from '../support/test-cgroups.ts'

const wordsIn = (file: string): string[] => readFileSync(file, 'utf8').trim().split(/\s+/)

/** A controller that version 2 has on this machine, which none of the tests limits anything by; else what is missing. */
function findController(): { readonly controller?: string; readonly missing?: string } {
  if (process.platform !== 'linux') return { missing: 'there are no cgroups on this system' }
  const cgroups = makeTestCgroups()
  try {
    const mount = cgroups.mounts.find(({ version }) => version === 2)
    if (mount === undefined) return { missing: 'no writable cgroup v2 hierarchy' }
    const controller = wordsIn(join(mount.folder, 'cgroup.controllers')).find((name) => name !== '')
    return controller === undefined ? { missing: 'cgroup v2 has no controllers' } : { controller }
  } finally {
    cgroups.remove()
  }
}

const { controller = '', missing } = findController()

describe.skipIf(missing !== undefined)(
  `a group of version 2 that has processes${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    let groups: TestCgroups
    let sleeper: ChildProcess

    beforeEach(() => {
      groups = makeTestCgroups()
      sleeper = spawn('sleep', ['300'], { stdio: 'ignore' })
    })

    afterEach(async () => {
      sleeper.kill('SIGKILL')
      await once(sleeper, 'exit')
      groups.remove()
    })

    it('puts them aside, so that it can hand its controllers on to the groups of pods', () => {
      const mount = groups.mounts.find(({ version }) => version === 2) ?? {
        version: 2,
        folder: '',
        own: '',
        controllers: [],
      }
      const atRoot = join(mount.folder, 'cgroup.subtree_control')
      const before = wordsIn(atRoot)
      const parent = join(mount.folder, groups.root)
      writeFileSync(join(parent, 'cgroup.procs'), String(sleeper.pid))
      const choice = { mount, root: groups.root, name: 'agent', wanted: [controller], files: systemFiles }
      expect(openHierarchy(choice)).toMatchObject({
        hierarchy: { version: 2, controllers: [controller], top: join(parent, 'agent') },
      })
      expect(wordsIn(join(parent, 'cgroup.subtree_control'))).toContain(controller)
      expect(wordsIn(join(parent, 'myriad-agent/cgroup.procs'))).toEqual([String(sleeper.pid)])
      rmdirSync(join(parent, 'agent'))
      writeFileSync(join(parent, 'cgroup.subtree_control'), `-${controller}`)
      if (!before.includes(controller)) writeFileSync(atRoot, `-${controller}`)
    })
  },
)
