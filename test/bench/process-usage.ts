import { readdirSync, readFileSync, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Clock ticks per second in /proc: 100 on every Linux that Node runs on (`getconf CLK_TCK`). */
const ticksPerSecond = 100

/** Memory of a process now and at most, in MB of 1,000,000 bytes (proc(5): VmRSS and VmHWM of /proc/PID/status). */
export function memoryOf(pid: number): { readonly rssMb: number; readonly peakMb: number } {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string) =>
    Math.round((Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1]) * 1024) / 1e5) / 10
  return { rssMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') }
}

/** Seconds of processor time that a process has used so far, in user and kernel mode. */
export function cpuSecondsOf(pid: number): number {
  return cpuSecondsIn(`/proc/${pid}/stat`)
}

/** What a process used of one processor, in percent, over a time from now on. */
export async function cpuPercentOf(pids: readonly number[], ms: number): Promise<number[]> {
  const before = pids.map(cpuSecondsOf)
  const begun = performance.now()
  await delay(ms)
  const seconds = (performance.now() - begun) / 1_000
  return pids.map((pid, index) => round(((cpuSecondsOf(pid) - (before[index] ?? 0)) / seconds) * 100))
}

/** Seconds of processor time of the busiest threads of a process, the busiest first. */
export function busiestThreadSeconds(pid: number, count: number): number[] {
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => cpuSecondsIn(`/proc/${pid}/task/${thread}/stat`))
  return threads.sort((left, right) => right - left).slice(0, count)
}

/** The size of a SQLite database with the files beside it, in MB of 1,000,000 bytes. */
export function databaseMb(file: string): number {
  const bytes = ['', '-wal', '-shm'].map((ending) => statSync(file + ending, { throwIfNoEntry: false })?.size ?? 0)
  return round(bytes.reduce((sum, size) => sum + size, 0) / 1e6)
}

/** Field 14 and 15 of proc(5)'s stat, counted from behind the name, which may hold anything. */
function cpuSecondsIn(file: string): number {
  const text = readFileSync(file, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
