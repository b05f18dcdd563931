import { setTimeout as delay } from 'node:timers/promises'
import { listProcesses, type ProcessRow } from './process-table.ts'

const killRoundMs = 20
const killRoundsMax = 100

/**
 * A process and all that descend from it, remembered from one observation to the next, so that what has lost its parent
 * in between is still known. Nothing that was not observed as a descendant is ever signalled.
 */
export class ProcessFamily {
  readonly #known = new Map<number, ProcessRow>()
  readonly #rootPid: number
  readonly #list: () => Promise<readonly ProcessRow[]>

  constructor(rootPid: number, list: () => Promise<readonly ProcessRow[]> = listProcesses) {
    this.#rootPid = rootPid
    this.#list = list
  }

  /** The members that run now, the newly found ones included. */
  async observe(): Promise<readonly ProcessRow[]> {
    const rows = await this.#list()
    const root = rows.find(({ pid }) => pid === this.#rootPid)
    if (root !== undefined && this.#known.size === 0) this.#known.set(root.pid, root)
    const living = rows.filter((row) => this.#isKnown(row))
    // The list grows while it is walked: children of children are found in turn.
    for (const member of living) {
      for (const child of rows) {
        if (child.parentPid !== member.pid || this.#isKnown(child)) continue
        this.#known.set(child.pid, child)
        living.push(child)
      }
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
