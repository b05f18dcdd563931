import type { NodeMonitorSettings } from '../../src/control/node-monitor.ts'
import type { Node } from '../../src/model/kinds/node.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { formatTaint } from '../../src/model/taint.ts'
import type { AppliedChange } from '../../src/store/replica.ts'
import { type Api, openApi } from './api.ts'
import { HeldClock } from './held-clock.ts'
import { Machine, type MachineOptions } from './machine.ts'
import type { TemporaryStores } from './temporary-stores.ts'

/** How a scenario's cluster is set up. */
export interface ScenarioOptions {
  readonly nodes?: Partial<NodeMonitorSettings>
}

/** The length of the steps in which longer times pass; leases are looked at as often. */
const stepMs = 5_000

/** A whole cluster in one process: the API, the control plane and node agents, with one clock that is turned by hand. */
export class Scenario {
  readonly api: Api
  private readonly machines = new Map<string, Machine>()
  private readonly workerClock: HeldClock
  private readonly options: ScenarioOptions
  private readonly aliases = new Map<string, string>()
  private lines: string[] = []

  private constructor(api: Api, options: ScenarioOptions) {
    this.api = api
    this.options = options
    this.workerClock = new HeldClock(api.clock)
    api.store.replica.onChanges((changes) => {
      for (const change of changes) this.note(change)
    })
  }

  /** Starts a cluster without machines. */
  static async start(stores: TemporaryStores, options: ScenarioOptions = {}): Promise<Scenario> {
    const api = await openApi(stores)
    const scenario = new Scenario(api, options)
    scenario.startWorker()
    await api.settle()
    scenario.lines = []
    return scenario
  }

  /** Starts an agent of a machine with so many cpus. */
  async addMachine(name: string, cpu: string, labels: MachineOptions['labels'] = {}): Promise<string[]> {
    const machine = new Machine(this.api, { name, cpu, labels })
    this.machines.set(name, machine)
    await machine.start()
    return this.settle()
  }

  /** Cuts machines off from everything. */
  async cutOff(...names: readonly string[]): Promise<string[]> {
    for (const name of names) this.machine(name).cutOff()
    return this.settle()
  }

  /** Connects machines again; their agents notice when they next try. */
  async reconnect(...names: readonly string[]): Promise<string[]> {
    for (const name of names) this.machine(name).reconnect()
    return this.settle()
  }

  /** A machine's agent ends, and another one starts there, with other capacity. */
  async replaceMachine(name: string, cpu: string): Promise<string[]> {
    await this.machine(name).close()
    return this.addMachine(name, cpu)
  }

  machine(name: string): Machine {
    const machine = this.machines.get(name)
    if (machine === undefined) throw new Error(`there is no machine ${name}`)
    return machine
  }

  /** What a machine runs in fact, whatever the store says. */
  runningOn(name: string): string[] {
    return [...this.machine(name).runtime.running.values()].map((pod) => this.aliasOf(pod)).sort()
  }

  /** How often the pods of a machine were started there, the highest number. */
  startsOn(name: string): number {
    return Math.max(0, ...this.machine(name).runtime.starts.values())
  }

  /** Ends the controllers' worker and starts another, which remembers nothing. */
  async restartWorker(): Promise<string[]> {
    await this.api.stopControllers()
    this.startWorker()
    return this.settle()
  }

  /** The controllers' worker is stopped (SIGSTOP) while so much time passes for the others. */
  async passWithoutWorker(ms: number): Promise<string[]> {
    this.workerClock.hold()
    const lines = await this.live(ms)
    this.workerClock.release()
    return [...lines, ...(await this.settle())]
  }

  /** Everything is stopped while so much time passes. */
  pass(ms: number): Promise<string[]> {
    this.api.clock.advance(ms)
    return this.settle()
  }

  /** Lets time pass, and everything happen that follows, a few seconds at a time. */
  async live(ms: number): Promise<string[]> {
    const lines: string[] = []
    for (let left = ms; left > 0; left -= stepMs) lines.push(...(await this.pass(Math.min(stepMs, left))))
    return lines
  }

  /** Applies manifests as a user would. */
  async apply(manifests: string): Promise<string[]> {
    return this.command('mutation ($manifests: String!) { apply(manifests: $manifests) { dryRun } }', { manifests })
  }

  /** Sends a command and lets everything happen that follows from it. */
  async command(document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
    await this.api.take(document, variables)
    return this.settle()
  }

