import { setImmediate as nextTurn } from 'node:timers/promises'
import { Refusal } from '../model/errors.ts'
import type { Operation } from '../model/operation.ts'
import {
  assertResumable,
  type LoggedChange,
  readChangesSince,
  readCounters,
  readHistory,
  readLiveObjects,
  readVersions,
} from './change-log.ts'
import { cannotOpen, type Database, type DatabaseOptions, openDatabase } from './database.ts'
import { Doorbell } from './doorbell.ts'
import { EventTable } from './event-table.ts'
import { type Batch, type Committed, commitGroup, type Outcome } from './group-commit.ts'
import { LeaseTable } from './lease-table.ts'
import { MemoryReplica, type Replica } from './replica.ts'
import { Retention, type RetentionOptions } from './retention.ts'
import { sentenceOf } from './sql-fault.ts'

export interface StoreOptions extends DatabaseOptions {
  /** Milliseconds between looks at the log, for changes of processes that cannot ring the doorbell. */
  readonly pollMs?: number
  readonly now?: () => number
  readonly retention?: RetentionOptions
  /** Told of faults in the background, for the log. */
  readonly onFault?: (error: unknown) => void
}

export interface CommitOptions {
  /** Who does it, for the log: a user, `system:scheduler`, `system:controller:NAME`, `system:node:NAME`. */
  readonly actor: string | ((operation: Operation) => string)
  /** All operations or none. */
  readonly atomic?: boolean
}

/** Figures of the store for the metrics page. */
export interface StoreFigures {
  commits: number
  operations: number
  refusals: number
  commitSeconds: number
}

interface Waiting {
  readonly batch: Batch
  readonly resolve: (outcomes: readonly Outcome[]) => void
  readonly reject: (error: unknown) => void
}

/** Operations in one transaction at most, so that it holds its thread for some 20 ms. */
const groupSizeMax = 1_000
const followPieceSize = 1_000

/**
 * The database and its replica: the only place where objects are written, and the place where they are read.
 * A commit that resolved is durable, and this store's own replica has taken it in.
 */
export class Store {
  readonly replica: Replica
  readonly events: EventTable
  readonly leases: LeaseTable
  readonly retention: Retention
  readonly figures: StoreFigures = { commits: 0, operations: 0, refusals: 0, commitSeconds: 0 }
  private readonly database: Database
  private readonly memory: MemoryReplica
  private readonly doorbell: Doorbell
  private readonly poll: NodeJS.Timeout
  private readonly now: () => number
  private readonly waiting: Waiting[] = []
  private advancing: Promise<void> = Promise.resolve()
  private following = false
  private pumping: Promise<void> | undefined
  private closed = false

  private constructor(database: Database, memory: MemoryReplica, options: StoreOptions) {
    this.database = database
    this.memory = memory
    this.replica = memory
    this.now = options.now ?? Date.now
    this.events = new EventTable(database, () => this.doorbell.ring())
    this.leases = new LeaseTable(database)
    this.retention = new Retention(database, options.retention ?? {})
    const onFault = options.onFault ?? ((error) => process.emitWarning(String(error)))
    const look = () => {
      this.events.tell()
      void this.follow().catch(onFault)
    }
    this.doorbell = new Doorbell(database.file, look)
    this.poll = setInterval(look, options.pollMs ?? 200).unref()
  }

  /** Opens (and migrates) the database and loads the replica. Throws UNAVAILABLE when it cannot be opened. */
  static async open(options: StoreOptions): Promise<Store> {
    const database = await openDatabase(options)
    try {
      return new Store(database, await loadReplica(database), options)
    } catch (error) {
      await database.close()
      throw cannotOpen(options.file, error)
    }
  }

  /**
   * Commits operations, each with its own outcome, in the order given; with `atomic`, all or none.
   * Resolves when they are durable and this store's replica has them. Throws UNAVAILABLE when the database cannot write.
   */
  commit(operations: readonly Operation[], options: CommitOptions): Promise<readonly Outcome[]> {
    if (operations.length === 0) return Promise.resolve([])
    if (this.closed) return Promise.reject(closedRefusal())
    const atomic = options.atomic ?? false
    if (operations.length > groupSizeMax && !atomic) return this.commitInPieces(operations, options)
    return new Promise((resolve, reject) => {
      const batch = { operations, actor: options.actor, atomic }
      this.waiting.push({ batch, resolve, reject })
      this.pumping ??= this.pump()
    })
  }

  /** Operations that do not share a fate need not share a transaction: each piece holds its thread for a moment only. */
  private async commitInPieces(operations: readonly Operation[], options: CommitOptions): Promise<readonly Outcome[]> {
    const pieces: Promise<readonly Outcome[]>[] = []
    for (let start = 0; start < operations.length; start += groupSizeMax) {
      pieces.push(this.commit(operations.slice(start, start + groupSizeMax), options))
    }
    return (await Promise.all(pieces)).flat()
  }

  /** Commits one operation. Throws its refusal. */
  async commitOne(operation: Operation, actor: string): Promise<(Outcome & { ok: true })['object']> {
    const [outcome] = await this.commit([operation], { actor })
    if (outcome?.ok === true) return outcome.object
    throw outcome?.refusal ?? new Error('a commit had no outcome')
  }

