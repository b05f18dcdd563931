import { type ControllerLoop, runController } from '../../src/control/controller-loop.ts'
import { nodeFollowUp } from '../../src/control/node-follow-up.ts'
import { defaultNodeMonitorSettings, type NodeMonitorSettings, nodeMonitor } from '../../src/control/node-monitor.ts'
import { taintEviction } from '../../src/control/taint-eviction.ts'
import { WatchedTime } from '../../src/control/watched-time.ts'
import type { Happening } from '../../src/model/event-correlator.ts'
import type { Node } from '../../src/model/kinds/node.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import type { Resource } from '../../src/model/resource.ts'
import type { NodeLease } from '../../src/store/lease-table.ts'
import { FakeClock } from './fake-clock.ts'
import { MemoryStore } from './memory-store.ts'

/** The controllers of machines over one store in memory, with a clock that is turned by hand. */
export class NodeCluster {
  readonly clock = new FakeClock()
  readonly store = new MemoryStore(() => this.clock.now())
  readonly happenings: Happening[] = []
  /** Machines whose agents renew their leases. */
  readonly alive = new Set<string>()
  private readonly leases = new Map<string, NodeLease>()
  private readonly faults: unknown[] = []
  private readonly periodMs: number
  private loops: ControllerLoop[] = []

  private constructor(periodMs: number) {
    this.periodMs = periodMs
  }

  /** Starts the controllers with these objects there. */
  static async start(objects: readonly Resource[], settings: Partial<NodeMonitorSettings> = {}): Promise<NodeCluster> {
    const all = { ...defaultNodeMonitorSettings, ...settings }
    const cluster = new NodeCluster(all.nodeMonitorPeriodMs)
    for (const object of objects) await cluster.store.apply({ type: 'create', object })
    cluster.run(all)
    await cluster.settle()
    return cluster
  }

  /** Lets time pass, a monitor's period at a time. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= this.periodMs) {
      for (const name of this.alive) this.leases.set(name, { durationSeconds: 40, renewedAt: this.clock.now() })
      this.clock.advance(Math.min(left, this.periodMs))
      await this.settle()
    }
  }

  /** Changes a machine as its agent or a user would. */
  async change(name: string, change: (node: Node) => Node): Promise<void> {
    const base = this.node(name)
    await this.store.apply({ type: 'update', object: change(base), base })
    await this.settle()
  }

  node(name: string): Node {
    return this.get('Node', '', name) as Node
  }

  pod(name: string): Pod {
    return this.get('Pod', 'default', name) as Pod
  }

  /** The names of pods that are there and that nobody deletes. */
  livePods(): string[] {
    const pods = [...this.store.replica.list('Pod')].filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    return pods.map(({ metadata }) => metadata.name)
  }

  /** The taints of a machine, as KEY:EFFECT. */
  taints(name: string): string[] {
    return (this.node(name).spec?.taints ?? []).map(({ key, effect }) => `${key}:${effect}`)
  }

  async close(): Promise<void> {
    for (const loop of this.loops) await loop.close()
    this.loops = []
  }

  private run(settings: NodeMonitorSettings): void {
    const watched = new WatchedTime(this.clock, settings.nodeMonitorPeriodMs)
    const options = {
      store: this.store,
      clock: this.clock,
      random: () => 0.5,
      recorder: { record: (happening: Happening) => void this.happenings.push(happening) },
      kinds: ['Node', 'Pod'],
      onFault: (_controller: string, _key: string, error: unknown) => void this.faults.push(error),
    }
    this.loops = [
      runController(nodeMonitor({ ofNodes: () => Promise.resolve(new Map(this.leases)) }, watched, settings), options),
      runController(nodeFollowUp(), options),
      runController(taintEviction(watched, this.store), options),
    ]
  }

  private get(kind: string, namespace: string, name: string): Resource {
    const object = this.store.replica.get({ kind, namespace, name })
    if (object === undefined) throw new Error(`there is no ${kind} ${name}`)
    return object
  }

  private async settle(): Promise<void> {
    for (let revision = -1; revision !== this.store.replica.revision; ) {
      revision = this.store.replica.revision
      for (const loop of this.loops) await loop.idle()
      this.clock.advance(0)
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    }
    if (this.faults.length > 0) throw new AggregateError(this.faults, 'a controller has failed')
  }
}
