import { type Cause, invalid, Refusal } from './errors.ts'
import type { ContainerStatus } from './kinds/pod/container-status.ts'
import type { Pod } from './kinds/pod.ts'

/** What somebody wants to read of a pod's logs: Kubernetes' `PodLogOptions`. */
export interface LogOptions {
  readonly container?: string | null | undefined
  readonly follow?: boolean | null | undefined
  readonly tailLines?: number | null | undefined
  /** RFC 3339. */
  readonly sinceTime?: string | null | undefined
  readonly sinceSeconds?: number | null | undefined
  readonly previous?: boolean | null | undefined
  readonly limitBytes?: number | null | undefined
}

/** The log of one run of one container, as its node's agent is asked for it. */
export interface LogRequest {
  readonly id: string
  readonly pod: Pod
  readonly container: string
  /** Which run it is. */
  readonly restartCount: number
  /** Go on until the run ends. */
  readonly follow: boolean
  /** Only so many of the last lines. */
  readonly tailLines?: number | null | undefined
  /** Of these, only lines that are not older; RFC 3339. */
  readonly sinceTime?: string | null | undefined
}

/** Names the container that is meant when a request names none (kubectl). */
const defaultContainerAnnotation = 'kubectl.kubernetes.io/default-container'

/** Bytes that a log may have when it is asked for as one text. */
export const logBytesMax = 8 * 1024 ** 2

/**
 * What the agent of the pod's node has to be asked for. The rules and words are those of the kubelet
 * (`validateContainerLogStatus`) and of the API server (`ValidatePodLogOptions`, `LogLocation`). Throws INVALID for options
 * that make no sense, NOT_FOUND for a run that there is not, UNAVAILABLE for one that there is not yet.
 */
export function planLogRequest(pod: Pod, options: LogOptions, now: number): Omit<LogRequest, 'id'> {
  const causes = faultsOf(options)
  if (causes.length > 0) throw invalid('the request for logs', causes)
  const { follow, tailLines, sinceTime, sinceSeconds, previous } = options
  const container = containerOf(pod, options.container)
  if ((pod.spec.nodeName ?? '') === '') {
    throw new Refusal('UNAVAILABLE', `pod "${pod.metadata.name}" is not bound to a node yet: it has no logs`)
  }
  const since = sinceSeconds == null ? sinceTime : new Date(now - sinceSeconds * 1_000).toISOString()
  return {
    pod,
    container,
    restartCount: runOf(pod, container, previous ?? false),
    follow: follow ?? false,
    ...(tailLines == null ? {} : { tailLines }),
    ...(since == null ? {} : { sinceTime: since }),
  }
}

function faultsOf({ tailLines, sinceTime, sinceSeconds, limitBytes }: LogOptions): Cause[] {
  const causes: Cause[] = []
  const refuse = (field: string, value: unknown, rule: string): void => {
    causes.push({ field, reason: 'FieldValueInvalid', message: `Invalid value: ${String(value)}: ${rule}` })
  }
  if (tailLines != null && tailLines < 0) refuse('tailLines', tailLines, 'must be greater than or equal to 0')
  if (limitBytes != null && limitBytes < 1) refuse('limitBytes', limitBytes, 'must be greater than 0')
  if (limitBytes != null && limitBytes > logBytesMax) {
    refuse('limitBytes', limitBytes, `must be less than or equal to ${logBytesMax}`)
  }
  if (sinceTime != null && sinceSeconds != null) {
    const message = 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified'
    causes.push({ field: 'sinceSeconds', reason: 'FieldValueForbidden', message })
  } else if (sinceSeconds != null && sinceSeconds < 1) refuse('sinceSeconds', sinceSeconds, 'must be greater than 0')
  return causes
}

/** The container that is meant: the one that is named, the default one, or the only one. */
function containerOf({ metadata, spec }: Pod, wanted: string | null | undefined): string {
  const { name: pod, annotations } = metadata
  const names = spec.containers.map(({ name }) => name)
  const initNames = [...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])].map(({ name }) => name)
  const known = new Set([...names, ...initNames])
  if (wanted != null && wanted !== '') {
    if (known.has(wanted)) return wanted
    throw refusedContainer(`container ${wanted} is not valid for pod ${pod}`, 'FieldValueNotFound')
  }
  const usual = annotations?.[defaultContainerAnnotation]
  if (usual !== undefined && known.has(usual)) return usual
  const [only, ...others] = names
  if (only !== undefined && others.length === 0) return only
  const orInit = initNames.length === 0 ? '' : ` or one of the init containers: [${initNames.join(' ')}]`
  const choice = `a container name must be specified for pod ${pod}, choose one of: [${names.join(' ')}]${orInit}`
  throw refusedContainer(choice, 'FieldValueRequired')
}

function refusedContainer(message: string, reason: Cause['reason']): Refusal {
  return new Refusal('INVALID', message, { causes: [{ field: 'container', reason, message }] })
}

/** The number of the run whose log is meant: the present one, the latest, or the one before. */
function runOf({ metadata, status }: Pod, container: string, previous: boolean): number {
  const subject = `container "${container}" in pod "${metadata.name}"`
  const told = [
    ...(status?.containerStatuses ?? []),
    ...(status?.initContainerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ].find(({ name }) => name === container)
  if (told === undefined) throw new Refusal('UNAVAILABLE', `${subject} is not available`)
  const { state, lastState, restartCount } = told
  if (previous && lastState?.terminated == null) {
    throw new Refusal('NOT_FOUND', `previous terminated ${subject} not found`)
  }
  // While it waits for its next run, the last one that ended is the latest. It is counted on when it is about to start.
  if (isWaiting(told) && lastState?.terminated != null) {
    return state?.waiting?.reason === 'CrashLoopBackOff' ? restartCount : Math.max(0, restartCount - 1)
  }
  if (previous) return restartCount - 1
  if (state?.running == null && state?.terminated == null) {
    throw new Refusal('UNAVAILABLE', `${subject} is waiting to start: ${waitingFor(told)}`)
  }
  return restartCount
}

function isWaiting({ state }: ContainerStatus): boolean {
  return state?.running == null && state?.terminated == null
}

function waitingFor({ state }: ContainerStatus): string {
  const { reason } = state?.waiting ?? {}
  if (reason === 'ErrImagePull') return "image can't be pulled"
  if (reason === 'ImagePullBackOff') return 'trying and failing to pull image'
  return reason ?? 'no logs yet'
}
