import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ConnectionSettings, resolveSettings } from '../../src/cli/config.ts'
import { type ContextFile, configPath } from '../../src/cli/context-file.ts'
import { testServers } from '../support/test-server.ts'
import { run } from './support/command-line.ts'

const file: ContextFile = {
  'current-context': 'lab',
  contexts: {
    lab: { url: 'http://lab/graphql', token: 'lab-token', namespace: 'kitchen' },
    work: { url: 'http://shop/graphql', token: 'work-token' },
  },
}

describe('the server that is meant', () => {
  interface Row {
    readonly flags?: ConnectionSettings
    readonly environment?: Readonly<Record<string, string>>
    readonly file?: ContextFile
  }

  it.each<[string, Row, string]>([
    ['what is built in', {}, 'http://127.0.0.1:4000/graphql none default'],
    ['the current context', { file }, 'http://lab/graphql lab-token kitchen'],
    [
      'the context of a variable',
      { file, environment: { MYRIAD_CONTEXT: 'work' } },
      'http://shop/graphql work-token default',
    ],
    [
      'a variable before the context',
      { file, environment: { MYRIAD_NAMESPACE: 'hall' } },
      'http://lab/graphql lab-token hall',
    ],
    ['an empty variable as none', { file, environment: { MYRIAD_URL: '' } }, 'http://lab/graphql lab-token kitchen'],
    [
      'a flag before a variable',
      { flags: { namespace: 'attic' }, environment: { MYRIAD_NAMESPACE: 'hall' } },
      'http://127.0.0.1:4000/graphql none attic',
    ],
    [
      'the context of a flag before variables',
      { file, flags: { context: 'work' }, environment: { MYRIAD_URL: 'http://other', MYRIAD_TOKEN: 'other-token' } },
      'http://shop/graphql work-token default',
    ],
    [
      'a flag before the context of a flag',
      { file, flags: { context: 'lab', namespace: 'attic' } },
      'http://lab/graphql lab-token attic',
    ],
    [
      'another server without the token of the context',
      { file, flags: { url: 'http://stranger' } },
      'http://stranger none kitchen',
    ],
    [
      'a server of a variable without it',
      { file, environment: { MYRIAD_URL: 'http://stranger' } },
      'http://stranger none kitchen',
    ],
    [
      'a token of a variable',
      { file, environment: { MYRIAD_TOKEN: 'other-token' } },
      'http://lab/graphql other-token kitchen',
    ],
  ])('is %s', (_, { flags = {}, environment = {}, file: contexts = {} }, meant) => {
    const { url, token = 'none', namespace } = resolveSettings({ flags, environment, file: contexts })
    expect(`${url} ${token} ${namespace}`).toBe(meant)
  })

  it.each([
    ['5s', 5_000],
    ['500ms', 500],
    ['2m', 120_000],
    ['3', 3_000],
    ['0', undefined],
  ])('may take %s', (requestTimeout, milliseconds) => {
    const settings = resolveSettings({ flags: { requestTimeout }, environment: {}, file: {} })
    expect(settings.requestTimeoutMs).toBe(milliseconds)
  })

  it.each([
    ['a context that is not there', { context: 'moon' }, 'context "moon" does not exist'],
    [
      'an address that is none',
      { url: 'kitchen:4000' },
      'must be like http://127.0.0.1:4000/graphql, not "kitchen:4000"',
    ],
    ['a time that is none', { requestTimeout: 'soon' }, '--request-timeout must be a time'],
  ])('cannot be %s', (_, flags, message) => {
    expect(() => resolveSettings({ flags, environment: {}, file })).toThrow(message)
  })

  it.each([
    [{ MYRIAD_CONFIG: '/a', HOME: '/h' }, '/a'],
    [{ XDG_CONFIG_HOME: '/x', HOME: '/h' }, '/x/myriad/config.yaml'],
    [{ HOME: '/h' }, '/h/.config/myriad/config.yaml'],
    [{}, undefined],
  ])('is named in a file that %j says', (environment, path) => {
    expect(configPath(undefined, environment)).toBe(path)
  })
})

