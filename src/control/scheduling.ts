import { setImmediate as nextTurn } from 'node:timers/promises'
import { isUnavailable } from '../model/errors.ts'
import type { Node } from '../model/kinds/node.ts'
import type { Pod } from '../model/kinds/pod.ts'
import type { Operation } from '../model/operation.ts'
import type { ClusterChange } from '../scheduler/cluster-change.ts'
import { ClusterState } from '../scheduler/cluster-state.ts'
import type { Profile } from '../scheduler/profile.ts'
import { Scheduler } from '../scheduler/scheduler.ts'
import { SchedulingQueue } from '../scheduler/scheduling-queue.ts'
import type { Outcome } from '../store/group-commit.ts'
import type { AppliedChange } from '../store/replica.ts'
import type { Clock } from './clock.ts'
import type { ControlledStore } from './controller-loop.ts'
import type { EventSink } from './recorder.ts'
import { markScheduled, markUnschedulable } from './scheduled-condition.ts'

export interface SchedulingOptions {
  readonly store: ControlledStore
  readonly clock: Clock
  readonly recorder: EventSink
  readonly profile: Profile
  readonly onFault: (error: unknown) => void
}

/** Pods that one commit binds at most, so that the loop and its thread stay responsive. */
const batchSize = 1_000
const schedulerName = 'default-scheduler'
const retryMs = 1_000

interface Decision {
  readonly pod: Pod
  readonly operation: Operation | undefined
  readonly node: string | undefined
  readonly message: string
}

/**
 * The loop around the scheduler: takes pods from the queue, has them placed, and commits the bindings a batch at a
 * time. It is the one writer of `spec.nodeName` and of the condition PodScheduled. A binding that is refused is taken
 * back and tried again, so the loop needs no locks.
 */
export class SchedulingLoop {
  private readonly options: SchedulingOptions
  private readonly state = new ClusterState()
  private readonly scheduler: Scheduler
  private readonly queue: SchedulingQueue
  private readonly unfollow: () => void
  private running: Promise<void> | undefined
  private cancelTimer: (() => void) | undefined
  private closed = false

  constructor(options: SchedulingOptions) {
    this.options = options
    this.scheduler = new Scheduler(this.state, options.profile)
    this.queue = new SchedulingQueue(this.scheduler)
    const { replica } = options.store
    for (const node of replica.list('Node')) this.state.upsertNode(node as Node)
    for (const pod of replica.list('Pod')) this.takePod(pod as Pod)
    this.unfollow = replica.onChanges((changes) => this.take(changes))
    this.wake()
  }

  /** Resolves when there is nothing to try now. */
  async idle(): Promise<void> {
    while (this.running !== undefined) await this.running
  }

  /** Starts no further batch; resolves when the one under way has ended. */
  async close(): Promise<void> {
    this.closed = true
    this.unfollow()
    this.cancelTimer?.()
    await this.running
  }

  private take(changes: readonly AppliedChange[]): void {
    for (const { type, object } of changes) {
      if (object.kind === 'Node') {
        if (type === 'DELETED') this.state.removeNode(object.metadata.name)
        else this.notify(this.state.upsertNode(object as Node))
      } else if (object.kind === 'Pod') {
        if (type === 'DELETED') {
          this.queue.remove(object.metadata.uid, this.options.clock.elapsed())
          this.notify(this.state.removePod(object.metadata.uid))
        } else this.takePod(object as Pod)
      }
    }
    this.wake()
  }

  private takePod(pod: Pod): void {
    this.notify(this.state.upsertPod(pod))
    if (pod.spec.schedulerName === undefined || pod.spec.schedulerName === schedulerName) {
      this.queue.upsert(pod, this.options.clock.elapsed())
    }
  }

  private notify(change: ClusterChange | null): void {
    if (change !== null) this.queue.notify(change)
  }

  private wake(): void {
    if (this.closed || this.running !== undefined) return
    this.cancelTimer?.()
    this.cancelTimer = undefined
    const at = this.queue.wakeAt()
    if (at === null) return
    const delayMs = at - this.options.clock.elapsed()
    if (delayMs > 0) {
      this.cancelTimer = this.options.clock.setTimer(() => this.wake(), delayMs)
      return
    }
    this.running = this.run()
      .catch((error: unknown) => this.failed(error))
      .then(() => {
        this.running = undefined
        this.wake()
      })
  }

  private failed(error: unknown): void {
    // That the database cannot be written is told by the store.
    if (!isUnavailable(error)) this.options.onFault(error)
    this.cancelTimer?.()
    this.cancelTimer = this.options.clock.setTimer(() => this.wake(), retryMs)
  }

  private async run(): Promise<void> {
    // Changes of one turn are taken together.
    await nextTurn()
    while (!this.closed) {
      const decisions = this.decide()
      if (decisions.length === 0) return
      await this.commit(decisions)
    }
  }

  /** Places a batch of pods. Pure but for the queue and the scheduler's own view. */
  private decide(): Decision[] {
    const elapsed = this.options.clock.elapsed()
    const now = this.options.clock.now()
    const decisions: Decision[] = []
    while (decisions.length < batchSize) {
      const pod = this.queue.next(elapsed) as Pod | undefined
      if (pod === undefined) break
      const { uid, namespace, name } = pod.metadata
      const placement = this.scheduler.place(pod)
      if (placement.node === undefined) {
        const { message } = placement.unschedulable
        this.queue.unschedulable(uid, placement.unschedulable, elapsed)
        decisions.push({ pod, node: undefined, message, operation: markUnschedulable(pod, message, now) })
      } else {
        const { node } = placement
        this.queue.placed(uid, elapsed)
        const message = `Successfully assigned ${namespace}/${name} to ${node}`
        decisions.push({ pod, node, message, operation: markScheduled(pod, node, now) })
      }
    }
    return decisions
  }

  private async commit(decisions: readonly Decision[]): Promise<void> {
    const written = decisions.filter(({ operation }) => operation !== undefined)
    let outcomes: readonly Outcome[] = []
    try {
      const operations = written.flatMap(({ operation }) => operation ?? [])
      outcomes = await this.options.store.commit(operations, { actor: 'system:scheduler' })
    } finally {
      // Without outcomes nothing was bound: all placements are taken back.
      written.forEach((decision, index) => this.settle(decision, outcomes[index]))
    }
    for (const decision of decisions) if (decision.operation === undefined) this.tell(decision)
  }

  private settle(decision: Decision, outcome: Outcome | undefined): void {
    if (outcome?.ok === true) return this.tell(decision)
    if (decision.node === undefined) return
    const { uid } = decision.pod.metadata
    this.notify(this.scheduler.forget(uid))
    this.queue.retry(uid, this.options.clock.elapsed())
  }

  private tell({ pod, node, message }: Decision): void {
    const [type, reason] =
      node === undefined ? (['Warning', 'FailedScheduling'] as const) : (['Normal', 'Scheduled'] as const)
    this.options.recorder.record({ regarding: pod, type, reason, message, component: schedulerName })
  }
}
