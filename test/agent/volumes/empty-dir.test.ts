import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { messageOf } from '../../../src/agent/log.ts'
import { openEmptyDir } from '../../../src/agent/volumes/empty-dir.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'empty-dir-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('says in one line why a volume in memory cannot be mounted', async () => {
  const tooLarge = { medium: 'Memory', sizeLimit: '1e30' }
  const fault: unknown = await openEmptyDir(join(folder, 'v'), tooLarge).catch((error: unknown) => error)
  expect(messageOf(fault)).toMatch(/^an emptyDir with the medium Memory cannot be mounted: [^\n]+$/)
})
