import type { EventRecord } from '../model/event-record.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { nodeNameOf } from '../store/replica.ts'
import type { Store } from '../store/store.ts'

/** An event as a node agent tells it; the same `uid` again is the same event, counted on. */
export interface EventReport {
  readonly uid: string
  readonly nodeName: string
  readonly podUid: string
  readonly namespace: string
  readonly podName: string
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly component: string
  readonly count: number
  /** RFC 3339. */
  readonly firstTimestamp: string
  readonly lastTimestamp: string
}

/** Settings of an inbox. */
export interface EventInboxOptions {
  readonly store: Pick<Store, 'replica' | 'events'>
  /** Told when a batch could not be written; its events are lost. */
  readonly onFault: (error: unknown) => void
  /** Events that may wait; past it the oldest are dropped. Default 10,000. */
  readonly waitingMax?: number
  /** Events that are written at once; default 500. */
  readonly batchMax?: number
}

/** A batch is followed by a pause of this many times what it took, so that events never press the commits. */
const pauseFactor = 4
const pauseMsMin = 50
const messageLengthMax = 1_024
const reasonLengthMax = 128
const nameLengthMax = 253
const uidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Takes the events that node agents tell, and writes them in batches beside the commit path: taking costs nothing that
 * anybody waits for, and what is too much is dropped.
 */
export class EventInbox {
  private readonly options: EventInboxOptions
  private readonly waiting = new Map<string, EventRecord>()
  private writing: Promise<void> | undefined
  private pause: NodeJS.Timeout | undefined
  private closed = false

  constructor(options: EventInboxOptions) {
    this.options = options
  }

  /** Takes what makes sense, and says how many that were. A pod of another node is not the agent's to speak of. */
  take(reports: readonly EventReport[], now: number): number {
    if (this.closed) return 0
    const records = reports.flatMap((report) => (this.isSensible(report) ? [recordOf(report, now)] : []))
    for (const record of records) this.waiting.set(record.uid, record)
    const { waitingMax = 10_000 } = this.options
    for (const uid of this.waiting.keys()) {
      if (this.waiting.size <= waitingMax) break
      this.waiting.delete(uid)
    }
    if (this.pause === undefined) this.begin()
    return records.length
  }

  /** Writes what waits, and takes no more. */
  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.pause)
    await this.writing
    while (this.waiting.size > 0) await this.writeBatch()
  }

  private isSensible({ uid, podUid, nodeName, namespace, podName }: EventReport): boolean {
    const { replica } = this.options.store
    const pod = replica.byUid(podUid) as Pod | undefined
    if (!uidPattern.test(uid) || podName.length > nameLengthMax) return false
    if (pod !== undefined) {
      const { metadata } = pod
      return nodeNameOf(pod) === nodeName && metadata.namespace === namespace && metadata.name === podName
    }
    // The last that is told of a pod may come after it is gone.
    return replica.get({ kind: 'Namespace', namespace: '', name: namespace }) !== undefined
  }

  private begin(): void {
    if (this.closed || this.writing !== undefined || this.waiting.size === 0) return
    const begun = performance.now()
    this.writing = this.writeBatch().then(() => {
      this.writing = undefined
      const pauseMs = Math.max(pauseMsMin, pauseFactor * (performance.now() - begun))
      this.pause = setTimeout(() => {
        this.pause = undefined
        this.begin()
      }, pauseMs).unref()
    })
  }

  /** Never rejects. */
  private async writeBatch(): Promise<void> {
    const { store, onFault, batchMax = 500 } = this.options
    const batch = [...this.waiting.values()].slice(0, batchMax)
    for (const { uid } of batch) this.waiting.delete(uid)
    try {
      await store.events.write(batch)
    } catch (error) {
      onFault(error)
    }
  }
}

function recordOf(report: EventReport, now: number): EventRecord {
  const { uid, nodeName, podUid, namespace, podName, type, count, component } = report
  const lastTimestamp = Math.min(now, Date.parse(report.lastTimestamp))
  return {
    uid,
    namespace,
    name: `${podName}.${uid.replaceAll('-', '')}`,
    type,
    reason: report.reason.slice(0, reasonLengthMax),
    message: report.message.slice(0, messageLengthMax),
    count: Math.max(1, count),
    firstTimestamp: Math.min(lastTimestamp, Date.parse(report.firstTimestamp)),
    lastTimestamp,
    component: component.slice(0, reasonLengthMax),
    host: nodeName.slice(0, nameLengthMax),
    involvedApiVersion: 'v1',
    involvedKind: 'Pod',
    involvedNamespace: namespace,
    involvedName: podName,
    involvedUid: podUid,
  }
}
