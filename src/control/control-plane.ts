import { EventCorrelator } from '../model/event-correlator.ts'
import { kinds } from '../model/kinds.ts'
import { profileOf, type Scoring } from '../scheduler/profile.ts'
import type { Store } from '../store/store.ts'
import { type Clock, systemClock } from './clock.ts'
import { type ControllerLoop, type LoopOptions, runController } from './controller-loop.ts'
import { garbageCollector } from './garbage-collector.ts'
import { namespaceController } from './namespace-deletion.ts'
import { podGarbageCollector } from './pod-garbage.ts'
import { EventRecorder } from './recorder.ts'
import { replicationController } from './replication-controller.ts'
import { SchedulingLoop } from './scheduling.ts'

export interface ControlPlaneOptions {
  readonly store: Store
  readonly newUid: () => string
  /** From 0 to 1. */
  readonly random: () => number
  readonly clock?: Clock
  readonly scoring?: Scoring
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
  const loops: (ControllerLoop | SchedulingLoop)[] = [
    runController(replicationController('ReplicationController', { random, newUid }), loopOptions),
    runController(replicationController('ReplicaSet', { random, newUid }), loopOptions),
    runController(garbageCollector(kinds), loopOptions),
    runController(namespaceController(kinds), loopOptions),
    runController(podGarbageCollector(), loopOptions),
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
