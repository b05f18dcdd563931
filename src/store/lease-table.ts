import type { Database } from './database.ts'

/** Proof of life of a machine or a leader. Times are milliseconds since the epoch. */
export interface Lease {
  readonly name: string
  readonly holder: string
  readonly durationSeconds: number
  readonly renewedAt: number
}

/** What the lease of a machine says. `renewedAt` only tells one renewal from the next: clocks are set, and differ. */
export interface NodeLease {
  readonly durationSeconds: number
  readonly renewedAt: number
}

/** The lease of a machine is named after it. */
const nodePrefix = 'node/'

/** The first text after all that begin with the prefix. */
const afterNodePrefix = 'node0'

/** The name of a machine's lease. */
export function nodeLeaseName(nodeName: string): string {
  return `${nodePrefix}${nodeName}`
}

/** Leases live beside the log: a heartbeat is not a change that anybody watches. */
export class LeaseTable {
  private readonly database: Database

  constructor(database: Database) {
    this.database = database
  }

  /** Renews leases, in one statement for all of them. */
  async renew(leases: readonly Lease[]): Promise<void> {
    if (leases.length === 0) return
    const rows = JSON.stringify(
      leases.map((lease) => [lease.name, lease.holder, lease.durationSeconds, lease.renewedAt]),
    )
    await this.database.writer.transaction((sql) =>
      sql.execute(
        `INSERT INTO "Lease" ("name", "holder", "durationSeconds", "renewedAt")
         SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?) WHERE true
         ON CONFLICT ("name") DO UPDATE SET
           "holder" = excluded."holder", "durationSeconds" = excluded."durationSeconds", "renewedAt" = excluded."renewedAt"`,
        rows,
      ),
    )
  }

  /**
   * The leases of all machines, by the machine's name. One row of JSON, because ten thousand rows through the driver cost
   * ten times as much.
   */
  async ofNodes(): Promise<Map<string, NodeLease>> {
    const [row] = await this.database.reader.query<{ leases: string }>(
      `SELECT json_group_array(json_array(substr("name", ?), "durationSeconds", "renewedAt")) AS "leases"
       FROM "Lease" WHERE "name" >= ? AND "name" < ?`,
      nodePrefix.length + 1,
      nodePrefix,
      afterNodePrefix,
    )
    const leases = JSON.parse(row?.leases ?? '[]') as [string, number, number][]
    return new Map(leases.map(([name, durationSeconds, renewedAt]) => [name, { durationSeconds, renewedAt }]))
  }

  /** Removes the leases of machines that are no more. Resolves with how many they were. */
  async removeOrphans(): Promise<number> {
    return this.database.writer.transaction((sql) =>
      sql.execute(
        `DELETE FROM "Lease" WHERE "name" >= ? AND "name" < ? AND NOT EXISTS
           (SELECT 1 FROM "Resource" WHERE "kind" = 'Node' AND "namespace" = '' AND "Resource"."name" = substr("Lease"."name", ?))`,
        nodePrefix,
        afterNodePrefix,
        nodePrefix.length + 1,
      ),
    )
  }

  /** The lease of a name, if there is one. */
  async find(name: string): Promise<Lease | undefined> {
    const lease = await (await this.database.models()).lease.findUnique({ where: { name } })
    return lease === null ? undefined : { ...lease, renewedAt: Number(lease.renewedAt) }
  }
}
