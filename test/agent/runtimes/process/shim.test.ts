import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultPath, startShim } from '../../../../src/agent/runtimes/process/shim.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shim-'))
  mkdirSync(join(folder, 'shim'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function start(script: string) {
  return startShim({
    folder,
    bootId: 'this',
    enter: [],
    command: ['sh', '-c', script],
    env: new Map([['PATH', defaultPath]]),
    workingDir: folder,
    prepare: [],
    finish: [],
  })
}

it('a container whose agent dies before it hears of the start runs all the same, and says what it has to say', async () => {
  const shim = start('echo here; exit 7')
  shim.stdout?.destroy()
  expect(await once(shim, 'exit')).toEqual([7, null])
  expect(readFileSync(join(folder, 'stdout'), 'utf8')).toBe('here\n')
  expect(readFileSync(join(folder, 'stderr'), 'utf8')).toBe('')
})

it('a container ends by SIGPIPE as any process does', async () => {
  const shim = start('kill -s PIPE $$; exit 0')
  expect(await once(shim, 'exit')).toEqual([141, null])
})
