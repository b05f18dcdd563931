import type { PodStatus } from '../../../model/kinds/pod/pod-status.ts'
import type { Pod } from '../../../model/kinds/pod.ts'
import { timestamp } from '../../../model/timestamp.ts'
import { messageOf } from '../../log.ts'
import { podStatus } from '../../pod-status.ts'
import type { Timer, Timers } from '../../timers.ts'
import {
  type AdoptedContainer,
  type ContainerEngine,
  type ContainerExit,
  type RunningContainer,
  StartFailure,
} from './container-engine.ts'
import { planContainers } from './container-plan.ts'
import {
  adoptRun,
  begin,
  type ContainerRecord,
  containerStatusOf,
  end,
  isDone,
  recordsOf,
  situationsOf,
} from './container-record.ts'
import { backOffAfterRestart } from './restart-back-off.ts'

/** What a pod worker works with, and whom it tells. */
export interface PodWorkerOptions {
  readonly engine: ContainerEngine
  readonly timers: Timers
  readonly hostIP: string
  /** What is left of the pod of an earlier run of the agent. */
  readonly adopted?: readonly AdoptedContainer[]
  readonly onChange: (status: PodStatus) => void
  /** Nothing of the pod runs any more, and nothing will. */
  readonly onEnd: (status: PodStatus) => void
}

/** Runs the containers of one pod: starts them as planned, restarts them with back-off, stops them within a grace period. */
export class PodWorker {
  readonly #options: PodWorkerOptions
  readonly #records: ContainerRecord[]
  readonly #startTime: string
  #pod: Pod
  #podIP: string | undefined
  #wakeTimer: Timer | undefined
  #deadlineTimer: Timer | undefined
  #killTimer: Timer | undefined
  #killAt = Number.POSITIVE_INFINITY
  #phase: 'working' | 'stopping' | 'ended' | 'detached' = 'working'
  /** Set while stopping: whether the pod is stopped for good, and not only until the agent comes back. */
  #forGood = true
  /** What was told last, and the same as text. */
  #told: PodStatus | undefined
  #toldText = ''
  #failure: { readonly reason: string; readonly message: string } | undefined

  constructor(pod: Pod, options: PodWorkerOptions) {
    const now = options.timers.now()
    this.#options = options
    this.#pod = pod
    this.#records = recordsOf(pod, now)
    this.#startTime = pod.status?.startTime ?? timestamp(now)
    for (const found of options.adopted ?? []) this.#adopt(found, now)
  }

  get pod(): Pod {
    return this.#pod
  }

  /** Whether there is nothing more to wait for: nothing of the pod runs, or it was let go. */
  get hasEnded(): boolean {
    return this.#phase === 'ended' || this.#phase === 'detached'
  }

