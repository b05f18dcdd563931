import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Store } from '../store/store.ts'
import type { Hub } from '../watch/hub.ts'
import type { LogRelay } from '../watch/log-relay.ts'
import type { OpenOperations } from './open-operations.ts'

/** Whose figures are told. */
export interface MetricsSources {
  readonly store: Store
  readonly hub: Hub
  readonly logs: LogRelay
  readonly operations: OpenOperations
  /** WebSockets that are open. */
  readonly connectionCount: () => number
}

/** The figures of a server in Prometheus' text format. Node's own come with them. */
export function createMetrics({ store, hub, logs, operations, connectionCount }: MetricsSources): Registry {
  const registry = new Registry()
  // A finer look at the event loop would wake an idle server a hundred times a second.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 500 })
  const gauge = (name: string, help: string, value: () => number) => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        collect() {
          this.set(value())
        },
      }),
    )
  }
  gauge('myriad_resource_version', 'Newest position in the change log.', () => store.replica.revision)
  gauge('myriad_commits_total', 'Transactions committed by this server.', () => store.figures.commits)
  gauge('myriad_commit_operations_total', 'Changes committed by this server.', () => store.figures.operations)
  gauge('myriad_commit_refusals_total', 'Operations refused in a commit.', () => store.figures.refusals)
  gauge('myriad_commit_seconds_total', 'Seconds spent in commits.', () => store.figures.commitSeconds)
  gauge('myriad_subscribers', 'Watch subscriptions that are being served.', () => hub.subscriberCount)
  gauge('myriad_subscription_groups', 'Different watch questions that are being answered.', () => hub.groupCount)
  gauge('myriad_log_streams', 'Logs of pods that are being read.', () => logs.streamCount)
  gauge('myriad_open_operations', 'Operations that are being answered, over all transports.', () => operations.count)
  gauge('myriad_websocket_connections', 'WebSockets that are open.', connectionCount)
  registry.registerMetric(
    new Gauge({
      name: 'myriad_objects',
      help: 'Live objects by kind.',
      labelNames: ['kind'],
      registers: [],
      collect() {
        for (const kind of store.replica.kinds()) this.set({ kind }, store.replica.count(kind))
      },
    }),
  )
  return registry
}
