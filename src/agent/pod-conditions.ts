import type { Container } from '../model/kinds/pod/container.ts'
import type { ContainerStatus } from '../model/kinds/pod/container-status.ts'
import type { PodCondition } from '../model/kinds/pod/pod-status.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { isSidecar, type PodPhase } from './pod.ts'

/** What the conditions follow from. `undefined` statuses: nothing is known of the containers yet. */
export interface ConditionInput {
  readonly pod: Pod
  readonly phase: PodPhase
  readonly containerStatuses: readonly ContainerStatus[] | undefined
  readonly initContainerStatuses: readonly ContainerStatus[] | undefined
  /** Whether the pod has a sandbox; where nothing is known of that, the condition PodReadyToStartContainers is not set. */
  readonly hasSandbox?: boolean | undefined
  /** What the agent itself said last, where that may be newer than the manifest. */
  readonly previous?: readonly PodCondition[] | undefined
}

type Verdict = Omit<PodCondition, 'type' | 'lastTransitionTime'>

/**
 * The conditions that an agent sets (kubelet pkg/kubelet/status/generate.go), then those that others have set, as they
 * were. A condition whose status is not other than before keeps its `lastTransitionTime`; `at` is the time of the others.
 */
export function podConditions(input: ConditionInput, at: string): PodCondition[] {
  const previous = input.pod.status?.conditions ?? []
  const { hasSandbox } = input
  const verdicts: Record<string, Verdict> = {
    ...(hasSandbox === undefined ? {} : { PodReadyToStartContainers: { status: hasSandbox ? 'True' : 'False' } }),
    Initialized: initializedVerdict(input),
    Ready: readyVerdict(input),
    ContainersReady: containersReadyVerdict(input),
    PodScheduled: { status: 'True' },
  }
  const conditions = Object.entries(verdicts).map(([type, verdict]): PodCondition => {
    const isSame = (condition: PodCondition): boolean => condition.type === type
    const before = input.previous?.find(isSame) ?? previous.find(isSame)
    const since = before?.status === verdict.status ? (before.lastTransitionTime ?? at) : at
    return { type, ...verdict, lastTransitionTime: since }
  })
  return [...conditions, ...previous.filter((condition) => verdicts[condition.type] === undefined)]
}

/** Initialized is: every init container has succeeded, and every sidecar has started; or a main container has started. */
export function initializedVerdict(input: ConditionInput): Verdict {
  const { initContainers = [] } = input.pod.spec
  const statuses = input.initContainerStatuses
  if (statuses === undefined && initContainers.length > 0) {
    return { status: 'False', reason: 'UnknownContainerStatuses' }
  }
  const unknown: string[] = []
  const incomplete: string[] = []
  for (const container of initContainers) {
    const status = statuses?.find(({ name }) => name === container.name)
    if (status === undefined) unknown.push(container.name)
    else if (isSidecar(container) ? status.started !== true : !status.ready) incomplete.push(container.name)
  }
  if (input.phase === 'Succeeded' && unknown.length === 0) return { status: 'True', reason: 'PodCompleted' }
  if (input.containerStatuses?.some(hasStarted)) return { status: 'True' }
  return namesVerdict('ContainersNotInitialized', unknown, 'incomplete', incomplete)
}

/** ContainersReady is: every main container and every sidecar is ready, and the pod has not ended. */
export function containersReadyVerdict(input: ConditionInput): Verdict {
  const { containerStatuses, initContainerStatuses = [], pod, phase } = input
  if (containerStatuses === undefined) return { status: 'False', reason: 'UnknownContainerStatuses' }
  const unknown: string[] = []
  const unready: string[] = []
  const sidecars = (pod.spec.initContainers ?? []).filter(isSidecar)
  const check = (containers: readonly Container[], statuses: readonly ContainerStatus[]): void => {
    for (const container of containers) {
      const status = statuses.find(({ name }) => name === container.name)
      if (status === undefined) unknown.push(container.name)
      else if (!status.ready) unready.push(container.name)
    }
  }
  check(sidecars, initContainerStatuses)
  check(pod.spec.containers ?? [], containerStatuses)
  if (phase === 'Succeeded' && unknown.length === 0) return { status: 'False', reason: 'PodCompleted' }
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' }
  return namesVerdict('ContainersNotReady', unknown, 'unready', unready)
}

/** Ready is: the containers are, and so is every condition that `spec.readinessGates` names. */
export function readyVerdict(input: ConditionInput): Verdict {
  const containersReady = containersReadyVerdict(input)
  if (containersReady.status !== 'True') return containersReady
  const messages: string[] = []
  for (const { conditionType } of input.pod.spec.readinessGates ?? []) {
    const condition = input.pod.status?.conditions?.find(({ type }) => type === conditionType)
    if (condition === undefined) {
      messages.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`)
    } else if (condition.status !== 'True') {
      messages.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`)
    }
  }
  if (messages.length === 0) return { status: 'True' }
  return { status: 'False', reason: 'ReadinessGatesNotReady', message: messages.join(', ') }
}

function namesVerdict(reason: string, unknown: string[], word: string, others: string[]): Verdict {
  const messages: string[] = []
  if (unknown.length > 0) messages.push(`containers with unknown status: [${unknown.join(' ')}]`)
  if (others.length > 0) messages.push(`containers with ${word} status: [${others.join(' ')}]`)
  return messages.length === 0 ? { status: 'True' } : { status: 'False', reason, message: messages.join(', ') }
}

function hasStarted(status: ContainerStatus): boolean {
  return status.state?.running !== undefined || status.state?.terminated !== undefined || status.restartCount > 0
}
