import type { PodStatus } from '../../../model/kinds/pod/pod-status.ts'
import type { Pod } from '../../../model/kinds/pod.ts'
import { timestamp } from '../../../model/timestamp.ts'
import type { Log } from '../../log.ts'
import { activeDeadline } from '../../pod-deadline.ts'
import { podStatus } from '../../pod-status.ts'
import type { Timer, Timers } from '../../timers.ts'
import type { AdoptedContainer, ContainerEngine } from './container-engine.ts'
import { planContainers } from './container-plan.ts'
import { containerStatusOf, isDone, situationsOf } from './container-record.ts'
import { PodContainers } from './pod-containers.ts'
import { PodSandbox } from './pod-sandbox.ts'
import { PodTermination } from './pod-termination.ts'
import { backingOff } from './restart-back-off.ts'

/** What a pod worker works with, and whom it tells. */
export interface PodWorkerOptions {
  readonly engine: ContainerEngine
  readonly timers: Timers
  readonly hostIP: string
  readonly log: Log
  /** What is left of the pod of an earlier run of the agent. */
  readonly adopted?: readonly AdoptedContainer[]
  readonly onChange: (status: PodStatus) => void
  /** Nothing of the pod runs any more, and nothing will. */
  readonly onEnd: (status: PodStatus) => void
}

/** How often the use is looked at, and how long containers have to end when it is too much, as the kubelet has it. */
const useLooksMs = 10_000
const evictionGraceSeconds = 1

/** Leads one pod through its life: opens it, starts its containers as planned, and stops them when it is over or is asked to. */
export class PodWorker {
  readonly #options: PodWorkerOptions
  readonly #containers: PodContainers
  readonly #termination: PodTermination
  readonly #sandbox: PodSandbox
  readonly #startTime: string
  #pod: Pod
  #podIP: string | undefined
  #wakeTimer: Timer | undefined
  #deadlineTimer: Timer | undefined
  #useTimer: Timer | undefined
  #phase: 'working' | 'stopping' | 'ended' | 'detached' = 'working'
  /** Set while stopping: whether the pod is stopped for good, and not only until the agent comes back. */
  #forGood = true
  /** What was told last, and the same as text. */
  #told: PodStatus | undefined
  #toldText = ''
  #failure: { readonly reason: string; readonly message: string } | undefined

  constructor(pod: Pod, options: PodWorkerOptions) {
    const { engine, timers, log, adopted = [] } = options
    this.#options = options
    this.#pod = pod
    this.#startTime = pod.status?.startTime ?? timestamp(timers.now())
    this.#containers = new PodContainers(pod, { engine, timers, log, onChange: () => this.#sync() })
    this.#sandbox = new PodSandbox({
      engine,
      timers,
      onOpen: (podIP) => {
        this.#podIP = podIP
        for (const record of this.#containers.records) if (record.state === 'fresh') record.waiting = undefined
        this.#sync()
      },
      onFailure: (waiting) => {
        const { name, namespace } = this.#pod.metadata
        log.warn('a pod could not be opened', { namespace, pod: name, why: waiting.message })
        for (const record of this.#containers.records) if (record.state === 'fresh') record.waiting = waiting
        this.#settle()
      },
    })
    this.#termination = new PodTermination({ records: this.#containers.records, timers, log })
    for (const found of adopted) this.#containers.adopt(found)
    if (adopted.length > 0) this.#podIP = pod.status?.podIP
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
    this.#watchUse()
    this.#sandbox.open(() => this.#pod)
  }

