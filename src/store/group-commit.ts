import { Refusal } from '../model/errors.ts'
import type { Operation } from '../model/operation.ts'
import { keyOf, type Resource } from '../model/resource.ts'
import type { Connection, Sql } from './connection.ts'

/** What became of one operation. */
export type Outcome =
  | { readonly ok: true; readonly object: Resource }
  | { readonly ok: false; readonly refusal: Refusal }

/** A change that has been committed, in the order of revisions. */
export interface CommittedChange {
  readonly revision: number
  readonly type: ChangeType
  readonly object: Resource
  readonly actor: string
  readonly at: number
}

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** Operations that share a fate: with `atomic`, all of them happen or none does. */
export interface Batch {
  readonly operations: readonly Operation[]
  readonly actor: string | ((operation: Operation) => string)
  readonly atomic: boolean
}

/** What one transaction did. `from` is the revision before its first change, `to` the last one that it took. */
export interface Committed {
  readonly from: number
  readonly to: number
  readonly changes: readonly CommittedChange[]
  readonly outcomes: readonly (readonly Outcome[])[]
}

/**
 * Commits batches in one transaction. Each operation keeps its own outcome: a stale version refuses that operation
 * (or that atomic batch), not its neighbours. Revisions are taken from the counter row first, so that the row's lock
 * makes commit order revision order.
 */
export async function commitGroup(writer: Connection, batches: readonly Batch[], now: number): Promise<Committed> {
  const size = batches.reduce((sum, batch) => sum + batch.operations.length, 0)
  return writer.transaction(async (transaction) => {
    const to = await takeRevisions(transaction, size)
    const ledger = new Ledger(await currentVersions(transaction, batches), to - size, now)
    const outcomes = batches.map((batch) => ledger.decide(batch))
    await write(transaction, ledger.rows, to - size)
    return { from: to - size, to, changes: ledger.changes, outcomes }
  })
}

async function takeRevisions(transaction: Sql, count: number): Promise<number> {
  const rows = await transaction.query<{ value: number | bigint }>(
    `UPDATE "Counter" SET "value" = "value" + ? WHERE "name" = 'revision' RETURNING "value"`,
    count,
  )
  return Number(rows[0]?.value)
}

/** Where the objects and keys that the batches speak of stand now: by uid, and by key for what is to be created. */
interface Versions {
  readonly revisionOf: Map<string, number>
  readonly takenKeys: Map<string, string>
}

async function currentVersions(transaction: Sql, batches: readonly Batch[]): Promise<Versions> {
  const uids: string[] = []
  const keys: string[][] = []
  for (const batch of batches) {
    for (const operation of batch.operations) {
      if (operation.type === 'create') {
        const key = keyOf(operation.object)
        keys.push([key.kind, key.namespace, key.name])
      } else uids.push(operation.base.metadata.uid)
    }
  }
  const revisionOf = new Map<string, number>()
  if (uids.length > 0) {
    const rows = await transaction.query<{ uid: string; revision: number | bigint }>(
      `SELECT r."uid", r."revision" FROM json_each(?) j CROSS JOIN "Resource" r ON r."uid" = j.value`,
      JSON.stringify(uids),
    )
    for (const row of rows) revisionOf.set(row.uid, Number(row.revision))
  }
  const takenKeys = new Map<string, string>()
  if (keys.length > 0) {
    const rows = await transaction.query<Record<'kind' | 'namespace' | 'name' | 'uid', string>>(
      `SELECT r."kind", r."namespace", r."name", r."uid" FROM json_each(?) j
       CROSS JOIN "Resource" r ON r."kind" = j.value->>0 AND r."namespace" = j.value->>1 AND r."name" = j.value->>2`,
      JSON.stringify(keys),
    )
    for (const row of rows) takenKeys.set(keyText(row.kind, row.namespace, row.name), row.uid)
  }
  return { revisionOf, takenKeys }
}

function keyText(kind: string, namespace: string, name: string): string {
  return `${kind}\0${namespace}\0${name}`
}

/** Decides batch after batch against the versions as the batches before have left them. */
class Ledger {
  readonly changes: CommittedChange[] = []
  readonly rows: string[] = []
  private readonly versions: Versions
  private readonly now: number
  private revision: number

  constructor(versions: Versions, from: number, now: number) {
    this.versions = versions
    this.revision = from
    this.now = now
  }

  decide(batch: Batch): Outcome[] {
    if (!batch.atomic) return batch.operations.map((operation) => this.decideOne(operation, batch.actor))
    const refusals = this.refusalsOf(batch.operations)
    const first = refusals.find((refusal) => refusal !== undefined)
    if (first === undefined) return batch.operations.map((operation) => this.take(operation, batch.actor))
    return refusals.map((refusal) => ({ ok: false, refusal: refusal ?? first }))
  }

