import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { parsePrismaSchema, type Table } from '../support/prisma-schema.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
const schemaFile = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url))

describe('the migrations', () => {
  it('make the database that schema.prisma describes', async () => {
    const file = stores.newFile()
    await stores.open({ file })
    const expected = parsePrismaSchema(readFileSync(schemaFile, 'utf8'))
    expect(Object.keys(expected)).toContain('Resource')
    expect(tablesOf(file)).toEqual(expected)
  })

  it('are booked as Prisma books them, and done once', async () => {
    const file = stores.newFile()
    const database = await openDatabase({ file })
    const before = snapshot(file)
    await migrate(database.writer)
    await database.close()
    await (await openDatabase({ file })).close()
    expect(snapshot(file)).toEqual(before)
    expect(before.book).toMatchObject(
      ['0001_init', '0002_event_sequence'].map((name) => ({
        migration_name: name,
        applied_steps_count: 1,
        rolled_back_at: null,
      })),
    )
  })

  it('number the events that are there already, so that they can be followed', async () => {
    const file = stores.newFile()
    const old = new BetterSqlite3(file)
    old.exec(readFileSync(new URL('../../prisma/migrations/0001_init/migration.sql', import.meta.url), 'utf8'))
    old.exec(`CREATE TABLE "_prisma_migrations" ("id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME,
      "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME, "applied_steps_count" INTEGER);
      INSERT INTO "_prisma_migrations" VALUES ('1', '', 1, '0001_init', NULL, NULL, 1, 1)`)
    for (const name of ['a', 'b']) {
      const texts = [`uid-${name}`, 'default', name, 'Normal', 'Tried', 'tried']
      old.prepare(`INSERT INTO "Event" VALUES (${'?, '.repeat(6)} 1, 1, 1, '', '', '', '', '', '', '', 9)`).run(texts)
    }
    old.close()
    const { events } = await stores.open({ file })
    const told = await events.writtenAfter(0, 10)
    expect(told.map(({ record, sequence, isNew }) => [record.name, sequence, isNew])).toEqual([
      ['a', 1, true],
      ['b', 2, true],
    ])
    expect(await events.lastSequence()).toBe(2)
  })
})

function tablesOf(file: string): Record<string, Table> {
  const database = new BetterSqlite3(file, { readonly: true })
  const names = database
    .prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_master WHERE type = 'table'`)
    .all()
    .filter(({ name }) => !name.startsWith('sqlite_') && name !== '_prisma_migrations')
  const tables = names.map(({ name, sql }) => {
    const rows = database.pragma(`table_info("${name}")`) as {
      name: string
      type: string
      notnull: number
      pk: number
    }[]
    const indexes = database.pragma(`index_list("${name}")`) as { name: string; unique: number; origin: string }[]
    return [
      name,
      {
        columns: rows.map((row) => ({
          name: row.name,
          type: row.type,
          isNullable: row.notnull === 0,
          isIncremented: row.pk === 1 && sql.includes('AUTOINCREMENT'),
        })),
        primaryKey: rows.filter(({ pk }) => pk > 0).map((row) => row.name),
        indexes: indexes
          .filter(({ origin }) => origin !== 'pk')
          .map((index) => {
            const columns = database.pragma(`index_info("${index.name}")`) as { name: string }[]
            return `${index.unique === 1 ? '!' : ''}${columns.map((column) => column.name).join(', ')}`
          })
          .sort(),
      },
    ]
  })
  database.close()
  return Object.fromEntries(tables) as Record<string, Table>
}

function snapshot(file: string): { tables: Record<string, Table>; book: unknown[] } {
  const database = new BetterSqlite3(file, { readonly: true })
  const book = database.prepare('SELECT * FROM "_prisma_migrations"').all()
  database.close()
  return { tables: tablesOf(file), book }
}
