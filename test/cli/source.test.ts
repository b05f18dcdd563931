import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CommandError } from '../../src/cli/failure.ts'
import { readSource } from '../../src/cli/source.ts'

/** `name: é` in Latin-1. */
const latin1 = Buffer.from('name: é', 'latin1')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'myriad-source-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (const byte of bytes) yield Buffer.of(byte)
}

it('a source is read as UTF-8, whatever pieces it comes in', async () => {
  const file = join(folder, 'right.yaml')
  await writeFile(file, 'name: é')
  expect(await readSource(file, { input: pieces(latin1) })).toBe('name: é')
  expect(await readSource('-', { input: pieces(Buffer.from('name: é')) })).toBe('name: é')
})

it('a source in another encoding is refused, so that nothing else is sent in its place', async () => {
  const file = join(folder, 'wrong.yaml')
  await writeFile(file, latin1)
  const refusal = (name: string) => new CommandError(`${name} is not in UTF-8`)
  await expect(readSource(file, { input: pieces(latin1) })).rejects.toThrow(refusal(`"${file}"`))
  await expect(readSource('-', { input: pieces(latin1) })).rejects.toThrow(refusal('standard input'))
})
