import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RunFolder } from '../../../../src/agent/runtimes/process/run-folder.ts'

let parent: string
let folder: RunFolder
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'run-folder-'))
  folder = new RunFolder(join(parent, '0'))
  folder.make()
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

describe('the folder of a run', () => {
  it('keeps the back-off of the run for the next agent', () => {
    expect(folder.backOff()).toBeUndefined()
    folder.keepBackOff({ delayMs: 40_000, restartedAt: 1_760_000_000_000 })
    expect(new RunFolder(folder.path).backOff()).toEqual({ delayMs: 40_000, restartedAt: 1_760_000_000_000 })
    writeFileSync(join(folder.path, 'back-off'), '\0\0\0')
    expect(folder.backOff()).toBeUndefined()
  })

  it('has a file for last words that every user may write', () => {
    expect(statSync(folder.terminationLog).mode & 0o777).toBe(0o666)
  })

  it('tells what was said in place of a start', () => {
    expect(folder.failure()).toBe('')
    writeFileSync(join(folder.path, 'shim/failure'), 'mount: no\n')
    expect(folder.failure()).toBe('mount: no')
  })
})
