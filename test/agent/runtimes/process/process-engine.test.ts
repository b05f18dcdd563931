import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ContainerRuntime } from '../../../../src/agent/runtimes/containers/container-runtime.ts'
import { ProcessEngine } from '../../../../src/agent/runtimes/process/process-engine.ts'
import { startTicksOf } from '../../../../src/agent/runtimes/process/process-identity.ts'
import { systemClock, Timers } from '../../../../src/agent/timers.ts'
import type { PodStatus } from '../../../../src/model/kinds/pod/pod-status.ts'
import { pod } from '../../support/pod.ts'
import { until } from '../../support/until.ts'

const quiet = { info: () => {}, warn: () => {} }
const open: ContainerRuntime[] = []
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'process-engine-'))
})

afterEach(async () => {
  await Promise.all(open.splice(0).map((runtime) => runtime.close({ keepPods: false, gracePeriodSecondsMax: 30 })))
  rmSync(folder, { recursive: true, force: true })
})

/** A process runtime, with the last status that it told of each pod, and the pods that have ended. */
async function run() {
  const timers = new Timers(systemClock, (error) => {
    throw error
  })
  const engine = new ProcessEngine({ dataFolder: folder, hostIP: '192.0.2.1', timers, log: quiet })
  const runtime = new ContainerRuntime({ engine, timers, hostIP: '192.0.2.1', log: quiet })
  const statuses = new Map<string, PodStatus>()
  const ended = new Set<string>()
  await runtime.open({
    podChanged: (uid, status) => statuses.set(uid, status),
    podEnded: (uid, status) => {
      statuses.set(uid, status)
      ended.add(uid)
    },
  })
  open.push(runtime)
  const main = (uid: string) => statuses.get(uid)?.containerStatuses?.[0]
  return { runtime, statuses, ended, main }
}

function sh(name: string, script: string, more: Record<string, unknown> = {}) {
  const containers = [{ name: 'main', image: 'none', command: ['sh', '-c', script], ...more }]
  return pod(name, { containers, restartPolicy: 'Never', terminationGracePeriodSeconds: 2 })
}

/** What the pod's container has written, without time stamps. */
function linesOf(name: string): string[] {
  const file = join(folder, 'pods', `default_${name}_uid-${name}`, 'logs', 'main', '0.log')
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => line.replace(/^\S+ /, ''))
}

