import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { startTicksOf } from '../../src/agent/runtimes/process/process-identity.ts'
import type { RunningProgram } from '../support/built-program.ts'
import { myriad, type PodView, token } from './support/myriad.ts'

const product = myriad()
const patience = { timeout: 15_000, interval: 50 }

interface Cluster {
  readonly program: RunningProgram
  readonly url: string
}

async function up(folder: string, ...args: string[]): Promise<Cluster> {
  const program = product.start(
    'up',
    '--data',
    folder,
    '--port',
    '0',
    '--node-name',
    'box',
    '--pod-network',
    'loopback',
    ...args,
  )
  const [, url = ''] = await product.line(program, /Playground\s+(\S+)/)
  return { program, url }
}

async function podsOf(url: string): Promise<PodView[]> {
  const query =
    '{ pods { nodes { name status { phase containerStatuses { restartCount containerID state { waiting { reason } } } } } } }'
  return (await product.ask<{ pods: { nodes: PodView[] } }>(url, query)).pods.nodes
}

async function startPod(url: string): Promise<PodView> {
  const manifests = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'main', image: 'none', command: ['sleep', '1000'] }] },
  })
  await product.ask(url, 'mutation ($manifests: String!) { apply(manifests: $manifests) { dryRun } }', { manifests })
  await vi.waitFor(async () => expect((await podsOf(url))[0]?.status.phase).toBe('Running'), patience)
  return (await podsOf(url))[0] as PodView
}

function agentOf(folder: string): { pid: number; startTicks: string } {
  return JSON.parse(readFileSync(join(folder, 'agent.pid'), 'utf8')) as { pid: number; startTicks: string }
}

describe('myriad up', () => {
  it.each([
    ['without a token', []],
    ['with a token', ['--token', token]],
  ])('%s, killed and started again, takes its running agent and pods over', async (_, flags) => {
    const folder = product.newFolder()
    const first = await up(folder, ...flags)
    const pod = await startPod(first.url)
    const agent = agentOf(folder)
    first.program.process.kill('SIGKILL')
    await vi.waitFor(() => expect(first.program.process.signalCode).toBe('SIGKILL'), patience)
    expect(startTicksOf(agent.pid)).toBe(agent.startTicks)
    const second = await up(folder, ...flags)
    await product.line(second.program, /agent: registered/)
    expect(startTicksOf(agent.pid)).not.toBe(agent.startTicks)
    expect(agentOf(folder).pid).not.toBe(agent.pid)
    expect(await podsOf(second.url)).toEqual([pod])
    second.program.process.kill('SIGTERM')
    expect(await second.program.ended).toBe(0)
    expect(startTicksOf(Number(/\d+/.exec(pod.status.containerStatuses?.[0]?.containerID ?? '')?.[0]))).toBeNull()
  })

  it('stops the pods that a crash has left also when it is asked to end as soon as it has begun', async () => {
    const folder = product.newFolder()
    const first = await up(folder)
    const pod = await startPod(first.url)
    const pid = Number(/\d+/.exec(pod.status.containerStatuses?.[0]?.containerID ?? '')?.[0])
    first.program.process.kill('SIGKILL')
    process.kill(agentOf(folder).pid, 'SIGKILL')
    await vi.waitFor(() => expect(first.program.process.signalCode).toBe('SIGKILL'), patience)
    expect(startTicksOf(pid)).not.toBeNull()
    const second = await up(folder)
    second.program.process.kill('SIGTERM')
    expect(await second.program.ended).toBe(0)
    expect(startTicksOf(pid)).toBeNull()
  })

  it('keeps the secret of its agent for its own eyes', async () => {
    const folder = product.newFolder()
    await up(folder, '--token', token)
    expect(statSync(join(folder, 'agent.token')).mode & 0o777).toBe(0o600)
  })

  it('starts its agent again when that is killed, and no pod with it', async () => {
    const folder = product.newFolder()
    const { program, url } = await up(folder)
    const pod = await startPod(url)
    const from = program.lines.length
    process.kill(agentOf(folder).pid, 'SIGKILL')
    await product.line(program, /the agent has ended \(SIGKILL\); its pods run on, and it is started again/, from)
    await product.line(program, /agent: registered/, from)
    expect(await podsOf(url)).toEqual([pod])
  })

  it('starts its agent again though that cannot be written down, as on a full disk', async () => {
    const folder = product.newFolder()
    const { program } = await up(folder)
    await product.line(program, /agent: registered/)
    const { pid } = agentOf(folder)
    mkdirSync(join(folder, 'agent.pid.next'))
    const from = program.lines.length
    process.kill(pid, 'SIGKILL')
    await product.line(program, /the agent runs, and could not be written down/, from)
    await product.line(program, /agent: registered/, from)
    program.process.kill('SIGTERM')
    expect(await program.ended).toBe(0)
  })
})

describe('what cannot start says why in one sentence', () => {
  const lastLine = async (...args: string[]): Promise<string | undefined> => {
    const program = product.start(...args)
    expect(await program.ended).toBe(1)
    expect(program.lines).toHaveLength(1)
    return program.lines[0]
  }

  it('a second server, and a second worker, on one data folder', async () => {
    const folder = product.newFolder()
    const { program } = await up(folder, '--no-agent')
    const who = `(process ${program.process.pid}): stop that one, or name another folder with --data`
    const inUse = `error: the data folder ${folder} is in use by another`
    expect(await lastLine('server', '--data', folder, '--port', '0')).toBe(`${inUse} server ${who}`)
    expect(await lastLine('controller', '--data', folder)).toBe(`${inUse} controller worker ${who}`)
  })

  it('a server whose worker would be a second one', async () => {
    const folder = product.newFolder()
    const controller = product.start('controller', '--data', folder)
    await product.line(controller, /the controller worker runs/)
    expect(await lastLine('server', '--data', folder, '--port', '0')).toMatch(
      `in use by another controller worker (process ${controller.process.pid})`,
    )
    const server = product.start('server', '--data', folder, '--port', '0', '--controller', 'none')
    await product.line(server, /ready/)
  })

  it('an agent that cannot run here as it is set: the control plane ends with it, and leaves nothing behind', async () => {
    const folder = product.newFolder()
    // Nobody may have all of loopback for pods, root or not, Linux or not.
    const network = ['--pod-network', 'namespace', '--pod-cidr', '127.0.0.0/8']
    const program = product.start('up', '--data', folder, '--port', '0', ...network)
    expect(await program.ended).toBe(1)
    expect(program.lines.filter((text) => !/^\S+ INFO/.test(text))).toEqual([
      expect.stringMatching(
        /^error: pods cannot have network namespaces here: .*; set --pod-network to auto or loopback/,
      ),
    ])
    const again = await up(folder)
    again.program.process.kill('SIGTERM')
    expect(await again.program.ended).toBe(0)
  })

  it('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await vi.waitFor(() => expect(other.listening).toBe(true))
    const { port } = other.address() as { port: number }
    expect(await lastLine('server', '--data', product.newFolder(), '--port', String(port))).toBe(
      `error: cannot listen on 127.0.0.1:${port}: another process listens there: stop it, or choose another port with --port`,
    )
    other.close()
  })

  it('a data folder below something that is none', async () => {
    const file = join(product.newFolder(), 'file')
    writeFileSync(file, '')
    expect(await lastLine('server', '--data', join(file, 'data'), '--port', '0')).toMatch(
      /^error: cannot use the data folder .*ENOTDIR.*: check its path, its rights and the free space/,
    )
  })
})
