import type { EventRecord } from '../model/event-record.ts'
import type { FieldRequirement, FieldSelector } from '../model/field-selector.ts'
import type { Database } from './database.ts'

/** Which events are wanted, newest first. `before` is the place after which to go on. */
export interface EventQuery {
  readonly namespace?: string | undefined
  readonly involvedUid?: string | undefined
  readonly type?: string | undefined
  readonly reason?: string | undefined
  readonly fields?: FieldSelector | undefined
  readonly before?: { readonly lastTimestamp: number; readonly uid: string } | undefined
  readonly limit: number
}

/** How long an event is kept after it was last seen: Kubernetes' `--event-ttl` of one hour. */
const timeToLiveMs = 3_600_000

const columns = [
  'uid',
  'namespace',
  'name',
  'type',
  'reason',
  'message',
  'count',
  'firstTimestamp',
  'lastTimestamp',
  'component',
  'host',
  'involvedApiVersion',
  'involvedKind',
  'involvedNamespace',
  'involvedName',
  'involvedUid',
] as const

const upsert = `INSERT INTO "Event" (${columns.map((column) => `"${column}"`).join(', ')}, "expiresAt")
  SELECT ${columns.map((_, index) => `value->>${index}`).join(', ')}, value->>${columns.indexOf('lastTimestamp')} + ${timeToLiveMs}
  FROM json_each(?) WHERE true
  ON CONFLICT ("uid") DO UPDATE SET "count" = excluded."count", "message" = excluded."message",
    "lastTimestamp" = excluded."lastTimestamp", "expiresAt" = excluded."expiresAt"`

/** Kubernetes Events. They stand beside the log: written in batches, counted, and gone after an hour. */
export class EventTable {
  private readonly database: Database

  constructor(database: Database) {
    this.database = database
  }

  /** Writes events; one whose uid is known replaces its earlier state. */
  async write(records: readonly EventRecord[]): Promise<void> {
    if (records.length === 0) return
    const rows = JSON.stringify(records.map((record) => columns.map((column) => record[column])))
    await this.database.writer.transaction((sql) => sql.execute(upsert, rows))
  }

  /** Events of a selection, those last seen first. */
  async list(query: EventQuery): Promise<EventRecord[]> {
    const rows = await (await this.database.models()).event.findMany({
      where: { ...whereOf(query), ...placeOf(query.before) },
      orderBy: [{ lastTimestamp: 'desc' }, { uid: 'asc' }],
      take: query.limit,
      omit: { expiresAt: true },
    })
    return rows.map(recordOf)
  }

  async count(query: Omit<EventQuery, 'before' | 'limit'>): Promise<number> {
    return (await this.database.models()).event.count({ where: whereOf(query) })
  }

  async find(key: { uid: string } | { namespace: string; name: string }): Promise<EventRecord | undefined> {
    const row = await (await this.database.models()).event.findFirst({ where: key, omit: { expiresAt: true } })
    return row === null ? undefined : recordOf(row)
  }

  /** Removes an event. Resolves with whether there was one. */
  async remove(uid: string): Promise<boolean> {
    const removed = await this.database.writer.transaction((sql) =>
      sql.execute('DELETE FROM "Event" WHERE "uid" = ?', uid),
    )
    return removed > 0
  }

  /** Removes, in small steps, what has outlived its time at `now` (ms). */
  async expire(now: number): Promise<void> {
    for (;;) {
      const removed = await this.database.writer.transaction((sql) =>
        sql.execute(
          'DELETE FROM "Event" WHERE "uid" IN (SELECT "uid" FROM "Event" WHERE "expiresAt" <= ? LIMIT 1000)',
          now,
        ),
      )
      if (removed < 1_000) return
    }
  }
}

function whereOf({ namespace, involvedUid, type, reason, fields = [] }: Omit<EventQuery, 'before' | 'limit'>) {
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(involvedUid === undefined ? {} : { involvedUid }),
    ...(type === undefined ? {} : { type }),
    ...(reason === undefined ? {} : { reason }),
    ...(fields.length === 0 ? {} : { AND: fields.map(conditionOf) }),
  }
}

/** Where the fields by which events can be selected are kept. */
const columnOfField: Readonly<Record<string, (typeof columns)[number]>> = {
  'metadata.name': 'name',
  'metadata.namespace': 'namespace',
  'involvedObject.kind': 'involvedKind',
  'involvedObject.namespace': 'involvedNamespace',
  'involvedObject.name': 'involvedName',
  'involvedObject.uid': 'involvedUid',
  'involvedObject.apiVersion': 'involvedApiVersion',
  reason: 'reason',
  reportingComponent: 'component',
  source: 'component',
  type: 'type',
}

function conditionOf({ field, isEqual, value }: FieldRequirement) {
  const column = columnOfField[field]
  if (column !== undefined) return { [column]: isEqual ? value : { not: value } }
  // Of an event's object neither the version nor the part is kept: both are empty, which every or no event satisfies.
  return (value === '') === isEqual ? {} : { uid: { in: [] } }
}

function placeOf(before: EventQuery['before']) {
  if (before === undefined) return {}
  const lastTimestamp = BigInt(before.lastTimestamp)
  return { OR: [{ lastTimestamp: { lt: lastTimestamp } }, { lastTimestamp, uid: { gt: before.uid } }] }
}

type Row = { [Column in keyof EventRecord]: EventRecord[Column] extends number ? number | bigint : string }

function recordOf(row: Row): EventRecord {
  return {
    ...row,
    type: row.type === 'Warning' ? 'Warning' : 'Normal',
    count: Number(row.count),
    firstTimestamp: Number(row.firstTimestamp),
    lastTimestamp: Number(row.lastTimestamp),
  }
}
