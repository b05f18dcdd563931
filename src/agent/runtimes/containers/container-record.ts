import type { Container } from '../../../model/kinds/pod/container.ts'
import type { ContainerState, ContainerStatus } from '../../../model/kinds/pod/container-status.ts'
import type { Pod } from '../../../model/kinds/pod.ts'
import { timestamp } from '../../../model/timestamp.ts'
import { isSidecar, type TerminatedState } from '../../pod.ts'
import type { AdoptedContainer, ContainerExit, RunningContainer } from './container-engine.ts'
import type { ContainerRole, ContainerSituation } from './container-plan.ts'
import type { RestartBackOff } from './restart-back-off.ts'

/** What is known of one container of a pod that this agent runs. */
export interface ContainerRecord {
  readonly role: ContainerRole
  container: Container
  state: ContainerSituation['state']
  running: RunningContainer | undefined
  /** RFC 3339; when the present run began. */
  startedAt: string | undefined
  containerID: string | undefined
  terminated: TerminatedState | undefined
  /** Milliseconds since 1970. */
  finishedAt: number
  /** How the run before the present one ended. */
  lastTerminated: TerminatedState | undefined
  restartCount: number
  backOff: RestartBackOff | undefined
  /** Why it is waiting, where the state alone does not say it. */
  waiting: { readonly reason: string; readonly message?: string } | undefined
}

/**
 * The records of a pod's containers, init containers first. What the pod's status tells of an earlier run counts: what
 * ran then and is not there any more has ended, as the kubelet sees it, with exit code 137 and ContainerStatusUnknown.
 */
export function recordsOf(pod: Pod, now: number): ContainerRecord[] {
  const { initContainers = [], containers } = pod.spec
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {}
  return [
    ...initContainers.map((container) =>
      recordOf(container, isSidecar(container) ? 'sidecar' : 'step', initContainerStatuses, now),
    ),
    ...containers.map((container) => recordOf(container, 'main', containerStatuses, now)),
  ]
}

/**
 * Takes over what was found of a container. It counts more than the pod's status, which may be older: it may know how a
 * run has ended that was told as running, or of a run that was never told.
 */
export function adoptRun(record: ContainerRecord, found: AdoptedContainer, now: number): void {
  const { restartCount, startedAt, running, exit } = found
  // A start that failed is in the status alone.
  if (restartCount < record.restartCount) return
  if (restartCount > record.restartCount) record.lastTerminated = record.terminated
  record.restartCount = restartCount
  record.startedAt = startedAt === undefined ? undefined : timestamp(startedAt)
  if (running !== undefined) begin(record, running, now)
  else if (exit !== undefined) end(record, exit, now)
}

/** The container runs now. */
export function begin(record: ContainerRecord, running: RunningContainer, now: number): void {
  record.state = 'running'
  record.waiting = undefined
  record.terminated = undefined
  record.running = running
  record.containerID = running.id
  record.startedAt = timestamp(running.startedAt ?? now)
}

/** The container has ended. */
export function end(record: ContainerRecord, exit: ContainerExit, now: number): void {
  const { exitCode, message, finishedAt = now, reason = exitCode === 0 ? 'Completed' : 'Error' } = exit
  const { startedAt = timestamp(finishedAt), containerID } = record
  record.state = 'terminated'
  record.waiting = undefined
  record.running = undefined
  record.startedAt = undefined
  record.finishedAt = finishedAt
  record.terminated = {
    exitCode,
    reason,
    ...(message === undefined ? {} : { message }),
    startedAt,
    finishedAt: timestamp(finishedAt),
    ...(containerID === undefined ? {} : { containerID }),
  }
}

/** Whether the container has ended well. */
export function isDone({ state, terminated }: ContainerRecord): boolean {
  return state === 'terminated' && terminated?.exitCode === 0
}

/**
 * What the plan needs to know of records. Where the clock was set back, what has ended "in the future" counts as ended now, so
 * that its back-off does not wait for the clock.
 */
export function situationsOf(records: readonly ContainerRecord[], now: number): ContainerSituation[] {
  return records.map((record) => {
    record.finishedAt = Math.min(record.finishedAt, now)
    const { container, role, state, terminated, finishedAt, backOff } = record
    return { name: container.name, role, state, exitCode: terminated?.exitCode ?? 0, finishedAt, backOff }
  })
}

/** The entry in `containerStatuses`. `initializing`: it waits for init containers. */
export function containerStatusOf(record: ContainerRecord, initializing: boolean): ContainerStatus {
  const { container, role, restartCount, containerID } = record
  const running = record.state === 'running'
  const state = stateOf(record, initializing)
  const last = state.terminated === undefined ? (record.terminated ?? record.lastTerminated) : record.lastTerminated
  return {
    name: container.name,
    image: container.image ?? '',
    imageID: '',
    ...(containerID === undefined ? {} : { containerID }),
    ready: role === 'step' ? state.terminated?.exitCode === 0 : running,
    started: running && role !== 'step',
    restartCount,
    state,
    lastState: last === undefined ? {} : { terminated: last },
  }
}

function stateOf(record: ContainerRecord, initializing: boolean): ContainerState {
  if (record.state === 'running') return { running: { startedAt: record.startedAt } }
  if (record.waiting !== undefined) return { waiting: record.waiting }
  if (record.state === 'terminated' && record.terminated !== undefined) return { terminated: record.terminated }
  return { waiting: { reason: initializing ? 'PodInitializing' : 'ContainerCreating' } }
}

function recordOf(
  container: Container,
  role: ContainerRole,
  earlier: readonly ContainerStatus[],
  now: number,
): ContainerRecord {
  const status = earlier.find(({ name }) => name === container.name)
  const { state, lastState } = status ?? {}
  const terminated =
    state?.terminated ?? (state?.running ? lostState(state.running.startedAt, now) : lastState?.terminated)
  return {
    role,
    container,
    state: terminated === undefined ? 'fresh' : 'terminated',
    running: undefined,
    startedAt: undefined,
    containerID: status?.containerID,
    terminated,
    finishedAt: terminated?.finishedAt === undefined ? 0 : Date.parse(terminated.finishedAt),
    lastTerminated: state?.waiting ? undefined : lastState?.terminated,
    restartCount: status?.restartCount ?? 0,
    backOff: undefined,
    waiting: undefined,
  }
}

function lostState(startedAt: string | undefined, now: number): TerminatedState {
  return {
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message: 'The container was not there any more when the agent came back.',
    ...(startedAt === undefined ? {} : { startedAt }),
    finishedAt: timestamp(now),
  }
}
