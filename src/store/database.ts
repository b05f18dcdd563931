import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaClient } from '../../prisma/generated/client.ts'
import { Refusal } from '../model/errors.ts'
import { migrate } from './migrate.ts'

/** The raw half of a Prisma client, inside or outside a transaction. */
export type Sql = Pick<PrismaClient, '$queryRawUnsafe' | '$executeRawUnsafe'>

/**
 * One database, through two connections: one connection cannot read beside its own open transaction without seeing
 * what is not yet committed.
 */
export interface Database {
  /** For transactions that write. Its users take turns (see `GroupCommit`). */
  readonly writer: PrismaClient
  /** For reads of what is committed. */
  readonly reader: PrismaClient
  readonly file: string
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** Path of the SQLite file; made, with its folder, when absent. */
  readonly file: string
}

/** Milliseconds to wait for another writer before the database counts as unavailable. */
const busyTimeoutMs = 10_000

/**
 * Opens the database and brings it to the newest migration.
 * Durability: WAL with synchronous=FULL, so that a commit that returned survives the loss of power
 * (https://www.sqlite.org/pragma.html#pragma_synchronous).
 */
export async function openDatabase({ file }: DatabaseOptions): Promise<Database> {
  const writer = connect(file)
  const reader = connect(file)
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    await tune(writer)
    await migrate(writer)
    await tune(reader)
  } catch (error) {
    await Promise.all([writer.$disconnect(), reader.$disconnect()])
    throw cannotOpen(file, error)
  }
  return {
    writer,
    reader,
    file,
    close: async () => {
      await Promise.all([writer.$disconnect(), reader.$disconnect()])
    },
  }
}

function connect(file: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}`, timeout: busyTimeoutMs }) })
}

async function tune(client: Sql): Promise<void> {
  await client.$queryRawUnsafe('PRAGMA auto_vacuum = INCREMENTAL')
  await client.$queryRawUnsafe('PRAGMA journal_mode = WAL')
  await client.$queryRawUnsafe('PRAGMA synchronous = FULL')
  await client.$queryRawUnsafe('PRAGMA cache_size = -8192')
  await client.$queryRawUnsafe('PRAGMA wal_autocheckpoint = 4000')
  await client.$queryRawUnsafe('PRAGMA journal_size_limit = 67108864')
}

/** The refusal UNAVAILABLE of a database that cannot be opened or read, with what can be done about it. */
export function cannotOpen(file: string, error: unknown): Refusal {
  const told = error instanceof Error ? error.message : String(error)
  const advice = /not a database|malformed/.test(told)
    ? 'It is not a SQLite database or it is damaged: restore it from a backup, or name another folder with --data.'
    : /readonly|read-only|attempt to write/.test(told)
      ? 'It cannot be written: check the rights of the file and of its folder.'
      : /SQLITE_BUSY|is locked/.test(told)
        ? 'Another process keeps it locked: stop that process, or name another folder with --data.'
        : 'Check the path, the rights and the free space of its folder.'
  return new Refusal('UNAVAILABLE', `cannot open the database ${file}. ${advice}`, { cause: error })
}
