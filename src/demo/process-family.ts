import { setTimeout as delay } from 'node:timers/promises'
import { listProcesses, type ProcessRow } from './process-table.ts'

const killRoundMs = 20
const killRoundsMax = 100

export interface ProcessFamilyOptions {
  /** The process from which all others descend. */
  readonly rootPid: number
  /** A folder that belongs to the family alone: whatever works in it or below is a member, too, where the system tells. */
  readonly folder: string
  readonly list?: () => Promise<readonly ProcessRow[]>
}

/**
 * A process and all that descend from it, remembered from one observation to the next, so that what has lost its parent
 * in between is still known. Nothing that was not observed as a member is ever signalled.
 */
export class ProcessFamily {
  readonly #known = new Map<number, ProcessRow>()
  readonly #options: ProcessFamilyOptions

  constructor(options: ProcessFamilyOptions) {
    this.#options = options
  }

  /** The members that run now, the newly found ones included. */
  async observe(): Promise<readonly ProcessRow[]> {
    const { list = listProcesses } = this.#options
    const rows = await list()
    const living = rows.filter((row) => this.#isKnown(row) || this.#isFounder(row))
    // The list grows while it is walked: children of children are found in turn.
    for (const member of living) {
      this.#known.set(member.pid, member)
      for (const row of rows) if (row.parentPid === member.pid && !living.includes(row)) living.push(row)
    }
    return living
  }

  /** Kills every member that still runs. Resolves with those that even that did not end. */
  async kill(): Promise<readonly ProcessRow[]> {
    let members = await this.observe()
    // Again while there are any: one that was about to start another may have done so in between.
    for (let round = 0; members.length > 0 && round < killRoundsMax; round += 1) {
      for (const { pid } of members) killProcess(pid)
      await delay(killRoundMs)
      members = await this.observe()
    }
    return members
  }

  #isKnown({ pid, startedAt }: ProcessRow): boolean {
    return this.#known.get(pid)?.startedAt === startedAt
  }

  #isFounder({ pid, workingFolder = '' }: ProcessRow): boolean {
    const { rootPid, folder } = this.#options
    // The number of the first process may be another's by the time that it has ended.
    if (pid === rootPid) return !this.#known.has(rootPid)
    return workingFolder === folder || workingFolder.startsWith(`${folder}/`)
  }
}

/** Kills one process. Whether there was one. */
export function killProcess(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}
