import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTicksOf } from '../../src/agent/runtimes/process/process-identity.ts'
import { builtProgram, type RunningProgram } from '../support/built-program.ts'
import { FakeDoor } from './support/fake-door.ts'
import { type DoorServer, serveDoor } from './support/graphql-server.ts'
import { deleted, pod } from './support/pod.ts'
import { makeTestCgroups, missingForCgroups, type TestCgroups } from './support/test-cgroups.ts'
import { until } from './support/until.ts'

const missing = missingForCgroups()

describe.skipIf(missing !== undefined)(
  `the cgroups of an agent that is killed${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    const program = builtProgram(new URL('programs/agent.ts', import.meta.url))
    let door: FakeDoor
    let server: DoorServer
    let dataFolder: string
    let groups: TestCgroups
    let agents: RunningProgram[] = []

    beforeEach(async () => {
      door = new FakeDoor()
      server = await serveDoor(door, 'token')
      dataFolder = mkdtempSync(join(tmpdir(), 'cgroup-crash-'))
      groups = makeTestCgroups()
    })
    afterEach(async () => {
      for (const agent of agents) agent.process.kill('SIGTERM')
      await Promise.all(agents.map(({ ended }) => ended))
      agents = []
      await server.close()
      const left = groups.groups()
      groups.remove()
      rmSync(dataFolder, { recursive: true, force: true })
      expect(left).toEqual([])
    })

    async function startAgent(): Promise<RunningProgram> {
      const before = door.subscriptions
      const agent = program.start(server.url, dataFolder, `--cgroup-root=${groups.root}`)
      agents.push(agent)
      await until('the agent follows its assignments', () => door.subscriptions > before)
      return agent
    }

    /** A pod with a daemon that has left its session. */
    function daemonic(name: string) {
      const file = join(dataFolder, name)
      const script = `setsid sh -c 'sh -c "echo \\$\\$ >${file}; exec sleep 300" & exit' & while :; do sleep 0.1; done`
      const containers = [{ name: 'main', image: 'none', command: ['sh', '-c', script.replaceAll('$', () => '$$')] }]
      return pod(name, { nodeName: 'box', containers, terminationGracePeriodSeconds: 1 })
    }

    const pidIn = (name: string): number => Number.parseInt(readFileSync(join(dataFolder, name), 'utf8'), 10)
    const isRunning = (name: string) => (): boolean =>
      existsSync(join(dataFolder, name)) && !Number.isNaN(pidIn(name)) && startTicksOf(pidIn(name)) !== null
    const groupsOf = (name: string): string[] => groups.groups().filter((group) => group.includes(`poduid-${name}`))

    it('are found by the next one: those of pods that are gone are emptied and removed, the others stay', async () => {
      const first = await startAgent()
      for (const name of ['kept', 'gone']) door.put(daemonic(name))
      await until('both run', () => ['kept', 'gone'].every((name) => isRunning(name)()))
      first.process.kill('SIGKILL')
      await first.ended
      door.pods.delete('uid-gone')
      const daemon = pidIn('gone')
      await startAgent()
      await until('what is left is removed', () => groupsOf('gone').length === 0)
      expect(startTicksOf(daemon)).toBeNull()
      expect(groupsOf('kept')).not.toEqual([])
      expect(isRunning('kept')()).toBe(true)
      door.put(deleted(daemonic('kept'), 1))
      await until('it is gone', () => door.pods.size === 0)
      expect(startTicksOf(pidIn('kept'))).toBeNull()
      expect(groupsOf('kept')).toEqual([])
    })

    it('tell on its node which limits hold', async () => {
      await startAgent()
      expect(door.nodes.get('box')?.metadata.annotations?.['node.myriad/cgroups']).toBe('cpu=v1,memory=v1,pids=v1')
    })
  },
)
