import type { Resource } from '../model/resource.ts'
import { type AppliedChange, nodeNameOf } from '../store/replica.ts'
import type { Store } from '../store/store.ts'
import { isNewsForAgent } from './assignment-news.ts'
import { endable } from './endable.ts'

/** A batch for a node agent: first all pods bound to its nodes, until `complete`; then what has changed since. */
export interface AssignmentBatch {
  readonly revision: number
  readonly complete: boolean
  readonly pods: readonly Resource[]
  readonly removed: readonly string[]
}

interface Follower {
  readonly pods: Map<string, Resource>
  readonly removed: Set<string>
  wake: () => void
}

const pieceSize = 1_000

/**
 * Which pods a node agent has to run. A change reaches only the agents of the nodes that it concerns, found by node
 * name; what comes while an agent is busy is merged per pod, so that a slow agent gets fewer and larger batches and
 * holds no more than its own pods.
 */
export class Assignments {
  private readonly store: Store
  private readonly byNode = new Map<string, Set<Follower>>()
  private readonly unfollow: () => void
  private closed = false

  constructor(store: Store) {
    this.store = store
    this.unfollow = store.replica.onChanges((changes) => this.feed(changes))
  }

  close(): void {
    this.closed = true
    this.unfollow()
    for (const followers of this.byNode.values()) for (const follower of followers) follower.wake()
  }

  /** Streams the pods of some nodes until the iterator is returned or `signal` aborts. */
  follow(nodeNames: readonly string[], signal?: AbortSignal): AsyncGenerator<AssignmentBatch> {
    const stop = new AbortController()
    return endable(this.batches(nodeNames, stop.signal), () => stop.abort(), signal)
  }

  private async *batches(nodeNames: readonly string[], signal: AbortSignal): AsyncGenerator<AssignmentBatch> {
    const follower: Follower = { pods: new Map(), removed: new Set(), wake: () => undefined }
    if (signal.aborted) return
    for (const name of nodeNames) this.followersOf(name).add(follower)
    // Whoever aborts may never ask for another batch: then nothing is left to follow for.
    signal.addEventListener('abort', () => {
      this.leave(nodeNames, follower)
      follower.wake()
    })
    try {
      const present = nodeNames.flatMap((name) => [...this.store.replica.onNode(name)])
      for (let index = 0; index < present.length; index += pieceSize) {
        yield this.batch(present.slice(index, index + pieceSize), [], false)
      }
      yield this.batch([], [], true)
      while (!signal.aborted && !this.closed) {
        if (follower.pods.size + follower.removed.size === 0) await woken(follower)
        else yield this.take(follower)
      }
    } finally {
      this.leave(nodeNames, follower)
    }
  }

  private take(follower: Follower): AssignmentBatch {
    const pods = [...follower.pods.values()]
    const removed = [...follower.removed]
    follower.pods.clear()
    follower.removed.clear()
    return this.batch(pods, removed, true)
  }

  private batch(pods: readonly Resource[], removed: readonly string[], complete: boolean): AssignmentBatch {
    return { revision: this.store.replica.revision, complete, pods, removed }
  }

  private feed(changes: readonly AppliedChange[]): void {
    for (const change of changes) {
      const node = nodeNameOf(change.object)
      if (node === undefined || isTold(change, node)) continue
      for (const follower of this.byNode.get(node) ?? []) {
        const { uid } = change.object.metadata
        if (change.type === 'DELETED') {
          follower.pods.delete(uid)
          follower.removed.add(uid)
        } else follower.pods.set(uid, change.object)
        follower.wake()
      }
    }
  }

  private followersOf(node: string): Set<Follower> {
    let followers = this.byNode.get(node)
    if (followers === undefined) this.byNode.set(node, (followers = new Set()))
    return followers
  }

  private leave(nodeNames: readonly string[], follower: Follower): void {
    for (const name of nodeNames) {
      const followers = this.byNode.get(name)
      followers?.delete(follower)
      if (followers?.size === 0) this.byNode.delete(name)
    }
  }
}

/** Whether the agents of a node have been told, or will be told, all that matters to them of this version. */
function isTold({ type, object, previous, actor }: AppliedChange, node: string): boolean {
  if (type !== 'MODIFIED' || previous === undefined || nodeNameOf(previous) !== node) return false
  return !isNewsForAgent(object, previous, actor)
}

function woken(follower: Follower): Promise<void> {
  return new Promise((resolve) => {
    follower.wake = resolve
  })
}
