import type {
  Assignments,
  Door,
  LogChannel,
  LogPiece,
  LogRequests,
  NodeManifest,
  PodStatusOutcome,
  PodStatusReport,
  Registration,
} from '../../../src/agent/door.ts'
import type { EventRecord } from '../../../src/model/event-record.ts'
import type { PodStatus } from '../../../src/model/kinds/pod/pod-status.ts'
import type { Pod } from '../../../src/model/kinds/pod.ts'

/** A control plane in memory: a store of pods, and a connection that can be cut. */
export class FakeDoor implements Door {
  readonly nodes = new Map<string, NodeManifest>()
  readonly pods = new Map<string, Pod>()
  readonly leases = new Map<string, number>()
  readonly reports: PodStatusReport[] = []
  registrations = 0
  subscriptions = 0
  isConnected = true
  /** What the next reports are answered with instead of being applied. */
  answers: string[] = []
  #subscriber: Subscriber<Assignments> | undefined
  #logSubscriber: Subscriber<LogRequests> | undefined
  /** What was sent of logs, and whether their readers want more. */
  readonly logPieces: LogPiece[] = []
  wantsMoreLogs = true
  readonly events: EventRecord[] = []

  registerNodes(nodes: readonly NodeManifest[]): Promise<Registration> {
    return this.#answer(() => {
      this.registrations += 1
      for (const node of nodes) this.nodes.set(node.metadata.name, node)
      return { count: nodes.length, failed: [] }
    })
  }

  renewLeases(nodeNames: readonly string[], leaseDurationSeconds: number): Promise<number> {
    return this.#answer(() => {
      const known = nodeNames.filter((name) => this.nodes.has(name))
      for (const name of known) this.leases.set(name, (this.leases.get(name) ?? 0) + leaseDurationSeconds)
      return known.length
    })
  }

  reportPodStatuses(reports: readonly PodStatusReport[]): Promise<PodStatusOutcome[]> {
    return this.#answer(() => reports.map((report) => this.#apply(report)))
  }

  reportEvents(events: readonly EventRecord[]): Promise<number> {
    return this.#answer(() => this.events.push(...events))
  }

  assignments(): AsyncIterableIterator<Assignments> {
    const subscriber = new Subscriber<Assignments>()
    if (!this.isConnected) subscriber.cut()
    this.#subscriber = subscriber
    this.subscriptions += 1
    const pods = [...this.pods.values()]
    subscriber.push({ complete: false, pods: pods.slice(0, 1), removed: [] })
    subscriber.push({ complete: true, pods: pods.slice(1), removed: [] })
    return subscriber.read()
  }

  logRequests(): AsyncIterableIterator<LogRequests> {
    const subscriber = new Subscriber<LogRequests>()
    if (!this.isConnected) subscriber.cut()
    this.#logSubscriber = subscriber
    return subscriber.read()
  }

  openLogChannel(): LogChannel {
    return {
      send: (piece) =>
        this.#answer(() => {
          this.logPieces.push(piece)
          return this.wantsMoreLogs
        }),
      close: () => {},
    }
  }

  /** Hands the agent what those who read logs want. */
  askForLogs(requests: LogRequests): void {
    this.#logSubscriber?.push(requests)
  }

  close(): void {
    this.#subscriber?.end()
    this.#logSubscriber?.end()
  }

  /** Puts a pod into the store, as one that was bound or changed. */
  put(pod: Pod): void {
    this.pods.set(pod.metadata.uid, pod)
    if (this.isConnected) this.#subscriber?.push({ complete: true, pods: [pod], removed: [] })
  }

  remove(uid: string): void {
    this.pods.delete(uid)
    if (this.isConnected) this.#subscriber?.push({ complete: true, pods: [], removed: [uid] })
  }

  disconnect(): void {
    this.isConnected = false
    this.#subscriber?.cut()
    this.#logSubscriber?.cut()
  }

  reconnect(): void {
    this.isConnected = true
  }

  statusOf(uid: string): PodStatus | undefined {
    return this.pods.get(uid)?.status
  }

  #apply(report: PodStatusReport): PodStatusOutcome {
    const { uid, status, ended } = report
    const pod = this.pods.get(uid)
    const refusal = this.answers.shift()
    if (refusal !== undefined) return { uid, result: refusal }
    this.reports.push(report)
    if (pod === undefined) return { uid, result: 'GONE' }
    if (ended && pod.metadata.deletionTimestamp !== undefined) this.remove(uid)
    else this.put({ ...pod, ...(status && { status }) })
    return { uid, result: 'APPLIED' }
  }

  #answer<Value>(make: () => Value): Promise<Value> {
    return this.isConnected ? Promise.resolve().then(make) : Promise.reject(new Error('the connection is lost'))
  }
}

class Subscriber<Item> {
  readonly #queue: Item[] = []
  #state: 'open' | 'cut' | 'ended' = 'open'
  #wake = (): void => {}

  push(item: Item): void {
    this.#queue.push(item)
    this.#wake()
  }

  cut(): void {
    this.#state = 'cut'
    this.#wake()
  }

  end(): void {
    this.#state = 'ended'
    this.#wake()
  }

  async *read(): AsyncGenerator<Item> {
    for (;;) {
      if (this.#state === 'cut') throw new Error('the connection is lost')
      if (this.#state === 'ended') return
      const next = this.#queue.shift()
      if (next !== undefined) {
        yield next
        continue
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
