import { describe, expect, it } from 'vitest'
import { testServers } from '../support/test-server.ts'
import { run, start } from './support/command-line.ts'

const servers = testServers()

describe('myriad', () => {
  it('lists the kinds with their short names', async () => {
    const { output, exitCode } = await run(['api-resources'])
    expect(exitCode).toBe(0)
    expect(output.split('\n').slice(0, 2)).toEqual([
      'NAME                     SHORTNAMES   APIVERSION   NAMESPACED   KIND',
      'events                   ev           v1           true         Event',
    ])
  })

  it('takes short flags with an equals sign, as kubectl does', async () => {
    const { url } = await servers.start()
    const get = (...args: string[]) => run(['get', 'ns', ...args], { url: `${url}/graphql` })
    expect((await get('-o=name', '-l=kubernetes.io/metadata.name=default')).output).toBe('namespace/default\n')
    expect((await get('-A=true', '-n=x', '-oname')).output).toContain('namespace/default')
  })

  it.each([
    ['flags of the connection before the command', ['-n', 'x', '--request-timeout=5s', 'get', 'ns', '-oname']],
    ['a short one with its value', ['-nx', 'get', 'ns', '-oname']],
    ['a flag that is said to be on', ['get', 'ns', '--all-namespaces=true', '-oname']],
    ['flags that are said to be off', ['get', 'ns', '--watch=false', '-w=false', '--no-headers=false', '-oname']],
    ['an empty namespace as none', ['get', 'ns', '-n', '', '-oname']],
  ])('takes %s, as kubectl does', async (_, args) => {
    const { url } = await servers.start()
    const { output, errors } = await run(args, { url: `${url}/graphql` })
    expect([output.split('\n')[0], errors]).toEqual(['namespace/default', ''])
  })

  it('leaves what stands behind two dashes as it is', async () => {
    const { url } = await servers.start()
    const args = [
      'run',
      'a',
      '--image=i',
      '--dry-run=client',
      '-ojsonpath={.spec.containers[0].args}',
      '--',
      '--watch=true',
    ]
    expect((await run(args, { url: `${url}/graphql` })).output).toBe('["--watch=true"]')
  })

  it('says where a token goes to when one is wanted', async () => {
    const { url } = await servers.start({ tokens: { admin: 'a-token-of-this-test' } })
    const { errors, exitCode } = await run(['get', 'pods'], { url: `${url}/graphql` })
    expect(errors).toMatch(
      /^Error from server \(Unauthorized\): a valid token is needed.*\nGive the token as MYRIAD_TOKEN/,
    )
    expect(exitCode).toBe(1)
  })

  it('tells both versions', async () => {
    const server = await servers.start()
    const { output } = await run(['version'], { url: `${server.url}/graphql` })
    expect(output).toBe('Client Version: test\nServer Version: test\n')
  })

  it('sends any document and prints the answer', async () => {
    const server = await servers.start()
    const input = 'query ($name: String!) { namespace(name: $name) { name } }'
    const args = ['query', '-', '--variables', '{"name": "default"}']
    const { output } = await run(args, { url: `${server.url}/graphql`, input })
    expect(JSON.parse(output)).toEqual({ namespace: { name: 'default' } })
  })

  const several = `
    query Space { namespace(name: "default") { ...Name } }
    query None { namespace(name: "none") { ...Name } }
    fragment Name on Namespace { name }`

  it('sends the operation that is meant, with its fragments', async () => {
    const server = await servers.start()
    const options = { url: `${server.url}/graphql`, input: several }
    const { output } = await run(['query', '-', '--operation-name', 'Space'], options)
    expect(JSON.parse(output)).toEqual({ namespace: { name: 'default' } })
  })

  it('prints what a subscription tells, a line each, until Ctrl-C', async () => {
    const server = await servers.start()
    const input = 'subscription { resourceEvents(kinds: ["Namespace"]) { type resource { name } } }'
    const following = start(['query', '-'], { url: `${server.url}/graphql`, input })
    await following.until((output) => output.includes('BOOKMARK'))
    following.interrupt()
    const { output, exitCode } = await following.ended
    const told = output.trimEnd().split('\n')
    expect(told.map((line) => Object.keys(JSON.parse(line) as object))).toEqual(told.map(() => ['resourceEvents']))
    expect(told[0]).toBe('{"resourceEvents":{"type":"ADDED","resource":{"name":"default"}}}')
    expect(exitCode).toBe(130)
  })

  it.each([
    ['a document that cannot be read', '{ cluster {', [], 1, 'error: stdin:1:12: Syntax Error: Expected Name'],
    ['a document of fragments', 'fragment F on Pod { name }', [], 1, 'error: the document has no operation'],
    ['a choice that is not made', several, [], 2, 'say --operation-name with one of "Space", "None"'],
    ['an operation that is not there', several, ['--operation-name', 'X'], 1, 'no operation "X", only "Space", "None"'],
    ['a field that is not there', '{ clutser { version } }', [], 1, 'Cannot query field "clutser" on type "Query"'],
    [
      'a subscription that cannot be',
      'subscription { podEvents(labelSelector: "a in b") { type } }',
      [],
      1,
      'unable to parse',
    ],
  ])('refuses %s', async (_, input, args, code, message) => {
    const server = await servers.start()
    const { exitCode, errors } = await run(['query', '-', ...args], { url: `${server.url}/graphql`, input })
    expect(errors).toContain(message)
    expect(exitCode).toBe(code)
  })

  it.each([
    [
      'an unknown command',
      ['gte', 'pods'],
      2,
      "error: unknown command 'gte'\n(Did you mean get?)\nSee 'myriad --help'.",
    ],
    ['a command that is like none', ['pods'], 2, "error: unknown command 'pods'\nSee"],
    [
      'a command within another',
      ['config', 'use-contxt'],
      2,
      "unknown command 'use-contxt'\n(Did you mean use-context?)\nSee 'myriad config --help'.",
    ],
    [
      'a flag that is neither on nor off',
      ['get', 'pods', '--watch=maybe'],
      2,
      'error: --watch must be true or false, not "maybe"',
    ],
    ['an unknown flag', ['version', '--clint'], 2, "error: unknown option '--clint'\n(Did you mean --client?)"],
    [
      'variables that are no object',
      ['query', '-', '--variables', '[1]'],
      2,
      'error: --variables must be a JSON object',
    ],
    ['a file that is not there', ['query', 'nothing.graphql'], 1, 'error: cannot read "nothing.graphql": no such file'],
  ])('refuses %s in one sentence', async (_, args, code, message) => {
    const { exitCode, errors } = await run(args)
    expect(errors).toContain(message)
    expect(exitCode).toBe(code)
  })

  it('says where it looked when there is no server', async () => {
    const { exitCode, errors } = await run(['version'], { url: 'http://127.0.0.1:1/graphql' })
    expect(errors).toMatch(/^error: no answer from http:\/\/127\.0\.0\.1:1\/graphql: .*\n$/)
    expect(exitCode).toBe(1)
  })
})
