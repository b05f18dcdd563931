import { assert } from '../../../model/errors.ts'
import type { Pod } from '../../../model/kinds/pod.ts'
import { type Log, messageOf } from '../../log.ts'
import type { Allocatable } from '../../resource-field.ts'
import type { SandboxAbility } from '../../sandbox/sandbox.ts'
import type { Timer, Timers } from '../../timers.ts'
import { unmountBelow } from '../../volumes/empty-dir.ts'
import { VolumeTable } from '../../volumes/volume-table.ts'
import {
  type AdoptedContainer,
  type ContainerEngine,
  type ContainerExit,
  type ContainerStart,
  type RunningContainer,
  StartFailure,
} from '../containers/container-engine.ts'
import type { CloseOptions } from '../runtime.ts'
import { execInContainer } from './container-exec.ts'
import { ContainerRun } from './container-run.ts'
import { containerView } from './container-view.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { type LatestRun, PodFolders } from './pod-folder.ts'
import { bootId } from './process-identity.ts'
import { startProcess } from './process-start.ts'
import { type RecoveredRun, recoverRun } from './recovery.ts'
import { defaultLogLimits, type LogLimits } from './rotated-log.ts'
import type { StartedRun } from './run-folder.ts'
import { lastWords } from './termination-message.ts'

/** What a process engine works with. It keeps all its files below `dataFolder`. */
export interface ProcessEngineOptions {
  readonly dataFolder: string
  readonly hostIP: string
  readonly timers: Timers
  readonly log: Log
  /** What the node has to give, which stands in for limits that a container does not have; default: nothing. */
  readonly allocatable?: Allocatable
  /** Whether containers can have mounts and a host name of their own; default: no. */
  readonly sandbox?: SandboxAbility
  /** Default: as the kubelet's. */
  readonly logLimits?: LogLimits
  /** Bytes of one output of a container that wait beside its log at most, while an agent runs; default 4 MiB. */
  readonly outputBytesMax?: number
  /** Milliseconds between two looks at all that runs, for what was not heard of; default 5,000. */
  readonly pollMs?: number
}

const podIP = '127.0.0.1'
const noSandbox: SandboxAbility = { isAble: false, reason: 'this agent was told to do without' }

/**
 * Runs containers as processes of the host, each in a session and process group of its own, which outlive the agent: the
 * next agent on the same folder finds them, with all that they have written and how they have ended meanwhile.
 */
export class ProcessEngine implements ContainerEngine {
  readonly #options: ProcessEngineOptions
  readonly #folders: PodFolders
  readonly #bootId = bootId()
  /** What runs and is followed. */
  readonly #runs = new Set<ContainerRun>()
  readonly #volumes: VolumeTable
  /** What an earlier run of the agent has left and nobody has asked for yet, by the uid of its pod. */
  readonly #left = new Map<string, RecoveredRun[]>()
  #lock: FolderLock | undefined
  #pollTimer: Timer | undefined

  constructor(options: ProcessEngineOptions) {
    this.#options = options
    this.#folders = new PodFolders(options.dataFolder)
    const { hostIP, allocatable = {}, log } = options
    this.#volumes = new VolumeTable({ hostIP, allocatable, log, folderOf: (pod) => this.#folders.volumesFolder(pod) })
  }

  async open(): Promise<void> {
    const { dataFolder, log } = this.#options
    this.#lock = lockFolder(dataFolder)
    const follow = (latest: LatestRun, started: StartedRun): ContainerRun => this.#follow(latest, started)
    const found = await Promise.all(
      this.#folders.latestRuns().map((latest) => recoverRun(latest, { bootId: this.#bootId, follow, log })),
    )
    for (const one of found) {
      if (one !== null) this.#left.set(one.latest.uid, [...(this.#left.get(one.latest.uid) ?? []), one])
    }
    this.#poll()
  }

