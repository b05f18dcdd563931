import { describe, expect, it } from 'vitest'
import { testServers } from '../../support/test-server.ts'
import { run } from '../support/command-line.ts'
import { applyManifests, podManifest } from '../support/manifests.ts'

const servers = testServers()

describe('myriad describe', () => {
  async function cluster(): Promise<string> {
    const server = await servers.start()
    const url = `${server.url}/graphql`
    await applyManifests(url, [
      podManifest({ name: 'web-1', labels: { app: 'web' } }),
      podManifest({ name: 'web-2', labels: { app: 'web' } }),
      podManifest({ name: 'db' }),
      '{apiVersion: v1, kind: Node, metadata: {name: one}}',
    ])
    return url
  }

  it.each([
    [['po/db'], ['db']],
    [
      ['pod', 'web'],
      ['web-1', 'web-2'],
    ],
    [
      ['pod', 'web-1', 'db'],
      ['web-1', 'db'],
    ],
    [
      ['po', '-l', 'app=web'],
      ['web-1', 'web-2'],
    ],
    [['po,no'], ['db', 'web-1', 'web-2', 'one']],
    [
      ['no/one', 'ns/default'],
      ['one', 'default'],
    ],
  ])('describes %j', async (args, names) => {
    const { output, exitCode } = await run(['describe', ...args], { url: await cluster() })
    expect([...output.matchAll(/^Name: +(\S+)$/gm)].map(([, name]) => name)).toEqual(names)
    expect(output.split('\n\n\n')).toHaveLength(names.length)
    expect(exitCode).toBe(0)
  })

  it('describes the objects that manifests name, and tells which are not there', async () => {
    const url = await cluster()
    const input = [podManifest({ name: 'db' }), podManifest({ name: 'nope' })].join('\n---\n')
    const { output, errors, exitCode } = await run(['describe', '-f', '-'], { url, input })
    expect([...output.matchAll(/^Name: +(\S+)$/gm)].map(([, name]) => name)).toEqual(['db'])
    expect([errors, exitCode]).toEqual(['Error from server (NotFound): pods "nope" not found\n', 1])
    expect((await run(['describe', 'po', '-f', '-'], { url, input })).exitCode).toBe(2)
  })

  it('asks the scheduler why a pod waits', async () => {
    const { output } = await run(['describe', 'pod', 'db'], { url: await cluster() })
    expect(output).toMatch(/^ {2}NodeResourcesFit: +1 of 1 turned down\n {4}Why: +Insufficient cpu \(1\)\n/m)
    expect(output).toMatch(/^ {4}To unblock: +\S/m)
    expect(output).toContain('Events:')
    expect(
      (await run(['describe', 'pod', 'db', '--show-events', 'false'], { url: await cluster() })).output,
    ).not.toContain('Events:')
  })

  it.each([
    [['po/nope', 'po/db'], 1, 'Error from server (NotFound): pods "nope" not found\n'],
    [['rs'], 0, 'No resources found in default namespace.\n'],
    [['rs', '-A'], 0, 'No resources found\n'],
    [['po', 'db', '-l', 'a=b'], 2, 'error: name cannot be provided when a selector is specified\n'],
  ])('says of %j what is wrong', async (args, code, message) => {
    const { errors, exitCode } = await run(['describe', ...args], { url: await cluster() })
    expect(errors).toContain(message)
    expect(exitCode).toBe(code)
  })
})
