import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { WriteTurn } from './write-turn.ts'

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

/**
 * One connection, through Prisma's driver adapter alone: what is hot needs neither Prisma's query compiler nor the
 * memory that it takes. Transactions take turns.
 */
export class Connection implements Sql {
  private readonly adapter: Adapter
  private readonly turn: WriteTurn
  private last: Promise<unknown> = Promise.resolve()

  private constructor(adapter: Adapter, turn: WriteTurn) {
    this.adapter = adapter
    this.turn = turn
  }

  /**
   * Opens a SQLite file. `turn` is shared with the other writers of this process; `timeoutMs` is how long a statement
   * waits for those of other processes.
   */
  static async open(file: string, { timeoutMs, turn }: { timeoutMs: number; turn: WriteTurn }): Promise<Connection> {
    const factory = new PrismaBetterSqlite3({ url: `file:${file}`, timeout: timeoutMs })
    return new Connection(await factory.connect(), turn)
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
    return this.next(() => this.turn.take(() => this.run('BEGIN IMMEDIATE', body)))
  }

  /** Runs `body`, which only reads, on the database as it stands at its first read. */
  snapshot<Result>(body: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.next(() => this.run('BEGIN', body))
  }

  private async run<Result>(begin: string, body: (sql: Sql) => Promise<Result>): Promise<Result> {
    await this.execute(begin)
    try {
      const result = await body(this)
      await this.execute('COMMIT')
      return result
    } catch (error) {
      await this.rollBack(error)
      throw error
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

/** What SQLite said of a fault; the driver's own words name only its sort. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { originalMessage } = (error.cause ?? {}) as { originalMessage?: string }
  return originalMessage ?? error.message
}

function statement(sql: string, args: readonly Argument[]) {
  return { sql, args: [...args], argTypes: args.map(() => argumentType) }
}

const argumentType = { scalarType: 'unknown', arity: 'scalar' } as const
