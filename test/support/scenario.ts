import type { Door, NodeManifest } from '../../src/agent/door.ts'
import { NodeAgent } from '../../src/agent/node-agent.ts'
import { SimulatedRuntime } from '../../src/agent/runtimes/simulated.ts'
import { Timers } from '../../src/agent/timers.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import type { AppliedChange } from '../../src/store/replica.ts'
import { type Api, openApi } from './api.ts'
import { nodeInput } from './manifests.ts'
import type { TemporaryStores } from './temporary-stores.ts'

/** A whole cluster in one process: the API, the control plane and node agents, with one clock that is turned by hand. */
export class Scenario {
  readonly api: Api
  private readonly agents: NodeAgent[] = []
  private readonly aliases = new Map<string, string>()
  private lines: string[] = []

  private constructor(api: Api) {
    this.api = api
    api.store.replica.onChanges((changes) => {
      for (const change of changes) this.note(change)
    })
  }

  /** Starts a cluster without machines. */
  static async start(stores: TemporaryStores): Promise<Scenario> {
    const api = await openApi(stores)
    api.startControllers()
    await api.settle()
    return new Scenario(api)
  }

  /** Starts an agent of a machine with so many cpus. */
  async addMachine(name: string, cpu: string): Promise<string[]> {
    const { clock } = this.api
    const timers = new Timers(
      { now: () => clock.now(), steady: () => clock.steady(), after: (ms, call) => clock.setTimer(call, ms) },
      (error) => {
        throw error
      },
    )
    const { metadata, status } = nodeInput(name, { cpu }) as unknown as Pick<NodeManifest, 'metadata' | 'status'>
    const agent = new NodeAgent({
      door: doorTo(this.api),
      runtime: new SimulatedRuntime({ timers, hostIP: () => '10.0.0.1' }),
      nodes: [{ apiVersion: 'v1', kind: 'Node', metadata, spec: {}, status }],
      leaseSeconds: 40,
      timers,
      log: { info: () => undefined, warn: () => undefined },
      random: () => 0.5,
      lastReportsMs: 0,
    })
    this.agents.push(agent)
    await agent.start()
    return this.settle()
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

  /** Lets time pass, and everything happen that follows. */
  async pass(ms: number): Promise<string[]> {
    this.api.clock.advance(ms)
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

  async close(): Promise<void> {
    for (const agent of this.agents) await agent.close({ keepPods: true, gracePeriodSecondsMax: 0 })
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
  return `${status?.phase ?? 'Pending'}${place}${metadata.deletionTimestamp === undefined ? '' : ', being deleted'}`
}

/** The door of an agent, straight into the API. */
export function doorTo(api: Api): Door {
  const ask = async (document: string, variables: Readonly<Record<string, unknown>>): Promise<never> => {
    const { data, errors } = await api.ask<{ it: never }>(document, variables, 'agent')
    if (data == null) throw new Error(JSON.stringify(errors))
    return data.it
  }
  const left = new AbortController()
  return {
    registerNodes: (nodes) =>
      ask('mutation ($nodes: [JSON!]!) { it: registerClusterNodes(nodes: $nodes) { count failed { name message } } }', {
        nodes,
      }),
    renewLeases: (nodeNames, seconds) =>
      ask(
        'mutation ($nodeNames: [String!]!, $seconds: Int!) { it: renewLeases(nodeNames: $nodeNames, leaseDurationSeconds: $seconds) }',
        { nodeNames, seconds },
      ),
    reportPodStatuses: (reports) =>
      ask(
        'mutation ($reports: [PodStatusReport!]!) { it: reportPodStatuses(reports: $reports) { uid result message } }',
        { reports },
      ),
    assignments: (nodeNames) => api.assignments.follow(nodeNames, left.signal) as never,
    close: () => left.abort(),
  }
}
