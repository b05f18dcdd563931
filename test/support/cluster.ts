import type { ControllerLoop } from '../../src/control/controller-loop.ts'
import { runController } from '../../src/control/controller-loop.ts'
import { garbageCollector } from '../../src/control/garbage-collector.ts'
import { namespaceController } from '../../src/control/namespace-deletion.ts'
import { isReady, isTerminal } from '../../src/control/pod-condition.ts'
import { podGarbageCollector } from '../../src/control/pod-garbage.ts'
import { replicationController } from '../../src/control/replication-controller.ts'
import { WatchedTime } from '../../src/control/watched-time.ts'
import { type DeletionRequest, planDeletion } from '../../src/model/deletion.ts'
import type { Happening } from '../../src/model/event-correlator.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { kinds } from '../../src/model/kinds.ts'
import type { Resource, ResourceKey } from '../../src/model/resource.ts'
import { FakeClock } from './fake-clock.ts'
import { MemoryStore } from './memory-store.ts'
import { clusterObjectNamed, objectNamed } from './objects.ts'

/** All controllers over one store in memory, with a clock that is turned by hand and machines that obey. */
export class ControlledCluster {
  readonly clock = new FakeClock()
  readonly store = new MemoryStore(() => this.clock.now())
  readonly happenings: Happening[] = []
  readonly faults: unknown[] = []
  private loops: ControllerLoop[] = []
  private made = 0
  private seed = 1

  /** Starts the controllers in a cluster with the namespace `default` and the machine `n1`. */
  static async start(objects: readonly Resource[] = []): Promise<ControlledCluster> {
    const cluster = new ControlledCluster()
    const namespace = clusterObjectNamed('Namespace', 'default', { spec: { finalizers: ['kubernetes'] } })
    for (const object of [namespace, clusterObjectNamed('Node', 'n1', { spec: {} }), ...objects]) {
      await cluster.store.apply({ type: 'create', object })
    }
    cluster.startControllers()
    await cluster.settle()
    cluster.store.takeTrace()
    return cluster
  }

  /** Resolves when no controller has anything to do now. Time does not pass. */
  async settle(): Promise<void> {
    for (let revision = -1; revision !== this.store.replica.revision; ) {
      revision = this.store.replica.revision
      for (const loop of this.loops) await loop.idle()
      this.clock.advance(0)
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (this.faults.length > 0) throw new AggregateError(this.faults, 'a controller has failed')
  }

  /** Lets time pass in small steps, with whatever the controllers do on the way. */
  async pass(ms: number, stepMs = ms): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      this.clock.advance(Math.min(stepMs, left))
      await this.settle()
    }
  }

  /** Plays the machines: binds pods, makes them ready, and ends those that are being deleted. */
  async runPods(): Promise<void> {
    await this.settle()
    const pods = [...this.store.replica.list('Pod')]
    for (const object of pods) {
      const pod = object as Pod
      if (pod.metadata.deletionTimestamp !== undefined && (pod.metadata.finalizers ?? []).length === 0) {
        await this.store.apply({ type: 'delete', base: pod }, 'system:node:n1')
      } else if (!isReady(pod) && !isTerminal(pod)) {
        await this.store.apply({ type: 'update', object: this.readied(pod), base: pod }, 'system:node:n1')
      }
    }
    await this.settle()
  }

  async create(object: Resource): Promise<Resource> {
    const created = await this.store.apply({ type: 'create', object })
    await this.settle()
    return created
  }

  /** Changes an object as a user would. */
  async change(key: ResourceKey, change: (object: Resource) => Resource): Promise<void> {
    const base = this.get(key)
    await this.store.apply({ type: 'update', object: change(base), base })
    await this.settle()
  }

  /** Deletes an object as a user would. */
  async remove(key: ResourceKey, request: Omit<DeletionRequest, 'now'> = {}): Promise<void> {
    await this.store.apply(planDeletion(this.get(key), { ...request, now: this.clock.now() }))
    await this.settle()
  }

  get(key: ResourceKey): Resource {
    const object = this.store.replica.get(key)
    if (object === undefined) throw new Error(`there is no ${key.kind} ${key.name}`)
    return object
  }

  names(kind: string, namespace = 'default'): string[] {
    return [...this.store.replica.list(kind, { namespace })].map(({ metadata }) => metadata.name)
  }

  async close(): Promise<void> {
    for (const loop of this.loops) await loop.close()
    this.loops = []
  }

  startControllers(): void {
    const options = {
      store: this.store,
      clock: this.clock,
      random: () => this.random(),
      recorder: { record: (happening: Happening) => void this.happenings.push(happening) },
      kinds: kinds.map(({ kind }) => kind),
      onFault: (_controller: string, _key: string, error: unknown) => void this.faults.push(error),
    }
    const maker = { random: options.random, newUid: () => `made-${(this.made += 1)}` }
    this.loops = [
      runController(replicationController('ReplicationController', maker), options),
      runController(replicationController('ReplicaSet', maker), options),
      runController(garbageCollector(kinds), options),
      runController(namespaceController(kinds), options),
      runController(podGarbageCollector({ watched: new WatchedTime(this.clock, 20_000), store: this.store }), options),
    ]
  }

  private random(): number {
    this.seed = (this.seed * 48_271) % 2_147_483_647
    return this.seed / 2_147_483_647
  }

  private readied(pod: Pod): Pod {
    const lastTransitionTime = new Date(this.clock.now()).toISOString()
    const ready = { type: 'Ready', status: 'True', lastTransitionTime } as const
    const spec = { ...pod.spec, nodeName: 'n1' }
    return { ...pod, spec, status: { ...pod.status, phase: 'Running', conditions: [ready] } }
  }
}

/** A ReplicationController, or ReplicaSet, of pods labelled `app=NAME`. */
export function podSet(kind: string, name: string, replicas: number): Resource {
  const labels = { app: name }
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'main' }], tolerations: [] } }
  const selector = kind === 'ReplicaSet' ? { matchLabels: labels } : labels
  return objectNamed(kind, name, { metadata: { generation: 1 }, spec: { replicas, selector, template } })
}
