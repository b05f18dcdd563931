import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root, setup } from '../../scripts/setup.mjs'
import { runProgram } from '../support/run-program.ts'
import { testServers } from '../support/test-server.ts'

const servers = testServers()
const text = readFileSync(join(root, 'src/client/README.md'), 'utf8')
const programs = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, program = '']) => program)
let folder: string

// Within the package, so that `myriad/client` is what its users have.
beforeAll(async () => {
  await setup()
  mkdirSync(join(root, 'dist'), { recursive: true })
  folder = mkdtempSync(join(root, 'dist/readme-'))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the programs of the README', () => {
  it('compile under strict rules', () => {
    expect(programs.length).toBeGreaterThan(5)
    const files = programs.map((program, index) => {
      writeFileSync(join(folder, `program-${index}.ts`), program)
      return `program-${index}.ts`
    })
    const flags = [
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--types',
      'node',
    ]
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const { stdout } = spawnSync(process.execPath, [compiler, '--ignoreConfig', ...flags, ...files], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(stdout).toBe('')
  }, 60_000)

  it.each(programs.map((_, index) => index))('run to their end (number %i)', async (index) => {
    const { url } = await servers.start()
    const file = join(folder, `program-${index}.js`)
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('http://127.0.0.1:4000', url))
    expect(await runProgram(file)).toEqual({ exitCode: 0, errors: '' })
  })
})
