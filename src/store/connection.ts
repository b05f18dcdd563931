import { setTimeout as delay } from 'node:timers/promises'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { sentenceOf } from './sql-fault.ts'
import type { WriteTurn } from './write-turn.ts'

/** Milliseconds for which the thread may sleep at once while a transaction waits for other writers. */
const pieceMs = 100

type Adapter = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>

/** A value that a statement is given. */
export type Argument = string | number | bigint | null

/** What runs statements, inside or outside a transaction. */
export interface Sql {
  /** Rows as objects by column name. Integers come as numbers, or as bigints (in texts) beyond 53 bits. */
  query<Row extends object>(sql: string, ...args: readonly Argument[]): Promise<Row[]>
  /** Runs a statement; resolves with how many rows it changed. */
  execute(sql: string, ...args: readonly Argument[]): Promise<number>
}

/** Runs a transaction that writes, and hears of its failure. */
type Watch = <Result>(write: () => Promise<Result>) => Promise<Result>

export interface ConnectionOptions {
  /** How long a transaction that writes waits for the writers of other processes. */
  readonly timeoutMs: number
  /** Shared with the other writers of this process. */
  readonly turn: WriteTurn
  readonly watch?: Watch
}

/**
 * One connection, through Prisma's driver adapter alone: what is hot needs neither Prisma's query compiler nor the
 * memory that it takes. Transactions take turns.
 */
export class Connection implements Sql {
  private readonly adapter: Adapter
  private readonly turn: WriteTurn
  private readonly watch: Watch
  private readonly patienceMs: number
  private waitsInPieces = false
  private last: Promise<unknown> = Promise.resolve()

  private constructor(adapter: Adapter, { turn, timeoutMs, watch = (write) => write() }: ConnectionOptions) {
    this.adapter = adapter
    this.turn = turn
    this.patienceMs = timeoutMs
    this.watch = watch
  }

  /** Opens a SQLite file. */
  static async open(file: string, options: ConnectionOptions): Promise<Connection> {
    const factory = new PrismaBetterSqlite3({ url: `file:${file}`, timeout: options.timeoutMs })
    return new Connection(await factory.connect(), options)
  }

  async query<Row extends object>(sql: string, ...args: readonly Argument[]): Promise<Row[]> {
    const { columnNames, rows } = await this.adapter.queryRaw(statement(sql, args))
    return rows.map((row) => Object.fromEntries(columnNames.map((name, index) => [name, row[index]])) as Row)
  }

  execute(sql: string, ...args: readonly Argument[]): Promise<number> {
    return this.adapter.executeRaw(statement(sql, args))
  }

  /**
   * Runs `body` in a transaction that holds the write lock from its beginning, so that what it reads stays true.
   * Whatever `body` throws rolls it back.
   */
  transaction<Result>(body: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.next(() => this.watch(() => this.turn.take(() => this.run(() => this.beginWriting(), body))))
  }

  /** Runs `body`, which only reads, on the database as it stands at its first read. */
  snapshot<Result>(body: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.next(() => this.run(() => this.execute('BEGIN'), body))
  }

  private async run<Result>(begin: () => Promise<unknown>, body: (sql: Sql) => Promise<Result>): Promise<Result> {
    await begin()
    try {
      const result = await body(this)
      await this.execute('COMMIT')
      return result
    } catch (error) {
      await this.rollBack(error)
      throw error
    }
  }

  /** Waits for the writers of other processes, in pieces: SQLite lets the thread sleep, and one that is stopped is slow. */
  private async beginWriting(): Promise<void> {
    if (!this.waitsInPieces) await this.query(`PRAGMA busy_timeout = ${Math.min(pieceMs, this.patienceMs)}`)
    this.waitsInPieces = true
    for (const until = performance.now() + this.patienceMs; ; await delay(pieceMs)) {
      try {
        await this.execute('BEGIN IMMEDIATE')
        return
      } catch (error) {
        if (!sentenceOf(error).includes('is locked') || performance.now() >= until) throw error
      }
    }
  }

  /** One transaction at a time. */
  private next<Result>(run: () => Promise<Result>): Promise<Result> {
    const done = this.last.then(run)
    // Its caller hears of a failure; whoever comes next only waits for the end.
    this.last = done.catch(() => undefined)
    return done
  }

  async close(): Promise<void> {
    await this.last
    await this.adapter.dispose()
  }

  /** SQLite ends a transaction by itself after some faults (a full disk); then there is nothing to roll back. */
  private async rollBack(cause: unknown): Promise<void> {
    try {
      await this.execute('ROLLBACK')
    } catch (error) {
      if (!sentenceOf(error).includes('no transaction is active')) {
        throw new AggregateError([cause, error], 'a transaction could not be rolled back', { cause: error })
      }
    }
  }
}

function statement(sql: string, args: readonly Argument[]) {
  return { sql, args: [...args], argTypes: args.map(() => argumentType) }
}

const argumentType = { scalarType: 'unknown', arity: 'scalar' } as const
