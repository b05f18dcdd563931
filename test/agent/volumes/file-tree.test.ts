import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeFileTree } from '../../../src/agent/volumes/file-tree.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-tree-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const one = { path: 'one', content: '1', mode: 0o644 }
const deep = { path: 'deep/two', content: '2', mode: 0o400 }
const read = (path: string): string => readFileSync(join(folder, path), 'utf8')

describe('a volume that the agent writes', () => {
  it('has its files with their modes', () => {
    writeFileTree(folder, [one, deep])
    expect([read('one'), read('deep/two')]).toEqual(['1', '2'])
    expect([one, deep].map(({ path }) => statSync(join(folder, path)).mode & 0o777)).toEqual([0o644, 0o400])
    expect(lstatSync(join(folder, 'one')).isSymbolicLink()).toBe(true)
  })

  it('is exchanged as a whole, and what is no longer in it goes', () => {
    writeFileTree(folder, [one, deep])
    const before = readlinkSync(join(folder, '..data'))
    writeFileTree(folder, [{ ...one, content: 'new' }])
    expect(read('one')).toBe('new')
    expect(existsSync(join(folder, before))).toBe(false)
    expect(readdirSync(folder)).toHaveLength(3)
    expect(existsSync(join(folder, 'deep'))).toBe(false)
  })

  it('is left alone when it is as it should be', () => {
    writeFileTree(folder, [one, deep])
    const before = readlinkSync(join(folder, '..data'))
    writeFileTree(folder, [deep, one])
    expect(readlinkSync(join(folder, '..data'))).toBe(before)
    writeFileTree(folder, [one, { ...deep, mode: 0o440 }])
    expect(readlinkSync(join(folder, '..data'))).not.toBe(before)
  })
})