  /** Prepares the pod and starts its first containers. */
  start(): void {
    this.#tell()
    this.#watchDeadline()
    this.#options.engine.openPod(this.#pod).then(
      ({ podIP }) => {
        this.#podIP = podIP
        this.#sync()
      },
      (error: unknown) => {
        for (const record of this.#records) {
          record.state = 'refused'
          record.waiting = { reason: 'CreatePodSandboxError', message: messageOf(error) }
        }
        this.#settle()
      },
    )
  }

  /** Takes a newer manifest: a container that could not be started as the manifest was is tried again. */
  update(pod: Pod): void {
    const changed = JSON.stringify(pod.spec) !== JSON.stringify(this.#pod.spec)
    this.#pod = pod
    if (!changed || this.#phase !== 'working') return
    const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers]
    for (const record of this.#records) {
      record.container = containers.find(({ name }) => name === record.container.name) ?? record.container
      if (record.state === 'refused') record.state = 'fresh'
    }
    this.#watchDeadline()
    if (this.#podIP !== undefined) this.#sync()
  }

  /** Stops all containers; the shortest period that was asked for counts. `onEnd` follows, again if it has been told before. */
  stop(gracePeriodSeconds: number, forGood = true): void {
    const { timers } = this.#options
    if (this.#phase === 'ended') {
      this.#options.onEnd(this.status())
      return
    }
    if (this.#phase === 'detached') return
    if (this.#phase === 'working') this.#forGood = forGood
    this.#phase = 'stopping'
    timers.cancel(this.#wakeTimer)
    timers.cancel(this.#deadlineTimer)
    const killAt = timers.steady() + gracePeriodSeconds * 1000
    if (killAt < this.#killAt) {
      this.#killAt = killAt
      timers.cancel(this.#killTimer)
      if (gracePeriodSeconds > 0)
        this.#killTimer = timers.after(gracePeriodSeconds * 1000, () => this.#signalAll('SIGKILL'))
    }
    if (gracePeriodSeconds > 0) this.#signalNext()
    else this.#signalAll('SIGKILL')
    this.#settle()
  }

  /** Lets the containers run on without the agent, which hears no more of them. */
  detach(): void {
    const { timers } = this.#options
    this.#phase = 'detached'
    for (const timer of [this.#wakeTimer, this.#deadlineTimer, this.#killTimer]) timers.cancel(timer)
    for (const { running } of this.#records) running?.release()
  }

  status(): PodStatus {
    const { timers, hostIP } = this.#options
    const init = this.#records.filter(({ role }) => role !== 'main')
    const main = this.#records.filter(({ role }) => role === 'main')
    const initializing = init.some((one) => (one.role === 'step' ? !isDone(one) : one.state === 'fresh'))
    return podStatus({
      pod: this.#pod,
      containerStatuses: main.map((record) => containerStatusOf(record, initializing)),
      initContainerStatuses: init.map((record) => containerStatusOf(record, true)),
      podIP: this.#podIP,
      hostIP,
      startTime: this.#startTime,
      isOver: this.#phase === 'ended' && this.#forGood,
      failure: this.#failure,
      previous: this.#told,
      now: timers.now(),
    })
  }

  /** Does what the plan says, and tells the status if that has changed anything. */
  #sync(): void {
    if (this.#phase !== 'working') {
      this.#settle()
      return
    }
    const { timers } = this.#options
    const now = timers.now()
    const plan = planContainers(this.#pod.spec.restartPolicy, situationsOf(this.#records, now), now)
    for (const record of this.#records) {
      const { name } = record.container
      if (plan.backingOff.includes(name)) record.waiting = backingOff(this.#pod, record)
      if (plan.stop.includes(name)) record.running?.signal('SIGTERM')
      if (plan.start.includes(name)) this.#startContainer(record)
    }
    timers.cancel(this.#wakeTimer)
    const { wakeAt } = plan
    if (wakeAt !== undefined) this.#wakeTimer = timers.after(wakeAt - now, () => this.#sync())
    this.#tell()
  }

  #adopt(found: AdoptedContainer, now: number): void {
    const record = this.#records.find(({ container }) => container.name === found.name)
    if (record === undefined) {
      found.running?.signal('SIGKILL')
      return
    }
    adoptRun(record, found, now)
    void record.running?.exited.then((exit) => this.#exited(record, exit))
    this.#podIP = this.#pod.status?.podIP
  }

  #startContainer(record: ContainerRecord): void {
    const { engine, timers } = this.#options
    if (record.state === 'terminated') {
      record.backOff = backOffAfterRestart(record.backOff, record.finishedAt, timers.now())
      record.lastTerminated = record.terminated
      record.restartCount += 1
    }
    record.state = 'starting'
    const { container, restartCount } = record
    engine.start({ pod: this.#pod, container, podIP: this.#podIP ?? '', restartCount }).then(
      (running) => this.#started(record, running),
      (error: unknown) => this.#notStarted(record, error),
    )
  }

  #started(record: ContainerRecord, running: RunningContainer): void {
    begin(record, running, this.#options.timers.now())
    if (this.#phase === 'detached') {
      running.release()
      return
    }
    void running.exited.then((exit) => this.#exited(record, exit))
    if (this.#phase === 'stopping') {
      if (this.#options.timers.steady() >= this.#killAt) running.signal('SIGKILL')
      else this.#signalNext()
    }
    this.#sync()
  }

  #notStarted(record: ContainerRecord, error: unknown): void {
    const failure =
      error instanceof StartFailure ? error : new StartFailure('StartError', messageOf(error), { exitCode: 128 })
    if (failure.exitCode === undefined) {
      record.state = 'refused'
      record.waiting = { reason: failure.reason, message: failure.message }
    } else {
      const { exitCode, reason, message } = failure
      end(record, { exitCode, reason, message }, this.#options.timers.now())
    }
    this.#sync()
  }

  #exited(record: ContainerRecord, exit: ContainerExit): void {
    if (this.#phase === 'detached') return
    end(record, exit, this.#options.timers.now())
    if (this.#phase === 'stopping') this.#signalNext()
    this.#sync()
  }

  /** While stopping: asks the main containers to end, and when they have, the sidecars. */
  #signalNext(): void {
    const live = this.#records.filter(({ running }) => running !== undefined)
    const first = live.filter(({ role }) => role !== 'sidecar')
    for (const { running } of first.length > 0 ? first : live) running?.signal('SIGTERM')
  }

  #signalAll(name: 'SIGTERM' | 'SIGKILL'): void {
    for (const { running } of this.#records) running?.signal(name)
  }

  /** Tells the status, and while stopping the end once nothing is live. */
  #settle(): void {
    const live = this.#records.some(({ state }) => state === 'running' || state === 'starting')
    if (this.#phase !== 'stopping' || live) {
      this.#tell()
      return
    }
    this.#phase = 'ended'
    this.#options.timers.cancel(this.#killTimer)
    this.#options.onEnd(this.status())
  }

  #tell(): void {
    if (this.#phase !== 'working' && this.#phase !== 'stopping') return
    const status = this.status()
    const text = JSON.stringify(status)
    if (text === this.#toldText) return
    this.#told = status
    this.#toldText = text
    this.#options.onChange(status)
  }

  /** `spec.activeDeadlineSeconds`, counted from the pod's start (kubelet active_deadline.go). */
  #watchDeadline(): void {
    const { timers } = this.#options
    timers.cancel(this.#deadlineTimer)
    const { activeDeadlineSeconds, terminationGracePeriodSeconds } = this.#pod.spec
    if (activeDeadlineSeconds === undefined) return
    const deadline = Date.parse(this.#startTime) + activeDeadlineSeconds * 1000
    this.#deadlineTimer = timers.after(deadline - timers.now(), () => {
      if (!this.#records.some((record) => record.state !== 'terminated' || record.waiting !== undefined)) return
      this.#failure = {
        reason: 'DeadlineExceeded',
        message: 'Pod was active on the node longer than the specified deadline',
      }
      this.stop(terminationGracePeriodSeconds)
    })
  }
}

function backingOff(pod: Pod, record: ContainerRecord): { readonly reason: string; readonly message: string } {
  const { name, namespace = 'default', uid } = pod.metadata
  const seconds = (record.backOff?.delayMs ?? 0) / 1000
  const wait = seconds >= 60 ? `${Math.floor(seconds / 60)}m${seconds % 60}s` : `${seconds}s`
  return {
    reason: 'CrashLoopBackOff',
    message: `back-off ${wait} restarting failed container=${record.container.name} pod=${name}_${namespace}(${uid})`,
  }
}
