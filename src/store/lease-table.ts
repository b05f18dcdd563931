import type { Database } from './database.ts'

/** Proof of life of a machine or a leader. Times are milliseconds since the epoch. */
export interface Lease {
  readonly name: string
  readonly holder: string
  readonly durationSeconds: number
  readonly renewedAt: number
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

  /** The lease of a name, if there is one. */
  async find(name: string): Promise<Lease | undefined> {
    const lease = await (await this.database.models()).lease.findUnique({ where: { name } })
    return lease === null ? undefined : { ...lease, renewedAt: Number(lease.renewedAt) }
  }
}
