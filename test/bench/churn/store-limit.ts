import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { openDatabase } from '../../../src/store/database.ts'
import { takeJob, tell, tellProgress } from '../part.ts'
import { podObject } from '../stock-objects.ts'
import type { TailJob } from './store-limit-tail.ts'

interface Job {
  readonly file: string
  readonly pods: number
}

/** Pods of one transaction: as many as the store's group commit takes at most. */
const groupSize = 1_000

/**
 * What the store is held against: three commits per pod (created, bound, running) in the store's own tables and group
 * size, durable, without anything around them, while a second thread reads the log and parses it. Ends when that thread
 * has parsed the last change.
 */
const { file, pods } = await takeJob<Job>()
await (await openDatabase({ file })).close()
const database = new Database(file)
for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'wal_autocheckpoint = 4000']) database.pragma(pragma)
const takeRevisions = database.prepare<[number], { value: number }>(
  `UPDATE "Counter" SET "value" = "value" + ? WHERE "name" = 'revision' RETURNING "value"`,
)
const appendChanges = database.prepare<[string]>(
  `INSERT INTO "Change" ("revision", "type", "kind", "uid", "namespace", "name", "object", "actor", "at", "previous")
   SELECT value->>0, value->>1, 'Pod', value->>2, 'default', value->>3, value->>4, 'bench', value->>5, value->>6
   FROM json_each(?)`,
)
const setCurrent = database.prepare<[number]>(
  `INSERT INTO "Resource" ("uid", "kind", "namespace", "name", "revision")
   SELECT "uid", "kind", "namespace", "name", "revision" FROM "Change" WHERE "revision" > ? ORDER BY "revision"
   ON CONFLICT ("uid") DO UPDATE SET "revision" = excluded."revision"`,
)

const tail = new Worker(new URL('./store-limit-tail.js', import.meta.url), {
  workerData: { file, changes: pods * 3 } satisfies TailJob,
})
await once(tail, 'message')
const tailed = once(tail, 'message')
const begun = performance.now()
writeAll()
await tailed
const seconds = (performance.now() - begun) / 1_000
database.close()
tell({ podsPerSecond: Math.round(pods / seconds) })

/** Group after group: created, then bound, then running, as pods in churn follow each other. */
function writeAll(): void {
  for (let first = 0; first < pods; first += groupSize) {
    const names = Array.from({ length: Math.min(groupSize, pods - first) }, (_, index) => `pod-${first + index}`)
    const uids = names.map(() => randomUUID())
    let previous: (number | null)[] = names.map(() => null)
    for (const stage of ['created', 'bound', 'running'] as const) {
      previous = commit(
        names.map((name, index) => ({ name, uid: uids[index] ?? '', previous: previous[index] ?? null })),
        stage,
      )
    }
    tellProgress(`limit of the store: ${first + names.length} of ${pods} pods`)
  }
}

interface Place {
  readonly name: string
  readonly uid: string
  readonly previous: number | null
}

/** One transaction; gives the revisions of its changes. */
function commit(places: readonly Place[], stage: 'created' | 'bound' | 'running'): number[] {
  return database.transaction(() => {
    const from = (takeRevisions.get(places.length)?.value ?? 0) - places.length
    const type = stage === 'created' ? 'ADDED' : 'MODIFIED'
    const rows = places.map(({ name, uid, previous }, index) =>
      JSON.stringify([
        from + index + 1,
        type,
        uid,
        name,
        JSON.stringify(podObject({ name, uid }, stage)),
        Date.now(),
        previous,
      ]),
    )
    appendChanges.run(`[${rows.join(',')}]`)
    setCurrent.run(from)
    return places.map((_, index) => from + index + 1)
  })()
}
