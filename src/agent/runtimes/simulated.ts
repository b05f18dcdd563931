import type { PodStatus } from '../../model/kinds/pod/pod-status.ts'
import type { Pod } from '../../model/kinds/pod.ts'
import type { LogRequest } from '../../model/log-request.ts'
import { timestamp } from '../../model/timestamp.ts'
import { isTerminal } from '../pod.ts'
import { podStatus } from '../pod-status.ts'
import type { Timer, Timers } from '../timers.ts'
import { LogNews } from './log-news.ts'
import type { Runtime, RuntimeListener } from './runtime.ts'
import { defaultPodLives, lifeOf, type PodLife, type Stage } from './simulated-life.ts'
import { readScriptedLog } from './simulated-log.ts'

/** What a simulated runtime works with. */
export interface SimulatedRuntimeOptions {
  readonly timers: Timers
  /** What pods go through; default: they run at once and go on. */
  readonly lives?: readonly PodLife[]
  /** The address of a node, told as its pods' hostIP. */
  readonly hostIP: (nodeName: string) => string
}

interface SimulatedPod {
  pod: Pod
  readonly life: PodLife
  readonly number: number
  readonly startTime: string
  stage: Stage
  /** The next stage, or the end of a stop. */
  timer: Timer | undefined
  stopsAt: number
  /** When it has ended, in milliseconds since 1970. */
  endedAt: number | undefined
  /** For those who follow its logs, if anybody does. */
  news: LogNews | undefined
}

/** Runs no pods, and says that it does: each goes through the stages of the first life that fits it. */
export class SimulatedRuntime implements Runtime {
  readonly #options: SimulatedRuntimeOptions
  readonly #lives: readonly PodLife[]
  readonly #pods = new Map<string, SimulatedPod>()
  #listener: RuntimeListener | undefined
  #started = 0

  constructor(options: SimulatedRuntimeOptions) {
    this.#options = options
    this.#lives = options.lives ?? defaultPodLives
  }

  open(listener: RuntimeListener): Promise<void> {
    this.#listener = listener
    return Promise.resolve()
  }

  runPod(pod: Pod): void {
    const known = this.#pods.get(pod.metadata.uid)
    if (known !== undefined) {
      known.pod = pod
      return
    }
    const life = lifeOf(pod, this.#lives)
    const now = this.#options.timers.now()
    const simulated: SimulatedPod = {
      pod,
      life,
      number: this.#started++,
      startTime: pod.status?.startTime ?? timestamp(now),
      stage: pendingStage,
      timer: undefined,
      stopsAt: Number.POSITIVE_INFINITY,
      endedAt: undefined,
      news: undefined,
    }
    this.#pods.set(pod.metadata.uid, simulated)
    const reached = life.stages.findLastIndex((stage) => stage.phase === pod.status?.phase)
    if (reached < 0) {
      if ((life.stages[0]?.afterMs ?? 0) > 0) this.#tell(simulated)
      this.#advance(simulated, 0)
    } else {
      // An agent that comes back finds the pod where it left it; the store knows that already, unless it has given it up.
      simulated.stage = life.stages[reached] as Stage
      if (simulated.stage.phase === 'Running' && isMarkedUnready(pod)) this.#tell(simulated)
      this.#await(simulated, reached + 1)
    }
  }

  stopPod(pod: Pod, gracePeriodSeconds: number): void {
    const { uid } = pod.metadata
    const simulated = this.#pods.get(uid)
    if (simulated === undefined) {
      this.#listener?.podEnded(uid, pod.status ?? {})
      return
    }
    simulated.pod = pod
    const { timers } = this.#options
    const stopMs = isTerminal({ phase: simulated.stage.phase }) ? 0 : simulated.life.stopMs
    const delayMs = Math.min(stopMs, gracePeriodSeconds * 1000)
    const stopsAt = timers.elapsed() + delayMs
    if (stopsAt >= simulated.stopsAt) return
    simulated.stopsAt = stopsAt
    timers.cancel(simulated.timer)
    if (delayMs <= 0) this.#end(simulated)
    else simulated.timer = timers.after(delayMs, () => this.#end(simulated))
  }

  endPod(): void {}

  readLog(wanted: LogRequest, signal: AbortSignal): AsyncIterable<string> {
    const { timers } = this.#options
    const simulated = this.#pods.get(wanted.pod.metadata.uid)
    const state = wanted.pod.status?.containerStatuses?.find(({ name }) => name === wanted.container)?.state
    const { finishedAt } = state?.terminated ?? {}
    const told = finishedAt === undefined ? undefined : Date.parse(finishedAt)
    const endedAt = (): number | undefined => simulated?.endedAt ?? told
    const live = {
      get isOver(): boolean {
        return endedAt() !== undefined
      },
      more: (aborted: AbortSignal): Promise<void> => {
        const { news = new LogNews() } = simulated ?? {}
        if (simulated !== undefined) simulated.news = news
        return news.wait(aborted)
      },
    }
    const follows = wanted.follow && simulated !== undefined
    return readScriptedLog({ wanted, timers, live: follows ? live : undefined, endedAt, signal })
  }

  forgetPod(uid: string): void {
    const simulated = this.#pods.get(uid)
    if (simulated === undefined) return
    this.#options.timers.cancel(simulated.timer)
    this.#over(simulated)
    this.#pods.delete(uid)
  }

  forgetOthers(): void {}

  /** Simulated machines are as they were when the agent comes back, so that nothing is told of their pods. */
  close(): Promise<void> {
    for (const { timer } of this.#pods.values()) this.#options.timers.cancel(timer)
    this.#pods.clear()
    return Promise.resolve()
  }

  #advance(simulated: SimulatedPod, index: number): void {
    const stage = simulated.life.stages[index]
    if (stage === undefined) return
    if (stage.afterMs > 0) {
      this.#await(simulated, index)
      return
    }
    this.#enter(simulated, stage, index)
  }

  #await(simulated: SimulatedPod, index: number): void {
    const stage = simulated.life.stages[index]
    if (stage === undefined) return
    simulated.timer = this.#options.timers.after(stage.afterMs, () => this.#enter(simulated, stage, index))
  }

  #enter(simulated: SimulatedPod, stage: Stage, index: number): void {
    simulated.stage = stage
    this.#tell(simulated)
    if (isTerminal({ phase: stage.phase })) this.#over(simulated)
    this.#advance(simulated, index + 1)
  }

