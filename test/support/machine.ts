import type { Door, NodeManifest } from '../../src/agent/door.ts'
import { NodeAgent } from '../../src/agent/node-agent.ts'
import type { CloseOptions, Runtime, RuntimeListener } from '../../src/agent/runtimes/runtime.ts'
import { SimulatedRuntime } from '../../src/agent/runtimes/simulated.ts'
import { Timers } from '../../src/agent/timers.ts'
import type { PodStatus } from '../../src/model/kinds/pod/pod-status.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import type { LogRequest } from '../../src/model/log-request.ts'
import type { Api } from './api.ts'
import { doorTo } from './door-to-api.ts'
import { nodeInput } from './manifests.ts'

/** What a machine of a scenario is made of. */
export interface MachineOptions {
  readonly name: string
  readonly cpu: string
  readonly labels?: Readonly<Record<string, string>>
}

/** A machine with a real agent, whose connection to the API can be cut and mended. */
export class Machine {
  readonly name: string
  readonly runtime: CountingRuntime
  private readonly agent: NodeAgent
  private readonly door: CuttableDoor

  constructor(api: Api, { name, cpu, labels = {} }: MachineOptions) {
    const { clock } = api
    const timers = new Timers(
      { now: () => clock.now(), elapsed: () => clock.elapsed(), after: (ms, call) => clock.setTimer(call, ms) },
      (error) => {
        throw error
      },
    )
    this.name = name
    this.runtime = new CountingRuntime(new SimulatedRuntime({ timers, hostIP: () => '10.0.0.1' }))
    this.door = new CuttableDoor(api)
    const { metadata, status } = nodeInput(name, { cpu }, labels) as unknown as Pick<
      NodeManifest,
      'metadata' | 'status'
    >
    this.agent = new NodeAgent({
      door: this.door,
      runtime: this.runtime,
      nodes: [{ apiVersion: 'v1', kind: 'Node', metadata, spec: {}, status }],
      leaseSeconds: 40,
      timers,
      log: { info: () => undefined, warn: () => undefined },
      random: () => 0.5,
      lastReportsMs: 0,
    })
  }

  start(): Promise<void> {
    return this.agent.start()
  }

  /** Nothing reaches the machine, and nothing comes from it; what runs there runs on. */
  cutOff(): void {
    this.door.cut()
  }

  reconnect(): void {
    this.door.mend()
  }

  /** The agent ends and leaves its pods. */
  close(): Promise<void> {
    return this.agent.close({ keepPods: true, gracePeriodSecondsMax: 0 })
  }
}

/** A runtime that can be asked what it runs and what it has started. */
class CountingRuntime implements Runtime {
  /** Pods that run now, by uid. */
  readonly running = new Map<string, Pod>()
  /** How often each pod was started, by uid. */
  readonly starts = new Map<string, number>()
  private readonly inner: SimulatedRuntime

  constructor(inner: SimulatedRuntime) {
    this.inner = inner
  }

  open(listener: RuntimeListener): Promise<void> {
    return this.inner.open({
      podChanged: (uid: string, status: PodStatus) => listener.podChanged(uid, status),
      podEnded: (uid: string, status: PodStatus) => {
        this.running.delete(uid)
        listener.podEnded(uid, status)
      },
    })
  }

  runPod(pod: Pod): void {
    const { uid } = pod.metadata
    if (!this.running.has(uid)) this.starts.set(uid, (this.starts.get(uid) ?? 0) + 1)
    this.running.set(uid, pod)
    this.inner.runPod(pod)
  }

  stopPod(pod: Pod, gracePeriodSeconds: number): void {
    this.inner.stopPod(pod, gracePeriodSeconds)
  }

  endPod(): void {
    this.inner.endPod()
  }

  readLog(wanted: LogRequest, signal: AbortSignal): AsyncIterable<string> {
    return this.inner.readLog(wanted, signal)
  }

  forgetPod(uid: string): void {
    this.inner.forgetPod(uid)
  }

  forgetOthers(): void {
    this.inner.forgetOthers()
  }

  close(_options: CloseOptions): Promise<void> {
    return this.inner.close()
  }
}

/** The door of an agent, straight into the API, or into a wall. */
class CuttableDoor implements Door {
  private readonly api: Api
  private isCut = false
  private inner: Door

  constructor(api: Api) {
    this.api = api
    this.inner = doorTo(api)
  }

  cut(): void {
    this.isCut = true
    this.inner.close()
  }

  mend(): void {
    this.isCut = false
    this.inner = doorTo(this.api)
  }

  registerNodes: Door['registerNodes'] = async (...args) => this.open().registerNodes(...args)
  renewLeases: Door['renewLeases'] = async (...args) => this.open().renewLeases(...args)
  reportPodStatuses: Door['reportPodStatuses'] = async (...args) => this.open().reportPodStatuses(...args)
  reportEvents: Door['reportEvents'] = async (...args) => this.open().reportEvents(...args)
  assignments: Door['assignments'] = (...args) => this.inner.assignments(...args)
  logRequests: Door['logRequests'] = (...args) => this.inner.logRequests(...args)
  openLogChannel: Door['openLogChannel'] = () => this.inner.openLogChannel()

  close(): void {
    this.inner.close()
  }

  private open(): Door {
    if (this.isCut) throw new Error('the connection is lost')
    return this.inner
  }
}