  /** Takes a newer manifest: a container that could not be started as the manifest was is tried again. */
  update(pod: Pod): void {
    const isOther = (part: (one: Pod) => unknown): boolean =>
      JSON.stringify(part(pod)) !== JSON.stringify(part(this.#pod))
    const hasOtherSpec = isOther(({ spec }) => spec)
    const hasOtherText = isOther(({ metadata: { labels, annotations } }) => [labels, annotations])
    this.#pod = pod
    if (this.#phase !== 'working') return
    if (this.#sandbox.isOpen && hasOtherText) this.#options.engine.updatePod(pod)
    if (!hasOtherSpec) return
    this.#containers.update(pod)
    this.#watchDeadline()
    if (this.#sandbox.isOpen) this.#sync()
  }

  /** Stops all containers; the shortest period that was asked for counts. `onEnd` follows, again if it has been told before. */
  stop(gracePeriodSeconds: number, forGood = true): void {
    if (this.#phase === 'ended') {
      this.#options.onEnd(this.status())
      return
    }
    if (this.#phase === 'detached') return
    if (this.#phase === 'working') this.#forGood = forGood
    this.#phase = 'stopping'
    this.#cancelTimers()
    this.#sandbox.giveUp()
    this.#termination.within(gracePeriodSeconds)
    this.#settle()
  }

  /** Fails the pod for a reason of the agent's own, and stops its containers. */
  fail(failure: { readonly reason: string; readonly message: string }, gracePeriodSeconds: number): void {
    if (this.#phase !== 'working') return
    this.#failure = failure
    this.stop(gracePeriodSeconds)
  }

  /** Lets the containers run on without the agent, which hears no more of them. */
  detach(): void {
    this.#phase = 'detached'
    this.#cancelTimers()
    this.#sandbox.giveUp()
    this.#termination.cancel()
    this.#containers.release()
  }

  status(): PodStatus {
    const { timers, hostIP } = this.#options
    const { records } = this.#containers
    const init = records.filter(({ role }) => role !== 'main')
    const main = records.filter(({ role }) => role === 'main')
    const initializing = init.some((one) => (one.role === 'step' ? !isDone(one) : one.state === 'fresh'))
    return podStatus({
      pod: this.#pod,
      containerStatuses: main.map((record) => containerStatusOf(record, initializing)),
      initContainerStatuses: init.map((record) => containerStatusOf(record, true)),
      podIP: this.#podIP,
      hostIP,
      hasSandbox: this.#sandbox.isOpen || this.#containers.records.some(({ running }) => running !== undefined),
      startTime: this.#startTime,
      isOver: this.#phase === 'ended' && this.#forGood,
      failure: this.#failure,
      previous: this.#told,
      now: timers.now(),
    })
  }

  /** Does what the plan says, and tells the status if that has changed anything. */
  #sync(): void {
    if (this.#phase === 'stopping') this.#termination.proceed()
    if (this.#phase !== 'working') {
      this.#settle()
      return
    }
    const { timers } = this.#options
    const { records } = this.#containers
    const now = timers.now()
    const plan = planContainers(situationsOf(records, this.#pod.spec.restartPolicy, now), now)
    if (plan.isOver) {
      this.stop(this.#pod.spec.terminationGracePeriodSeconds)
      return
    }
    // Nothing is started in a pod that is not open; what runs in it already was adopted.
    if (!this.#sandbox.isOpen) {
      this.#tell()
      return
    }
    for (const record of records) {
      const { name } = record.container
      if (plan.backingOff.includes(name)) record.waiting = backingOff(this.#pod, record.container, record.backOff)
      if (plan.start.includes(name)) this.#containers.start(record, this.#pod, this.#podIP ?? '')
    }
    timers.cancel(this.#wakeTimer)
    const { wakeAt } = plan
    if (wakeAt !== undefined) this.#wakeTimer = timers.after(wakeAt - now, () => this.#sync())
    this.#tell()
  }

  /** Tells the status, and while stopping the end once nothing is live. */
  #settle(): void {
    if (this.#phase !== 'stopping' || this.#containers.areLive) {
      this.#tell()
      return
    }
    this.#phase = 'ended'
    if (this.#forGood) this.#sandbox.close(this.#pod.metadata.uid)
    this.#termination.cancel()
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

  #watchDeadline(): void {
    const { timers } = this.#options
    timers.cancel(this.#deadlineTimer)
    const { terminationGracePeriodSeconds } = this.#pod.spec
    const deadline = activeDeadline(this.#pod, this.#startTime)
    if (deadline === undefined) return
    const message = 'Pod was active on the node longer than the specified deadline'
    this.#deadlineTimer = timers.after(deadline - timers.now(), () =>
      this.fail({ reason: 'DeadlineExceeded', message }, terminationGracePeriodSeconds),
    )
  }

  /** Evicts a pod that uses more than it may (kubelet `localStorageEviction`), as far as its manifest says how much. */
  #watchUse(): void {
    if (!(this.#pod.spec.volumes ?? []).some(({ emptyDir }) => emptyDir?.sizeLimit !== undefined)) return
    const { engine, timers } = this.#options
    this.#useTimer = timers.after(useLooksMs, () => this.#watchUse())
    const message = this.#sandbox.isOpen ? engine.overuse(this.#pod) : undefined
    if (message !== undefined) this.fail({ reason: 'Evicted', message }, evictionGraceSeconds)
  }

  #cancelTimers(): void {
    for (const timer of [this.#wakeTimer, this.#deadlineTimer, this.#useTimer]) this.#options.timers.cancel(timer)
  }
}
