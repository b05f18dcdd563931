import { readdirSync, readFileSync } from 'node:fs'
import { signalGroup } from './process-identity.ts'

/**
 * Kills what runs of a container whose run folder does not say any more who it is: the shim has the folder among its
 * arguments, and the container's process is a child of the shim that leads a process group. Numbers of the groups that
 * were killed; none where there is no /proc.
 */
export function killLeftover(runFolder: string): number[] {
  const processes = listProcesses()
  const shims = new Set(processes.filter(({ command }) => command.includes(runFolder)).map(({ pid }) => pid))
  return processes
    .filter(({ pid, parentPid, groupPid }) => shims.has(parentPid) && groupPid === pid && signalGroup(pid, 'SIGKILL'))
    .map(({ pid }) => pid)
}

interface ProcessRow {
  readonly pid: number
  readonly parentPid: number
  readonly groupPid: number
  readonly command: readonly string[]
}

function listProcesses(): ProcessRow[] {
  return orNull(() => readdirSync('/proc'))?.flatMap(rowOf) ?? []
}

function rowOf(entry: string): ProcessRow[] {
  if (!/^\d+$/.test(entry)) return []
  const stat = orNull(() => readFileSync(`/proc/${entry}/stat`, 'utf8'))
  const command = orNull(() => readFileSync(`/proc/${entry}/cmdline`, 'utf8'))
  if (stat === null || command === null) return []
  const [, parentPid, groupPid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return [
    { pid: Number(entry), parentPid: Number(parentPid), groupPid: Number(groupPid), command: command.split('\0') },
  ]
}

/** Null when the process has ended in the meantime, is another user's, or there is no /proc. */
function orNull<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(code)) return null
    throw error
  }
}
