import { type RestartBackOff, restartDueAt } from './restart-back-off.ts'

/** `step`: an init container, which must succeed before the next; `sidecar`: an init container that stays up; `main`: the others. */
export type ContainerRole = 'step' | 'sidecar' | 'main'

/** What the plan needs to know of one container. */
export interface ContainerSituation {
  readonly name: string
  readonly role: ContainerRole
  /** `fresh`: never started; `refused`: cannot be started as the manifest is; `live`: being started, or running. */
  readonly state: 'fresh' | 'refused' | 'starting' | 'running' | 'terminated'
  readonly exitCode: number
  /** Whether it is started again now that it has ended. */
  readonly isRestarted: boolean
  /** Milliseconds since 1970; 0 when it has neither ended nor been refused. */
  readonly finishedAt: number
  readonly backOff: RestartBackOff | undefined
}

/** What to do now with the containers of a pod, by their names. */
export interface ContainerPlan {
  readonly start: readonly string[]
  /** Whether nothing is started any more: what still runs is to be stopped. */
  readonly isOver: boolean
  /** Containers that wait for their back-off. */
  readonly backingOff: readonly string[]
  /** When to plan again though nothing has happened; undefined when that is not needed. */
  readonly wakeAt: number | undefined
}

/** After this time it is tried again to start a container that could not be as the machine or the manifest was (kubelet `syncFrequency`). */
const refusalRestsMs = 60_000

/**
 * What to start now (kubelet `computePodActions`): init containers one after the other in their order, then all others,
 * each again as the pod's restart policy says. `situations` are in the order of the manifest, init containers first.
 */
export function planContainers(situations: readonly ContainerSituation[], now: number): ContainerPlan {
  const plan = new Plan(now)
  const mains = situations.filter(({ role }) => role === 'main')
  const begun = mains.some(({ state }) => state !== 'fresh')
  const hasFailed = situations.some((one) => one.role === 'step' && one.exitCode !== 0 && isOver(one))
  if (hasFailed || mains.every(isOver)) {
    plan.isOver = true
    return plan
  }
  for (const situation of situations) {
    if (situation.role === 'main') {
      plan.consider(situation)
      continue
    }
    if (situation.role === 'step' && (begun || isDone(situation))) continue
    plan.consider(situation)
    if (!begun && (situation.state !== 'running' || situation.role === 'step')) return plan
  }
  return plan
}

class Plan implements ContainerPlan {
  readonly start: string[] = []
  readonly backingOff: string[] = []
  isOver = false
  wakeAt: number | undefined
  readonly #now: number

  constructor(now: number) {
    this.#now = now
  }

  consider(situation: ContainerSituation): void {
    const { name, state, finishedAt, backOff } = situation
    if (state === 'fresh') this.start.push(name)
    if (state === 'refused') this.#startAt(name, finishedAt + refusalRestsMs)
    if (state !== 'terminated' || isOver(situation)) return
    const dueAt = restartDueAt(backOff, finishedAt)
    if (dueAt > this.#now) this.backingOff.push(name)
    this.#startAt(name, dueAt)
  }

  #startAt(name: string, dueAt: number): void {
    if (dueAt <= this.#now) this.start.push(name)
    else this.wakeAt = Math.min(this.wakeAt ?? dueAt, dueAt)
  }
}

function isDone(situation: ContainerSituation): boolean {
  return situation.state === 'terminated' && situation.exitCode === 0
}

/** Whether the container has ended for good. */
function isOver(situation: ContainerSituation): boolean {
  return situation.state === 'terminated' && !situation.isRestarted
}
