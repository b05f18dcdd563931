import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostMounts } from '../../src/agent/mount-info.ts'
import { startTicksOf } from '../../src/agent/runtimes/process/process-identity.ts'
import { detectSandbox } from '../../src/agent/sandbox/sandbox.ts'
import { timestamp } from '../../src/model/timestamp.ts'
import { builtProgram, type RunningProgram } from '../support/built-program.ts'
import { logLines } from './support/container-log.ts'
import { FakeDoor } from './support/fake-door.ts'
import { type DoorServer, serveDoor } from './support/graphql-server.ts'
import { deleted, pod } from './support/pod.ts'
import { until } from './support/until.ts'

const ability = detectSandbox(tmpdir())
const program = builtProgram(new URL('programs/agent.ts', import.meta.url))
let door: FakeDoor
let server: DoorServer
let dataFolder: string
let agents: RunningProgram[] = []

beforeEach(async () => {
  door = new FakeDoor()
  server = await serveDoor(door, 'token')
  dataFolder = mkdtempSync(join(tmpdir(), 'agent-crash-'))
})
afterEach(async () => {
  for (const agent of agents) agent.process.kill('SIGTERM')
  await Promise.all(agents.map(({ ended }) => ended))
  agents = []
  await server.close()
  rmSync(dataFolder, { recursive: true, force: true })
})

/** Starts an agent and waits until it has its assignments. */
async function startAgent(...args: string[]): Promise<RunningProgram> {
  const before = door.subscriptions
  const agent = program.start(server.url, dataFolder, ...args)
  agents.push(agent)
  await until('the agent follows its assignments', () => door.subscriptions > before)
  return agent
}

async function kill(agent: RunningProgram): Promise<void> {
  agent.process.kill('SIGKILL')
  await agent.ended
}

function sh(name: string, script: string, more: Record<string, unknown> = {}) {
  const containers = [{ name: 'main', image: 'none', command: ['sh', '-c', script.replaceAll('$', () => '$$')] }]
  return pod(name, { nodeName: 'box', containers, terminationGracePeriodSeconds: 5, ...more })
}

const folderOf = (name: string): string => join(dataFolder, 'nodes/box/pods', `default_${name}_uid-${name}`)
const mainOf = (name: string) => door.statusOf(`uid-${name}`)?.containerStatuses?.[0]
const pidOf = (name: string): number => Number(/\d+/.exec(mainOf(name)?.containerID ?? '')?.[0])
const isRunning = (name: string) => (): boolean => mainOf(name)?.state?.running !== undefined

/** Told by a fresh run of the agent, and not left over from an earlier one. */
function forgetStatuses(): void {
  for (const [uid, one] of door.pods) {
    const { status: _, ...rest } = one
    door.pods.set(uid, rest as typeof one)
  }
}

const lasting = 'trap "exit 0" TERM; while :; do sleep 0.02; done'

