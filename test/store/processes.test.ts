import { readdirSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { builtProgram, type RunningProgram } from '../support/built-program.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()
const manyPods = '1000000'
const committer = builtProgram(new URL('./programs/committer.ts', import.meta.url))

function acknowledged({ lines }: RunningProgram): [name: string, resourceVersion: string][] {
  return lines.slice(1).map((line) => line.split(' ') as [string, string])
}

async function printed(program: RunningProgram, lines: number): Promise<void> {
  await vi.waitFor(() => expect(program.lines.length).toBeGreaterThan(lines), { interval: 2, timeout: 15_000 })
}

describe('a process that is killed while it writes', () => {
  it.each([1, 50, 400])('has kept every write that it acknowledged, after %i of them', async (count) => {
    const file = stores.newFile()
    const program = committer.start(file, 'p', manyPods)
    await printed(program, count)
    program.process.kill('SIGKILL')
    expect(await program.ended).toBe('SIGKILL')
    const store = await stores.open({ file })
    for (const [name, resourceVersion] of acknowledged(program)) {
      expect(store.replica.byUid(`uid-${name}`)?.metadata).toMatchObject({ name, resourceVersion })
    }
    const log = await store.changesSince(0, store.replica.revision, 1_000_000)
    expect(log.map(({ object }) => object)).toEqual(
      [...store.replica.list('Pod')].sort(
        (a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion),
      ),
    )
    expect(integrityOf(file)).toBe('ok')
  })
})

describe('processes that open one new database at once', () => {
  it('migrate it once, and commit in the order of revisions, so that who follows misses nothing', async () => {
    const file = stores.newFile()
    const programs = ['a', 'b', 'c'].map((name) => committer.start(file, name, '200'))
    await Promise.all(programs.map((program) => printed(program, 0)))
    const store = await stores.open({ file, pollMs: 1 })
    const begun = store.replica.revision
    const followed: number[] = []
    store.replica.onChanges((changes) => void followed.push(...changes.map(({ revision }) => revision)))
    expect(await Promise.all(programs.map(({ ended }) => ended))).toEqual([0, 0, 0])
    await store.reached(600)
    const log = await store.changesSince(0, 10_000, 10_000)
    expect(log.map(({ revision }) => revision)).toEqual(Array.from({ length: 600 }, (_, index) => index + 1))
    expect(followed).toEqual(log.map(({ revision }) => revision).filter((revision) => revision > begun))
    expect(store.replica.count('Pod')).toBe(600)
    expect(new Set(programs.flatMap(({ lines }) => lines.slice(1)))).toEqual(
      new Set(log.map(({ object: { metadata } }) => `${metadata.name} ${metadata.resourceVersion}`)),
    )
    const all = readdirSync('prisma/migrations', { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(migrationsOf(file)).toEqual(all.map(({ name }) => name).sort())
  })
})

function integrityOf(file: string): unknown {
  const database = new BetterSqlite3(file)
  const result = database.pragma('integrity_check', { simple: true })
  database.close()
  return result
}

function migrationsOf(file: string): string[] {
  const database = new BetterSqlite3(file)
  const rows = database
    .prepare<[], { name: string }>('SELECT "migration_name" AS "name" FROM "_prisma_migrations"')
    .all()
  database.close()
  return rows.map(({ name }) => name).sort()
}
