import type { ContainerStatus } from '../model/kinds/pod/container-status.ts'
import type { PodStatus } from '../model/kinds/pod/pod-status.ts'
import { qosClassOf } from '../model/kinds/pod/qos-class.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { timestamp } from '../model/timestamp.ts'
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
  const { pod, containerStatuses, initContainerStatuses, podIP, hostIP, hasSandbox, failure } = observation
  const previous = observation.previous?.conditions
  const statuses = [...initContainerStatuses, ...containerStatuses]
  const phase = failure === undefined ? podPhase(pod, statuses, observation.isOver) : 'Failed'
  const conditions = podConditions(
    { pod, phase, hasSandbox, containerStatuses, initContainerStatuses, previous },
    timestamp(observation.now),
  )
  return {
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
