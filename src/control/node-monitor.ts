import type { Node } from '../model/kinds/node.ts'
import type { Operation } from '../model/operation.ts'
import type { LeaseTable } from '../store/lease-table.ts'
import type { Replica } from '../store/replica.ts'
import type { Controller, Plan, PlannedEvent } from './controller.ts'
import { readinessOf, withUnknownConditions } from './node-condition.ts'
import type { Grace } from './node-health.ts'
import { withConditionTaints, withEvictingTaint, withoutEvictingTaints } from './node-taints.ts'
import { NodeWatch, type Sight } from './node-watch.ts'
import type { WatchedTime } from './watched-time.ts'
import type { EvictionRates } from './zone.ts'

/** Timings and rates by which machines are judged; names and defaults are those of Kubernetes' controller manager. */
export interface NodeMonitorSettings extends Grace, EvictionRates {
  readonly nodeMonitorPeriodMs: number
}

/** The settings where nobody says otherwise. */
export const defaultNodeMonitorSettings: NodeMonitorSettings = {
  nodeMonitorPeriodMs: 5_000,
  nodeStartupGraceMs: 60_000,
  nodeEvictionRate: 0.1,
  secondaryNodeEvictionRate: 0.01,
  unhealthyZoneThreshold: 0.55,
  largeClusterSizeThreshold: 50,
}

/** All that one pass may look at. */
export interface NodeMonitorWorld extends Sight {
  readonly periodMs: number
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** The name under which all acts that judges machines. */
export const nodeControllerName = 'node-controller'

const allNodes = 'nodes'

/**
 * Judges whether machines are alive, regularly and all of them in one pass (Kubernetes' `pkg/controller/nodelifecycle`,
 * `monitorNodeHealth`). One that was silent for too long is Unknown; one that stays so, or says itself that it is not
 * ready, is tainted so that its pods are evicted, as fast as its zone allows.
 */
export function nodeMonitor(
  leases: Pick<LeaseTable, 'ofNodes'>,
  watched: WatchedTime,
  settings: NodeMonitorSettings,
): Controller<NodeMonitorWorld> {
  const watch = new NodeWatch(settings)
  let present: Awaited<ReturnType<LeaseTable['ofNodes']>> = new Map()
  return {
    name: nodeControllerName,
    watches: [],
    initialKeys: [allNodes],
    readAhead: async () => {
      present = await leases.ofNodes()
    },
    observe: (replica, _key, { now }) => ({
      ...watch.look({ nodes: nodesOf(replica), leases: present, watchedAt: watched.look() }),
      periodMs: settings.nodeMonitorPeriodMs,
      now,
    }),
    plan: planNodeMonitor,
  }
}

/** What must be written and told of machines that have come, gone, fallen silent or come back. */
export function planNodeMonitor(world: NodeMonitorWorld): Plan {
  const { now } = world
  const operations: Operation[] = []
  const events: PlannedEvent[] = world.registered.map((node) => registered(node))
  for (const node of world.removed) events.push(removed(node))
  for (const node of world.returned) events.push(statusChanged(node, 'NodeReady'))
  const change = (node: Node, next: Node): Operation | undefined => {
    if (next === node) return undefined
    const operation: Operation = { type: 'update', object: next, base: node }
    operations.push(operation)
    return operation
  }
  for (const node of world.silent) {
    const unknown = withConditionTaints(withUnknownConditions(node, now), now)
    const operation = change(node, world.isAllDisrupted ? withoutEvictingTaints(unknown) : unknown)
    if (operation === undefined || readinessOf(node) !== 'True') continue
    events.push({ ...statusChanged(node, 'NodeNotReady'), operation })
  }
  for (const node of world.due) change(node, withEvictingTaint(withConditionTaints(node, now), now))
  for (const node of world.relieved) change(node, withoutEvictingTaints(node))
  return { operations, events, requeueAfterMs: world.periodMs }
}

function registered(node: Node): PlannedEvent {
  return nodeEvent(node, 'RegisteredNode', `Registered Node ${node.metadata.name} in Controller`)
}

function removed(node: Node): PlannedEvent {
  return nodeEvent(node, 'RemovingNode', `Removing Node ${node.metadata.name} from Controller`)
}

function nodeEvent(node: Node, reason: string, text: string): PlannedEvent {
  return { regarding: node, type: 'Normal', reason, message: `Node ${node.metadata.name} event: ${text}` }
}

function statusChanged(node: Node, reason: string): PlannedEvent {
  return { regarding: node, type: 'Normal', reason, message: `Node ${node.metadata.name} status is now: ${reason}` }
}

function* nodesOf(replica: Replica): Generator<Node> {
  for (const node of replica.list('Node')) yield node as Node
}
