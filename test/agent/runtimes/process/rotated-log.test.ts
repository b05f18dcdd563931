import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RotatedLog } from '../../../../src/agent/runtimes/process/rotated-log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rotated-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a log', () => {
  it('begins a new file when the present one is full, and keeps as many as it may', () => {
    const log = new RotatedLog(join(folder, '0.log'), { fileBytesMax: 4, filesMax: 3 })
    for (const [index, word] of ['one', 'two', 'three', 'four', 'five'].entries()) {
      if (log.isFullFor(word.length)) log.rotate(Date.parse('2026-01-02T03:04:05.678Z') + index)
      log.append(Buffer.from(word))
    }
    log.close()
    const files = readdirSync(folder).toSorted()
    expect(files).toEqual(['0.log', '0.log.20260102-030405.681', '0.log.20260102-030405.682'])
    expect(files.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['five', 'three', 'four'])
  })

  it('goes on where an earlier run of the agent has ended, and takes back what is beyond that', () => {
    const path = join(folder, '0.log')
    const limits = { fileBytesMax: 100, filesMax: 3 }
    const first = new RotatedLog(path, limits)
    first.append(Buffer.from('kept and not kept'))
    first.close()
    const second = new RotatedLog(path, limits)
    second.cutTo(4)
    second.append(Buffer.from('!'))
    expect(second.size).toBe(5)
    second.close()
    expect(readFileSync(path, 'utf8')).toBe('kept!')
  })
})
