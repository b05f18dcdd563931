import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A program that is run in a container that runs. */
export interface ContainerExec {
  /** Number of the container's process. */
  readonly pid: number
  readonly command: readonly string[]
  /** Whether the container has namespaces of its own. */
  readonly isSandboxed: boolean
  /** When it settles, the container has ended, and what was run in it is killed. */
  readonly ended: Promise<unknown>
}

/**
 * Runs a program in a container: in its namespaces, folder and environment and as its user, as /proc tells them. Its exit
 * code, 128 + the signal's number when a signal ended it. Rejects where there is no /proc, and when the container has ended.
 */
export async function execInContainer({ pid, command, isSandboxed, ended }: ContainerExec): Promise<number> {
  const [program = '', ...args] = [...enter(pid, isSandboxed), ...command]
  const child = spawn(program, args, {
    cwd: isSandboxed ? '/' : `/proc/${pid}/cwd`,
    env: environmentOf(pid),
    detached: true,
    stdio: 'ignore',
  })
  void ended.then(() => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 137))
  })
}

function enter(pid: number, isSandboxed: boolean): string[] {
  if (!isSandboxed) return []
  const namespaces = ['nsenter', `--target=${pid}`, '--mount', '--uts', '--net', '--root', '--wd', '--']
  const [uid, gid, groups] = ['Uid', 'Gid', 'Groups'].map((name) => statusOf(pid, name))
  if (uid?.[0] === '0' || uid?.[0] === undefined) return namespaces
  const list = (groups ?? []).join(',')
  return [
    ...namespaces,
    'setpriv',
    `--reuid=${uid[0]}`,
    `--regid=${gid?.[0] ?? uid[0]}`,
    list === '' ? '--clear-groups' : `--groups=${list}`,
    '--',
  ]
}

/** The words of a line of /proc/PID/status. */
function statusOf(pid: number, name: string): string[] {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`))
  return (line ?? '').split(/\s+/).slice(1).filter(Boolean)
}

function environmentOf(pid: number): Record<string, string> {
  const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean)
  return Object.fromEntries(
    entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  )
}
