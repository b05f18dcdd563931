import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { PrismaClient } from '../../prisma/generated/client.ts'
import { Refusal } from '../model/errors.ts'
import { Connection, type Sql } from './connection.ts'
import { assertOwnSchema, migrate } from './migrate.ts'
import { sentenceOf } from './sql-fault.ts'
import { WriteHealth } from './write-health.ts'
import { WriteTurn } from './write-turn.ts'

/**
 * One database, through two connections: one connection cannot read beside its own open transaction without seeing
 * what is not yet committed.
 */
export interface Database {
  /** For transactions that write, and nothing else. */
  readonly writer: Connection
  /** Whether these succeed. */
  readonly health: WriteHealth
  /** For reads of what is committed. */
  readonly reader: Connection
  /** The relational models, to read. Loaded at the first call: they take some 40 MB. */
  models(): Promise<PrismaClient>
  readonly file: string
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** Path of the SQLite file; made, with its folder, when absent. */
  readonly file: string
  /** Shared with the other stores of this process that write to the same file. */
  readonly turn?: WriteTurn
  /** Told why when the database cannot be written any more, and undefined when it can again. */
  readonly onWriteHealth?: (fault: string | undefined) => void
}

/** Milliseconds to wait for another writer before the database counts as unavailable. */
const busyTimeoutMs = 10_000

/**
 * Opens the database and brings it to the newest migration.
 * Durability: WAL with synchronous=FULL, so that a commit that returned survives the loss of power
 * (https://www.sqlite.org/pragma.html#pragma_synchronous).
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { file, turn = new WriteTurn(), onWriteHealth = () => undefined } = options
  const health = new WriteHealth(file, { probe: () => touch(writer), onChange: onWriteHealth })
  const opened: Connection[] = []
  let writer: Connection | undefined
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    makeFile(file)
    writer = await Connection.open(file, { timeoutMs: busyTimeoutMs, turn, watch: (write) => health.watch(write) })
    opened.push(writer)
    // Before anything that could write.
    await assertOwnSchema(writer, file)
    await tune(writer)
    await migrate(writer)
    const reader = await Connection.open(file, { timeoutMs: busyTimeoutMs, turn })
    opened.push(reader)
    await tune(reader)
    return assemble({ file, writer, reader, health })
  } catch (error) {
    health.close()
    await Promise.all(opened.map((connection) => connection.close()))
    throw cannotOpen(file, error)
  }
}

/** Makes the file where there is none, readable by its owner alone; SQLite gives its log the same mode. */
function makeFile(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600))
}

/** Writes, and changes nothing. */
async function touch(writer: Connection | undefined): Promise<void> {
  await writer?.transaction((sql) => sql.execute(`UPDATE "Counter" SET "value" = "value" WHERE "name" = 'revision'`))
}

function assemble({ file, writer, reader, health }: Omit<Database, 'models' | 'close'>): Database {
  let models: Promise<PrismaClient> | undefined
  return {
    file,
    writer,
    health,
    reader,
    models: () => {
      models ??= loadModels(file)
      return models
    },
    close: async () => {
      health.close()
      await Promise.all([writer.close(), reader.close(), models?.then((client) => client.$disconnect())])
    },
  }
}

async function loadModels(file: string): Promise<PrismaClient> {
  const { PrismaClient: Client } = await import('../../prisma/generated/client.ts')
  return new Client({ adapter: new PrismaBetterSqlite3({ url: `file:${file}`, timeout: busyTimeoutMs }) })
}

/** https://www.sqlite.org/pragma.html#pragma_auto_vacuum */
const incremental = 2

async function tune(client: Sql): Promise<void> {
  // Setting it writes, even what is there already.
  const [vacuum] = await client.query<{ auto_vacuum: number | bigint }>('PRAGMA auto_vacuum')
  if (Number(vacuum?.auto_vacuum) !== incremental) await client.query('PRAGMA auto_vacuum = INCREMENTAL')
  await client.query('PRAGMA journal_mode = WAL')
  await client.query('PRAGMA synchronous = FULL')
  await client.query('PRAGMA cache_size = -8192')
  await client.query('PRAGMA wal_autocheckpoint = 4000')
  await client.query('PRAGMA journal_size_limit = 67108864')
}

/** The refusal UNAVAILABLE of a database that cannot be opened or read, with what can be done about it. */
export function cannotOpen(file: string, error: unknown): Refusal {
  if (error instanceof Refusal && error.cause === undefined) return error
  const told = sentenceOf(error instanceof Refusal ? error.cause : error)
  const advice = /not a database|malformed/.test(told)
    ? 'It is not a SQLite database or it is damaged: restore it from a backup, or name another folder with --data.'
    : /readonly|read-only|attempt to write/.test(told)
      ? 'It cannot be written: check the rights of the file and of its folder.'
      : /is locked/.test(told)
        ? 'Another process keeps it locked: stop that process, or name another folder with --data.'
        : 'Check the path, the rights and the free space of its folder.'
  return new Refusal('UNAVAILABLE', `cannot open the database ${file}. ${advice}`, { cause: error })
}
