import Database from 'better-sqlite3'
import { takeJob, tell } from '../part.ts'

/** Reads and parses every live object of a database: what no start that loads them can do without. */
const { file } = await takeJob<{ readonly file: string }>()
const database = new Database(file, { readonly: true })
const rows = database
  .prepare<[], { object: string }>(
    'SELECT c."object" FROM "Resource" r CROSS JOIN "Change" c ON c."revision" = r."revision" ORDER BY r."id"',
  )
  .iterate()
const objects: unknown[] = []
for (const { object } of rows) objects.push(JSON.parse(object))
tell({ parsed: objects.length })
