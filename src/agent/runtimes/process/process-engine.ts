import { assert } from '../../../model/errors.ts'
import type { Pod } from '../../../model/kinds/pod.ts'
import type { LogRequest } from '../../../model/log-request.ts'
import type { Cgroups } from '../../cgroups/cgroups.ts'
import { type ContainerUser, containerUser } from '../../container-user.ts'
import { type Log, messageOf } from '../../log.ts'
import type { PodAttachment, PodNetwork } from '../../network/pod-network.ts'
import { podHostname } from '../../pod-hostname.ts'
import type { Allocatable } from '../../resource-field.ts'
import type { SandboxAbility } from '../../sandbox/sandbox.ts'
import type { Timer, Timers } from '../../timers.ts'
import { unmountBelow } from '../../volumes/empty-dir.ts'
import { VolumeTable } from '../../volumes/volume-table.ts'
import {
  type AdoptedContainer,
  type ContainerEngine,
  type ContainerStart,
  type RunningContainer,
  StartFailure,
} from '../containers/container-engine.ts'
import type { CloseOptions } from '../runtime.ts'
import { execInContainer } from './container-exec.ts'
import { launchContainer } from './container-launch.ts'
import { ContainerRun } from './container-run.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { readLog } from './log-reader.ts'
import { type LatestRun, PodFolders } from './pod-folder.ts'
import { bootId } from './process-identity.ts'
import { type RecoveredRun, recoverRun } from './recovery.ts'
import { defaultLogLimits, type LogLimits } from './rotated-log.ts'
import type { StartedRun } from './run-folder.ts'
import { lastWords } from './termination-message.ts'

/** What a process engine works with. It keeps all its files below `dataFolder`. */
export interface ProcessEngineOptions {
  readonly dataFolder: string
  readonly hostIP: string
  readonly network: PodNetwork
  /** What holds containers to their limits, and all that they start together. */
  readonly cgroups?: Cgroups
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
  /** What the network has given to the pods, by uid. */
  readonly #attachments = new Map<string, PodAttachment>()
  /** A process of each pod that was adopted and has not been opened yet, by uid. */
  readonly #adoptedPids = new Map<string, number>()
  #lock: FolderLock | undefined
  #pollTimer: Timer | undefined

  constructor(options: ProcessEngineOptions) {
    this.#options = options
    this.#folders = new PodFolders(options.dataFolder)
    const { hostIP, allocatable = {}, log } = options
    this.#volumes = new VolumeTable({ hostIP, allocatable, log, folderOf: (pod) => this.#folders.volumesFolder(pod) })
  }

  async open(): Promise<void> {
    const { dataFolder, network, log } = this.#options
    this.#lock = lockFolder(dataFolder)
    await network.open(this.#folders.networkFolders())
    const follow = (latest: LatestRun, started: StartedRun): ContainerRun => this.#follow(latest, started)
    const found = await Promise.all(
      this.#folders.latestRuns().map((latest) => recoverRun(latest, { bootId: this.#bootId, follow, log })),
    )
    for (const one of found) {
      if (one !== null) this.#left.set(one.latest.uid, [...(this.#left.get(one.latest.uid) ?? []), one])
    }
    const live = found.flatMap((one) => (one?.run !== undefined && one.run.exit === undefined ? [one.latest] : []))
    this.#options.cgroups?.removeOthers(live)
    this.#poll()
  }

  adopt(pod: Pod): AdoptedContainer[] {
    const { uid } = pod.metadata
    const left = this.#left.get(uid) ?? []
    this.#left.delete(uid)
    const running = left.find(({ run }) => run !== undefined && run.exit === undefined)?.run
    if (running !== undefined) this.#adoptedPids.set(uid, running.pid)
    return left.map(({ latest, startedAt, run, exit = run?.exit }) => {
      const backOff = latest.folder.backOff()
      const found = { name: latest.container, restartCount: latest.restartCount, startedAt, backOff }
      return exit === undefined && run !== undefined
        ? { ...found, running: this.#running(pod, latest, run) }
        : { ...found, exit: exit && lastWords(pod, latest)(exit) }
    })
  }

  async openPod(pod: Pod): Promise<{ readonly podIP: string }> {
    const { uid } = pod.metadata
    const attachment = await this.#options.network.attach(pod, {
      hostname: podHostname(pod).hostname,
      folder: this.#folders.networkFolder(pod),
      pid: this.#adoptedPids.get(uid),
    })
    this.#adoptedPids.delete(uid)
    this.#attachments.set(uid, attachment)
    const { podIP } = attachment
    try {
      await this.#volumes.open(pod, podIP)
    } catch (error) {
      throw new StartFailure('ContainerCreating', messageOf(error), { cause: error })
    }
    return { podIP }
  }