  /** Changes after a revision, oldest first. Throws EXPIRED when they have been compacted. */
  changesSince(after: number, to: number, limit: number): Promise<LoggedChange[]> {
    return readChangesSince(this.database.reader, { after, to, limit })
  }

  /** Throws EXPIRED or INVALID unless a stream can be resumed after this revision. */
  async assertResumable(after: number): Promise<void> {
    await assertResumable(this.database.reader, after)
  }

  /** Versions by revision; those that are compacted are absent. */
  versions(revisions: readonly number[]): Promise<Map<number, LoggedChange>> {
    return readVersions(this.database.reader, revisions)
  }

  /** The version at `from` and those before it, newest first. */
  history(from: number, limit: number): Promise<LoggedChange[]> {
    return readHistory(this.database.reader, from, limit)
  }

  /** Why the database cannot be written now, in one sentence with what to do; undefined while it can. */
  get writeFault(): string | undefined {
    return this.database.health.fault
  }

  /** Resolves when the replica has reached a revision that has been given. Throws UNAVAILABLE when the store closes. */
  async reached(revision: number): Promise<void> {
    while (this.memory.revision < revision) {
      if (this.closed) throw closedRefusal()
      await this.follow()
      if (this.memory.revision < revision) await nextTurn()
    }
  }

  /** Resolves when the replica has taken in all that anybody had committed when this was called. */
  async catchUp(): Promise<void> {
    if (this.closed) throw closedRefusal()
    await this.follow()
  }

  async close(): Promise<void> {
    this.closed = true
    clearInterval(this.poll)
    await this.pumping
    await this.advancing
    this.doorbell.close()
    await this.database.close()
  }

  private async pump(): Promise<void> {
    // One turn of the event loop lets those who write at the same time share the transaction and its fsync.
    await nextTurn()
    while (this.waiting.length > 0) {
      const group = this.takeGroup()
      try {
        const committed = await this.write(group.map(({ batch }) => batch))
        group.forEach(({ resolve }, index) => resolve(committed.outcomes[index] ?? []))
      } catch (error) {
        for (const { reject } of group) reject(cannotWrite(error))
      }
    }
    // In the same turn as the last look at what waits: nobody can come in between and find a pump that has ended.
    this.pumping = undefined
  }

  private takeGroup(): Waiting[] {
    let size = 0
    let count = 0
    for (const { batch } of this.waiting) {
      if (count > 0 && size + batch.operations.length > groupSizeMax) break
      size += batch.operations.length
      count += 1
    }
    return this.waiting.splice(0, count)
  }

  private async write(batches: readonly Batch[]): Promise<Committed> {
    const begun = performance.now()
    const committed = await commitGroup(this.database.writer, batches, this.now())
    this.figures.commits += 1
    this.figures.operations += committed.changes.length
    this.figures.refusals += committed.to - committed.from - committed.changes.length
    this.figures.commitSeconds += (performance.now() - begun) / 1_000
    await this.advance(() => this.takeIn(committed))
    this.doorbell.ring()
    return committed
  }

  private async takeIn(committed: Committed): Promise<void> {
    await this.takeInLog(committed.from)
    this.memory.apply(committed.changes, committed.to, false)
  }

  private async follow(): Promise<void> {
    if (this.following || this.closed) return this.advancing
    this.following = true
    await this.advance(async () => {
      this.following = false
      const { revision } = await readCounters(this.database.reader)
      await this.takeInLog(revision)
    })
  }

  /** Takes in the log up to and with a revision, or the present, if the log has been compacted beyond the replica. */
  private async takeInLog(to: number): Promise<void> {
    try {
      await this.readLog(to)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'EXPIRED') throw error
      this.memory.leapTo(await loadReplica(this.database), this.now())
    }
  }

  /** The revision may be one that was given to a refusal. */
  private async readLog(to: number): Promise<void> {
    while (this.memory.revision < to) {
      const after = this.memory.revision
      const changes = await readChangesSince(this.database.reader, { after, to, limit: followPieceSize })
      const isLast = changes.length < followPieceSize
      this.memory.apply(changes, isLast ? to : (changes.at(-1)?.revision ?? to), true)
      if (!isLast) await nextTurn()
    }
  }

  /** The replica moves in one step at a time. */
  private advance(step: () => Promise<void>): Promise<void> {
    const moved = this.advancing.then(step)
    // Who asked for the step hears of its failure; the next step only waits for its end.
    this.advancing = moved.catch(() => undefined)
    return moved
  }
}

/** All live objects as they stand at one moment. */
function loadReplica({ reader }: Database): Promise<MemoryReplica> {
  return reader.snapshot(async (transaction) => {
    const memory = new MemoryReplica()
    const { revision } = await readCounters(transaction)
    for await (const piece of readLiveObjects(transaction, 2_000)) {
      for (const { object, revision: version } of piece) memory.load(object, version)
    }
    memory.revision = revision
    return memory
  })
}

function cannotWrite(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  return new Refusal('UNAVAILABLE', `the database cannot write: ${sentenceOf(error)}`, { cause: error })
}

function closedRefusal(): Refusal {
  return new Refusal('UNAVAILABLE', 'the store is closed')
}
