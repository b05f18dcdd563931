import type { PodStatus } from '../../model/kinds/pod/pod-status.ts'
import type { Pod } from '../../model/kinds/pod.ts'
import type { LogRequest } from '../../model/log-request.ts'
import { eventsBetween, type PodEvent, stoppingEvents } from '../pod-events.ts'
import type { CloseOptions, Runtime, RuntimeListener } from './runtime.ts'

interface Known {
  pod: Pod
  status: PodStatus | undefined
  isStopping: boolean
}

/** Runs pods on another runtime, and tells as events what happens to them, which it sees by how their statuses change. */
export class ToldRuntime implements Runtime {
  readonly #runtime: Runtime
  readonly #tell: (pod: Pod, event: PodEvent) => void
  readonly #pods = new Map<string, Known>()

  constructor(runtime: Runtime, tell: (pod: Pod, event: PodEvent) => void) {
    this.#runtime = runtime
    this.#tell = tell
  }

  open(listener: RuntimeListener): Promise<void> {
    return this.#runtime.open({
      podChanged: (uid, status) => {
        this.#changed(uid, status)
        listener.podChanged(uid, status)
      },
      podEnded: (uid, status) => {
        this.#changed(uid, status)
        listener.podEnded(uid, status)
      },
    })
  }

  runPod(pod: Pod): void {
    this.#known(pod)
    this.#runtime.runPod(pod)
  }

  stopPod(pod: Pod, gracePeriodSeconds: number): void {
    this.#stopping(this.#known(pod))
    this.#runtime.stopPod(pod, gracePeriodSeconds)
  }

  endPod(pod: Pod): void {
    this.#runtime.endPod(pod)
  }

  readLog(wanted: LogRequest, signal: AbortSignal): AsyncIterable<string> {
    return this.#runtime.readLog(wanted, signal)
  }

  forgetPod(uid: string): void {
    this.#pods.delete(uid)
    this.#runtime.forgetPod(uid)
  }

  forgetOthers(uids: ReadonlySet<string>): void {
    this.#runtime.forgetOthers(uids)
  }

  close(options: CloseOptions): Promise<void> {
    if (!options.keepPods) for (const known of this.#pods.values()) this.#stopping(known)
    return this.#runtime.close(options)
  }

  /** What an agent before this one has told of the pod is not told again. */
  #known(pod: Pod): Known {
    const { uid } = pod.metadata
    const known = this.#pods.get(uid) ?? { pod, status: pod.status, isStopping: false }
    this.#pods.set(uid, known)
    known.pod = pod
    return known
  }

  #stopping(known: Known): void {
    if (known.isStopping) return
    known.isStopping = true
    for (const event of stoppingEvents(known.status)) this.#tell(known.pod, event)
  }

  #changed(uid: string, status: PodStatus): void {
    const known = this.#pods.get(uid)
    if (known === undefined) return
    for (const event of eventsBetween(known.pod, known.status, status)) this.#tell(known.pod, event)
    known.status = status
  }
}
