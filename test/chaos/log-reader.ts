import BetterSqlite3 from 'better-sqlite3'
import type { LogEntry, LoggedObject } from './ledger.ts'

interface Row extends Omit<LogEntry, 'object'> {
  readonly object: string
}

/** The whole log, oldest first, past the product's own reading: straight from the database. */
export function readLog(file: string): LogEntry[] {
  return withDatabase(file, (database) =>
    database
      .prepare<[], Row>(
        'SELECT "revision", "type", "kind", "uid", "actor", "at", "object" FROM "Change" ORDER BY "revision"',
      )
      .all()
      .map(({ object, ...row }) => ({ ...row, object: JSON.parse(object) as LoggedObject })),
  )
}

/** The last revision of the log, and whether the objects that live are those that the log ends with. */
export function readEnd(file: string): { readonly revision: number; readonly faults: string[] } {
  return withDatabase(file, (database) => {
    const ends = database
      .prepare<[], { uid: string; revision: number; type: string }>(
        'SELECT "uid", max("revision") AS "revision", "type" FROM "Change" GROUP BY "uid"',
      )
      .all()
    const live = new Map(
      database
        .prepare<[], { uid: string; revision: number }>('SELECT "uid", "revision" FROM "Resource"')
        .all()
        .map(({ uid, revision }) => [uid, revision]),
    )
    const faults = ends.flatMap(({ uid, revision, type }) => {
      const expected = type === 'DELETED' ? undefined : revision
      return live.get(uid) === expected
        ? []
        : [`object ${uid} is at ${live.get(uid)}, and the log ends it with ${type} at ${revision}`]
    })
    const integrity = database.pragma('integrity_check', { simple: true })
    if (integrity !== 'ok') faults.push(`SQLite finds the database damaged: ${String(integrity)}`)
    return { revision: Math.max(0, ...ends.map(({ revision }) => revision)), faults }
  })
}

function withDatabase<Result>(file: string, read: (database: BetterSqlite3.Database) => Result): Result {
  const database = new BetterSqlite3(file, { readonly: true })
  try {
    return read(database)
  } finally {
    database.close()
  }
}
