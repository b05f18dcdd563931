import type { Container } from '../../../model/kinds/pod/container.ts'
import type { ContainerRole } from './container-plan.ts'

/** A container that has ended. */
export interface EndedContainer {
  readonly container: Container
  readonly role: ContainerRole
  readonly exitCode: number
}

/**
 * Whether a container that has ended is started again (kubelet `ContainerShouldRestart`): a sidecar always; by the first of
 * its own rules that fits, by its own policy, or by the pod's. An init container that has succeeded never is.
 */
export function isRestarted({ container, role, exitCode }: EndedContainer, podPolicy: string | undefined): boolean {
  if (role === 'sidecar') return true
  const { restartPolicy = podPolicy, restartPolicyRules = [] } = container
  const rule = restartPolicyRules.find(({ exitCodes }) => {
    if (exitCodes === undefined) return false
    return (exitCodes.values ?? []).includes(exitCode) === (exitCodes.operator === 'In')
  })
  if (role === 'step' && exitCode === 0) return false
  if (rule !== undefined) return true
  return restartPolicy === 'Never' ? false : restartPolicy !== 'OnFailure' || exitCode !== 0
}
