import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { builtProgram } from '../support/built-program.ts'
import { testServers } from '../support/test-server.ts'

const servers = testServers()
const source = new URL('../../src/main.ts', import.meta.url)
const program = builtProgram(source)

/** Has Node print the address of every module that it loads. */
const telling = (() => {
  const hooks = `import { writeSync } from 'node:fs'
    export function load(url, context, next) { writeSync(2, 'loaded ' + url + '\\n'); return next(url, context) }`
  const start = `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hooks))})`
  return `--import=${dataUrl(start)}`
})()

function dataUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code).replaceAll("'", '%27')}`
}

interface Loaded {
  /** Packages of which something was loaded. */
  readonly packages: readonly string[]
  /** Modules of this project. */
  readonly own: readonly string[]
  readonly lines: readonly string[]
}

/** What the built command line loads for a command. */
async function loadedBy(...args: string[]): Promise<Loaded> {
  const running = program.startIn(tmpdir(), args, ['env', '-u', 'MYRIAD_URL', `NODE_OPTIONS=${telling}`])
  expect(await running.ended).toBe(0)
  const folder = join(fileURLToPath(new URL('../..', import.meta.url)), 'dist/src')
  const parts = JSON.parse(readFileSync(join(folder, 'chunks/parts.json'), 'utf8')) as Record<string, string[]>
  const byFile = new Map(Object.entries(parts).map(([file, modules]) => [basename(file), modules]))
  const files = running.lines.flatMap((line) => /^loaded file:\/\/(.*)$/.exec(line)?.[1] ?? [])
  const modules = files.flatMap((file) => byFile.get(basename(file)) ?? [`unbundled:${file}`])
  const packageOf = (module: string): string[] => {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1]
    return name === undefined ? [] : [name]
  }
  return {
    packages: [...new Set(modules.flatMap(packageOf))].toSorted((left, right) => (left < right ? -1 : 1)),
    own: modules.filter((module) => packageOf(module).length === 0),
    lines: running.lines.filter((line) => !line.startsWith('loaded ')),
  }
}

describe('a command loads what it needs and no more', () => {
  it('of its own version', async () => {
    const { packages, own, lines } = await loadedBy('version', '--client')
    expect(lines[0]).toMatch(/^Client Version: \d/)
    expect(packages).toEqual(['commander'])
    expect(own.filter((module) => module.includes('model/kinds'))).toEqual([])
    expect(own.length).toBeLessThan(80)
  })

  it('of a table of objects: neither GraphQL nor WebSockets, neither YAML nor the server', async () => {
    const server = await servers.start()
    const { packages, own, lines } = await loadedBy('get', 'ns', '--url', `${server.url}/graphql`)
    expect(lines[0]).toMatch(/^NAME +STATUS +AGE$/)
    expect(packages).toEqual([
      'ansi-regex',
      'commander',
      'get-east-asian-width',
      'picocolors',
      'string-width',
      'strip-ansi',
      'zod',
    ])
    expect(
      own.filter((module) =>
        /src\/(server|store|commands|schema|agent|control)\/(?!version|package-root)/.test(module),
      ),
    ).toEqual([])
    expect(own.length).toBeLessThan(200)
  })
})
