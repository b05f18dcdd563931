import type { Pod } from '../pod.ts'
import type { ContainerState, ContainerStatus } from './container-status.ts'
import { isSidecar } from './pod-resources.ts'

/** A pod in one line of kubectl's table. */
export interface PodSummary {
  /** Containers, sidecars included, that are ready. */
  readonly ready: number
  /** Containers, sidecars included, that there should be. */
  readonly total: number
  /** One word: the phase, or better why it is not what it should be, such as `CrashLoopBackOff` or `Init:0/2`. */
  readonly status: string
  readonly restarts: number
  /** When the container that last ended and was started again ended; RFC 3339. */
  readonly lastRestart: string | undefined
}

interface Progress {
  readonly ready: number
  readonly status: string
  readonly restarted: readonly ContainerStatus[]
}

/** What kubectl's table says of a pod (its `printPod`). */
export function summarizePod(pod: Pod): PodSummary {
  const sidecars = new Set((pod.spec.initContainers ?? []).filter(isSidecar).map((container) => container.name))
  const starting = initProgress(pod, sidecars)
  const progress =
    starting.isInitializing && !isConditionTrue(pod, 'Initialized') ? starting : runProgress(pod, starting, sidecars)
  return {
    ready: progress.ready,
    total: pod.spec.containers.length + sidecars.size,
    status: ending(pod) ?? progress.status,
    restarts: progress.restarted.reduce((sum, container) => sum + container.restartCount, 0),
    lastRestart: progress.restarted
      .map((container) => container.lastState?.terminated?.finishedAt)
      .reduce(
        (latest, time) => (latest === undefined || (time !== undefined && time > latest) ? time : latest),
        undefined,
      ),
  }
}

function initProgress(pod: Pod, sidecars: ReadonlySet<string>): Progress & { readonly isInitializing: boolean } {
  const statuses = pod.status?.initContainerStatuses ?? []
  const ready = (upTo: number) => statuses.slice(0, upTo).filter((one) => isServing(one, sidecars)).length
  for (const [index, container] of statuses.entries()) {
    if (container.state?.terminated?.exitCode === 0) continue
    if (sidecars.has(container.name) && container.started === true) continue
    const total = pod.spec.initContainers?.length ?? 0
    const status = `Init:${initReason(container.state) ?? `${index}/${total}`}`
    return { isInitializing: true, status, ready: ready(index), restarted: statuses.slice(0, index + 1) }
  }
  return { isInitializing: false, status: phaseOf(pod), ready: ready(statuses.length), restarted: statuses }
}

function isServing(container: ContainerStatus, sidecars: ReadonlySet<string>): boolean {
  return sidecars.has(container.name) && container.started === true && container.ready
}

function initReason(state: ContainerState | undefined): string | undefined {
  if (state?.terminated !== undefined) return endReason(state.terminated)
  const reason = state?.waiting?.reason
  return reason === 'PodInitializing' || reason === '' ? undefined : reason
}

function runProgress(pod: Pod, starting: Progress, sidecars: ReadonlySet<string>): Progress {
  const statuses = pod.status?.containerStatuses ?? []
  const reasons = statuses.map(
    ({ state }) => state?.waiting?.reason || (state?.terminated && endReason(state.terminated)),
  )
  const running = statuses.filter(({ ready, state }, index) => !reasons[index] && ready && state?.running !== undefined)
  const status = reasons.find((reason) => reason) ?? starting.status
  return {
    ready: starting.ready + running.length,
    status:
      status === 'Completed' && running.length > 0 ? (isConditionTrue(pod, 'Ready') ? 'Running' : 'NotReady') : status,
    restarted: [...starting.restarted.filter((container) => sidecars.has(container.name)), ...statuses],
  }
}

function endReason(end: NonNullable<ContainerState['terminated']>): string {
  return end.reason || (end.signal ? `Signal:${end.signal}` : `ExitCode:${end.exitCode}`)
}

function phaseOf({ status }: Pod): string {
  const scheduled = status?.conditions?.find((condition) => condition.type === 'PodScheduled')
  if (scheduled?.reason === 'SchedulingGated') return 'SchedulingGated'
  return status?.reason || (status?.phase ?? '')
}

/** What a pod that is being deleted is called, whatever its containers do. */
function ending({ metadata, status }: Pod): string | undefined {
  if (metadata.deletionTimestamp === undefined) return undefined
  if (status?.reason === 'NodeLost') return 'Unknown'
  return status?.phase === 'Succeeded' || status?.phase === 'Failed' ? undefined : 'Terminating'
}

function isConditionTrue({ status }: Pod, type: string): boolean {
  return status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false
}
