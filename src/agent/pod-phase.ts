import type { Container } from '../model/kinds/pod/container.ts'
import type { ContainerStatus } from '../model/kinds/pod/container-status.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { isSidecar, type PodPhase, type TerminatedState } from './pod.ts'
import { isRestarted } from './runtimes/containers/restart-policy.ts'

/**
 * The phase that follows from what the containers do (kubelet `getPhase`, pkg/kubelet/kubelet_pods.go). `statuses` holds
 * those of all containers. `isOver`: the pod has been stopped for good, so that nothing is restarted whatever its policy.
 */
export function podPhase(pod: Pod, statuses: readonly ContainerStatus[], isOver: boolean): PodPhase {
  const statusOf = new Map(statuses.map((status) => [status.name, status]))
  const { restartPolicy, containers, initContainers = [] } = pod.spec
  const steps = initContainers.filter((container) => !isSidecar(container))
  const sidecars = initContainers.filter(isSidecar)

  const initialization = tally(steps, statusOf)
  if (initialization.failed > 0 && restartPolicy === 'Never') return 'Failed'
  const main = tally(containers, statusOf)
  const beside = tally(sidecars, statusOf)
  const begun = main.running + main.stopped > 0
  const unfinishedSteps = steps.length - initialization.stopped
  const unstartedSidecars = sidecars.filter((sidecar) => !isStarted(statusOf.get(sidecar.name))).length - beside.stopped

  const unknown = main.unknown + beside.unknown
  const running = main.running + beside.running
  if (unfinishedSteps > 0 || (unstartedSidecars > 0 && !begun) || main.waiting + beside.waiting > 0) return 'Pending'
  if (running > 0 && unknown === 0) return 'Running'
  if (running > 0 || unknown > 0 || main.stopped === 0) return 'Pending'
  if (!isOver && containers.some((container) => isToRunAgain(container, statusOf.get(container.name), restartPolicy))) {
    return 'Running'
  }
  return main.succeeded === main.stopped ? 'Succeeded' : 'Failed'
}

function isToRunAgain(
  container: Container,
  status: ContainerStatus | undefined,
  podPolicy: string | undefined,
): boolean {
  const ended = endOf(status)
  return ended !== undefined && isRestarted({ container, role: 'main', exitCode: ended.exitCode }, podPolicy)
}

function endOf(status: ContainerStatus | undefined): TerminatedState | undefined {
  return status?.state?.terminated ?? (status?.state?.waiting && status.lastState?.terminated)
}

interface Tally {
  running: number
  /** Never ran yet. */
  waiting: number
  /** Ended, for good or until the next start. */
  stopped: number
  /** Of the stopped, those that are over and exited with 0. */
  succeeded: number
  /** Of the stopped, those that exited with anything else. */
  failed: number
  unknown: number
}

function tally(containers: readonly Container[], statusOf: ReadonlyMap<string, ContainerStatus>): Tally {
  const counts: Tally = { running: 0, waiting: 0, stopped: 0, succeeded: 0, failed: 0, unknown: 0 }
  for (const { name } of containers) {
    const status = statusOf.get(name)
    const ended = endOf(status)
    if (status?.state?.running) counts.running += 1
    else if (ended) {
      counts.stopped += 1
      if (ended.exitCode !== 0) counts.failed += 1
      else if (status?.state?.terminated) counts.succeeded += 1
    } else if (status?.state?.waiting) counts.waiting += 1
    else counts.unknown += 1
  }
  return counts
}

function isStarted(status: ContainerStatus | undefined): boolean {
  return status?.state?.running !== undefined && status.started === true
}
