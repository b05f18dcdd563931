import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ifPresent } from '../../if-present.ts'
import { bootId, isAlive, type ProcessIdentity, startTicksOf } from './process-identity.ts'

/** A folder that is this process's alone. */
export interface FolderLock {
  release(): void
}

interface Holder extends ProcessIdentity {
  readonly bootId: string
}

/**
 * Takes a folder for this process. Throws when another process has it that still runs; what one has left that was killed
 * does not count.
 */
export function lockFolder(folder: string): FolderLock {
  const file = join(folder, 'agent.lock')
  const own = `${file}.${process.pid}`
  const holder: Holder = { pid: process.pid, startTicks: startTicksOf(process.pid), bootId: bootId() }
  writeFileSync(own, JSON.stringify(holder))
  try {
    // Two rounds: what a dead holder has left is removed in the first. Who comes late finds the lock of who was first.
    for (let round = 0; !isLinked(own, file); round += 1) {
      const text = ifPresent(() => readFileSync(file, 'utf8'), '')
      const other = parseHolder(text)
      if (round > 1 || (other !== null && isRunning(other))) throw taken(folder, other?.pid)
      removeStale(file, text)
    }
  } finally {
    rmSync(own, { force: true })
  }
  return { release: () => rmSync(file, { force: true }) }
}

function taken(folder: string, pid: number | undefined): Error {
  const who = pid === undefined ? 'another process' : `process ${pid}`
  return new Error(
    `the data folder "${folder}" is in use by another agent (${who}); stop that one, or give this one another node name or data folder`,
  )
}

function isRunning(holder: Holder): boolean {
  return holder.bootId === bootId() && isAlive(holder)
}

/** Removes the lock if it is still the one that was read; another's, taken in between, is put back. */
function removeStale(file: string, text: string): void {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if (ifPresent(() => readFileSync(aside, 'utf8'), '') !== text) isLinked(aside, file)
  rmSync(aside, { force: true })
}

/** Gives a file a second name in one step. Whether that was free. */
function isLinked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Null for a file that a crash of the machine has spoilt: its writer does not run any more. */
function parseHolder(text: string): Holder | null {
  try {
    const { pid, startTicks, bootId } = JSON.parse(text) as Partial<Holder>
    if (typeof pid !== 'number' || startTicks === undefined || bootId === undefined) return null
    return { pid, startTicks, bootId }
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
