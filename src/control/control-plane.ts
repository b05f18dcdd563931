import { EventCorrelator } from '../model/event-correlator.ts'
import type { DefaultTolerationSeconds } from '../model/kinds/pod-admission.ts'
import { kinds } from '../model/kinds.ts'
import { profileOf, type Scoring } from '../scheduler/profile.ts'
import type { Store } from '../store/store.ts'
import { type Clock, systemClock } from './clock.ts'
import { type ControllerLoop, type LoopOptions, runController } from './controller-loop.ts'
import { garbageCollector } from './garbage-collector.ts'
import { namespaceController } from './namespace-deletion.ts'
import { nodeFollowUp } from './node-follow-up.ts'
import { defaultNodeMonitorSettings, type NodeMonitorSettings, nodeMonitor } from './node-monitor.ts'
import { podGarbageCollector } from './pod-garbage.ts'
import { EventRecorder } from './recorder.ts'
import { replicationController } from './replication-controller.ts'
import { SchedulingLoop } from './scheduling.ts'
import { taintEviction } from './taint-eviction.ts'
import { WatchedTime } from './watched-time.ts'

export interface ControlPlaneOptions {
  readonly store: Store
  readonly newUid: () => string
  /** From 0 to 1. */
  readonly random: () => number
  readonly clock?: Clock
  readonly scoring?: Scoring
  /** How machines are judged. */
  readonly nodes?: Partial<NodeMonitorSettings>
  /** For pods that say nothing of machines that are lost. */
  readonly tolerationSeconds?: DefaultTolerationSeconds | undefined
  /** Told of faults of our own; `what` names the loop and the key. */
  readonly onFault: (what: string, error: unknown) => void
}

/** Every control loop of the cluster, over one store. */
export interface ControlPlane {
  /** Resolves when no loop has anything to do now. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** Starts the control loops. They meet only in the store. */
export function startControlPlane(options: ControlPlaneOptions): ControlPlane {
  const { store, random, newUid, onFault, clock = systemClock } = options
  const recorder = new EventRecorder({
    events: store.events,
    correlator: new EventCorrelator({ newUid, random }),
    clock,
    onFault: (error) => onFault('event recorder', error),
  })
  const loopOptions: LoopOptions = {
    store,
    clock,
    random,
    recorder,
    kinds: kinds.map(({ kind }) => kind),
    onFault: (controller, key, error) => onFault(`${controller} ${key}`, error),
  }
  const nodeSettings = { ...defaultNodeMonitorSettings, ...options.nodes }
  const watched = new WatchedTime(clock, nodeSettings.nodeMonitorPeriodMs)
  const maker = { random, newUid, tolerationSeconds: options.tolerationSeconds }
  const loops: (ControllerLoop | SchedulingLoop)[] = [
    runController(replicationController('ReplicationController', maker), loopOptions),
    runController(replicationController('ReplicaSet', maker), loopOptions),
    runController(garbageCollector(kinds), loopOptions),
    runController(namespaceController(kinds), loopOptions),
    runController(podGarbageCollector({ watched, store }), loopOptions),
    runController(nodeMonitor(store.leases, watched, nodeSettings), loopOptions),
    runController(nodeFollowUp(), loopOptions),
    runController(taintEviction(watched, store), loopOptions),
    new SchedulingLoop({
      store,
      clock,
      recorder,
      profile: profileOf(options.scoring ?? 'LeastAllocated'),
      onFault: (error) => onFault('scheduler', error),
    }),
  ]
  return {
    idle: async () => {
      for (let revision = -1; revision !== store.replica.revision; ) {
        revision = store.replica.revision
        for (const loop of loops) await loop.idle()
      }
      await recorder.flush()
    },
    close: async () => {
      await Promise.all(loops.map((loop) => loop.close()))
      await recorder.close()
    },
  }
}
