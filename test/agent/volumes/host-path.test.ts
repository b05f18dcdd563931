import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openHostPath } from '../../../src/agent/volumes/host-path.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'host-path-')))
  mkdirSync(join(folder, 'folder'))
  writeFileSync(join(folder, 'file'), '')
  symlinkSync('file', join(folder, 'link'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it.each([
  ['', 'folder', 'folder'],
  ['', 'file', 'file'],
  ['', 'new/deep', 'folder'],
  ['DirectoryOrCreate', 'new', 'folder'],
  ['Directory', 'folder', 'folder'],
  ['FileOrCreate', 'new', 'file'],
  ['File', 'link', 'file'],
])('of the type "%s" %s is a %s', (type, name, kind) => {
  const source = join(folder, name === 'link' ? 'file' : name)
  expect(openHostPath({ path: join(folder, name), type })).toEqual({ source, kind })
  expect(statSync(source).isDirectory()).toBe(kind === 'folder')
})

it.each([
  ['Directory', 'file', 'a directory'],
  ['Directory', 'nothing', 'a directory'],
  ['DirectoryOrCreate', 'file', 'a directory'],
  ['File', 'folder', 'a file'],
  ['File', 'nothing', 'a file'],
  ['Socket', 'file', 'a socket file'],
  ['CharDevice', 'file', 'a character device'],
  ['BlockDevice', 'file', 'a block device'],
])('of the type %s %s is not, as it is no %s', (type, name, what) => {
  const path = join(folder, name)
  expect(() => openHostPath({ path, type })).toThrow(`hostPath type check failed: ${path} is not ${what}`)
  expect(existsSync(join(folder, 'nothing'))).toBe(false)
})

it('knows sockets and character devices', async () => {
  const path = join(folder, 'socket')
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(path, resolve)
  })
  expect(openHostPath({ path, type: 'Socket' }).kind).toBe('file')
  expect(openHostPath({ path: '/dev/null', type: 'CharDevice' }).kind).toBe('file')
  await new Promise((resolve) => {
    server.close(resolve)
  })
})
