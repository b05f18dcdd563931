import type { EventRecord } from '../model/event-record.ts'
import type { PodStatus } from '../model/kinds/pod/pod-status.ts'
import type { Pod } from '../model/kinds/pod.ts'
import type { LogRequest } from '../model/log-request.ts'

/** A Node manifest as the agent registers it (core/v1 Node without what the server gives). */
export interface NodeManifest {
  readonly apiVersion: 'v1'
  readonly kind: 'Node'
  readonly metadata: {
    readonly name: string
    readonly labels: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec: { readonly taints?: readonly unknown[] }
  readonly status: Readonly<Record<string, unknown>>
}

/** What became of a registration: how many nodes are registered, and why the others are not. */
export interface Registration {
  readonly count: number
  readonly failed: readonly { readonly name: string; readonly message: string }[]
}

/** What the agent has seen of one pod. `ended`: nothing of it is left on the node, so a deleted pod may go from the store. */
export interface PodStatusReport {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly status?: PodStatus | undefined
  readonly ended?: boolean
}

/** `APPLIED`, `GONE` (no such pod any more) and `REFUSED` (it makes no sense) are final; any other is sent again. */
export interface PodStatusOutcome {
  readonly uid: string
  readonly result: string
  readonly message?: string | null
}

/** A part of what is bound to the agent's nodes: the whole of it until `complete`, from then on what changes. */
export interface Assignments {
  readonly complete: boolean
  readonly pods: readonly Pod[]
  /** uids of pods that are no longer in the store. */
  readonly removed: readonly string[]
}

/** What those who read logs want of the agent. */
export interface LogRequests {
  readonly requests: readonly LogRequest[]
  /** Identities of requests whose reader has gone. */
  readonly cancelled: readonly string[]
}

/** The next lines of a log that was asked for, or why there are none. */
export interface LogPiece {
  readonly id: string
  readonly nodeName: string
  readonly text: string
  readonly done: boolean
  readonly error?: { readonly code: string; readonly message: string }
}

/** Where logs are handed over: a line of its own, so that nothing else waits for them. */
export interface LogChannel {
  /** Resolves when the reader has taken the piece, with whether it wants more. */
  send(piece: LogPiece): Promise<boolean>
  close(): void
}

/** All that the agent wants of the control plane. Every method rejects when the connection is lost before the answer. */
export interface Door {
  registerNodes(nodes: readonly NodeManifest[]): Promise<Registration>
  /** How many of the nodes are registered and not given up; their leases are renewed. The others are to be registered again. */
  renewLeases(nodeNames: readonly string[], leaseDurationSeconds: number): Promise<number>
  reportPodStatuses(reports: readonly PodStatusReport[]): Promise<readonly PodStatusOutcome[]>
  /** Tells what has happened to pods. How many were taken; nothing is heard of the others. */
  reportEvents(events: readonly EventRecord[]): Promise<number>
  assignments(nodeNames: readonly string[]): AsyncIterableIterator<Assignments>
  logRequests(nodeNames: readonly string[]): AsyncIterableIterator<LogRequests>
  openLogChannel(): LogChannel
  close(): void
}
