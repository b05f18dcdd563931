import type { ChildProcess } from 'node:child_process'
import type { Pod } from '../../../model/kinds/pod.ts'
import type { Log } from '../../log.ts'
import type { Timer, Timers } from '../../timers.ts'
import {
  type AdoptedContainer,
  type ContainerEngine,
  type ContainerStart,
  type RunningContainer,
  StartFailure,
} from '../containers/container-engine.ts'
import { commandOf, environmentOf, hostnameOf } from '../containers/environment.ts'
import type { CloseOptions } from '../runtime.ts'
import { ContainerRun } from './container-run.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { fullDiskClause } from './free-space.ts'
import { type LatestRun, PodFolders } from './pod-folder.ts'
import { bootId } from './process-identity.ts'
import { checkProgram, startError } from './program.ts'
import { type RecoveredRun, recoverRun } from './recovery.ts'
import { defaultLogLimits, type LogLimits } from './rotated-log.ts'
import type { StartedRun } from './run-folder.ts'
import { defaultPath, startShim } from './shim.ts'

/** What a process engine works with. It keeps all its files below `dataFolder`. */
export interface ProcessEngineOptions {
  readonly dataFolder: string
  readonly hostIP: string
  readonly timers: Timers
  readonly log: Log
  /** Default: as the kubelet's. */
  readonly logLimits?: LogLimits
  /** Bytes of one output of a container that wait beside its log at most, while an agent runs; default 4 MiB. */
  readonly outputBytesMax?: number
  /** Milliseconds between two looks at all that runs, for what was not heard of; default 5,000. */
  readonly pollMs?: number
}

const podIP = '127.0.0.1'

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
  /** What an earlier run of the agent has left and nobody has asked for yet, by the uid of its pod. */
  readonly #left = new Map<string, RecoveredRun[]>()
  #lock: FolderLock | undefined
  #pollTimer: Timer | undefined

  constructor(options: ProcessEngineOptions) {
    this.#options = options
    this.#folders = new PodFolders(options.dataFolder)
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
    return left.map(({ latest, startedAt, run, exit = run?.exit }) => ({
      name: latest.container,
      restartCount: latest.restartCount,
      startedAt,
      ...(exit === undefined ? { running: run } : { exit }),
    }))
  }

  openPod(): Promise<{ readonly podIP: string }> {
    return Promise.resolve({ podIP })
  }

  async start({ pod, container, restartCount }: ContainerStart): Promise<RunningContainer> {
    const variables = environmentOf(container, { pod, podIP, hostIP: this.#options.hostIP })
    if ((container.command ?? []).length === 0) {
      throw new StartFailure(
        'CreateContainerConfigError',
        `container "${container.name}" has no command; the process runtime has no image that would give it one`,
      )
    }
    const command = commandOf(container, variables)
    const home = this.#folders.containerFolder(pod, container.name)
    const workingDir = container.workingDir || home
    const env = new Map([['PATH', defaultPath], ['HOME', home], ['HOSTNAME', hostnameOf(pod)], ...variables])
    checkProgram(command[0] ?? '', { path: env.get('PATH') ?? '', workingDir })
    const { uid, name, namespace = 'default' } = pod.metadata
    const { folder, logFile } = this.#folders.makeRun(pod, container.name, restartCount)
    const shim = startShim({ folder: folder.path, bootId: this.#bootId, command, env, workingDir })
    const ended = new Promise<number | null>((resolve) => shim.once('exit', resolve))
    const started = (await hasStarted(shim)) ? folder.started() : null
    if (started === null) {
      await folder.remove()
      const why = `exit code ${await ended}${fullDiskClause(this.#options.dataFolder)}`
      this.#options.log.warn('a container could not be started', {
        namespace,
        pod: name,
        container: container.name,
        why,
      })
      throw startError(`the process of container "${container.name}" could not be started (${why})`)
    }
    shim.unref()
    const run = this.#follow(
      { uid, pod: name, namespace, container: container.name, restartCount, folder, logFile },
      started,
    )
    void ended.then((code) => run.shimEnded(code))
    return run
  }

  async removePod(uid: string): Promise<void> {
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

/** Whether the shim says that the container's process has begun; it has not when the shim ends without a word. */
function hasStarted(shim: ChildProcess): Promise<boolean> {
  return new Promise((resolve, reject) => {
    shim.once('error', (cause) => reject(startError('the shell that would start the process cannot be run', cause)))
    shim.once('close', () => resolve(false))
    shim.stdout?.once('data', () => {
      shim.stdout?.destroy()
      resolve(true)
    })
  })
}
