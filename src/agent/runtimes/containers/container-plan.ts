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
  /** Milliseconds since 1970; 0 when it has not ended. */
  readonly finishedAt: number
  readonly backOff: RestartBackOff | undefined
}

/** What to do now with the containers of a pod, by their names. */
export interface ContainerPlan {
  readonly start: readonly string[]
  /** Sidecars that are no longer needed. */
  readonly stop: readonly string[]
  /** Containers that wait for their back-off. */
  readonly backingOff: readonly string[]
  /** When to plan again though nothing has happened; undefined when that is not needed. */
  readonly wakeAt: number | undefined
}

/**
 * What to start now (kubelet `computePodActions`): init containers one after the other in their order, then all others,
 * each again as the pod's restart policy says. `situations` are in the order of the manifest, init containers first.
 */
export function planContainers(
  restartPolicy: string | undefined,
  situations: readonly ContainerSituation[],
  now: number,
): ContainerPlan {
  const plan = new Plan(now)
  const mains = situations.filter(({ role }) => role === 'main')
  const begun = mains.some(({ state }) => state !== 'fresh')
  const hasFailed = situations.some((one) => one.role === 'step' && one.exitCode !== 0 && isOver(one, restartPolicy))
  if (hasFailed || mains.every((main) => isOver(main, restartPolicy))) {
    for (const { name, role, state } of situations) if (role === 'sidecar' && state === 'running') plan.stop.push(name)
    return plan
  }
  for (const situation of situations) {
    if (situation.role === 'main') {
      plan.consider(situation, restartPolicy)
      continue
    }
    if (situation.role === 'step' && (begun || isDone(situation))) continue
    plan.consider(
      situation,
      situation.role === 'sidecar' ? 'Always' : restartPolicy === 'Never' ? 'Never' : 'OnFailure',
    )
    if (!begun && situation.state !== 'running') return plan
    if (!begun && situation.role === 'step') return plan
  }
  return plan
}

class Plan implements ContainerPlan {
  readonly start: string[] = []
  readonly stop: string[] = []
  readonly backingOff: string[] = []
  wakeAt: number | undefined
  readonly #now: number

  constructor(now: number) {
    this.#now = now
  }

  consider(situation: ContainerSituation, restartPolicy: string | undefined): void {
    if (situation.state === 'fresh') this.start.push(situation.name)
    if (situation.state !== 'terminated' || isOver(situation, restartPolicy)) return
    const dueAt = restartDueAt(situation.backOff, situation.finishedAt)
    if (dueAt <= this.#now) {
      this.start.push(situation.name)
      return
    }
    this.backingOff.push(situation.name)
    this.wakeAt = Math.min(this.wakeAt ?? dueAt, dueAt)
  }
}

function isDone(situation: ContainerSituation): boolean {
  return situation.state === 'terminated' && situation.exitCode === 0
}

/** Whether the container has ended and its policy does not restart it (kubelet `ShouldContainerBeRestarted`). */
function isOver(situation: ContainerSituation, restartPolicy: string | undefined): boolean {
  if (situation.state !== 'terminated') return false
  return restartPolicy === 'Never' || (restartPolicy === 'OnFailure' && situation.exitCode === 0)
}
