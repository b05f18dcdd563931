import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../model/errors.ts'
import type { Connection, Sql } from './connection.ts'
import { packageRoot } from './package-root.ts'

/**
 * Applies the numbered migrations of prisma/migrations that the database has not seen, each in one transaction, and
 * books them in Prisma's own `_prisma_migrations` table, so that Prisma's tools find what they expect.
 * (`prisma migrate` itself needs a schema engine that has to be downloaded.)
 */
export async function migrate(client: Connection): Promise<void> {
  await client.execute(bookTable)
  for (const { name, sql } of listMigrations()) {
    await client.transaction(async (transaction) => {
      // A write first, so that two processes that start at once take turns.
      await transaction.execute('DELETE FROM "_prisma_migrations" WHERE "finished_at" IS NULL')
      const applied = await transaction.query<{ checksum: string }>(
        'SELECT "checksum" FROM "_prisma_migrations" WHERE "migration_name" = ?',
        name,
      )
      if (applied.length === 0) await apply(transaction, name, sql)
    })
  }
}

/**
 * Throws UNAVAILABLE when the database is not one that this version may write to: when a newer one has migrated it, or when
 * it has tables and no book of migrations, so that nobody can tell what they are. Only reads.
 */
export async function assertOwnSchema(sql: Sql, file: string): Promise<void> {
  const tables = await sql.query<{ name: string }>(
    `SELECT "name" FROM sqlite_master WHERE "type" = 'table' AND "name" NOT LIKE 'sqlite_%'`,
  )
  if (tables.length === 0) return
  if (!tables.some(({ name }) => name === '_prisma_migrations')) {
    throw new Refusal(
      'UNAVAILABLE',
      `the database ${file} has tables and no book of migrations: it is not Myriad's, or it was damaged; restore it from a backup, or name another folder with --data`,
    )
  }
  const own = new Set(listMigrations().map(({ name }) => name))
  const booked = await sql.query<{ name: string }>(
    'SELECT "migration_name" AS "name" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL ORDER BY "name"',
  )
  const unknown = booked.find(({ name }) => !own.has(name))
  if (unknown === undefined) return
  throw new Refusal(
    'UNAVAILABLE',
    `the database ${file} was written by a newer version of Myriad (migration ${unknown.name}): start that version, or restore the backup from before the upgrade`,
  )
}

async function apply(transaction: Sql, name: string, sql: string): Promise<void> {
  const startedAt = Date.now()
  for (const statement of statementsOf(sql)) await transaction.execute(statement)
  await transaction.execute(
    `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
     VALUES (?, ?, ?, ?, ?, 1)`,
    randomUUID(),
    createHash('sha256').update(sql).digest('hex'),
    name,
    startedAt,
    Date.now(),
  )
}

/** The statements of a migration file. They hold no semicolon but the one that ends them. */
function statementsOf(sql: string): string[] {
  return sql
    .replaceAll(/^--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

function listMigrations(): { name: string; sql: string }[] {
  const folder = join(packageRoot, 'prisma', 'migrations')
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }))
}

const bookTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "checksum" TEXT NOT NULL,
  "finished_at" DATETIME,
  "migration_name" TEXT NOT NULL,
  "logs" TEXT,
  "rolled_back_at" DATETIME,
  "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
)`
