import type { Pod } from '../../model/kinds/pod.ts'
import type { PodPhase } from '../pod.ts'

/** A phase that a simulated pod enters, `afterMs` milliseconds after the one before. */
export interface Stage {
  readonly phase: Exclude<PodPhase, 'Unknown'>
  readonly afterMs: number
  /** What the containers exit with, where the phase is Failed; default 1. */
  readonly exitCode?: number
}

/** What pods of one sort go through. */
export interface PodLife {
  readonly name: string
  /** Only pods whose controller is of this kind. */
  readonly ownerKind?: string
  /** Only pods with this annotation; its value replaces `afterMs` of the last stage, in seconds. */
  readonly annotation?: string
  readonly stages: readonly Stage[]
  /** Milliseconds from the wish to stop it until it has stopped; never longer than its grace period. */
  readonly stopMs: number
}

/** The first that fits a pod is its life. */
export const defaultPodLives: readonly PodLife[] = [
  {
    name: 'fails when its annotation says',
    annotation: 'simulated.myriad/fail-after-seconds',
    stages: [
      { phase: 'Running', afterMs: 0 },
      { phase: 'Failed', afterMs: 0 },
    ],
    stopMs: 0,
  },
  {
    name: 'completes when its annotation says',
    annotation: 'simulated.myriad/complete-after-seconds',
    stages: [
      { phase: 'Running', afterMs: 0 },
      { phase: 'Succeeded', afterMs: 0 },
    ],
    stopMs: 0,
  },
  {
    name: 'a job completes',
    ownerKind: 'Job',
    stages: [
      { phase: 'Running', afterMs: 0 },
      { phase: 'Succeeded', afterMs: 1_000 },
    ],
    stopMs: 0,
  },
  { name: 'runs until it is stopped', stages: [{ phase: 'Running', afterMs: 0 }], stopMs: 0 },
]

/** The first life that fits the pod; the last of the table when none does. */
export function lifeOf(pod: Pod, lives: readonly PodLife[]): PodLife {
  for (const life of lives) {
    if (life.ownerKind !== undefined && !ownedBy(pod, life.ownerKind)) continue
    if (life.annotation === undefined) return life
    const seconds = Number(pod.metadata.annotations?.[life.annotation] ?? Number.NaN)
    if (Number.isFinite(seconds) && seconds >= 0) return lasting(life, seconds * 1000)
  }
  return { name: 'runs until it is stopped', stages: [{ phase: 'Running', afterMs: 0 }], stopMs: 0 }
}

function lasting(life: PodLife, afterMs: number): PodLife {
  const last = life.stages.at(-1)
  return last === undefined ? life : { ...life, stages: [...life.stages.slice(0, -1), { ...last, afterMs }] }
}

function ownedBy(pod: Pod, kind: string): boolean {
  return pod.metadata.ownerReferences?.some((owner) => owner.controller === true && owner.kind === kind) ?? false
}
