import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder } from '../../../../src/agent/runtimes/process/folder-lock.ts'
import { bootId, startTicksOf } from '../../../../src/agent/runtimes/process/process-identity.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const living = { pid: process.ppid, startTicks: startTicksOf(process.ppid), bootId: bootId() }

describe('a folder', () => {
  it('is refused while a process has it that runs', () => {
    const lock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(`in use by another agent (process ${process.pid})`)
    lock.release()
    expect(readdirSync(folder)).toEqual([])
    lockFolder(folder).release()
  })

  it.each([
    ['another living process has it', living, false],
    ['the process that had it has ended and its number is another one’s', { ...living, startTicks: '1' }, true],
    ['the process that had it ran before a reboot', { ...living, bootId: 'another' }, true],
    ['a crash of the machine has spoilt the lock', 'x', true],
  ])('when %s: is it free?', (_sentence, holder, isFree) => {
    writeFileSync(join(folder, 'agent.lock'), JSON.stringify(holder))
    if (!isFree) expect(() => lockFolder(folder)).toThrow(`process ${process.ppid}`)
    else lockFolder(folder)
    expect(readdirSync(folder)).toEqual(['agent.lock'])
    const { pid } = JSON.parse(readFileSync(join(folder, 'agent.lock'), 'utf8')) as { pid: number }
    expect(pid).toBe(isFree ? process.pid : process.ppid)
  })
})
