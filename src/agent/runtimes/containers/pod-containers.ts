import type { Container } from '../../../model/kinds/pod/container.ts'
import type { Pod } from '../../../model/kinds/pod.ts'
import { type Log, messageOf } from '../../log.ts'
import { postStartHookError } from '../../pod.ts'
import type { Timers } from '../../timers.ts'
import {
  type AdoptedContainer,
  type ContainerEngine,
  type ContainerExit,
  type RunningContainer,
  StartFailure,
} from './container-engine.ts'
import { adoptRun, begin, type ContainerRecord, end, recordsOf, refuse } from './container-record.ts'
import { backOffAfterRestart } from './restart-back-off.ts'

/** What the containers of a pod are run with. */
export interface PodContainersOptions {
  readonly engine: ContainerEngine
  readonly timers: Timers
  readonly log: Log
  /** A container has begun, has ended or could not be started. */
  readonly onChange: () => void
}

/** The containers of one pod as an engine runs them: starts them when it is told to and keeps a record of each. */
export class PodContainers {
  readonly records: readonly ContainerRecord[]
  readonly #options: PodContainersOptions
  /** Why a container is killed whose postStart hook has failed. */
  readonly #hookFaults = new WeakMap<RunningContainer, string>()
  #isReleased = false

  constructor(pod: Pod, options: PodContainersOptions) {
    this.#options = options
    this.records = recordsOf(pod, options.timers.now())
  }

  /** Whether any of them runs, or is about to. */
  get areLive(): boolean {
    return this.records.some(({ state }) => state === 'running' || state === 'starting')
  }

  /** Takes over what an earlier agent has left of a container; what the pod does not have is killed. */
  adopt(found: AdoptedContainer): void {
    const record = this.records.find(({ container }) => container.name === found.name)
    if (record === undefined) {
      found.running?.signal('SIGKILL')
      return
    }
    adoptRun(record, found, this.#options.timers.now())
    const { running } = record
    void running?.exited.then((exit) => this.#exited(record, running, exit))
  }

  /** Takes a newer manifest: a container that could not be started as the manifest was is tried again. */
  update(pod: Pod): void {
    const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers]
    for (const record of this.records) {
      record.container = containers.find(({ name }) => name === record.container.name) ?? record.container
      if (record.state === 'refused') record.state = 'fresh'
    }
  }

  start(record: ContainerRecord, pod: Pod, podIP: string): void {
    const { engine, timers } = this.#options
    if (record.state === 'terminated') {
      record.backOff = backOffAfterRestart(record.backOff, record.finishedAt, timers.now())
      record.lastTerminated = record.terminated
      record.restartCount += 1
    }
    record.state = 'starting'
    const { container, restartCount, backOff } = record
    engine.start({ pod, container, podIP, restartCount, backOff }).then(
      (running) => this.#started(record, running),
      (error: unknown) => this.#notStarted(record, error),
    )
  }

  /** Lets them run on without the agent, which hears no more of them. */
  release(): void {
    this.#isReleased = true
    for (const { running } of this.records) running?.release()
  }

  #started(record: ContainerRecord, running: RunningContainer): void {
    begin(record, running, this.#options.timers.now())
    if (this.#isReleased) {
      running.release()
      return
    }
    void running.exited.then((exit) => this.#exited(record, running, exit))
    this.#runPostStart(record.container, running)
    this.#options.onChange()
  }

  /** Runs the hook of a container that has begun; when it fails the container is killed, as the kubelet does. */
  #runPostStart(container: Container, running: RunningContainer): void {
    const command = container.lifecycle?.postStart?.exec?.command
    if (command === undefined) return
    const fail = (why: string): void => {
      this.#options.log.warn('a postStart hook has failed; its container is killed', { container: container.name, why })
      this.#hookFaults.set(running, `PostStartHook failed: ${why}`)
      running.signal('SIGKILL')
    }
    running.exec(command).then(
      (exitCode) => {
        if (exitCode !== 0) fail(`its command has ended with exit code ${exitCode}`)
      },
      (error: unknown) => fail(messageOf(error)),
    )
  }

  #notStarted(record: ContainerRecord, error: unknown): void {
    const failure =
      error instanceof StartFailure ? error : new StartFailure('StartError', messageOf(error), { exitCode: 128 })
    const { exitCode, reason, message } = failure
    const now = this.#options.timers.now()
    if (exitCode === undefined) refuse(record, { reason, message }, now)
    else end(record, { exitCode, reason, message }, now)
    this.#options.onChange()
  }

  #exited(record: ContainerRecord, running: RunningContainer, exit: ContainerExit): void {
    if (this.#isReleased) return
    const fault = this.#hookFaults.get(running)
    const message = [fault, exit.message].filter(Boolean).join('; ')
    const told = fault === undefined ? exit : { ...exit, reason: postStartHookError, message }
    end(record, told, this.#options.timers.now())
    this.#options.onChange()
  }
}
