import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import type { Socket } from 'node:net'
import { constants } from 'node:os'
import type { Pod } from '../../../model/kinds/pod.ts'
import { type Log, messageOf } from '../../log.ts'
import type { Timers } from '../../timers.ts'
import {
  type ContainerEngine,
  type ContainerExit,
  type ContainerStart,
  type RunningContainer,
  StartFailure,
} from '../containers/container-engine.ts'
import { commandOf, environmentOf, hostnameOf } from '../containers/environment.ts'
import { LogFile } from './log-file.ts'
import { PodFolders, type ProcessState } from './pod-folder.ts'
import { bootId, signalGroup, startTicksOf } from './process-identity.ts'

/** What a process engine works with. It keeps all its files below `dataFolder`. */
export interface ProcessEngineOptions {
  readonly dataFolder: string
  readonly hostIP: string
  readonly timers: Timers
  readonly log: Log
}

const podIP = '127.0.0.1'
const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
/** How long output is waited for that something outside of the container's process group still holds open. */
const lastOutputMs = 1_000

/** Runs containers as processes of the host, each in a session and process group of its own. */
export class ProcessEngine implements ContainerEngine {
  readonly #options: ProcessEngineOptions
  readonly #folders: PodFolders
  readonly #processes = new Map<string, ProcessState[]>()
  readonly #bootId = bootId()

  constructor(options: ProcessEngineOptions) {
    this.#options = options
    this.#folders = new PodFolders(options.dataFolder)
  }

  /** Kills what an earlier run of the agent has left running, if it is certain that it is the same process. */
  open(): Promise<void> {
    const { log } = this.#options
    const states = this.#folders.readStates((file, error) => {
      log.warn('the state of a pod of an earlier run cannot be read', { file, error: messageOf(error) })
    })
    for (const state of states) {
      if (state.bootId !== this.#bootId) continue
      for (const { pid, startTicks, container } of state.processes) {
        if (startTicks === null || startTicksOf(pid) !== startTicks || !signalGroup(pid, 'SIGKILL')) continue
        const { namespace, name } = state
        log.info('killed a process of an earlier run', { namespace, pod: name, container, pid })
      }
    }
    return Promise.resolve()
  }

  openPod(): Promise<{ readonly podIP: string }> {
    return Promise.resolve({ podIP })
  }

  async start(start: ContainerStart): Promise<RunningContainer> {
    const { pod, container } = start
    const variables = environmentOf(container, { pod, podIP, hostIP: this.#options.hostIP })
    if ((container.command ?? []).length === 0) {
      throw new StartFailure(
        'CreateContainerConfigError',
        `container "${container.name}" has no command; the process runtime has no image that would give it one`,
      )
    }
    const [file = '', ...words] = commandOf(container, variables)
    const home = this.#folders.containerFolder(pod, container.name)
    const cwd = container.workingDir || home
    if (!isFolder(cwd)) throw startError(`working directory "${cwd}" does not exist`)
    const env = { PATH: path, HOME: home, HOSTNAME: hostnameOf(pod), ...Object.fromEntries(variables) }
    const child = spawn(file, words, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', (cause: NodeJS.ErrnoException) => {
        reject(
          startError(cause.code === 'ENOENT' ? `exec: "${file}": executable file not found` : cause.message, cause),
        )
      })
    })
    return this.#follow(start, child as SpawnedChild)
  }

  async removePod(uid: string): Promise<void> {
    this.#processes.delete(uid)
    await this.#folders.remove((candidate) => candidate === uid)
  }

  async removeOtherPods(uids: ReadonlySet<string>): Promise<void> {
    await this.#folders.remove((candidate) => !uids.has(candidate))
  }

  #follow({ pod, container, restartCount }: ContainerStart, child: SpawnedChild): RunningContainer {
    const { pid } = child
    const { timers, log } = this.#options
    const file = new LogFile(
      this.#folders.logFile(pod, container.name, restartCount),
      () => timers.now(),
      (error) =>
        log.warn('the log of a container cannot be written', { pod: pod.metadata.name, error: messageOf(error) }),
    )
    file.follow(child.stdout, 'stdout')
    file.follow(child.stderr, 'stderr')
    const state: ProcessState = { container: container.name, pid, startTicks: startTicksOf(pid), restartCount }
    this.#writeDown(pod, [...(this.#processes.get(pod.metadata.uid) ?? []), state])
    return {
      id: `process://${pid}-${state.startTicks ?? 0}`,
      exited: this.#exitOf(child, file).then((exit) => {
        this.#writeDown(
          pod,
          (this.#processes.get(pod.metadata.uid) ?? []).filter((one) => one !== state),
        )
        return exit
      }),
      signal: (name) => {
        if (child.exitCode === null && child.signalCode === null) signalGroup(pid, name)
      },
      release: () => {
        child.unref()
        child.stdout.unref()
        child.stderr.unref()
      },
    }
  }

  /** The container is over when its first process is: what that has left in its group is killed with it. */
  async #exitOf(child: SpawnedChild, file: LogFile): Promise<ContainerExit> {
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
    const exit = await new Promise<ContainerExit>((resolve) => {
      child.once('exit', (code, signal) => {
        signalGroup(child.pid, 'SIGKILL')
        resolve({ exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]) })
      })
    })
    const { timers } = this.#options
    const late = timers.after(lastOutputMs, () => {
      child.stdout.destroy()
      child.stderr.destroy()
    })
    await closed
    timers.cancel(late)
    await file.close()
    return exit
  }

  #writeDown(pod: Pod, processes: readonly ProcessState[]): void {
    const { uid, namespace = 'default', name } = pod.metadata
    this.#processes.set(uid, [...processes])
    this.#folders.writeState(pod, { uid, namespace, name, bootId: this.#bootId, processes })
  }
}

/** A child that has been spawned, with pipes for its output. */
type SpawnedChild = ReturnType<typeof spawn> & {
  readonly pid: number
  readonly stdout: Socket
  readonly stderr: Socket
}

/** Reason and exit code that containerd gives when a container's program cannot be executed. */
function startError(message: string, cause?: unknown): StartFailure {
  return new StartFailure('StartError', message, { exitCode: 128, cause })
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
}
