import { isUnavailable } from '../model/errors.ts'
import type { Operation } from '../model/operation.ts'
import type { Resource } from '../model/resource.ts'
import type { AppliedChange, Replica } from '../store/replica.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from './clock.ts'
import type { Controller, Plan, PlannedEvent, RefusedOperation } from './controller.ts'
import { type QueueMetrics, type Verdict, WorkQueue } from './queue.ts'
import type { EventSink } from './recorder.ts'

/** What the shell needs of the store: what it observes, and the way to commit. */
export type ControlledStore = Pick<Store, 'replica' | 'commit'>

/** What a controller loop runs with. */
export interface LoopOptions {
  readonly store: ControlledStore
  readonly clock: Clock
  readonly random: () => number
  readonly recorder: EventSink
  /** Kinds whose present objects the watches are asked about at the start. */
  readonly kinds: readonly string[]
  /** Told of faults of our own: what `observe`, `plan` or `commit` threw. */
  readonly onFault: (controller: string, key: string, error: unknown) => void
  /** Keys whose commits may be under way at the same time. */
  readonly concurrency?: number
  readonly metrics?: QueueMetrics
}

/** A controller that runs. */
export interface ControllerLoop {
  readonly name: string
  /** Resolves when no key waits or runs; keys that wait for a time to come do not count. */
  idle(): Promise<void>
  /** Starts no further pass; resolves when those under way have ended. */
  close(): Promise<void>
}

/** Keys of one loop at the same time: their commits share transactions. */
const concurrencyDefault = 16

/** A key rests this many times what its pass cost, so that no set, however large, takes more than a tenth of the time. */
const restFactor = 9
const restedPassMsMin = 2
/** Until a pass is tried again whose plan could not be written. */
const retryMs = 1_000

/** Runs a controller: turns changes into keys, and each key into one observation, one plan and one commit. */
export function runController<World>(controller: Controller<World>, options: LoopOptions): ControllerLoop {
  const { store, clock, random, metrics } = options
  const refused = new Map<string, RefusedOperation>()
  const queue = new WorkQueue({
    run: (key) => pass(controller, options, { key, refused }),
    onFault: (key, error) => options.onFault(controller.name, key, error),
    clock,
    random,
    concurrency: options.concurrency ?? concurrencyDefault,
    ...(metrics === undefined ? {} : { metrics }),
  })
  const enqueue = (key: string) => queue.add(key)
  const stopWatching = store.replica.onChanges((changes) => {
    for (const change of changes) {
      for (const watch of controller.watches) watch(change, store.replica, enqueue)
    }
  })
  for (const change of presentObjects(store.replica, options.kinds)) {
    for (const watch of controller.watches) watch(change, store.replica, enqueue)
  }
  for (const key of controller.initialKeys ?? []) enqueue(key)
  return {
    name: controller.name,
    idle: () => queue.idle(),
    close: async () => {
      stopWatching()
      await queue.close()
    },
  }
}

interface Turn {
  readonly key: string
  readonly refused: Map<string, RefusedOperation>
}

async function pass<World>(controller: Controller<World>, options: LoopOptions, turn: Turn): Promise<Verdict> {
  await controller.readAhead?.(turn.key)
  const begun = options.clock.elapsed()
  const context = { now: options.clock.now(), refused: turn.refused.get(turn.key) }
  const plan = controller.plan(controller.observe(options.store.replica, turn.key, context))
  const spentMs = options.clock.elapsed() - begun
  turn.refused.delete(turn.key)
  const result = await carryOut(controller.name, plan, options).catch(unwritten)
  if (result === undefined) return { type: 'again', afterMs: retryMs }
  if (result.refused !== undefined) turn.refused.set(turn.key, result.refused)
  return verdictOf(plan, result, spentMs)
}

/** The whole retry policy: a conflict or a refusal means "again" after a back-off; else the plan says. */
function verdictOf(plan: Plan, result: Result, spentMs: number): Verdict {
  if (result.conflict || result.refused !== undefined) return { type: 'failed' }
  const restMs = spentMs < restedPassMsMin ? 0 : spentMs * restFactor
  if (plan.requeueAfterMs === undefined) return { type: 'done', restMs }
  return { type: 'again', afterMs: plan.requeueAfterMs, restMs }
}

/** The store tells by itself that its database cannot be written: the plan waits for that to pass, and is no failure. */
function unwritten(error: unknown): undefined {
  if (!isUnavailable(error)) throw error
}

interface Result {
  readonly conflict: boolean
  readonly refused: RefusedOperation | undefined
}

/** Commits a plan once and tells its events. */
async function carryOut(controller: string, plan: Plan, options: LoopOptions): Promise<Result> {
  const refusedOperations = new Map<Operation, RefusedOperation>()
  let conflict = false
  let refused: RefusedOperation | undefined
  if (plan.operations.length > 0) {
    const outcomes = await options.store.commit(plan.operations, { actor: actorOf(controller) })
    outcomes.forEach((outcome, index) => {
      const operation = plan.operations[index]
      if (outcome.ok || operation === undefined) return
      const refusal = { operation, refusal: outcome.refusal }
      refusedOperations.set(operation, refusal)
      if (isStale(refusal)) conflict = true
      else refused ??= refusal
    })
  }
  tell(controller, plan.events ?? [], { recorder: options.recorder, refusedOperations })
  return { conflict, refused }
}

interface Telling {
  readonly recorder: EventSink
  readonly refusedOperations: ReadonlyMap<Operation, RefusedOperation>
}

function tell(controller: string, events: readonly PlannedEvent[], { recorder, refusedOperations }: Telling): void {
  for (const event of events) {
    const refused = event.operation === undefined ? undefined : refusedOperations.get(event.operation)
    const told = refused === undefined ? event : refusalEvent(event.regarding, refused)
    if (told === undefined) continue
    const { regarding, type, reason, message } = told
    recorder.record({ regarding, type, reason, message, component: controller })
  }
}

/** Whether the plan was made from what is no longer so: somebody else was quicker. The next pass decides anew. */
function isStale({ operation, refusal }: RefusedOperation): boolean {
  if (operation.type === 'create') return refusal.code === 'ALREADY_EXISTS'
  return refusal.code === 'CONFLICT' || refusal.code === 'NOT_FOUND'
}

/** A conflict is no news. Reasons and messages are Kubernetes' (`controller_utils.go`). */
function refusalEvent(regarding: Resource, refused: RefusedOperation): PlannedEvent | undefined {
  const { operation, refusal } = refused
  if (isStale(refused)) return undefined
  if (operation.type === 'create') {
    return { regarding, type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${refusal.message}` }
  }
  const name = operation.base.metadata.name
  const [reason, verb] = operation.type === 'delete' ? ['FailedDelete', 'deleting'] : ['FailedUpdate', 'updating']
  return { regarding, type: 'Warning', reason, message: `Error ${verb} ${name}: ${refusal.message}` }
}

function* presentObjects(replica: Replica, kinds: readonly string[]): Generator<AppliedChange> {
  for (const kind of kinds) {
    for (const object of replica.list(kind)) {
      yield { revision: replica.revision, type: 'ADDED', object, actor: '', at: 0 }
    }
  }
}

function actorOf(controller: string): string {
  return `system:controller:${controller}`
}
