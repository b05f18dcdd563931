import { setImmediate as nextTurn } from 'node:timers/promises'
import { readCounters } from './change-log.ts'
import type { Sql } from './connection.ts'
import type { Database } from './database.ts'

export interface RetentionOptions {
  /** How long the log goes back, in milliseconds. Default: 24 hours. */
  readonly ageMs?: number
  /** How large the log since its beginning may grow before it is shortened, in bytes. Default: 1 GiB. */
  readonly sizeBytes?: number
}

/** Revisions that one step compacts: a few milliseconds of the writer's time. */
const stepSize = 1_000
const dayMs = 86_400_000

/**
 * Keeps the log to its age and size, in small steps. What goes is every version whose successer is older than the
 * horizon, and deletions older than it; what stays is, for every object that still lives at the horizon, the version
 * that it had there, so that whoever resumes at the horizon or later can still be told what changed.
 */
export class Retention {
  private readonly database: Database
  private readonly ageMs: number
  private readonly sizeBytes: number

  constructor(database: Database, options: RetentionOptions) {
    this.database = database
    this.ageMs = options.ageMs ?? dayMs
    this.sizeBytes = options.sizeBytes ?? 1024 ** 3
  }

  /** Compacts what is due at `now` (ms). Returns the revision that the log then begins at. */
  async run(now: number): Promise<number> {
    const { revision, compacted } = await readCounters(this.database.reader)
    const horizon = Math.max(await this.horizonByAge(now, compacted, revision), await this.horizonBySize())
    await this.compact(horizon)
    return Math.max(horizon, compacted)
  }

  /** Compacts up to and with a revision, in steps. Resuming is possible from there on. */
  async compact(horizon: number): Promise<void> {
    for (;;) {
      const { revision, compacted } = await readCounters(this.database.reader)
      const step = Math.min(horizon, revision, compacted + stepSize)
      if (step <= compacted) return
      await this.compactStep(compacted, step)
      await nextTurn()
    }
  }

  private async horizonByAge(now: number, compacted: number, revision: number): Promise<number> {
    const young = await this.database.reader.query<{ revision: number | bigint }>(
      `SELECT "revision" FROM "Change" WHERE "revision" > ? AND "at" >= ? ORDER BY "revision" LIMIT 1`,
      compacted,
      now - this.ageMs,
    )
    return young[0] === undefined ? revision : Number(young[0].revision) - 1
  }

  /** The log gets as many versions as fit its size at their average size, which is that of all that is stored. */
  private async horizonBySize(): Promise<number> {
    const sql = this.database.reader
    const { revision, compacted } = await readCounters(sql)
    const [older] = await sql.query<{ count: number | bigint }>(
      'SELECT count(*) AS "count" FROM "Resource" WHERE "revision" <= ?',
      compacted,
    )
    const past = revision - compacted
    const pages = (await pragma(sql, 'page_count')) - (await pragma(sql, 'freelist_count'))
    const bytesPerVersion = (pages * (await pragma(sql, 'page_size'))) / Math.max(1, past + Number(older?.count))
    const kept = Math.floor(this.sizeBytes / bytesPerVersion)
    return past > kept ? revision - kept : compacted
  }

  private async compactStep(from: number, to: number): Promise<void> {
    await this.database.writer.transaction(async (transaction) => {
      const moved = await transaction.execute(
        `UPDATE "Counter" SET "value" = ? WHERE "name" = 'compacted' AND "value" = ?`,
        to,
        from,
      )
      if (moved === 0) return
      await transaction.execute(
        `DELETE FROM "Change" WHERE "revision" IN
           (SELECT "previous" FROM "Change" WHERE "revision" > ? AND "revision" <= ? AND "previous" IS NOT NULL)`,
        from,
        to,
      )
      await transaction.execute(
        `DELETE FROM "Change" WHERE "revision" > ? AND "revision" <= ? AND "type" = 'DELETED'`,
        from,
        to,
      )
      await transaction.query('PRAGMA incremental_vacuum(256)')
    })
  }
}

async function pragma(sql: Sql, name: string): Promise<number> {
  const rows = await sql.query<Record<string, number | bigint>>(`PRAGMA ${name}`)
  return Number(rows[0]?.[name] ?? 0)
}
