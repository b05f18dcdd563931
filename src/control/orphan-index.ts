import type { Pod } from '../model/kinds/pod.ts'
import { controllerOf, type Resource } from '../model/resource.ts'
import type { AppliedChange, Replica } from '../store/replica.ts'

/** The pods of a namespace that no controller manages, in no particular order. */
export function orphansIn(replica: Replica, namespace: string): Iterable<Pod> {
  let index = indexes.get(replica)
  if (index === undefined) {
    index = new OrphanIndex(replica)
    indexes.set(replica, index)
  }
  return index.in(namespace)
}

/** One index for all who ask, for as long as the replica lives. */
const indexes = new WeakMap<Replica, OrphanIndex>()

/**
 * Follows a replica and keeps the pods without a controller by namespace. Without it, each pass over a set would search
 * all pods that match for the few that it might adopt (Kubernetes keeps the same index in its pod informer).
 */
class OrphanIndex {
  private readonly namespaces = new Map<string, Map<string, Pod>>()

  constructor(replica: Replica) {
    for (const pod of replica.list('Pod')) this.put(pod)
    replica.onChanges((changes) => {
      for (const change of changes) this.follow(change)
    })
  }

  in(namespace: string): Iterable<Pod> {
    return this.namespaces.get(namespace)?.values() ?? []
  }

  private follow({ type, object }: AppliedChange): void {
    if (object.kind !== 'Pod') return
    if (type === 'DELETED') this.remove(object)
    else this.put(object)
  }

  private put(pod: Resource): void {
    if (controllerOf(pod) !== undefined) {
      this.remove(pod)
      return
    }
    const namespace = pod.metadata.namespace ?? ''
    const pods = this.namespaces.get(namespace) ?? new Map<string, Pod>()
    pods.set(pod.metadata.uid, pod as Pod)
    this.namespaces.set(namespace, pods)
  }

  private remove(pod: Resource): void {
    const namespace = pod.metadata.namespace ?? ''
    const pods = this.namespaces.get(namespace)
    pods?.delete(pod.metadata.uid)
    if (pods?.size === 0) this.namespaces.delete(namespace)
  }
}
