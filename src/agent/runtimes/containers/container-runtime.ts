import type { Pod } from '../../../model/kinds/pod.ts'
import type { LogRequest } from '../../../model/log-request.ts'
import { type Log, messageOf } from '../../log.ts'
import type { Timers } from '../../timers.ts'
import type { CloseOptions, Runtime, RuntimeListener } from '../runtime.ts'
import type { AdoptedContainer, ContainerEngine } from './container-engine.ts'
import { PodWorker } from './pod-worker.ts'

/** What a container runtime works with. `hostIP` is told in the status of its pods. */
export interface ContainerRuntimeOptions {
  readonly engine: ContainerEngine
  readonly timers: Timers
  readonly hostIP: string
  readonly log: Log
}

/** Runs pods on an engine that runs containers: one worker for each pod. */
export class ContainerRuntime implements Runtime {
  readonly #options: ContainerRuntimeOptions
  readonly #workers = new Map<string, PodWorker>()
  /** Pods of which nothing is told, because it was before. */
  readonly #silent = new Set<string>()
  readonly #removals = new Set<Promise<void>>()
  #listener: RuntimeListener | undefined
  #closing: (() => void) | undefined

  constructor(options: ContainerRuntimeOptions) {
    this.#options = options
  }

  async open(listener: RuntimeListener): Promise<void> {
    this.#listener = listener
    await this.#options.engine.open()
  }

  runPod(pod: Pod): void {
    const { uid } = pod.metadata
    const known = this.#workers.get(uid)
    if (known !== undefined) {
      known.update(pod)
      return
    }
    this.#begin(pod, this.#options.engine.adopt(pod)).start()
  }

  stopPod(pod: Pod, gracePeriodSeconds: number): void {
    const { uid } = pod.metadata
    this.#silent.delete(uid)
    let worker = this.#workers.get(uid)
    worker?.update(pod)
    if (worker === undefined) {
      const adopted = this.#options.engine.adopt(pod)
      if (adopted.length > 0) worker = this.#begin(pod, adopted)
    }
    if (worker !== undefined) worker.stop(gracePeriodSeconds)
    else this.#listener?.podEnded(uid, pod.status ?? {})
  }

  endPod(pod: Pod): void {
    const { uid } = pod.metadata
    if (this.#workers.has(uid)) return
    const adopted = this.#options.engine.adopt(pod)
    if (!adopted.some(({ running }) => running !== undefined)) {
      this.#options.engine.closePod(uid)
      return
    }
    this.#silent.add(uid)
    this.#begin(pod, adopted).stop(pod.spec.terminationGracePeriodSeconds)
  }

  readLog(wanted: LogRequest, signal: AbortSignal): AsyncIterable<string> {
    return this.#options.engine.readLog(wanted, signal)
  }

  forgetPod(uid: string): void {
    this.#workers.delete(uid)
    this.#silent.delete(uid)
    this.#remove(this.#options.engine.removePod(uid))
  }

  forgetOthers(uids: ReadonlySet<string>): void {
    this.#remove(this.#options.engine.removeOtherPods(new Set([...uids, ...this.#workers.keys()])))
  }

  async close(options: CloseOptions): Promise<void> {
    const { keepPods, gracePeriodSecondsMax } = options
    if (keepPods) for (const worker of this.#workers.values()) worker.detach()
    else await this.#stopAll(gracePeriodSecondsMax)
    await Promise.all(this.#removals)
    await this.#options.engine.close(options)
  }

  #begin(pod: Pod, adopted: readonly AdoptedContainer[]): PodWorker {
    const { uid } = pod.metadata
    const { engine, timers, hostIP, log } = this.#options
    const worker = new PodWorker(pod, {
      engine,
      timers,
      hostIP,
      log,
      adopted,
      onChange: (status) => {
        if (!this.#silent.has(uid)) this.#listener?.podChanged(uid, status)
      },
      onEnd: (status) => {
        if (this.#silent.delete(uid)) this.#workers.delete(uid)
        else this.#listener?.podEnded(uid, status)
        this.#closing?.()
      },
    })
    this.#workers.set(uid, worker)
    return worker
  }

  #stopAll(gracePeriodSecondsMax: number): Promise<void> {
    return new Promise((resolve) => {
      this.#closing = () => {
        if ([...this.#workers.values()].every((worker) => worker.hasEnded)) resolve()
      }
      for (const worker of this.#workers.values()) {
        worker.stop(Math.min(worker.pod.spec.terminationGracePeriodSeconds ?? 30, gracePeriodSecondsMax), false)
      }
      this.#closing()
    })
  }

  #remove(removal: Promise<void>): void {
    const told = removal.catch((error: unknown) => {
      this.#options.log.warn('the files of a pod could not be removed', { error: messageOf(error) })
    })
    this.#removals.add(told)
    void told.then(() => this.#removals.delete(told))
  }
}
