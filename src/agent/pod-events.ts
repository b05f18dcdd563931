import type { ContainerStatus } from '../model/kinds/pod/container-status.ts'
import type { PodStatus } from '../model/kinds/pod/pod-status.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { postStartHookError, type TerminatedState } from './pod.ts'

/** Something worth telling that has happened to a pod on its node. */
export interface PodEvent {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
}

/** Reasons of runs that have ended before their program began. */
const failedStarts: ReadonlySet<string | undefined> = new Set(['StartError', 'ContainerCannotRun'])

/**
 * What is worth telling of a step from one status of a pod to the next, which may also be the same: the reasons and messages
 * are the kubelet's (`pkg/kubelet/events`, `kuberuntime_container.go`, `kuberuntime_manager.go`).
 */
export function eventsBetween(pod: Pod, before: PodStatus | undefined, after: PodStatus): PodEvent[] {
  const known = new Map(statusesOf(before).map((status) => [status.name, status]))
  const events = statusesOf(after).flatMap((status) => {
    const earlier = known.get(status.name)
    return [...hookEvents(earlier, status), ...runEvents(earlier, status), ...waitingEvents(pod, earlier, status)]
  })
  // What keeps all containers waiting is told once.
  const texts = events.map(({ reason, message }) => `${reason} ${message}`)
  return [...events.filter((_, index) => texts.indexOf(texts[index] ?? '') === index), ...endEvents(before, after)]
}

/** What is told of a pod that is being stopped: of each container that runs. */
export function stoppingEvents(status: PodStatus | undefined): PodEvent[] {
  return statusesOf(status)
    .filter(({ state }) => state?.running != null)
    .map(({ name }) => ({ type: 'Normal', reason: 'Killing', message: `Stopping container ${name}` }))
}

/** The pod is ended by its node. */
function endEvents(before: PodStatus | undefined, { reason, message = '' }: PodStatus): PodEvent[] {
  if (reason === before?.reason || (reason !== 'DeadlineExceeded' && reason !== 'Evicted')) return []
  return [{ type: reason === 'Evicted' ? 'Warning' : 'Normal', reason, message }, ...stoppingEvents(before)]
}

/** A container was started, or could not be. One that ended before anybody looked was started, too. */
function runEvents(before: ContainerStatus | undefined, after: ContainerStatus): PodEvent[] {
  const { name, restartCount, state } = after
  const end = endOf(after)
  if (before?.restartCount === restartCount && (before.state?.running != null || endOf(before) !== undefined)) return []
  if (end !== undefined && failedStarts.has(end.reason)) return [failed(end.message ?? '')]
  if (state?.running == null && end?.containerID === undefined) return []
  return [
    { type: 'Normal', reason: 'Created', message: `Created container: ${name}` },
    { type: 'Normal', reason: 'Started', message: `Started container ${name}` },
  ]
}

/** A container was killed because its postStart hook has failed. */
function hookEvents(before: ContainerStatus | undefined, after: ContainerStatus): PodEvent[] {
  const [earlier, end] = [before, after].map((one) => one?.state?.terminated ?? one?.lastState?.terminated)
  if (end?.reason !== postStartHookError) return []
  if (earlier?.reason === end.reason && earlier.containerID === end.containerID) return []
  return [warning('FailedPostStartHook', 'PostStartHook failed')]
}

/** How the run that is counted has ended; undefined while it has not, or has not begun. */
function endOf({ state, lastState }: ContainerStatus): TerminatedState | undefined {
  return state?.waiting?.reason === 'CrashLoopBackOff' ? lastState?.terminated : state?.terminated
}

function waitingEvents(pod: Pod, before: ContainerStatus | undefined, { name, state }: ContainerStatus): PodEvent[] {
  const { reason = '', message = '' } = state?.waiting ?? {}
  const earlier = before?.state?.waiting
  if (message === '' || (earlier?.reason === reason && earlier.message === message)) return []
  const { namespace = 'default', uid } = pod.metadata
  const podText = `${pod.metadata.name}_${namespace}(${uid})`
  switch (reason) {
    case 'CrashLoopBackOff':
      return [warning('BackOff', `Back-off restarting failed container ${name} in pod ${podText}`)]
    case 'CreatePodSandboxError':
      return [warning('FailedCreatePodSandBox', `Failed to create pod sandbox: ${message}`)]
    // What a container waits for before it can be made are its volumes.
    case 'ContainerCreating':
    case 'PodInitializing':
      return [warning('FailedMount', message)]
    default:
      return [failed(message)]
  }
}

function failed(message: string): PodEvent {
  return warning('Failed', `Error: ${message}`)
}

function warning(reason: string, message: string): PodEvent {
  return { type: 'Warning', reason, message }
}

function statusesOf(status: PodStatus | undefined): readonly ContainerStatus[] {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
}
