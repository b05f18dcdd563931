import { planDeletion } from '../model/deletion.ts'
import type { Node } from '../model/kinds/node.ts'
import type { Pod } from '../model/kinds/pod.ts'
import type { Operation } from '../model/operation.ts'
import { timestamp } from '../model/timestamp.ts'
import { nodeNameOf, type Replica } from '../store/replica.ts'
import type { Store } from '../store/store.ts'
import type { Controller, Plan, PlannedEvent, Watch } from './controller.ts'
import { EvictionBook } from './eviction-book.ts'
import { isNoExecute } from './eviction-time.ts'
import type { WatchedTime } from './watched-time.ts'

/** All that one pass over one machine may look at. */
export interface TaintEvictionWorld {
  /** Pods that do not tolerate the machine's taints, or do so no longer. */
  readonly due: readonly Pod[]
  /** Pods that were to be evicted and are not any more. */
  readonly reprieved: readonly Pod[]
  /** Milliseconds until the next pod is due; undefined when none will be. */
  readonly nextInMs: number | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Evicts pods from machines with NoExecute taints: at once those that do not tolerate them, the others after the time
 * for which they do (Kubernetes' `pkg/controller/tainteviction`). That time counts from when this process first saw the
 * taint, and only while it watches, so that a control plane that was away gives the agents time to come back.
 */
export function taintEviction(watched: WatchedTime, store: Pick<Store, 'catchUp'>): Controller<TaintEvictionWorld> {
  const book = new EvictionBook()
  return {
    name: 'taint-eviction-controller',
    watches: [taintedNodes, podsOnTaintedNodes],
    // A process that was stopped must not evict by what it knew before: the machine may be back.
    readAhead: () => store.catchUp(),
    observe: (replica, name, { now }) => {
      const node = nodeNamed(replica, name)
      const pods = [...replica.onNode(name)] as Pod[]
      return { ...book.look({ name, node, pods, watchedAt: watched.look() }), now }
    },
    plan: planTaintEviction,
  }
}

/** Marks each pod as what it is, and deletes it with its own grace period; it stays until its agent says that it has ended. */
export function planTaintEviction({ due, reprieved, nextInMs, now }: TaintEvictionWorld): Plan {
  const operations: Operation[] = []
  const events: PlannedEvent[] = reprieved.map((pod) => tell(pod, `Cancelling deletion of Pod ${fullName(pod)}`))
  for (const pod of due) {
    const operation = eviction(pod, now)
    if (operation === undefined) continue
    operations.push(operation)
    events.push({ ...tell(pod, `Marking for deletion Pod ${fullName(pod)}`), operation })
  }
  return { operations, events, ...(nextInMs === undefined ? {} : { requeueAfterMs: nextInMs }) }
}

function eviction(pod: Pod, now: number): Operation | undefined {
  const deletion = planDeletion(disrupted(pod, now), { now })
  if (deletion === null) return undefined
  return deletion.type === 'update' ? { ...deletion, base: pod } : { type: 'delete', base: pod }
}

function tell(pod: Pod, message: string): PlannedEvent {
  return { regarding: pod, type: 'Normal', reason: 'TaintManagerEviction', message }
}

function fullName({ metadata }: Pod): string {
  return `${metadata.namespace}/${metadata.name}`
}

function disrupted(pod: Pod, now: number): Pod {
  const condition = {
    type: 'DisruptionTarget',
    status: 'True' as const,
    reason: 'DeletionByTaintManager',
    message: 'Taint manager: deleting due to NoExecute taint',
    lastTransitionTime: timestamp(now),
  }
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== condition.type)
  return { ...pod, status: { ...pod.status, conditions: [...others, condition] } }
}

const taintedNodes: Watch = ({ type, object, previous }, _replica, enqueue) => {
  if (object.kind !== 'Node') return
  const [node, before] = [object as Node, previous as Node | undefined]
  if (type === 'MODIFIED' && node.spec?.taints === before?.spec?.taints) return
  if (isTainted(node) || isTainted(before)) enqueue(node.metadata.name)
}

const podsOnTaintedNodes: Watch = ({ type, object, previous }, replica, enqueue) => {
  const name = nodeNameOf(object)
  if (name === undefined || type === 'DELETED') return
  const [pod, before] = [object as Pod, previous as Pod | undefined]
  const isSame = before !== undefined && nodeNameOf(before) === name
  if (isSame && before.spec.tolerations === pod.spec.tolerations) return
  if (isTainted(nodeNamed(replica, name))) enqueue(name)
}

function isTainted(node: Node | undefined): boolean {
  return node?.spec?.taints?.some(isNoExecute) === true
}

function nodeNamed(replica: Replica, name: string): Node | undefined {
  return replica.get({ kind: 'Node', namespace: '', name }) as Node | undefined
}
