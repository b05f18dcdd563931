import { Refusal } from '../../src/model/errors.ts'
import type { Operation } from '../../src/model/operation.ts'
import { keyOf, type Resource } from '../../src/model/resource.ts'
import type { Outcome } from '../../src/store/group-commit.ts'
import { MemoryReplica } from '../../src/store/replica.ts'
import type { Store } from '../../src/store/store.ts'

/** Refuses an operation that the store itself would take, as a quota would. */
export type Gate = (operation: Operation) => Refusal | undefined

/** A store without a database, for tests of what commits: the rules of versions, the real replica, and a trace. */
export class MemoryStore implements Pick<Store, 'replica' | 'commit' | 'catchUp'> {
  readonly replica = new MemoryReplica()
  /** One line for each change: `ADDED Pod default/web-1 by system:controller:replication-controller`. */
  readonly trace: string[] = []
  gate: Gate = () => undefined
  private readonly now: () => number

  constructor(now: () => number = () => 0) {
    this.now = now
  }

  /** Each operation for itself, in order. Resolves when the replica has taken them in, and never in the same turn. */
  async commit(operations: readonly Operation[], { actor }: Parameters<Store['commit']>[1]): Promise<Outcome[]> {
    await Promise.resolve()
    return operations.map((operation) => this.take(operation, typeof actor === 'string' ? actor : actor(operation)))
  }

  /** There is nobody else who commits. */
  catchUp(): Promise<void> {
    return Promise.resolve()
  }

  /** Commits one operation as a user; its refusal is thrown. */
  async apply(operation: Operation | null, actor = 'user'): Promise<Resource> {
    if (operation === null) throw new Error('there is nothing to do')
    const [outcome] = await this.commit([operation], { actor })
    if (outcome?.ok === true) return outcome.object
    throw outcome?.refusal ?? new Error('a commit had no outcome')
  }

  /** The trace since it was last taken. */
  takeTrace(): string[] {
    return this.trace.splice(0)
  }

  private take(operation: Operation, actor: string): Outcome {
    const refusal = this.refusalOf(operation) ?? this.gate(operation)
    if (refusal !== undefined) return { ok: false, refusal }
    const revision = this.replica.revision + 1
    const { metadata, ...rest } = operation.type === 'delete' ? operation.base : operation.object
    const object = freeze({ ...rest, metadata: { ...metadata, resourceVersion: String(revision) } } as Resource)
    const type = operation.type === 'create' ? 'ADDED' : operation.type === 'update' ? 'MODIFIED' : 'DELETED'
    const { kind, namespace, name } = keyOf(object)
    this.trace.push(`${type} ${kind} ${namespace === '' ? name : `${namespace}/${name}`} by ${actor}`)
    this.replica.apply([{ revision, type, object, actor, at: this.now() }], revision, false)
    return { ok: true, object }
  }

  private refusalOf(operation: Operation): Refusal | undefined {
    if (operation.type === 'create') {
      const taken = this.replica.get(keyOf(operation.object)) !== undefined
      return taken ? new Refusal('ALREADY_EXISTS', `${operation.object.metadata.name} already exists`) : undefined
    }
    const { uid, name, resourceVersion } = operation.base.metadata
    const current = this.replica.byUid(uid)
    if (current === undefined) return new Refusal('NOT_FOUND', `${name} not found`)
    if (current.metadata.resourceVersion === resourceVersion) return undefined
    return new Refusal('CONFLICT', `${name} is at ${current.metadata.resourceVersion}, not ${resourceVersion}`)
  }
}

/** Objects are immutable; here whoever changes one is found out. */
function freeze(value: Resource): Resource {
  const left: unknown[] = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next !== 'object' || next === null || Object.isFrozen(next)) continue
    Object.freeze(next)
    for (const part of Object.values(next)) left.push(part)
  }
  return value
}
