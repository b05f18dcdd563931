/** What the demonstration selects of a pod. */
export interface PodView {
  readonly name: string
  readonly uid: string
  readonly metadata: { readonly deletionTimestamp?: string | null }
  readonly node?: { readonly name: string } | null
  readonly status?: PodStatusView | null
}

interface PodStatusView {
  readonly phase?: string | null
  readonly podIP?: string | null
  readonly conditions?: readonly { readonly type: string; readonly status: string }[] | null
  readonly containerStatuses?: readonly ContainerStatusView[] | null
}

interface ContainerStatusView {
  readonly restartCount: number
  readonly state?: {
    readonly waiting?: { readonly reason?: string | null; readonly message?: string | null } | null
    readonly terminated?: { readonly exitCode: number } | null
  } | null
  readonly lastState?: { readonly terminated?: { readonly exitCode: number } | null } | null
}

/** One event of the stream `podEvents`. */
export interface PodEventView {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'
  readonly at: string
  readonly actor?: string | null
  readonly pod?: PodView | null
}

/** The subscription whose events are `PodEventView`s: nothing is selected that is not shown or waited for. */
export const podEventsDocument = `
  subscription ($labelSelector: String!) {
    podEvents(labelSelector: $labelSelector) {
      type
      at
      actor
      pod {
        name
        uid
        metadata { deletionTimestamp }
        node { name }
        status {
          phase
          podIP
          conditions { type status }
          containerStatuses {
            restartCount
            state { waiting { reason message } terminated { exitCode } }
            lastState { terminated { exitCode } }
          }
        }
      }
    }
  }`

/** Whether the pod can serve and nobody has asked it to end. */
export function isServing(pod: PodView): boolean {
  const isReady = pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false
  return isReady && !isEnding(pod)
}

/** How often containers of the pod were started again. */
export function restartsOf(pod: PodView): number {
  return (pod.status?.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0)
}

/** What the pod does, in a few words: `Pending`, `Pending on local`, `Running on local, ready, 1 restart after exit code 137`. */
export function describePod(pod: PodView): string {
  const place = pod.node ? ` on ${pod.node.name}` : ''
  const words = [`${isEnding(pod) ? 'Terminating' : (pod.status?.phase ?? 'Pending')}${place}`]
  for (const { state } of pod.status?.containerStatuses ?? []) {
    if (state?.terminated) words.push(`container ended with exit code ${state.terminated.exitCode}`)
    if (state?.waiting?.message) words.push(`${state.waiting.reason ?? 'waiting'}: ${state.waiting.message}`)
  }
  if (isServing(pod)) words.push('ready')
  if (restartsOf(pod) > 0 && !isEnding(pod)) words.push(restartText(pod))
  return words.join(', ')
}

/** `1 restart after exit code 137`. */
function restartText(pod: PodView): string {
  const restarts = restartsOf(pod)
  const exitCodes = (pod.status?.containerStatuses ?? []).flatMap(
    ({ lastState }) => lastState?.terminated?.exitCode ?? [],
  )
  const cause = exitCodes.length === 0 ? '' : ` after exit code ${exitCodes.join(', ')}`
  return `${restarts} restart${restarts === 1 ? '' : 's'}${cause}`
}

function isEnding(pod: PodView): boolean {
  return pod.metadata.deletionTimestamp != null
}
