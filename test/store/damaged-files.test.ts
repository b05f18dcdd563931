import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { assertSound } from '../../src/store/file-faults.ts'
import { Store } from '../../src/store/store.ts'
import { objectNamed } from '../support/objects.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
let file: string

/** A database with some objects, its files as a killed server leaves them: with a write-ahead log that holds the newest. */
beforeEach(async () => {
  const original = stores.newFile()
  file = `${original}.copy`
  const store = await stores.open({ file: original })
  for (let count = 0; count < 100; count += 1) {
    await store.commitOne(
      { type: 'create', object: objectNamed('Pod', `p${count}`, { spec: { text: 'x'.repeat(500) } }) },
      'me',
    )
  }
  copyFileSync(`${original}-wal`, `${file}-wal`)
  copyFileSync(original, file)
})

/** What opening says; the files must be as they were. */
async function refusal(): Promise<string> {
  const before = contents()
  const said = await open().then(
    async (store) => {
      await store.close()
      return 'opened'
    },
    (error: unknown) => (error as Error).message,
  )
  if (said !== 'opened') expect(contents()).toEqual(before)
  return said
}

/** What is in the files, as text: that is compared a thousand times faster than bytes. */
function contents(): (string | null)[] {
  return [file, `${file}-wal`].map((path) => (existsSync(path) ? readFileSync(path, 'latin1') : null))
}

async function open(): Promise<Store> {
  assertSound(file)
  return Store.open({ file })
}

/** Brings all into the file itself. */
function checkpoint(): void {
  const database = new BetterSqlite3(file)
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}

describe('the files of a database', () => {
  it('that a killed server has left are opened, with all that is in the log', async () => {
    const store = await open()
    expect(store.replica.count('Pod')).toBe(100)
    await store.close()
  })

  it('whose write-ahead log is garbage are refused', async () => {
    writeFileSync(`${file}-wal`, Buffer.alloc(50_000, 'garbage'))
    expect(await refusal()).toBe(
      `cannot open the database ${file}: its write-ahead log ${file}-wal is damaged; move its files away and restore them from a backup, or name another folder with --data`,
    )
  })

  it.each([0, 17])(
    'whose write-ahead log a crash has cut off before its first commit (%i bytes) are opened',
    async (length) => {
      checkpoint()
      writeFileSync(`${file}-wal`, Buffer.alloc(length))
      expect(await refusal()).toBe('opened')
    },
  )

  it('of which the database has been cut off are refused', async () => {
    checkpoint()
    truncateSync(file, readFileSync(file).length - 4_096)
    expect(await refusal()).toMatch(/it has been cut off; move its files away/)
    truncateSync(file, 50)
    expect(await refusal()).toMatch(/it has been cut off/)
  })

  it('of which the database is empty and the log is not are refused', async () => {
    truncateSync(file, 0)
    expect(await refusal()).toMatch(/it is empty, and its write-ahead log is not/)
  })

  it('whose header is garbage are refused', async () => {
    checkpoint()
    const bytes = readFileSync(file)
    bytes.fill('?', 0, 100)
    writeFileSync(file, bytes)
    expect(await refusal()).toMatch(/not a SQLite database or it is damaged: restore it from a backup/)
  })

  it('of which a page was overwritten that is needed to start are refused', async () => {
    checkpoint()
    const bytes = readFileSync(file)
    const at = bytes.lastIndexOf('"name":"p50"')
    bytes.fill(0xff, at - (at % 4_096), at - (at % 4_096) + 4_096)
    writeFileSync(file, bytes)
    expect(await refusal()).toMatch(/is damaged: restore it from a backup/)
  })
})

describe('a database', () => {
  function change(sql: string): void {
    checkpoint()
    const database = new BetterSqlite3(file)
    database.exec(sql)
    database.close()
    checkpoint()
  }

  it('without a book of migrations is refused', async () => {
    change('DROP TABLE "_prisma_migrations"')
    expect(await refusal()).toMatch(
      /has tables and no book of migrations.*restore it from a backup, or name another folder/,
    )
  })

  it('in which an object is no object any more is refused', async () => {
    change(`UPDATE "Change" SET "object" = substr("object", 1, 100) WHERE "revision" = 50`)
    expect(await refusal()).toMatch(/is damaged: restore it from a backup/)
  })

  it('that a newer version has migrated is refused', async () => {
    change(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at") VALUES ('x', 'x', '9999_x', 1)`,
    )
    expect(await refusal()).toBe(
      `the database ${file} was written by a newer version of Myriad (migration 9999_x): start that version, or restore the backup from before the upgrade`,
    )
  })
})
