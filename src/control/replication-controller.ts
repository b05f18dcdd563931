import type { Pod } from '../model/kinds/pod.ts'
import type { ReplicaSet } from '../model/kinds/replica-set.ts'
import { controllerOf } from '../model/resource.ts'
import { matches, type Selector, selectorOfLabelSelector, selectorOfMap } from '../model/selector.ts'
import type { AppliedChange, Replica } from '../store/replica.ts'
import { type Controller, own, owns, type PassContext, queueKey, resourceKey, type Watch } from './controller.ts'
import { orphansIn } from './orphan-index.ts'
import { isReady } from './pod-condition.ts'
import type { PodMaker } from './replica-pod.ts'
import { isManagedBy, type PodSet, planReplication, type ReplicationWorld } from './replication.ts'

/** Names as Kubernetes' controller manager has them: actors and sources of events. */
const names = { ReplicationController: 'replication-controller', ReplicaSet: 'replicaset-controller' } as const

/** Keeps the number of pods that each ReplicationController, or each ReplicaSet, wants. */
export function replicationController(kind: keyof typeof names, maker: PodMaker): Controller<ReplicationWorld> {
  return {
    name: names[kind],
    watches: [own(kind), ownedPods(kind), adoptablePods(kind)],
    observe: (replica, key, context) => observe(replica, resourceKey(kind, key), context),
    plan: (world) => planReplication(world, maker),
  }
}

function observe(replica: Replica, key: ReturnType<typeof resourceKey>, context: PassContext): ReplicationWorld {
  const { namespace } = key
  const set = replica.get(key) as PodSet | undefined
  const selector = set === undefined ? [] : selectorOf(set)
  const owned = set === undefined ? [] : managedPods(replica, set)
  const owner = replica.get({ kind: 'Namespace', namespace: '', name: namespace })
  return {
    set,
    selector,
    namespaceIsActive: owner !== undefined && owner.metadata.deletionTimestamp === undefined,
    owned,
    orphans: selector.length === 0 ? [] : adoptable(replica, namespace, selector),
    related: set !== undefined && owned.length > (set.spec.replicas ?? 1) ? relatedPods(replica, set) : [],
    isTaken: (name) => replica.get({ kind: 'Pod', namespace, name }) !== undefined,
    ...context,
  }
}

/** Pods of one set most often share the very list of owners, and then also the answer. */
function managedPods(replica: Replica, set: PodSet): Pod[] {
  const pods: Pod[] = []
  let references: unknown
  let isManaged = false
  for (const pod of replica.ownedBy(set.metadata.uid)) {
    if (pod.metadata.ownerReferences !== references) {
      references = pod.metadata.ownerReferences
      isManaged = isManagedBy(pod, set)
    }
    if (isManaged && pod.kind === 'Pod' && pod.metadata.namespace === set.metadata.namespace) pods.push(pod as Pod)
  }
  return pods
}

function adoptable(replica: Replica, namespace: string, selector: Selector): Pod[] {
  const pods: Pod[] = []
  for (const pod of orphansIn(replica, namespace)) {
    if (matches(selector, pod.metadata.labels)) pods.push(pod)
  }
  return pods.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
}

/** The pods of all sets that have the same controller as this one, as the revisions of one Deployment have. */
function relatedPods(replica: Replica, set: PodSet): Pod[] {
  const controller = controllerOf(set)
  if (controller === undefined) return []
  const pods: Pod[] = []
  for (const sibling of replica.ownedBy(controller.uid)) {
    if (sibling.kind !== set.kind || controllerOf(sibling)?.uid !== controller.uid) continue
    for (const pod of managedPods(replica, sibling as PodSet)) pods.push(pod)
  }
  return pods
}

/** The status of a pod changes often, and few of its changes concern its set. */
function ownedPods(kind: string): Watch {
  const watch = owns('Pod', kind)
  return (change, replica, enqueue) => {
    if (change.object.kind === 'Pod' && concernsSet(change)) watch(change, replica, enqueue)
  }
}

function concernsSet({ type, object, previous }: AppliedChange): boolean {
  if (type !== 'MODIFIED' || previous === undefined) return true
  const [pod, before] = [object as Pod, previous as Pod]
  return (
    pod.metadata.labels !== before.metadata.labels ||
    pod.metadata.ownerReferences !== before.metadata.ownerReferences ||
    pod.metadata.deletionTimestamp !== before.metadata.deletionTimestamp ||
    pod.status?.phase !== before.status?.phase ||
    isReady(pod) !== isReady(before)
  )
}

/** A pod that nobody manages concerns every set of its namespace that selects it. */
function adoptablePods(kind: string): Watch {
  return ({ type, object, previous }, replica, enqueue) => {
    if (object.kind !== 'Pod' || type === 'DELETED' || controllerOf(object) !== undefined) return
    const isNews =
      previous === undefined ||
      previous.metadata.labels !== object.metadata.labels ||
      previous.metadata.ownerReferences !== object.metadata.ownerReferences
    if (!isNews) return
    for (const set of replica.list(kind, { namespace: object.metadata.namespace ?? '' })) {
      const { name, namespace } = set.metadata
      if (matches(selectorOf(set as PodSet), object.metadata.labels)) enqueue(queueKey(namespace ?? '', name))
    }
  }
}

/** Selectors by spec: a spec never changes in place. */
const selectors = new WeakMap<object, Selector>()

function selectorOf(set: PodSet): Selector {
  let selector = selectors.get(set.spec)
  if (selector === undefined) {
    selector = set.kind === 'ReplicaSet' ? selectorOfReplicaSet(set as ReplicaSet) : selectorOfMap(mapSelector(set))
    selectors.set(set.spec, selector)
  }
  return selector
}

function selectorOfReplicaSet({ spec }: ReplicaSet): Selector {
  return selectorOfLabelSelector(spec.selector)
}

function mapSelector({ spec }: PodSet): Readonly<Record<string, string>> {
  return (spec.selector ?? {}) as Readonly<Record<string, string>>
}
