import { readFileSync } from 'node:fs'

/**
 * When a process began, in clock ticks since boot: together with its number it names one process for good
 * (proc_pid_stat(5), field 22). Null when there is no such process, or the system does not tell.
 */
export function startTicksOf(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`)
  if (stat === null) return null
  // The second field is the program's name in parentheses and may itself contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? null : (fields[19] ?? null)
}

/** Names this run of the system; empty where the system does not tell. */
export function bootId(): string {
  return readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
}

/** Sends a signal to a process group. Whether there was one. */
export function signalGroup(pid: number, name: 'SIGTERM' | 'SIGKILL'): boolean {
  try {
    process.kill(-pid, name)
    return true
  } catch (error) {
    // ESRCH: all have ended. EPERM: on macOS, all that are left have ended but have not been waited for.
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ESRCH' || code === 'EPERM') return false
    throw error
  }
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
