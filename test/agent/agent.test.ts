import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Agent, type AgentOptions, runAgent } from '../../src/agent/agent.ts'
import { runCgroupRoot } from '../support/run-traces.ts'
import { FakeDoor } from './support/fake-door.ts'
import { serveDoor } from './support/graphql-server.ts'
import { deleted, pod } from './support/pod.ts'
import { until } from './support/until.ts'

const quiet = { info: () => {}, warn: () => {} }
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function begin(options: Partial<AgentOptions>) {
  const door = new FakeDoor()
  const server = await serveDoor(door, 'token')
  const dataFolder = mkdtempSync(join(tmpdir(), 'agent-'))
  const agent: Agent = await runAgent({
    url: server.url,
    token: 'token',
    runtime: 'process',
    nodeName: 'box',
    dataFolder,
    machine: { cgroupRoot: runCgroupRoot },
    log: quiet,
    ...options,
  })
  cleanUps.push(
    () => rmSync(dataFolder, { recursive: true, force: true }),
    () => server.close(),
    () => agent.close(),
  )
  await until('the agent follows its assignments', () => door.subscriptions === 1)
  return { door, server, agent }
}

const container = { name: 'main', image: 'none', command: ['sleep', '300'] }
const lasting = pod('p', { nodeName: 'box', containers: [container] })

describe('an agent over GraphQL', () => {
  it('registers this machine, runs a process for a pod, and stops it when the pod is deleted', async () => {
    const { door } = await begin({})
    expect([...door.nodes.keys()]).toEqual(['box'])
    door.put(lasting)
    await until('the pod runs', () => door.statusOf('uid-p')?.phase === 'Running')
    const status = door.statusOf('uid-p')
    expect(status?.containerStatuses?.[0]?.containerID).toMatch(/^process:\/\/\d+/)
    const pid = Number(/\d+/.exec(status?.containerStatuses?.[0]?.containerID ?? '')?.[0])
    expect(process.kill(pid, 0)).toBe(true)
    door.put(deleted(lasting, 5))
    await until('the pod is gone', () => door.pods.size === 0)
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  it('comes back after its connection was cut, and has lost nothing', async () => {
    const { door, server } = await begin({ runtime: 'simulated', nodes: 2 })
    server.cut()
    door.pods.set('uid-p', lasting)
    await until('the pod runs', () => door.statusOf('uid-p')?.phase === 'Running')
    expect(door.subscriptions).toBe(2)
    expect(door.registrations).toBe(2)
  })

  it('stops its pods when it is closed, and has told so', async () => {
    const { door, agent } = await begin({})
    door.put(lasting)
    await until('the pod runs', () => door.statusOf('uid-p')?.phase === 'Running')
    await agent.close()
    expect(door.statusOf('uid-p')?.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(143)
  })
})