  #tell(simulated: SimulatedPod): void {
    this.#listener?.podChanged(simulated.pod.metadata.uid, this.#statusOf(simulated, undefined))
  }

  /** Nothing more happens in it, so that its logs are complete. */
  #over(simulated: SimulatedPod): void {
    simulated.endedAt ??= this.#options.timers.now()
    simulated.news?.tell()
  }

  #end(simulated: SimulatedPod): void {
    this.#over(simulated)
    const { stage } = simulated
    const exitCode = stage.phase === 'Succeeded' || stage.phase === 'Failed' ? undefined : 0
    this.#listener?.podEnded(simulated.pod.metadata.uid, this.#statusOf(simulated, exitCode))
  }

  /** `stopped` is the exit code of containers that were stopped. */
  #statusOf(simulated: SimulatedPod, stopped: number | undefined): PodStatus {
    const { pod, stage, startTime, number } = simulated
    const now = this.#options.timers.now()
    const exitCode = stopped ?? exitCodeOf(stage)
    const running = exitCode === undefined && stage.phase === 'Running'
    const state = running
      ? { running: { startedAt: timestamp(now) } }
      : exitCode === undefined
        ? { waiting: { reason: 'ContainerCreating' } }
        : { terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', finishedAt: timestamp(now) } }
    return podStatus({
      pod,
      containerStatuses: pod.spec.containers.map(({ name, image }) => ({
        name,
        image,
        imageID: '',
        ready: running,
        started: running,
        restartCount: 0,
        state,
      })),
      initContainerStatuses: (pod.spec.initContainers ?? []).map(({ name, image }) => ({
        name,
        image,
        imageID: '',
        ready: running || exitCode !== undefined,
        started: false,
        restartCount: 0,
        state: running || exitCode !== undefined ? { terminated: { exitCode: 0, reason: 'Completed' } } : state,
      })),
      podIP: stage.phase === 'Pending' ? undefined : podAddress(number),
      hostIP: this.#options.hostIP(pod.spec.nodeName ?? ''),
      startTime,
      isOver: exitCode !== undefined,
      failure: undefined,
      now,
    })
  }
}

function isMarkedUnready({ status }: Pod): boolean {
  return status?.conditions?.some(({ type, status: word }) => type === 'Ready' && word === 'False') === true
}

const pendingStage: Stage = { phase: 'Pending', afterMs: 0 }

function exitCodeOf(stage: Stage): number | undefined {
  if (stage.phase === 'Succeeded') return 0
  return stage.phase === 'Failed' ? (stage.exitCode ?? 1) : undefined
}

/** The address of pod number `number`, out of 100.64.0.0/10; the same again after four million pods. */
function podAddress(number: number): string {
  const host = (number % 4_194_302) + 1
  return `100.${64 + (host >> 16)}.${(host >> 8) & 255}.${host & 255}`
}