  /** The pod that a line of the trace calls so. */
  pod(alias: string): Pod {
    const [uid] = [...this.aliases].find(([, name]) => name === alias) ?? []
    const pod = this.api.store.replica.byUid(uid ?? '')
    if (pod === undefined) throw new Error(`there is no pod ${alias}`)
    return pod as Pod
  }

  /** What there is: one line for each pod. */
  pods(): string[] {
    return [...this.api.store.replica.list('Pod')]
      .map((pod) => `${this.aliasOf(pod as Pod)}: ${stateOf(pod as Pod)}`)
      .sort()
  }

  /** Each machine in one line: whether it is ready, and its taints. */
  nodes(): string[] {
    return [...this.api.store.replica.list('Node')].map((node) => `${node.metadata.name}: ${conditionOf(node as Node)}`)
  }

  /** The messages of the events of a reason, in the order of their names. */
  async messages(reason: string): Promise<string[]> {
    const { events } = await this.api.take<{ events: { nodes: { message: string }[] } }>(
      'query ($reason: String) { events(first: 1000, where: { reason: $reason }) { nodes { message } } }',
      { reason },
    )
    return events.nodes.map(({ message }) => message).sort()
  }

  private startWorker(): void {
    this.api.startControllers({ ...this.options, clock: this.workerClock })
  }

  async close(): Promise<void> {
    for (const machine of this.machines.values()) await machine.close()
    await this.api.close()
  }

  /** Runs on until nothing happens any more; the time that reports wait for others passes, no more. Returns the trace. */
  private async settle(): Promise<string[]> {
    const { api } = this
    for (let quiet = 0, revision = -1; quiet < 4; ) {
      await api.settle()
      api.clock.advance(10)
      for (let turn = 0; turn < 3; turn += 1) {
        await new Promise((resolve) => {
          setImmediate(resolve)
        })
      }
      quiet = revision === api.store.replica.revision ? quiet + 1 : 0
      revision = api.store.replica.revision
    }
    return this.lines.splice(0)
  }

  private note({ type, object, previous, actor }: AppliedChange): void {
    const who = actor.replace('system:', '').replace('controller:', '')
    if (object.kind === 'Node' && type === 'MODIFIED' && previous !== undefined) {
      const [before, after] = [conditionOf(previous as Node), conditionOf(object as Node)]
      if (before !== after) this.lines.push(`MODIFIED Node ${object.metadata.name} ${after} by ${who}`)
      return
    }
    if (object.kind !== 'Pod') {
      if (type !== 'MODIFIED') this.lines.push(`${type} ${object.kind} ${object.metadata.name} by ${who}`)
      return
    }
    const pod = object as Pod
    const [before, after] = [previous === undefined ? '' : stateOf(previous as Pod), stateOf(pod)]
    if (type === 'MODIFIED' && before === after) return
    this.lines.push(`${type} ${this.aliasOf(pod)} ${after} by ${who}`)
  }

  /** Pods are called by their order, as their names are random. */
  private aliasOf({ metadata }: Pod): string {
    const known = this.aliases.get(metadata.uid)
    if (known !== undefined) return known
    const base = metadata.generateName?.replace(/-$/, '')
    const count = [...this.aliases.values()].filter((alias) => alias.startsWith(`${base}#`)).length
    const alias = base === undefined ? metadata.name : `${base}#${count + 1}`
    this.aliases.set(metadata.uid, alias)
    return alias
  }
}

function stateOf({ metadata, spec, status }: Pod): string {
  const unscheduled = status?.conditions?.some((one) => one.type === 'PodScheduled' && one.status === 'False') === true
  const place = spec.nodeName === undefined ? (unscheduled ? ' without a place' : '') : ` on ${spec.nodeName}`
  const isReady = status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') === true
  const unready = status?.phase === 'Running' && !isReady ? ' but not ready' : ''
  return `${status?.phase ?? 'Pending'}${unready}${place}${metadata.deletionTimestamp === undefined ? '' : ', being deleted'}`
}

const readiness = { True: 'Ready', False: 'NotReady', Unknown: 'Unknown' } as const

function conditionOf({ spec, status }: Node): string {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')
  const taints = (spec?.taints ?? []).map((taint) => formatTaint(taint).replace('node.kubernetes.io/', ''))
  return [ready === undefined ? 'New' : readiness[ready.status], ...taints].join(' ')
}
