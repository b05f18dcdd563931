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

const names = columns.map((column) => `"${column}"`).join(', ')
const values = columns.map((_, index) => `value->>${index}`).join(', ')

const insert = `INSERT INTO "Event" (${names}, "expiresAt", "sequence", "firstSequence")
  SELECT ${values}, value->>${columns.indexOf('lastTimestamp')} + ${timeToLiveMs}, ? + key, ? + key
  FROM json_each(?) WHERE true
  ON CONFLICT ("uid") DO UPDATE SET "sequence" = excluded."sequence", "expiresAt" = excluded."expiresAt"`

/** Counts a known event on. */
const upsert = `${insert}, ${setting(['count', 'message', 'lastTimestamp'])}`

/** Puts an event in the place of one that is known. */
const replacement = `${insert}, ${setting(columns.filter((column) => column !== 'uid'))}`

function setting(changed: readonly string[]): string {
  return changed.map((column) => `"${column}" = excluded."${column}"`).join(', ')
}

/** An event as it was written. */
export interface WrittenEvent {
  readonly record: EventRecord
  /** The number of the write among those of all events: a later write has a larger one. */
  readonly sequence: number
  /** Whether it was not there yet at the place from which was read. */
  readonly isNew: boolean
}

/** Kubernetes Events. They stand beside the log: written in batches, counted, and gone after an hour. */
export class EventTable {
  private readonly database: Database
  private readonly ring: () => void
  private readonly listeners = new Set<() => void>()

  /** `ring` is called after each write, for the other stores of the same database. */
  constructor(database: Database, ring: () => void) {
    this.database = database
    this.ring = ring
  }

  /** Writes events; one whose uid is known is counted on: its count, its message and its last time are replaced. */
  write(records: readonly EventRecord[]): Promise<void> {
    return this.put(upsert, records)
  }

  /** Writes an event in the place of the one with the same uid, or as a new one. */
  replace(record: EventRecord): Promise<void> {
    return this.put(replacement, [record])
  }

  /** Told when events may have been written, by this store or by others. Must not throw. */
  onWrites(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Tells those who listen that others may have written. */
  tell(): void {
    for (const listener of this.listeners) listener()
  }

  /** The number of the last write; 0 before the first. */
  async lastSequence(): Promise<number> {
    const [row] = await this.database.reader.query<{ value: number | bigint }>(
      `SELECT "value" FROM "Counter" WHERE "name" = 'event'`,
    )
    return Number(row?.value ?? 0)
  }

  /** What was written after a number and has not been written again since, in the order of the writes. */
  async writtenAfter(after: number, limit: number): Promise<WrittenEvent[]> {
    const rows = await this.database.reader.query<Row & { sequence: number; firstSequence: number }>(
      `SELECT ${names}, "sequence", "firstSequence" FROM "Event" WHERE "sequence" > ? ORDER BY "sequence" LIMIT ?`,
      after,
      limit,
    )
    return rows.map(({ sequence, firstSequence, ...row }) => ({
      record: recordOf(row),
      sequence,
      isNew: firstSequence > after,
    }))
  }

  /** Events of a selection, those last seen first. */
  async list(query: EventQuery): Promise<EventRecord[]> {
    const rows = await (await this.database.models()).event.findMany({
      where: { ...whereOf(query), ...placeOf(query.before) },
      orderBy: [{ lastTimestamp: 'desc' }, { uid: 'asc' }],
      take: query.limit,
      omit: unread,
    })
    return rows.map(recordOf)
  }

  async count(query: Omit<EventQuery, 'before' | 'limit'>): Promise<number> {
    return (await this.database.models()).event.count({ where: whereOf(query) })
  }

  async find(key: { uid: string } | { namespace: string; name: string }): Promise<EventRecord | undefined> {
    const row = await (await this.database.models()).event.findFirst({ where: key, omit: unread })
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

  private async put(statement: string, records: readonly EventRecord[]): Promise<void> {
    if (records.length === 0) return
    const rows = JSON.stringify(records.map((record) => columns.map((column) => record[column])))
    await this.database.writer.transaction(async (sql) => {
      await sql.execute(`UPDATE "Counter" SET "value" = "value" + ? WHERE "name" = 'event'`, records.length)
      const [row] = await sql.query<{ value: number }>(`SELECT "value" FROM "Counter" WHERE "name" = 'event'`)
      const first = (row?.value ?? 0) - records.length + 1
      await sql.execute(statement, first, first, rows)
    })
    this.tell()
    this.ring()
  }
}

/** Columns that are no part of an event. */
const unread = { expiresAt: true, sequence: true, firstSequence: true } as const

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