describe('after kill -9 of the agent', () => {
  it('the next one adopts the same processes, and every line that they write is in the log once', async () => {
    const names = ['one', 'two']
    const blocks = 60
    const script = `b=0; while [ $b -lt ${blocks} ]; do seq $((b*5000+1)) $((b*5000+5000)); b=$((b+1)); sleep 0.03; done`
    let agent = await startAgent()
    for (const name of names) door.put(sh(name, script, { restartPolicy: 'Never' }))
    await until('both run', () => names.every((name) => isRunning(name)()))
    const pids = names.map(pidOf)
    for (const part of [0.1, 0.4, 0.7]) {
      await until('more is written', () => logLines(folderOf('one')).length > part * blocks * 5000)
      await kill(agent)
      agent = await startAgent()
    }
    await until('both are done', () => names.every((name) => mainOf(name)?.state?.terminated !== undefined))
    expect(names.map(pidOf)).toEqual(pids)
    for (const name of names) {
      expect(mainOf(name)).toMatchObject({ restartCount: 0, state: { terminated: { exitCode: 0 } } })
      const lines = logLines(folderOf(name))
      expect(lines.findIndex((line, index) => line !== `stdout F ${index + 1}`)).toBe(-1)
      expect(lines).toHaveLength(blocks * 5000)
    }
  })

  it('its node tells whether containers have mounts of their own', async () => {
    await startAgent()
    const facts = door.nodes.get('box')?.metadata.annotations
    const told = ability.isAble ? 'available' : `none (${ability.reason})`
    expect(facts).toMatchObject({ 'node.myriad/mount-namespaces': told })
  })

  it('how a process has ended meanwhile is known', async () => {
    const go = join(dataFolder, 'go')
    const first = await startAgent()
    door.put(sh('p', `until [ -e ${go} ]; do sleep 0.02; done; echo last words; exit 7`, { restartPolicy: 'Never' }))
    await until('it runs', isRunning('p'))
    const pid = pidOf('p')
    await kill(first)
    writeFileSync(go, '')
    await until('it has ended', () => startTicksOf(pid) === null)
    await startAgent()
    await until('the end is told', () => mainOf('p')?.state?.terminated !== undefined)
    const { finishedAt } = mainOf('p')?.state?.terminated ?? {}
    expect(mainOf('p')).toMatchObject({ restartCount: 0, state: { terminated: { exitCode: 7, reason: 'Error' } } })
    expect(finishedAt).toBe(timestamp(statSync(join(folderOf('p'), '.runs/main/0/exit')).mtimeMs))
    expect(door.statusOf('uid-p')?.phase).toBe('Failed')
    expect(logLines(folderOf('p'))).toEqual(['stdout F last words'])
  })

  it('a process that ended meanwhile is restarted as the policy says, and its log is kept', async () => {
    const first = await startAgent()
    door.put(sh('p', `echo here; ${lasting}`))
    await until('it runs', isRunning('p'))
    await until('it has written', () => logLines(folderOf('p')).length === 1)
    const pid = pidOf('p')
    await kill(first)
    process.kill(pid, 'SIGKILL')
    await startAgent()
    await until('it runs again', () => mainOf('p')?.restartCount === 1 && isRunning('p')())
    expect(mainOf('p')?.lastState?.terminated).toMatchObject({ exitCode: 137, reason: 'Error' })
    await until('it has written again', () => logLines(folderOf('p'), 1).length === 1)
    expect(logLines(folderOf('p'), 0)).toEqual(['stdout F here'])
  })

  it('an adopted pod is stopped gracefully, with all that it has started', async () => {
    const first = await startAgent()
    const said = join(dataFolder, 'said')
    door.put(sh('p', `sleep 300 & echo $! >${said}; trap "sleep 0.1; echo bye >>${said}; exit 3" TERM; wait`))
    await until('it runs', () => existsSync(said) && isRunning('p')())
    await kill(first)
    forgetStatuses()
    await startAgent()
    await until('it is adopted', isRunning('p'))
    const grandchild = Number.parseInt(readFileSync(said, 'utf8'), 10)
    expect(startTicksOf(grandchild)).not.toBeNull()
    door.put(deleted(sh('p', ''), 5))
    await until('it is gone', () => door.pods.size === 0)
    expect(door.reports.at(-1)?.status?.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(3)
    expect(readFileSync(said, 'utf8').split('\n')[1]).toBe('bye')
    expect(startTicksOf(grandchild)).toBeNull()
  })

  it('a pod that is being deleted when the next one comes is stopped within its grace period', async () => {
    const first = await startAgent()
    door.put(sh('p', lasting))
    await until('it runs', isRunning('p'))
    const pid = pidOf('p')
    await kill(first)
    door.pods.set('uid-p', deleted(door.pods.get('uid-p') ?? sh('p', ''), 5))
    await startAgent()
    await until('it is gone', () => door.pods.size === 0)
    expect(door.reports.at(-1)?.status?.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(0)
    expect(startTicksOf(pid)).toBeNull()
  })

  it('what is left of a pod that was deleted meanwhile is stopped and removed', async () => {
    const first = await startAgent()
    door.put(sh('p', lasting))
    await until('it runs', isRunning('p'))
    const pid = pidOf('p')
    await kill(first)
    door.pods.clear()
    await startAgent()
    await until('its files are gone', () => !existsSync(folderOf('p')))
    expect(startTicksOf(pid)).toBeNull()
  })

  it('a state that cannot be read is told; its process is ended and started anew', async () => {
    const first = await startAgent()
    door.put(sh('p', lasting))
    await until('it runs', isRunning('p'))
    const pid = pidOf('p')
    await kill(first)
    writeFileSync(join(folderOf('p'), '.runs/main/0/started'), '\0\0\0\0')
    const second = await startAgent()
    await until('it runs again', () => mainOf('p')?.restartCount === 1 && isRunning('p')())
    expect(startTicksOf(pid)).toBeNull()
    expect(mainOf('p')?.lastState?.terminated?.reason).toBe('ContainerStatusUnknown')
    expect(second.lines.join('\n')).toContain('the state of a container of an earlier run cannot be read')
  })
})

const lacks = ability.isAble ? '' : ` (skipped where mount namespaces are not to be had: ${ability.reason})`
describe.skipIf(!ability.isAble)(`after kill -9 of the agent, with mounts${lacks}`, () => {
  it('volumes are as they were, and in the end nothing is mounted and no file is left', async () => {
    const volumes = [
      { name: 'disk', emptyDir: {} },
      { name: 'memory', emptyDir: { medium: 'Memory' } },
    ]
    const volumeMounts = [
      { name: 'disk', mountPath: '/myriad-disk' },
      { name: 'memory', mountPath: '/myriad-memory' },
    ]
    const script = `for v in disk memory; do echo run >>/myriad-$v/runs; done; trap "exit 0" TERM; until [ -e /myriad-disk/go ]; do sleep 0.02; done; rm /myriad-disk/go; exit 1`
    const subject = sh('p', script, { volumes })
    const [main] = subject.spec.containers
    if (main === undefined) throw new Error('a pod has a container')
    Object.assign(main, { volumeMounts })
    const volumeFolder = (name: string): string => join(folderOf('p'), '.volumes', name)
    const runsOf = (name: string): string => readFileSync(join(volumeFolder(name), 'runs'), 'utf8')
    const mountsBelow = () => hostMounts().filter(({ path }) => path.startsWith(dataFolder))

    const first = await startAgent()
    door.put(subject)
    await until('it runs', isRunning('p'))
    await until('it has written', () => existsSync(join(volumeFolder('memory'), 'runs')))
    const pid = pidOf('p')
    await kill(first)
    expect(mountsBelow()).toHaveLength(1)
    forgetStatuses()
    const second = await startAgent()
    await until('it is adopted', isRunning('p'))
    expect(pidOf('p')).toBe(pid)
    writeFileSync(join(volumeFolder('disk'), 'go'), '')
    await until('it was restarted', () => mainOf('p')?.restartCount === 1 && isRunning('p')())
    await until('it has written again', () => runsOf('memory') === 'run\nrun\n')
    expect(runsOf('disk')).toBe('run\nrun\n')

    await kill(second)
    door.pods.clear()
    await startAgent()
    await until('its files are gone', () => !existsSync(folderOf('p')))
    expect(mountsBelow()).toEqual([])
  })

  it('what has survived of a pod that was told as failed is stopped', async () => {
    const first = await startAgent()
    door.put(sh('p', lasting))
    await until('it runs', isRunning('p'))
    const pid = pidOf('p')
    await kill(first)
    const known = door.pods.get('uid-p')
    if (known !== undefined) door.pods.set('uid-p', { ...known, status: { ...known.status, phase: 'Failed' } })
    await startAgent()
    await until('it is stopped', () => startTicksOf(pid) === null)
    expect(door.statusOf('uid-p')?.phase).toBe('Failed')
  })
})

describe('an agent that shall keep its pods', () => {
  it('leaves them to the next one when it is closed', async () => {
    const first = await startAgent('--keep-pods')
    door.put(sh('p', `echo one; ${lasting}`))
    await until('it runs', isRunning('p'))
    const pid = pidOf('p')
    first.process.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    expect(startTicksOf(pid)).not.toBeNull()
    forgetStatuses()
    await startAgent()
    await until('it is adopted', isRunning('p'))
    expect(mainOf('p')).toMatchObject({ restartCount: 0 })
    expect(pidOf('p')).toBe(pid)
  })
})

describe('a second agent for the same node', () => {
  it('is refused in one sentence that names the first', async () => {
    const first = await startAgent()
    const second = program.start(server.url, dataFolder)
    agents.push(second)
    expect(await second.ended).toBe(1)
    expect(second.lines.at(-1)).toContain(`is in use by another agent (process ${first.process.pid})`)
    expect(readdirSync(join(dataFolder, 'nodes/box')).filter((name) => name.startsWith('agent.lock'))).toEqual([
      'agent.lock',
    ])
  })
})
