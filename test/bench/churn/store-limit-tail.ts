import { setImmediate as nextTurn } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

/** What the thread is told at its start. */
export interface TailJob {
  readonly file: string
  /** How many changes to read before it ends. */
  readonly changes: number
}

/** Follows the change log of a database and parses every object, as a replica must. Tells when it begins and when it is done. */
const { file, changes } = workerData as TailJob
const database = new Database(file)
const read = database.prepare<[number], { revision: number; object: string }>(
  'SELECT "revision", "object" FROM "Change" WHERE "revision" > ? ORDER BY "revision" LIMIT 1000',
)
parentPort?.postMessage('begun')
let parsed = 0
for (let last = 0; parsed < changes; await nextTurn()) {
  for (const { revision, object } of read.all(last)) {
    if (typeof JSON.parse(object) === 'object') parsed += 1
    last = revision
  }
}
database.close()
parentPort?.postMessage('done')
