import type { Pod } from 'myriad/client'

/** What a person wants to know of a pod. */
export interface PodState {
  /** `Pending`, `Running`, `Succeeded`, `Failed`; `Terminating` when it was asked to end. */
  readonly phase: string
  readonly isReady: boolean
  /** Name of the machine; empty before one was chosen. */
  readonly node: string
  /** How often its containers were started again. */
  readonly restarts: number
  /** Why it is not as it should be, such as `CrashLoopBackOff: back-off 10s restarting failed container`; or empty. */
  readonly reason: string
}

/** Reads the state of a pod from its status, as `kubectl get` and `describe` do. */
export function stateOf({ metadata, spec, status }: Pod): PodState {
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
  const isEnding = metadata.deletionTimestamp != null
  return {
    phase: isEnding ? 'Terminating' : (status?.phase ?? 'Pending'),
    isReady: !isEnding && conditionOf(status, 'Ready')?.status === 'True',
    node: spec.nodeName ?? '',
    restarts: containers.reduce((sum, { restartCount }) => sum + restartCount, 0),
    reason: reasonOf(status, containers),
  }
}

/** The state in a line: `Running on local, ready, 1 restart (Error: exit code 137)`. */
export function describeState({ phase, isReady, node, restarts, reason }: PodState): string {
  const words = [node === '' ? phase : `${phase} on ${node}`]
  if (isReady) words.push('ready')
  if (restarts > 0) words.push(restarts === 1 ? '1 restart' : `${restarts} restarts`)
  return words.join(', ') + (reason === '' ? '' : ` (${reason})`)
}

type Status = Pod['status']
type Containers = NonNullable<NonNullable<Status>['containerStatuses']>

/** The pod's own reason, else that of a container, else that of the scheduler. */
function reasonOf(status: Status, containers: Containers): string {
  if (status?.reason != null) return sentence(status.reason, status.message)
  const unready = containers.filter(({ ready }) => !ready)
  const waiting = unready.flatMap(({ state }) => state?.waiting ?? []).filter(({ reason }) => reason != null)
  const failed = unready
    .flatMap(({ state, lastState }) => state?.terminated ?? lastState?.terminated ?? [])
    .find(({ exitCode }) => exitCode !== 0)
  // What waits for its turn says less than what cannot go on.
  const trouble = waiting.find(({ reason }) => reason !== 'ContainerCreating' && reason !== 'PodInitializing')
  if (trouble !== undefined) return sentence(trouble.reason, trouble.message)
  if (failed !== undefined) return sentence(failed.reason, failed.message ?? `exit code ${failed.exitCode}`)
  if (waiting[0] !== undefined) return sentence(waiting[0].reason, waiting[0].message)
  const scheduled = conditionOf(status, 'PodScheduled')
  return scheduled?.status === 'False' ? sentence(scheduled.reason, scheduled.message) : ''
}

function conditionOf(status: Status, type: string) {
  return status?.conditions?.find((condition) => condition.type === type)
}

/** `Reason: message`, as far as there are both; without the names at the end, which whoever shows it knows. */
function sentence(reason?: string | null, message?: string | null): string {
  return [reason, message?.replace(/=\S+ pod=\S+$/, '')].filter(Boolean).join(': ')
}
