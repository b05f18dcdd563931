import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Cgroups } from '../../../../src/agent/cgroups/cgroups.ts'
import type { ContainerRuntime } from '../../../../src/agent/runtimes/containers/container-runtime.ts'
import { startTicksOf } from '../../../../src/agent/runtimes/process/process-identity.ts'
import { systemClock, Timers } from '../../../../src/agent/timers.ts'
import type { Pod } from '../../../../src/model/kinds/pod.ts'
import { logFiles } from '../../support/container-log.ts'
import { pod } from '../../support/pod.ts'
import { type ProcessRuntimeOptions, startProcessRuntime } from '../../support/process-runtime.ts'
import { until } from '../../support/until.ts'

const timers = new Timers(systemClock, (error) => {
  throw error
})
const open: ContainerRuntime[] = []
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'process-engine-'))
})

afterEach(async () => {
  await Promise.all(open.splice(0).map((runtime) => runtime.close({ keepPods: false, gracePeriodSecondsMax: 30 })))
  rmSync(folder, { recursive: true, force: true })
})

/** A process runtime on the folder of the test, closed at its end. */
async function run(options: ProcessRuntimeOptions = {}) {
  const running = await startProcessRuntime(folder, options)
  open.push(running.runtime)
  return running
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
      'POD_IP',
      'PWD',
      'TERMINATION_MESSAGE_PATH',
    ])
  })

  it.runIf(existsSync('/proc/self/oom_score_adj'))(
    'is the first to be killed where memory is short (needs Linux)',
    async () => {
      const { runtime, statuses } = await run()
      runtime.runPod(sh('p', 'cat /proc/self/oom_score_adj'))
      await until('the pod is done', () => statuses.get('uid-p')?.phase === 'Succeeded')
      expect(linesOf('p')).toEqual(['stdout F 1000'])
    },
  )

  it('works in the folder that the container asks for', async () => {
    const { runtime, statuses } = await run()
    runtime.runPod(sh('p', 'pwd', { workingDir: '/usr' }))
    await until('the pod is done', () => statuses.get('uid-p')?.phase === 'Succeeded')
    expect(linesOf('p')).toEqual(['stdout F /usr'])
  })

  it.each([
    ['a path that is not there', { command: ['/nowhere/program'] }, 'stat /nowhere/program: no such file or directory'],
    ['a program that is not there', { command: ['no-such-program'] }, 'executable file not found in $PATH'],
    ['a folder', { command: ['/usr'] }, 'exec: "/usr": is a directory'],
    ['a file that is no program', { command: ['/etc/passwd'] }, 'exec: "/etc/passwd": permission denied'],
    ['a working directory that is not there', { workingDir: '/nowhere' }, 'working directory "/nowhere"'],
  ])('says StartError for %s', async (_sentence, more, message) => {
    const { runtime, main } = await run()
    runtime.runPod(sh('p', 'true', more))
    await until('the container has ended', () => main('uid-p')?.state?.terminated !== undefined)
    expect(main('uid-p')?.state?.terminated).toMatchObject({ exitCode: 128, reason: 'StartError' })
    expect(main('uid-p')?.state?.terminated?.message).toContain(message)
  })

  it.runIf(existsSync('/proc/self/environ'))(
    'leaves nothing of a container that has left its session, where there are no cgroups (needs Linux)',
    async () => {
      // However often it is looked at, the shim has the time that it takes.
      const cgroups = new Cgroups({ name: 'none', mounts: [], timers })
      const { runtime, statuses, ended } = await run({ pollMs: 1, cgroups })
      const file = join(folder, 'daemon')
      runtime.runPod(
        sh('p', `setsid sh -c 'echo $$$$ >${file}; exec sleep 300' & until [ -s ${file} ]; do sleep 0.01; done`),
      )
      await until('the pod is over', () => ended.has('uid-p'))
      expect(startTicksOf(Number(readFileSync(file, 'utf8')))).toBeNull()
      expect(statuses.get('uid-p')).toMatchObject({ phase: 'Succeeded' })
    },
  )

  it('lets a container without a command wait, and says why', async () => {
    const { runtime, main } = await run()
    runtime.runPod(sh('p', '', { command: [] }))
    const reason = () => main('uid-p')?.state?.waiting?.reason
    await until('it is told', () => reason() === 'CreateContainerConfigError')
    expect(main('uid-p')?.state?.waiting?.message).toContain('has no command')
  })

  it('runs a container by the command that enters the network of its pod', async () => {
    const { runtime, statuses } = await run({ enter: ['env', 'sh', '-c', 'umask 0123; exec "$@"', 'enter'] })
    runtime.runPod(sh('p', 'umask; echo "$POD_IP"'))
    await until('the pod is done', () => statuses.get('uid-p')?.phase === 'Succeeded')
    expect(linesOf('p')).toEqual(['stdout F 0123', `stdout F ${statuses.get('uid-p')?.podIP}`])
  })

  it('says why that command has failed', async () => {
    const { runtime, main } = await run({ enter: ['sh', '-c', 'echo "no such network" >&2; exit 3'] })
    runtime.runPod(sh('p', 'true'))
    await until('it is told', () => main('uid-p')?.state?.waiting?.message !== undefined)
    expect(main('uid-p')?.state?.waiting).toEqual({ reason: 'CreateContainerError', message: 'no such network' })
  })

  it('lets a manifest say itself what POD_IP is', async () => {
    const { runtime, statuses } = await run()
    runtime.runPod(sh('p', 'echo "$POD_IP"', { env: [{ name: 'POD_IP', value: 'mine' }] }))
    await until('the pod is done', () => statuses.get('uid-p')?.phase === 'Succeeded')
    expect(linesOf('p')).toEqual(['stdout F mine'])
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

  it('adopts what an earlier run has left running, with its log', async () => {
    const first = await run()
    first.runtime.runPod(sh('p', 'trap "echo bye; exit 4" TERM; echo $$$$; while :; do sleep 0.02; done'))
    await until('it has begun', () => linesOf('p').length === 1)
    const { containerID } = first.main('uid-p') ?? {}
    await first.runtime.close({ keepPods: true, gracePeriodSecondsMax: 30 })
    const second = await run()
    second.runtime.runPod(sh('p', ''))
    await until('it is told', () => second.main('uid-p')?.state?.running !== undefined)
    expect(second.main('uid-p')).toMatchObject({ containerID, restartCount: 0, lastState: {} })
    second.runtime.stopPod(sh('p', ''), 5)
    await until('the pod has ended', () => second.ended.has('uid-p'))
    expect(second.main('uid-p')?.state?.terminated).toMatchObject({ exitCode: 4, containerID })
    expect(
      linesOf('p')
        .filter((line) => line.startsWith('stdout'))
        .slice(1),
    ).toEqual(['stdout F bye'])
  })

  it('ends what nobody has asked for when it is closed, unless it shall keep it', async () => {
    const first = await run()
    first.runtime.runPod(sh('p', 'echo $$$$; sleep 300'))
    await until('it has begun', () => linesOf('p').length === 1)
    const pid = Number(linesOf('p')[0]?.replace('stdout F ', ''))
    await first.runtime.close({ keepPods: true, gracePeriodSecondsMax: 30 })
    const second = await run()
    await second.runtime.close({ keepPods: true, gracePeriodSecondsMax: 30 })
    expect(startTicksOf(pid)).not.toBeNull()
    const third = await run()
    await third.runtime.close({ keepPods: false, gracePeriodSecondsMax: 30 })
    expect(startTicksOf(pid)).toBeNull()
  })

  it('starts what ran before a reboot anew', async () => {
    const first = await run()
    first.runtime.runPod(sh('p', 'sleep 300', {}))
    await until('it runs', () => first.main('uid-p')?.state?.running !== undefined)
    await first.runtime.close({ keepPods: true, gracePeriodSecondsMax: 30 })
    const file = join(folder, 'pods/default_p_uid-p/.runs/main/0/started')
    const started = readFileSync(file, 'utf8')
    writeFileSync(file, started.replace(/^.*/, 'another-boot'))
    const second = await run()
    const status = { phase: 'Running', containerStatuses: [first.main('uid-p')] }
    second.runtime.runPod({ ...sh('p', 'exit 5'), status } as Pod)
    expect(second.main('uid-p')?.state?.terminated).toMatchObject({ exitCode: 137, reason: 'ContainerStatusUnknown' })
    const pid = Number.parseInt(started.split('\n')[1] ?? '', 10)
    expect(startTicksOf(pid)).not.toBeNull()
    process.kill(-pid, 'SIGKILL')
    await until('its shim has told the end', () => existsSync(file.replace('started', 'drained')))
  })

  it('gives a run up that had not begun when the agent was killed, and starts it', async () => {
    mkdirSync(join(folder, 'pods/default_p_uid-p/.runs/main/0/shim'), { recursive: true })
    const { runtime, statuses, main } = await run()
    runtime.runPod(sh('p', 'exit 0'))
    await until('the pod is done', () => statuses.get('uid-p')?.phase === 'Succeeded')
    expect(main('uid-p')?.restartCount).toBe(0)
  })

  it('tells an end that nobody has seen as unknown', async () => {
    const { runtime, main } = await run({ pollMs: 10 })
    runtime.runPod(sh('p', 'echo $PPID; sleep 300'))
    await until('it has begun', () => linesOf('p').length === 1)
    process.kill(Number(linesOf('p')[0]?.replace('stdout F ', '')), 'SIGKILL')
    expect(main('uid-p')?.state?.running).toBeDefined()
    process.kill(Number(/\d+/.exec(main('uid-p')?.containerID ?? '')?.[0]), 'SIGKILL')
    await until('it is told', () => main('uid-p')?.state?.terminated !== undefined)
    expect(main('uid-p')?.state?.terminated).toMatchObject({ exitCode: 137, reason: 'ContainerStatusUnknown' })
  })

  it('keeps the log whole, in files of bounded number and size, and the output beside it small', async () => {
    const { runtime, statuses } = await run({
      outputBytesMax: 65_536,
      logLimits: { fileBytesMax: 1_000_000, filesMax: 3 },
    })
    runtime.runPod(
      sh(
        'p',
        'for b in $(seq 0 19); do seq $((b*10000+1)) $((b*10000+10000)); sleep 0.02; done'.replaceAll('$', () => '$$'),
      ),
    )
    const output = join(folder, 'pods/default_p_uid-p/.runs/main/0/stdout')
    let most = 0
    await until('the pod is done', () => {
      most = Math.max(most, statSync(output, { throwIfNoEntry: false })?.size ?? 0)
      return statuses.get('uid-p')?.phase === 'Succeeded'
    })
    expect(existsSync(output)).toBe(false)
    expect(most).toBeLessThan(600_000)
    const files = logFiles(join(folder, 'pods/default_p_uid-p'))
    expect(files).toHaveLength(3)
    expect(files.every((file) => statSync(file).size <= 1_000_000)).toBe(true)
    const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(0, -1))
    const text = lines.map((line) => line.split(' ').slice(2)).map(([tag, part]) => `${part}${tag === 'F' ? '\n' : ''}`)
    const numbers = text.join('').split('\n').slice(0, -1).map(Number)
    const from = 200_001 - numbers.length
    expect(numbers.findIndex((number, index) => number !== from + index)).toBe(-1)
  })

  it('goes on copying when a copier has died', async () => {
    const { runtime, statuses } = await run({ pollMs: 10 })
    const go = join(folder, 'go')
    runtime.runPod(sh('p', `echo one; until [ -e ${go} ]; do sleep 0.02; done; echo two`))
    await until('it has begun', () => linesOf('p').length === 1)
    const started = readFileSync(join(folder, 'pods/default_p_uid-p/.runs/main/0/started'), 'utf8')
    process.kill(Number.parseInt(started.split('\n')[3] ?? '', 10), 'SIGKILL')
    writeFileSync(go, '')
    await until('the pod is done', () => statuses.get('uid-p')?.phase === 'Succeeded')
    expect(linesOf('p')).toEqual(['stdout F one', 'stdout F two'])
  })

  it('lets a container write to /dev/stdout and /dev/stderr by name', async () => {
    const { runtime, statuses } = await run()
    runtime.runPod(sh('p', 'for i in 1 2 3; do echo out$i >/dev/stdout; echo err$i >/dev/stderr; done'))
    await until('the pod is done', () => statuses.get('uid-p')?.phase === 'Succeeded')
    expect(linesOf('p').toSorted()).toEqual([
      ...[1, 2, 3].map((i) => `stderr F err${i}`),
      ...[1, 2, 3].map((i) => `stdout F out${i}`),
    ])
  })

  it('passes any environment and arguments on as they are, and shows them to nobody else', async () => {
    const { runtime, statuses } = await run()
    const odd = ` it's $HOME "\\ \n;&|* `
    const env = [
      { name: 'spring.name', value: 'x' },
      { name: '-dash', value: odd.replaceAll('$', '$$') },
    ]
    const command = [
      'sh',
      '-c',
      'tr "\\0" "#" </proc/$$$$/environ; echo; printf %s "$1"',
      'sh',
      odd.replaceAll('$', () => '$$'),
    ]
    runtime.runPod(sh('p', '', { command, env }))
    await until('the pod is done', () => statuses.get('uid-p')?.phase === 'Succeeded')
    const text = linesOf('p')
      .map((line) => line.replace('stdout F ', ''))
      .join('\n')
    expect(text).toContain('#spring.name=x#')
    expect(text).toContain(`#-dash=${odd}#`)
    expect(text.endsWith(`#\n${odd}`)).toBe(true)
  })
})
