import { Refusal } from '../model/errors.ts'
import type { Resource } from '../model/resource.ts'
import type { Sql } from './connection.ts'
import type { ChangeType, CommittedChange } from './group-commit.ts'

/** One version of one object, read back from the log. `previous` is the revision of the version before. */
export interface LoggedChange extends CommittedChange {
  readonly previous?: number
}

/** What SQLite tells as an integer; beyond 32 bits the driver may give it as a bigint. */
type Integer = number | bigint

interface ChangeRow {
  readonly revision: Integer
  readonly type: ChangeType
  readonly object: string
  readonly actor: string
  readonly at: Integer
  readonly previous: Integer | null
}

const columns = '"revision", "type", "object", "actor", "at", "previous"'

/** The last revision given and the last one compacted away. */
export async function readCounters(sql: Sql): Promise<{ revision: number; compacted: number }> {
  const rows = await sql.query<{ name: string; value: Integer }>('SELECT "name", "value" FROM "Counter"')
  const valueOf = (name: string) => Number(rows.find((row) => row.name === name)?.value ?? 0)
  return { revision: valueOf('revision'), compacted: valueOf('compacted') }
}

/**
 * Changes after a revision up to and with `to`, oldest first, at most `limit` of them.
 * Throws EXPIRED when some of them have been compacted, and INVALID when the revision has not been given yet.
 */
export async function readChangesSince(
  sql: Sql,
  { after, to, limit }: { after: number; to: number; limit: number },
): Promise<LoggedChange[]> {
  const changes = await readChanges(sql, { after, to, limit })
  await assertResumable(sql, after)
  return changes
}

async function readChanges(
  sql: Sql,
  { after, to, limit }: { after: number; to: number; limit: number },
): Promise<LoggedChange[]> {
  const rows = await sql.query<ChangeRow>(
    `SELECT ${columns} FROM "Change" WHERE "revision" > ? AND "revision" <= ? ORDER BY "revision" LIMIT ?`,
    after,
    to,
    limit,
  )
  return rows.map(parseChange)
}

/** Throws unless a stream can be resumed after this revision. */
export async function assertResumable(sql: Sql, after: number): Promise<void> {
  const { revision, compacted } = await readCounters(sql)
  if (after < compacted) {
    const message = `resourceVersion ${after} is too old: the log begins at ${compacted}; list again and follow from the list's resourceVersion`
    throw unresumable('EXPIRED', message, { oldestResourceVersion: String(compacted) })
  }
  if (after <= revision) return
  throw unresumable('INVALID', `resourceVersion ${after} lies in the future: the newest is ${revision}`)
}

function unresumable(code: 'EXPIRED' | 'INVALID', message: string, details = {}): Refusal {
  return new Refusal(code, message, { causes: [{ field: 'after', reason: 'FieldValueInvalid', message }], details })
}

/** The versions with these revisions, by revision. Those that are compacted are absent. */
export async function readVersions(sql: Sql, revisions: readonly number[]): Promise<Map<number, LoggedChange>> {
  if (revisions.length === 0) return new Map()
  const rows = await sql.query<ChangeRow>(
    `SELECT ${columns} FROM "Change" WHERE "revision" IN (SELECT value FROM json_each(?))`,
    JSON.stringify(revisions),
  )
  return new Map(rows.map((row) => [Number(row.revision), parseChange(row)]))
}

/** The version at a revision and those before it, newest first, at most `limit` of them: the log is a chain per object. */
export async function readHistory(sql: Sql, from: number, limit: number): Promise<LoggedChange[]> {
  const rows = await sql.query<ChangeRow>(
    `WITH RECURSIVE chain("revision", "depth") AS (
       SELECT ?, 1
       UNION ALL
       SELECT c."previous", chain."depth" + 1 FROM chain JOIN "Change" c ON c."revision" = chain."revision"
       WHERE c."previous" IS NOT NULL AND chain."depth" < ?
     )
     SELECT ${columns} FROM "Change" WHERE "revision" IN (SELECT "revision" FROM chain) ORDER BY "revision" DESC`,
    from,
    limit,
  )
  return rows.map(parseChange)
}

/** The live objects in pieces, in no particular order. `sql` is a transaction, so that all are of one moment. */
export async function* readLiveObjects(
  sql: Sql,
  pieceSize: number,
): AsyncGenerator<readonly { readonly revision: number; readonly object: Resource }[]> {
  for (let last = 0; ; ) {
    const rows = await sql.query<{ id: Integer; revision: Integer; object: string }>(
      `SELECT r."id", r."revision", c."object" FROM "Resource" r CROSS JOIN "Change" c ON c."revision" = r."revision"
       WHERE r."id" > ? ORDER BY r."id" LIMIT ?`,
      last,
      pieceSize,
    )
    if (rows.length === 0) return
    yield rows.map((row) => ({ revision: Number(row.revision), object: parseObject(row.object, Number(row.revision)) }))
    last = Number(rows.at(-1)?.id)
  }
}

function parseChange(row: ChangeRow): LoggedChange {
  const revision = Number(row.revision)
  return {
    revision,
    type: row.type,
    object: parseObject(row.object, revision),
    actor: row.actor,
    at: Number(row.at),
    ...(row.previous === null ? {} : { previous: Number(row.previous) }),
  }
}

function parseObject(text: string, revision: number): Resource {
  const object = parseJson(text, revision) as { metadata: { resourceVersion: string } } & Resource
  object.metadata.resourceVersion = String(revision)
  return object
}

function parseJson(text: string, revision: number): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`the object of revision ${revision} is malformed`, { cause: error })
  }
}