describe('the process runtime', () => {
  it('runs a command to its end and keeps what it writes', async () => {
    const { runtime, statuses, main } = await run()
    runtime.runPod(sh('p', 'echo out; echo err >&2; exit 3'))
    await until('the pod has failed', () => statuses.get('uid-p')?.phase === 'Failed')
    expect(main('uid-p')?.state?.terminated).toMatchObject({ exitCode: 3, reason: 'Error' })
    expect(linesOf('p').toSorted()).toEqual(['stderr F err', 'stdout F out'])
  })

  it('gives a container its own environment and folder, and nothing of the agent', async () => {
    const { runtime, statuses } = await run()
    const env = [
      { name: 'GREETING', value: 'hello' },
      { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ]
    process.env.AGENT_SECRET = 'secret'
    runtime.runPod(
      sh('p', 'env | sort; [ "$PWD" = "$HOME" ] && echo at home; echo "$0"', { args: ['$(GREETING)'], env }),
    )
    await until('the pod is done', () => statuses.get('uid-p')?.phase === 'Succeeded')
    const lines = linesOf('p').map((line) => line.replace('stdout F ', ''))
    expect(lines).toEqual(expect.arrayContaining(['GREETING=hello', 'POD=p', 'HOSTNAME=p', 'at home', 'hello']))
    const names = lines.filter((line) => line.includes('=')).map((line) => line.split('=')[0])
    expect(names.filter((name) => name !== '_' && name !== 'OLDPWD')).toEqual([
      'GREETING',
      'HOME',
      'HOSTNAME',
      'PATH',
      'POD',
      'PWD',
    ])
  })

  it('works in the folder that the container asks for', async () => {
    const { runtime, statuses } = await run()
    runtime.runPod(sh('p', 'pwd', { workingDir: '/usr' }))
    await until('the pod is done', () => statuses.get('uid-p')?.phase === 'Succeeded')
    expect(linesOf('p')).toEqual(['stdout F /usr'])
  })

  it.each([
    ['a program that is not there', { command: ['/nowhere/program'] }, 'executable file not found'],
    ['a working directory that is not there', { workingDir: '/nowhere' }, 'working directory "/nowhere"'],
  ])('says StartError for %s', async (_sentence, more, message) => {
    const { runtime, main } = await run()
    runtime.runPod(sh('p', 'true', more))
    await until('the container has ended', () => main('uid-p')?.state?.terminated !== undefined)
    expect(main('uid-p')?.state?.terminated).toMatchObject({ exitCode: 128, reason: 'StartError' })
    expect(main('uid-p')?.state?.terminated?.message).toContain(message)
  })

  it('lets a container without a command wait, and says why', async () => {
    const { runtime, main } = await run()
    runtime.runPod(sh('p', '', { command: [] }))
    const reason = () => main('uid-p')?.state?.waiting?.reason
    await until('it is told', () => reason() === 'CreateContainerConfigError')
    expect(main('uid-p')?.state?.waiting?.message).toContain('has no command')
  })

  it('stops the whole process group, grandchildren too', async () => {
    const { runtime, ended, main } = await run()
    runtime.runPod(
      sh('p', 'trap "" TERM; sleep 300 & echo $!; sh -c "trap \'\' TERM; echo \\$\\$; sleep 300" & wait; wait'),
    )
    await until('both have begun', () => linesOf('p').length === 2)
    const pids = linesOf('p').map((line) => Number(line.replace('stdout F ', '')))
    expect(pids.every((pid) => startTicksOf(pid) !== null)).toBe(true)
    runtime.stopPod(sh('p', ''), 1)
    await until('the pod has ended', () => ended.has('uid-p'))
    expect(pids.map(startTicksOf)).toEqual([null, null])
    expect(main('uid-p')?.state?.terminated?.exitCode).toBe(137)
  })

  it('ends with what a graceful container exits with', async () => {
    const { runtime, ended, main } = await run()
    runtime.runPod(sh('p', 'trap "echo bye; exit 7" TERM; echo ready; while :; do sleep 0.05; done'))
    await until('it is ready', () => linesOf('p').length === 1)
    runtime.stopPod(sh('p', ''), 10)
    await until('the pod has ended', () => ended.has('uid-p'))
    expect(main('uid-p')?.state?.terminated?.exitCode).toBe(7)
    expect(linesOf('p').filter((line) => line.startsWith('stdout'))).toEqual(['stdout F ready', 'stdout F bye'])
  })

  it('kills what a container leaves behind in its group when it exits', async () => {
    const { runtime, statuses } = await run()
    runtime.runPod(sh('p', 'sleep 300 & echo $!'))
    await until('the pod is done', () => statuses.get('uid-p')?.phase === 'Succeeded')
    expect(startTicksOf(Number(linesOf('p')[0]?.replace('stdout F ', '')))).toBeNull()
  })

  it('kills what an earlier run has left running, and removes the files of a pod that is forgotten', async () => {
    const first = await run()
    first.runtime.runPod(sh('p', 'echo $$$$; sleep 300'))
    await until('it has begun', () => linesOf('p').length === 1)
    const pid = Number(linesOf('p')[0]?.replace('stdout F ', ''))
    await first.runtime.close({ keepPods: true, gracePeriodSecondsMax: 30 })
    expect(startTicksOf(pid)).not.toBeNull()
    const second = await run()
    await until('the process is gone', () => startTicksOf(pid) === null)
    second.runtime.forgetOthers(new Set(['uid-other']))
    await until('its folder is gone', () => readdirSync(join(folder, 'pods')).length === 0)
  })
})
