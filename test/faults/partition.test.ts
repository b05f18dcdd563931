import { spawnSync } from 'node:child_process'
import { describe, expect, it, vi } from 'vitest'
import { builtProgram } from '../support/built-program.ts'
import { line, type PodView, temporaryFolders, token } from './support/myriad.ts'
import { cabledNamespaces, namespaceLack } from './support/network-namespaces.ts'

const newNamespaces = cabledNamespaces()
const newFolder = temporaryFolders()
const needs = namespaceLack === undefined ? '' : ` (needs ${namespaceLack})`
const patience = { timeout: 15_000, interval: 100 }
const program = builtProgram(new URL('programs/impatient-part.ts', import.meta.url))

interface Answer {
  readonly data?: { readonly pod: PodView } | null
}

const request = `const [url, body, authorization] = process.argv.slice(1)
const options = body === '' ? {} : { method: 'POST', body }
const headers = { authorization, 'content-type': 'application/json' }
process.stdout.write(await (await fetch(url, { ...options, headers })).text())`

describe.skipIf(namespaceLack !== undefined)(`an agent whose network goes down${needs}`, () => {
  it('runs its pods on, is missed, and reports what has happened when the network is back', async () => {
    const { enter, nearAddress, plug } = newNamespaces()
    const fetchText = (path: string, body = ''): string => {
      const [command = '', ...words] = enter.near
      const args = [...words, process.execPath, '--input-type=module', '-e', request]
      const { stdout, stderr } = spawnSync(
        command,
        [...args, `http://${nearAddress}:4000${path}`, body, `Bearer ${token}`],
        { encoding: 'utf8' },
      )
      if (stdout === '') throw new Error(stderr)
      return stdout
    }
    const ask = (query: string, variables: object = {}): { readonly pod: PodView } => {
      const answer = JSON.parse(fetchText('/graphql', JSON.stringify({ query, variables }))) as Answer
      if (answer.data == null) throw new Error(JSON.stringify(answer))
      return answer.data
    }
    const find = (name: string): PodView =>
      ask(
        'query ($name: String!) { pod(name: $name) { name status { phase containerStatuses { restartCount containerID } } } }',
        {
          name,
        },
      ).pod
    const connections = () => Number(/^myriad_websocket_connections (\d+)/m.exec(fetchText('/metrics'))?.[1])

    const folder = newFolder()
    const server = program.startIn(folder, ['server', folder, nearAddress], enter.near)
    await line(server, /^ready/)
    const agent = program.startIn(folder, ['agent', folder, nearAddress], enter.far)
    await line(agent, /^registered/)
    for (const name of ['lasting', 'killed']) {
      const containers = [{ name: 'main', image: 'none', command: ['sleep', '1000'] }]
      ask('mutation ($input: PodInput!) { createPod(input: $input) { name } }', {
        input: { metadata: { name }, spec: { nodeName: 'box', containers } },
      })
    }
    await vi.waitFor(
      () => expect([find('lasting'), find('killed')].map(({ status }) => status.phase)).toEqual(['Running', 'Running']),
      patience,
    )
    const [lasting, killed] = [find('lasting'), find('killed')]
    expect(connections()).toBe(1)

    plug('down')
    await line(agent, /the control plane cannot be reached/)
    await vi.waitFor(() => expect(connections()).toBe(0), patience)
    process.kill(Number(/\d+/.exec(killed.status.containerStatuses?.[0]?.containerID ?? '')?.[0]), 'SIGKILL')
    const from = agent.lines.length
    plug('up')
    await line(agent, /^registered/, from)
    await vi.waitFor(
      () => expect(find('killed').status.containerStatuses?.[0]).toMatchObject({ restartCount: 1 }),
      patience,
    )
    expect(find('lasting')).toEqual(lasting)
    expect(connections()).toBe(1)
  }, 60_000)
})