describe('myriad config', () => {
  const servers = testServers()
  let folder = ''
  let path = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'myriad-config-'))
    path = join(folder, 'below', 'config.yaml')
  })
  afterEach(() => rm(folder, { recursive: true }))
  const config = (...args: string[]) => run(['config', ...args], { environment: { MYRIAD_CONFIG: path } })

  it('makes, chooses, changes, renames and forgets contexts', async () => {
    const told: string[] = []
    for (const args of [
      ['set-context', 'lab', '--url', 'http://lab/graphql', '--token', 'secret'],
      ['set-context', 'work', '--url', 'http://shop/graphql'],
      ['use-context', 'lab'],
      ['set-context', '--current', '--namespace', 'kitchen'],
      ['current-context'],
      ['get-contexts'],
      ['view'],
      ['rename-context', 'lab', 'house'],
      ['current-context'],
      ['delete-context', 'work'],
      ['get-contexts', '-o', 'name'],
    ]) {
      told.push((await config(...args)).output.replaceAll(path, 'FILE'))
    }
    expect(told.join('')).toMatchInlineSnapshot(`
      "Context "lab" created.
      Context "work" created.
      Switched to context "lab".
      Context "lab" modified.
      lab
      CURRENT   NAME   URL                   TOKEN   NAMESPACE
      *         lab    http://lab/graphql    yes     kitchen
                work   http://shop/graphql   no
      current-context: lab
      contexts:
        lab:
          url: http://lab/graphql
          namespace: kitchen
          token: REDACTED
        work:
          url: http://shop/graphql
      Context "lab" renamed to "house".
      house
      deleted context work from FILE
      house
      "
    `)
  })

  it('keeps tokens from others, and warns of a file that does not', async () => {
    await config('set-context', 'lab', '--token', 'secret')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await config('view')).output).not.toContain('secret')
    expect((await config('view', '--raw')).output).toContain('secret')
    await chmod(path, 0o644)
    expect((await config('view')).errors).toBe(
      `warning: ${path} holds tokens and can be read by others; run: chmod 600 ${path}\n`,
    )
  })

  it.each([
    [['use-context', 'moon'], 1, 'error: no context exists with the name: "moon"'],
    [['current-context'], 1, 'error: current-context is not set'],
    [['delete-context', 'moon'], 1, 'error: cannot delete context moon, not in '],
    [['set-context'], 2, 'error: you must say either the name of a context or --current'],
    [['set-context', 'x', '--url', 'nourl'], 2, `error: the server's address must be like http://`],
    [['set-context', 'x', '--url', 'ftp://a/graphql'], 2, 'not "ftp://a/graphql"'],
    [['get-contexts', '-o', 'yaml'], 2, "error: output must be one of '' or 'name'"],
  ])('refuses %j', async (args, code, message) => {
    const { exitCode, errors } = await config(...args)
    expect(errors).toContain(message)
    expect(exitCode).toBe(code)
  })

  it.each([
    ['a: b', '"a" is unknown'],
    ['contexts: [a]', 'contexts must be a map'],
    ['contexts: {a: {server: b}}', 'contexts.a.server is unknown'],
    ['contexts: {a: {url: 5}}', 'contexts.a.url must be a text'],
    ['contexts: {a', 'is no YAML'],
  ])('refuses a file that says "%s"', async (text, message) => {
    path = join(folder, 'config.yaml')
    await writeFile(path, text)
    const { exitCode, errors } = await config('view')
    expect(errors).toContain(message)
    expect(exitCode).toBe(1)
  })

  it('tells commands which server is meant', async () => {
    const server = await servers.start()
    await config('set-context', 'here', '--url', `${server.url}/graphql`)
    const environment = { MYRIAD_CONFIG: path }
    const { output } = await run(['get', 'ns', 'default', '-o', 'name', '--context', 'here'], { environment })
    expect(output).toBe('namespace/default\n')
    const { exitCode, errors } = await run(['get', 'ns', '--config', `${path}.missing`], { environment })
    expect(errors).toMatch(/^error: cannot read the config file ".*missing": no such file\n$/)
    expect(exitCode).toBe(1)
  })
})
