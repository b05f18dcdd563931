import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { promisify } from 'node:util'

/** A process that runs on this machine. Number and start together name one process for good. */
export interface ProcessRow {
  readonly pid: number
  readonly parentPid: number
  readonly startedAt: string
  /** The folder that it works in, where the system tells. */
  readonly workingFolder?: string
}

/** All processes of this machine that have not ended. */
export async function listProcesses(): Promise<readonly ProcessRow[]> {
  if (existsSync('/proc/self/stat')) return readdirSync('/proc').flatMap(rowOf)
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=,lstart='])
  return parseProcessList(stdout)
}

/** The rows of `ps -A -o pid=,ppid=,stat=,lstart=`. */
export function parseProcessList(text: string): ProcessRow[] {
  return text.split('\n').flatMap((line) => {
    const [, pid, parentPid, state, startedAt] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? []
    if (startedAt === undefined || state?.startsWith('Z')) return []
    return [{ pid: Number(pid), parentPid: Number(parentPid), startedAt }]
  })
}

/** proc_pid_stat(5): the fields after the program's name, which stands in parentheses and may contain anything. */
function rowOf(entry: string): ProcessRow[] {
  if (!/^\d+$/.test(entry)) return []
  const stat = orNull(() => readFileSync(`/proc/${entry}/stat`, 'utf8'))
  if (stat === null) return []
  const [state, parentPid, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (state === 'Z') return []
  const workingFolder = orNull(() => readlinkSync(`/proc/${entry}/cwd`))
  return [
    {
      pid: Number(entry),
      parentPid: Number(parentPid),
      startedAt: rest[17] ?? '',
      ...(workingFolder === null ? {} : { workingFolder }),
    },
  ]
}

/** Null when the process has ended in the meantime, or is another user's. */
function orNull(read: () => string): string | null {
  try {
    return read()
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(code)) return null
    throw error
  }
}
