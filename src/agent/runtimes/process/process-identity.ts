import { readFileSync } from 'node:fs'

/** One process for good: its number may be given to another one later, number and start together may not. */
export interface ProcessIdentity {
  readonly pid: number
  /** When it began, in the kernel's clock ticks since boot; null where the system does not tell. */
  readonly startTicks: string | null
}

/**
 * When a process began, in clock ticks since boot (proc_pid_stat(5), field 22). Null when there is no such process, or
 * when the system does not tell.
 */
export function startTicksOf(pid: number): string | null {
  const stat = statOf(pid)
  return stat === null || stat.state === 'Z' ? null : stat.startTicks
}

/** Whether the process runs. Where the system does not tell when processes began, its number alone counts. */
export function isAlive({ pid, startTicks }: ProcessIdentity): boolean {
  if (startTicks !== null) return startTicksOf(pid) === startTicks
  return signal(pid, 0)
}

/** Whether a process that was sent SIGSTOP has stopped, so that it does nothing more; also when it has ended. */
export function isStopped(identity: ProcessIdentity): boolean {
  const stat = statOf(identity.pid)
  return stat === null || stat.startTicks !== identity.startTicks || stat.state === 'T' || stat.state === 'Z'
}

/** The identity in a line of `/proc/PID/stat`, or in one that holds only a number. Null when the line is neither. */
export function parseIdentity(line: string): ProcessIdentity | null {
  const pid = /^\d+/.exec(line)?.[0]
  if (pid === undefined) return null
  return { pid: Number(pid), startTicks: parseStat(line)?.startTicks ?? null }
}

/** Names this run of the system; empty where the system does not tell. */
export function bootId(): string {
  return readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
}

/** Sends a signal to a process if it is still the same. Whether there was one. */
export function signalProcess(identity: ProcessIdentity, name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): boolean {
  return isAlive(identity) && signal(identity.pid, name)
}

/** Sends a signal to a process group. Whether there was one. */
export function signalGroup(pid: number, name: 'SIGTERM' | 'SIGKILL'): boolean {
  return signal(-pid, name)
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    // ESRCH: all have ended. EPERM: on macOS, all that are left have ended but have not been waited for.
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ESRCH' || code === 'EPERM') return false
    throw error
  }
}

interface Stat {
  readonly state: string
  readonly startTicks: string
}

function statOf(pid: number): Stat | null {
  const text = readOrNull(`/proc/${pid}/stat`)
  return text === null ? null : parseStat(text)
}

function parseStat(text: string): Stat | null {
  // The second field is the program's name in parentheses and may itself contain spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state] = fields
  const startTicks = fields[19]
  return state === undefined || startTicks === undefined ? null : { state, startTicks }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH') return null
    throw error
  }
}
