import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { asUser, type ContainerUser } from '../../container-user.ts'
import { shellWord } from '../../shell-word.ts'
import { defaultPath } from './shim.ts'

/** A program that is run in a container that runs. */
export interface ContainerExec {
  /** Number of the container's process. */
  readonly pid: number
  readonly command: readonly string[]
  /** As whom; undefined: as the agent does. */
  readonly user: ContainerUser | undefined
  /** Whether the container has namespaces of its own. */
  readonly isSandboxed: boolean
  /** When it settles, the container has ended, and what was run in it is killed. */
  readonly ended: Promise<unknown>
}

/** What every container's environment has, and nothing of what becomes the container has before. */
const mark = 'HOSTNAME='
const lookMs = 5
const looksMax = 200

/**
 * Runs a program in a container: in its namespaces and folder and with its environment, as /proc tells them. Its exit code,
 * 128 + the signal's number when a signal ended it. Rejects where there is no /proc, and when the container has ended. The
 * container can change what /proc tells of its environment, so that none of that counts before its user is taken on.
 */
export async function execInContainer({ pid, command, user, isSandboxed, ended }: ContainerExec): Promise<number> {
  const words = [...(await environmentOf(pid)), ...command]
  const become = user === undefined ? [] : asUser(user, 'setpriv')
  const [program, ...args] = [...enter(pid, isSandboxed), ...become, 'sh', '-s']
  const child = spawn(program, args, {
    cwd: isSandboxed ? '/' : `/proc/${pid}/cwd`,
    env: { PATH: defaultPath },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // What cannot be entered is told by its exit code.
  child.stdin.on('error', () => child.stdin.destroy())
  child.stdin.end(`exec env -i -- ${words.map(shellWord).join(' ')} </dev/null\n`)
  void ended.then(() => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 137))
  })
}

function enter(pid: number, isSandboxed: boolean): string[] {
  return isSandboxed ? ['nsenter', `--target=${pid}`, '--mount', '--uts', '--net', '--root', '--wd', '--'] : []
}

/** The variables of a container as `NAME=VALUE`. Its process may have begun so lately that it has yet to become the program. */
async function environmentOf(pid: number): Promise<string[]> {
  for (let looks = 1; ; looks += 1) {
    const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
    if (looks >= looksMax || entries.some((entry) => entry.startsWith(mark))) {
      return entries.filter((entry) => entry.includes('='))
    }
    await delay(lookMs)
  }
}
