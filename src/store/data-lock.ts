import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../model/errors.ts'
import { Connection } from './connection.ts'
import { sentenceOf } from './sql-fault.ts'
import { WriteTurn } from './write-turn.ts'

/** A part of a data folder that is this process's alone until it ends, however it ends. */
export interface DataLock {
  release(): Promise<void>
}

/** What there may be only one of on a data folder, and what is called so. */
const roles = { server: 'another server', controller: 'another controller worker' } as const

/**
 * Takes the role of the server, or of the controller worker, on a data folder. The lock is a transaction that writes, on a
 * tiny database of its own: the kernel holds it for as long as the process lives, stopped or not, and drops it with the
 * process, so that there is no stale lock to guess about. Throws UNAVAILABLE when another process has it, and names that.
 */
export async function lockData(folder: string, role: keyof typeof roles): Promise<DataLock> {
  const file = join(folder, `${role}.lock`)
  const pidFile = join(folder, `${role}.pid`)
  let connection: Connection | undefined
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    connection = await Connection.open(file, { timeoutMs: 0, turn: new WriteTurn() })
    // The transaction never writes, so that it needs no journal beside the file.
    await connection.query('PRAGMA journal_mode = MEMORY')
    await connection.execute('BEGIN IMMEDIATE')
    writeFileSync(pidFile, `${process.pid}\n`)
  } catch (error) {
    await connection?.close()
    throw cannotLock({ folder, role, pidFile }, error)
  }
  const held = connection
  return {
    release: async () => {
      rmSync(pidFile, { force: true })
      await held.close()
    },
  }
}

interface Wanted {
  readonly folder: string
  readonly role: keyof typeof roles
  readonly pidFile: string
}

function cannotLock({ folder, role, pidFile }: Wanted, error: unknown): Refusal {
  const told = sentenceOf(error)
  if (!/is locked/.test(told)) {
    const message = `cannot use the data folder ${folder} (${told}): check its path, its rights and the free space, or name another folder with --data`
    return new Refusal('UNAVAILABLE', message, { cause: error })
  }
  const message = `the data folder ${folder} is in use by ${roles[role]} (${holderIn(pidFile)}): stop that one, or name another folder with --data`
  return new Refusal('UNAVAILABLE', message, { cause: error })
}

/** Who has written last that it has the lock; it may be about to write. */
function holderIn(pidFile: string): string {
  try {
    return `process ${readFileSync(pidFile, 'utf8').trim()}`
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'a process that has just begun'
    throw error
  }
}
