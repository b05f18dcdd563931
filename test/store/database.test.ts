import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { Store } from '../../src/store/store.ts'
import { asOrdinaryUser } from '../support/as-ordinary-user.ts'
import { objectNamed } from '../support/objects.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()

describe('a database', () => {
  it('is made with its folders, which are private', async () => {
    const file = join(dirname(stores.newFile()), 'a', 'b', 'myriad.db')
    await stores.open({ file })
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
    for (const end of ['', '-wal', '-shm']) expect(statSync(`${file}${end}`).mode & 0o777).toBe(0o600)
  })

  it('survives the loss of power with every commit that returned, and gives space back', async () => {
    const database = await openDatabase({ file: stores.newFile() })
    const pragma = async (name: string) =>
      Object.values((await database.writer.query<Record<string, unknown>>(`PRAGMA ${name}`))[0] ?? {})[0]
    // 2 is FULL, and 2 is INCREMENTAL.
    expect(
      [await pragma('journal_mode'), await pragma('synchronous'), await pragma('auto_vacuum')].map(String),
    ).toEqual(['wal', '2', '2'])
    await database.close()
  })

  it('that is no database is refused with one clear sentence', async () => {
    const file = stores.newFile()
    writeFileSync(file, 'This is a letter and not a database. '.repeat(200))
    await expect(Store.open({ file })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: `cannot open the database ${file}. It is not a SQLite database or it is damaged: restore it from a backup, or name another folder with --data.`,
    })
  })

  it('whose pages are damaged is refused', async () => {
    const file = stores.newFile()
    const store = await stores.open({ file })
    await store.commit(
      Array.from({ length: 300 }, (_, index) => ({ type: 'create', object: objectNamed('Pod', `p${index}`) })),
      { actor: 'me' },
    )
    await store.close()
    const bytes = readFileSync(file)
    bytes.fill(0xff, 4_096 * 3)
    writeFileSync(file, bytes)
    await expect(Store.open({ file })).rejects.toMatchObject({ code: 'UNAVAILABLE', message: /is damaged/ })
  })

  it('whose objects cannot be read is refused', async () => {
    const file = stores.newFile()
    const store = await stores.open({ file })
    await store.commitOne({ type: 'create', object: objectNamed('Pod', 'a') }, 'me')
    await store.close()
    const database = new BetterSqlite3(file)
    database.exec(`UPDATE "Change" SET "object" = '{"metadata":'`)
    database.close()
    await expect(Store.open({ file })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('below something that is no folder is refused', async () => {
    const file = stores.newFile()
    writeFileSync(file, '')
    await expect(Store.open({ file: join(file, 'myriad.db') })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: /Check the path/,
    })
  })

  it('that cannot be written is refused, and says so', async () => {
    const file = stores.newFile()
    await (await stores.open({ file })).close()
    chmodSync(file, 0o444)
    chmodSync(dirname(file), 0o555)
    await asOrdinaryUser(async () => {
      await expect(Store.open({ file })).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: `cannot open the database ${file}. It cannot be written: check the rights of the file and of its folder.`,
      })
    })
    chmodSync(dirname(file), 0o755)
  })

  it('in a folder that cannot be written is refused', async () => {
    const folder = join(dirname(stores.newFile()), 'locked')
    mkdirSync(folder)
    chmodSync(dirname(folder), 0o755)
    chmodSync(folder, 0o555)
    await asOrdinaryUser(async () => {
      await expect(Store.open({ file: join(folder, 'myriad.db') })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    })
  })
})