  private refusalsOf(operations: readonly Operation[]): (Refusal | undefined)[] {
    const spoken = new Set<string>()
    return operations.map((operation) => {
      const key = keyOf(operation.type === 'delete' ? operation.base : operation.object)
      const text = keyText(key.kind, key.namespace, key.name)
      if (spoken.has(text)) {
        return new Refusal('CONFLICT', `${key.kind} "${key.name}" is changed twice in one atomic batch`)
      }
      spoken.add(text)
      return this.refusalOf(operation)
    })
  }

  private decideOne(operation: Operation, actor: Batch['actor']): Outcome {
    const refusal = this.refusalOf(operation)
    return refusal === undefined ? this.take(operation, actor) : { ok: false, refusal }
  }

  private refusalOf(operation: Operation): Refusal | undefined {
    if (operation.type === 'create') {
      const key = keyOf(operation.object)
      if (!this.versions.takenKeys.has(keyText(key.kind, key.namespace, key.name))) return undefined
      return new Refusal('ALREADY_EXISTS', `${key.kind} "${key.name}" already exists`)
    }
    const { kind, metadata } = operation.base
    const current = this.versions.revisionOf.get(metadata.uid)
    if (current === undefined) return new Refusal('NOT_FOUND', `${kind} "${metadata.name}" not found`)
    if (String(current) === metadata.resourceVersion) return undefined
    return new Refusal(
      'CONFLICT',
      `${kind} "${metadata.name}" has been changed: it is at resourceVersion ${current}, not ${metadata.resourceVersion}; read it again and retry`,
      { details: { resourceVersion: String(current) } },
    )
  }

  private take(operation: Operation, by: Batch['actor']): Outcome {
    const actor = typeof by === 'string' ? by : by(operation)
    this.revision += 1
    const object = withResourceVersion(
      operation.type === 'delete' ? operation.base : operation.object,
      String(this.revision),
    )
    const { uid } = object.metadata
    const key = keyOf(object)
    const previous = this.versions.revisionOf.get(uid) ?? null
    if (operation.type === 'delete') {
      this.versions.revisionOf.delete(uid)
      this.versions.takenKeys.delete(keyText(key.kind, key.namespace, key.name))
    } else {
      this.versions.revisionOf.set(uid, this.revision)
      this.versions.takenKeys.set(keyText(key.kind, key.namespace, key.name), uid)
    }
    const type = operation.type === 'create' ? 'ADDED' : operation.type === 'update' ? 'MODIFIED' : 'DELETED'
    this.changes.push({ revision: this.revision, type, object, actor, at: this.now })
    this.rows.push(
      JSON.stringify([
        this.revision,
        type,
        key.kind,
        uid,
        key.namespace,
        key.name,
        textOf(object),
        actor,
        this.now,
        previous,
      ]),
    )
    return { ok: true, object }
  }
}

function withResourceVersion(object: Resource, resourceVersion: string): Resource {
  return { ...object, metadata: { ...object.metadata, resourceVersion } }
}

/** An object as the log keeps it. The resourceVersion is the row's revision, and is not written twice. */
function textOf(object: Resource): string {
  const { resourceVersion: _, ...metadata } = object.metadata
  return JSON.stringify({ ...object, metadata })
}

async function write(transaction: Sql, rows: readonly string[], from: number): Promise<void> {
  if (rows.length === 0) return
  await transaction.execute(
    `INSERT INTO "Change" ("revision", "type", "kind", "uid", "namespace", "name", "object", "actor", "at", "previous")
     SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9
     FROM json_each(?)`,
    `[${rows.join(',')}]`,
  )
  await transaction.execute(
    `DELETE FROM "Resource" WHERE "uid" IN (SELECT "uid" FROM "Change" WHERE "revision" > ? AND "type" = 'DELETED')`,
    from,
  )
  // An object that was changed and then deleted within this group stays gone: a uid is never used again.
  await transaction.execute(
    `INSERT INTO "Resource" ("uid", "kind", "namespace", "name", "revision")
     SELECT "uid", "kind", "namespace", "name", "revision" FROM "Change"
     WHERE "revision" > ? AND "type" <> 'DELETED'
       AND "uid" NOT IN (SELECT "uid" FROM "Change" WHERE "revision" > ? AND "type" = 'DELETED')
     ORDER BY "revision"
     ON CONFLICT ("uid") DO UPDATE SET "revision" = excluded."revision"`,
    from,
    from,
  )
}
