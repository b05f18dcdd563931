import type { ContainerState, ContainerStatus } from '../model/kinds/pod/container-status.ts'
import type { PodStatus } from '../model/kinds/pod/pod-status.ts'
import { qosClassOf } from '../model/kinds/pod/qos-class.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { timestamp } from '../model/timestamp.ts'
import { isTerminal, type PodPhase } from './pod.ts'
import { podConditions } from './pod-conditions.ts'
import { podPhase } from './pod-phase.ts'

/** All that a pod's status follows from. */
export interface PodObservation {
  readonly pod: Pod
  readonly containerStatuses: ContainerStatus[]
  readonly initContainerStatuses: ContainerStatus[]
  readonly podIP: string | undefined
  readonly hostIP: string
  /** Whether there is what the containers share, above all the network; where that is not told, no condition tells it. */
  readonly hasSandbox?: boolean
  /** When the agent took the pod over, as RFC 3339. */
  readonly startTime: string
  /** The pod has been stopped for good: nothing of it is restarted. */
  readonly isOver: boolean
  /** Set when the agent itself has failed the pod, for example `DeadlineExceeded`. */
  readonly failure: { readonly reason: string; readonly message: string } | undefined
  /** What the agent itself said last, where that may be newer than the manifest's status. */
  readonly previous?: PodStatus | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

/** The status of a pod from what its containers do. Pure. */
export function podStatus(observation: PodObservation): PodStatus {
  const { pod, podIP, hostIP, hasSandbox } = observation
  const { generation } = pod.metadata
  const containerStatuses = withMessagesCut(pod, observation.containerStatuses)
  const initContainerStatuses = withMessagesCut(pod, observation.initContainerStatuses)
  const { phase, failure } = phaseOf(observation)
  const conditions = podConditions(
    {
      pod,
      phase,
      containerStatuses,
      initContainerStatuses,
      hasSandbox,
      previous: observation.previous?.conditions,
    },
    timestamp(observation.now),
  )
  return {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    phase,
    ...failure,
    conditions,
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(podIP === undefined ? {} : { podIP, podIPs: [{ ip: podIP }] }),
    startTime: observation.startTime,
    ...(initContainerStatuses.length === 0 ? {} : { initContainerStatuses }),
    containerStatuses,
    qosClass: pod.status?.qosClass ?? qosClassOf(pod.spec),
  }
}

/**
 * The phase, and why the agent has failed the pod. A pod is not told as ended while any of its containers runs (kubelet
 * status_manager.go), since then nobody would look after it any more.
 */
function phaseOf(observation: PodObservation): Pick<PodObservation, 'failure'> & { readonly phase: PodPhase } {
  const { pod, containerStatuses, initContainerStatuses, failure, isOver } = observation
  const statuses = [...initContainerStatuses, ...containerStatuses]
  const phase = failure === undefined ? podPhase(pod, statuses, isOver) : 'Failed'
  const isLive = statuses.some(({ state }) => state?.running !== undefined)
  const before = (observation.previous ?? pod.status)?.phase ?? 'Pending'
  if (!isLive || !isTerminal({ phase }) || isTerminal({ phase: before })) return { phase, failure }
  return { phase: before, failure: undefined }
}

/** Bytes of all termination messages of a pod together (kubelet `MaxPodTerminationMessageLogLength`). */
const messagesBytesMax = 12 * 1024

/** The statuses with messages that are no longer than each container's share. */
function withMessagesCut(pod: Pod, statuses: ContainerStatus[]): ContainerStatus[] {
  const containers = pod.spec.containers.length + (pod.spec.initContainers ?? []).length
  const bytesMax = Math.floor(messagesBytesMax / Math.max(1, containers))
  const isLong = (state: ContainerState | undefined): boolean =>
    Buffer.byteLength(state?.terminated?.message ?? '') > bytesMax
  const cut = (state: ContainerState | undefined): ContainerState | undefined => {
    if (!isLong(state) || state?.terminated?.message === undefined) return state
    const message = Buffer.from(state.terminated.message).subarray(0, bytesMax).toString()
    return { ...state, terminated: { ...state.terminated, message } }
  }
  return statuses.map((status) => {
    const { state, lastState } = status
    return isLong(state) || isLong(lastState) ? { ...status, state: cut(state), lastState: cut(lastState) } : status
  })
}
