import type { Container } from '../model/kinds/pod/container.ts'
import type { ContainerState } from '../model/kinds/pod/container-status.ts'
import type { PodStatus } from '../model/kinds/pod/pod-status.ts'

/** Where a pod is in its life. */
export type PodPhase = NonNullable<PodStatus['phase']>

/** How a container ended. */
export type TerminatedState = NonNullable<ContainerState['terminated']>

/** Whether nothing of the pod will ever run again. */
export function isTerminal(status: PodStatus | undefined): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed'
}

/** Whether this init container stays up beside the others (a sidecar, `restartPolicy: Always` on an init container). */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always'
}

/** The kubelet's name for the end of a container that was killed because its postStart hook has failed. */
export const postStartHookError = 'PostStartHookError'
