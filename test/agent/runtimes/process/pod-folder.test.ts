import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PodFolders } from '../../../../src/agent/runtimes/process/pod-folder.ts'
import { pod } from '../../support/pod.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pod-folder-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the folder of a pod', () => {
  it('shows other users of the machine neither what its containers write, nor which other pods there are', () => {
    new PodFolders(folder).makeRun(pod('p'), 'main', 0)
    const modeOf = (path: string): string => (statSync(join(folder, 'pods', path)).mode & 0o777).toString(8)
    expect(['.', 'default_p_uid-p/logs', 'default_p_uid-p/.runs'].map(modeOf)).toEqual(['711', '700', '700'])
  })

  it.each(['..', 'a/b', '', '.runs'])('has no container "%s"', (name) => {
    expect(() => new PodFolders(folder).makeRun(pod('p'), name, 0)).toThrow('cannot be the name of a folder')
  })
})
