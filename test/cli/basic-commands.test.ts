import { describe, expect, it } from 'vitest'
import { testServers } from '../support/test-server.ts'
import { run } from './support/command-line.ts'

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

  it.each([
    ['an unknown command', ['gte', 'pods'], 2, "error: unknown command 'gte'"],
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