  adopt(pod: Pod): AdoptedContainer[] {
    const { uid } = pod.metadata
    const left = this.#left.get(uid) ?? []
    this.#left.delete(uid)
    return left.map(({ latest, startedAt, run, exit = run?.exit }) => {
      const tell = lastWords(pod, latest)
      const backOff = latest.folder.backOff()
      const found = { name: latest.container, restartCount: latest.restartCount, startedAt, backOff }
      return exit === undefined && run !== undefined
        ? { ...found, running: this.#running(run, tell) }
        : { ...found, exit: exit && tell(exit) }
    })
  }

  async openPod(pod: Pod): Promise<{ readonly podIP: string }> {
    try {
      await this.#volumes.open(pod, podIP)
    } catch (error) {
      throw new StartFailure('ContainerCreating', messageOf(error), { cause: error })
    }
    return { podIP }
  }

  closePod(uid: string): void {
    this.#volumes.forget(uid)
    this.#folders.unmountVolumes(uid).catch((error: unknown) => {
      const fields = { uid, error: messageOf(error) }
      this.#options.log.warn('a pod that has ended keeps its volumes in memory until it is removed', fields)
    })
  }

  updatePod(pod: Pod): void {
    this.#volumes.refresh(pod)
  }

  overuse(pod: Pod): string | undefined {
    return this.#volumes.overuse(pod)
  }

  async start({ pod, container, restartCount, backOff }: ContainerStart): Promise<RunningContainer> {
    const { hostIP, allocatable = {}, sandbox = noSandbox } = this.#options
    const { uid, name, namespace = 'default' } = pod.metadata
    let made: Pick<LatestRun, 'folder' | 'logFile'> | undefined
    try {
      const view = containerView(
        {
          pod,
          container,
          podIP,
          hostIP,
          allocatable,
          sandbox,
          volumes: this.#volumes.of(pod),
          files: [],
          podsFolder: this.#folders.root,
          podFolder: this.#folders.podFolder(pod),
          home: this.#folders.containerFolder(pod, container.name),
        },
        () => {
          made = this.#folders.makeRun(pod, container.name, restartCount)
          if (backOff !== undefined) made.folder.keepBackOff(backOff)
          return made.folder
        },
      )
      assert(made !== undefined, 'a view is made together with the folder of its run')
      const latest = { uid, pod: name, namespace, container: container.name, restartCount, ...made }
      const launch = { ...view, folder: made.folder.path, bootId: this.#bootId }
      const { started, ended } = await startProcess(launch, made.folder, container.name)
      const run = this.#follow(latest, started)
      void ended.then((code) => run.shimEnded(code))
      return this.#running(run, lastWords(pod, latest))
    } catch (error) {
      await made?.folder.remove()
      throw error
    }
  }

  async removePod(uid: string): Promise<void> {
    this.#volumes.forget(uid)
    await this.#kill((candidate) => candidate === uid)
    await this.#folders.remove((candidate) => candidate === uid)
  }

  async removeOtherPods(uids: ReadonlySet<string>): Promise<void> {
    const isOther = (uid: string): boolean => !uids.has(uid)
    await this.#kill(isOther)
    await this.#folders.remove(isOther)
  }

  async close({ keepPods, gracePeriodSecondsMax }: CloseOptions): Promise<void> {
    const { timers } = this.#options
    timers.cancel(this.#pollTimer)
    const left = this.#leftRuns(() => true)
    if (!keepPods && left.length > 0) {
      for (const run of left) run.signal('SIGTERM')
      const killTimer = timers.after(Math.min(30, gracePeriodSecondsMax) * 1000, () => {
        for (const run of left) run.signal('SIGKILL')
      })
      await Promise.all(left.map((run) => run.exited))
      timers.cancel(killTimer)
    }
    for (const run of this.#runs) run.release()
    this.#left.clear()
    // As at a reboot: mounts would keep the folder from being removed by hand.
    if (!keepPods) await unmountBelow(this.#folders.root)
    this.#lock?.release()
    this.#lock = undefined
  }

  /** Kills what is left of the chosen pods and waits for its end. */
  async #kill(isChosen: (uid: string) => boolean): Promise<void> {
    const runs = this.#leftRuns(isChosen)
    for (const uid of this.#left.keys()) if (isChosen(uid)) this.#left.delete(uid)
    for (const run of runs) run.signal('SIGKILL')
    await Promise.all(runs.map((run) => run.exited))
  }

  #leftRuns(isChosen: (uid: string) => boolean): ContainerRun[] {
    return [...this.#left.values()]
      .flat()
      .flatMap(({ latest, run }) => (run !== undefined && run.exit === undefined && isChosen(latest.uid) ? [run] : []))
  }

  #running(run: ContainerRun, tell: (exit: ContainerExit) => ContainerExit): RunningContainer {
    const { id, startedAt, pid } = run
    const isSandboxed = (this.#options.sandbox ?? noSandbox).isAble
    return {
      id,
      startedAt,
      exited: run.exited.then(tell),
      exec: (command) => execInContainer({ pid, command, isSandboxed, ended: run.exited }),
      signal: (name) => run.signal(name),
      release: () => run.release(),
    }
  }

  #follow(latest: LatestRun, started: StartedRun): ContainerRun {
    const { timers, log, logLimits = defaultLogLimits, outputBytesMax = 4 * 1024 ** 2 } = this.#options
    const { folder, logFile, namespace, pod, container } = latest
    const subject = { namespace, pod, container }
    const run = new ContainerRun({ folder, started, logFile, logLimits, outputBytesMax, timers, log, subject })
    this.#runs.add(run)
    void run.exited.then(() => this.#runs.delete(run))
    return run
  }

  #poll(): void {
    for (const run of this.#runs) run.poll()
    const { timers, pollMs = 5_000 } = this.#options
    this.#pollTimer = timers.after(pollMs, () => this.#poll())
  }
}
