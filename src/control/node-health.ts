import type { Node } from '../model/kinds/node.ts'
import type { NodeLease } from '../store/lease-table.ts'
import { readyConditionOf } from './node-condition.ts'

/** How long a machine may be silent, in milliseconds. */
export interface Grace {
  /** For all machines alike; when absent, what each one's lease says. */
  readonly nodeMonitorGraceMs?: number | undefined
  /** For one that has never told its status. */
  readonly nodeStartupGraceMs: number
}

/** Milliseconds that the proof of life of a machine holds which has no lease. */
const leaselessGraceMs = 40_000

/** What is remembered of a machine from one look to the next. */
export interface NodeHealth {
  readonly node: Node
  readonly readiness: 'True' | 'False' | 'Unknown' | undefined
  /** Its last proofs of life: they are only ever compared for being others than before. */
  readonly lease: NodeLease | undefined
  readonly heartbeat: string | undefined
  /** When, in watched time, there was a new proof; or when it was first seen. */
  readonly heardAt: number
}

/**
 * What is to be remembered of a machine after a look at `watchedAt`. A lease that was renewed, and a Ready condition with
 * another heartbeat, are proofs of life; no clock but our own watch is asked how old they are. The same value when
 * nothing is new.
 */
export function healthAfter(
  before: NodeHealth | undefined,
  { node, lease, watchedAt }: { node: Node; lease: NodeLease | undefined; watchedAt: number },
): NodeHealth {
  const isKnown = before !== undefined && before.node.metadata.uid === node.metadata.uid
  if (isKnown && before.node === node && isSameLease(before.lease, lease)) return before
  const condition = readyConditionOf(node)
  const heartbeat = condition?.lastHeartbeatTime
  const readiness = condition?.status
  // Nobody who is alive calls himself Unknown.
  const isTold = readiness !== 'Unknown' && (readiness !== before?.readiness || heartbeat !== before?.heartbeat)
  const heardAt = !isKnown || isTold || isRenewed(before.lease, lease) ? watchedAt : before.heardAt
  return { node, readiness, lease, heartbeat, heardAt }
}

/** Whether a machine has been silent for longer than it may. */
export function isSilent({ readiness, lease, heardAt }: NodeHealth, watchedAt: number, grace: Grace): boolean {
  const leaseMs = lease === undefined ? leaselessGraceMs : lease.durationSeconds * 1_000
  const graceMs = readiness === undefined ? grace.nodeStartupGraceMs : (grace.nodeMonitorGraceMs ?? leaseMs)
  return watchedAt - heardAt > graceMs
}

function isSameLease(a: NodeLease | undefined, b: NodeLease | undefined): boolean {
  return a?.renewedAt === b?.renewedAt && a?.durationSeconds === b?.durationSeconds
}

/** A lease that has gone proves nothing. */
function isRenewed(before: NodeLease | undefined, after: NodeLease | undefined): boolean {
  return after !== undefined && !isSameLease(before, after)
}