  closePod(uid: string): void {
    const { network, log } = this.#options
    this.#volumes.forget(uid)
    this.#folders.unmountVolumes(uid).catch((error: unknown) => {
      log.warn('a pod that has ended keeps its volumes in memory until it is removed', { uid, error: messageOf(error) })
    })
    network.detach([uid]).catch((error: unknown) => {
      log.warn('a pod that has ended keeps its network until it is removed', { uid, error: messageOf(error) })
    })
  }

  updatePod(pod: Pod): void {
    this.#volumes.refresh(pod)
  }

  overuse(pod: Pod): string | undefined {
    return this.#volumes.overuse(pod)
  }

  async start(start: ContainerStart): Promise<RunningContainer> {
    const { hostIP, allocatable = {}, sandbox = noSandbox, cgroups, log } = this.#options
    const { pod, container } = start
    const attachment = this.#attachments.get(pod.metadata.uid)
    assert(attachment !== undefined, 'a pod is opened before its containers are started')
    const { latest, started, ended } = await launchContainer(start, {
      hostIP,
      allocatable,
      sandbox,
      attachment,
      cgroups,
      volumes: this.#volumes.of(pod),
      folders: this.#folders,
      bootId: this.#bootId,
    }).catch((error: unknown) => {
      const { namespace, name } = pod.metadata
      log.warn('a container could not be started', {
        namespace,
        pod: name,
        container: container.name,
        why: messageOf(error),
      })
      throw error
    })
    const run = this.#follow(latest, started)
    void ended.then((code) => run.shimEnded(code))
    return this.#running(pod, latest, run)
  }

  readLog(wanted: LogRequest, signal: AbortSignal): AsyncIterable<string> {
    const { pod, container, restartCount, follow } = wanted
    const path = this.#folders.logFile(pod, container, restartCount)
    const live = follow ? [...this.#runs].find(({ logFile }) => logFile === path) : undefined
    return readLog({ path, wanted, live, signal })
  }

  async removePod(uid: string): Promise<void> {
    await this.#remove(new Set([uid]))
  }

  async removeOtherPods(uids: ReadonlySet<string>): Promise<void> {
    // Those that are there now: a pod that comes while these are being removed is none of them.
    const present = [...this.#left.keys(), ...this.#folders.networkFolders().keys()]
    await this.#remove(new Set(present.filter((uid) => !uids.has(uid))))
  }

  async close({ keepPods, gracePeriodSecondsMax }: CloseOptions): Promise<void> {
    const { timers, network, cgroups, log } = this.#options
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
    await cgroups?.close(2_000)
    await network.close({ keepPods }).catch((error: unknown) => {
      log.warn('something of the network of the pods is left', { error: messageOf(error) })
    })
    // As at a reboot: mounts would keep the folder from being removed by hand.
    if (!keepPods) await unmountBelow(this.#folders.root)
    this.#lock?.release()
    this.#lock = undefined
  }

  async #remove(uids: ReadonlySet<string>): Promise<void> {
    const isChosen = (uid: string): boolean => uids.has(uid)
    for (const uid of uids) this.#volumes.forget(uid)
    await this.#kill(isChosen)
    await this.#options.network.detach([...uids])
    for (const uid of uids) {
      this.#attachments.delete(uid)
      this.#adoptedPids.delete(uid)
    }
    await this.#folders.remove(isChosen)
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

  #running(pod: Pod, latest: LatestRun, run: ContainerRun): RunningContainer {
    const { id, startedAt, pid, exited: ended } = run
    const isSandboxed = (this.#options.sandbox ?? noSandbox).isAble
    return {
      id,
      startedAt,
      exited: ended.then(lastWords(pod, latest)),
      exec: async (command) => {
        const user = userOf(pod, latest.container)
        return execInContainer({ pid, command, user, isSandboxed, ended })
      },
      signal: (name) => run.signal(name),
      release: () => run.release(),
    }
  }

  #follow(latest: LatestRun, started: StartedRun): ContainerRun {
    const { timers, log, cgroups, logLimits = defaultLogLimits, outputBytesMax = 4 * 1024 ** 2 } = this.#options
    const { folder, logFile, namespace, pod, container } = latest
    const subject = { namespace, pod, container }
    const group = cgroups?.run(latest)
    const run = new ContainerRun({ folder, started, logFile, logLimits, outputBytesMax, group, timers, log, subject })
    this.#runs.add(run)
    void run.exited.then(() => {
      this.#runs.delete(run)
      cgroups?.remove(latest)
    })
    return run
  }

  #poll(): void {
    for (const run of this.#runs) run.poll()
    const { timers, pollMs = 5_000 } = this.#options
    this.#pollTimer = timers.after(pollMs, () => this.#poll())
  }
}

function userOf(pod: Pod, name: string): ContainerUser | undefined {
  const container = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].find((one) => one.name === name)
  return container === undefined ? undefined : containerUser(pod, container, process.getuid?.() ?? 0)
}
