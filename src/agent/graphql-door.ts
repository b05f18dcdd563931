import { type Client, connect } from '../client/client.ts'
import type { EventRecord } from '../model/event-record.ts'
import type { Assignments, Door, LogRequests, PodStatusOutcome, Registration } from './door.ts'

/** Where the control plane is, and how to reach it. */
export interface GraphqlDoorOptions {
  readonly url: string
  readonly token?: string | undefined
  readonly webSocketImpl: unknown
  /** Milliseconds of silence after which the control plane is asked whether it is still there. */
  readonly keepAliveMs?: number
}

/** The control plane's door over GraphQL: everything goes over one WebSocket, but for logs, which have one while any is read. */
export function openGraphqlDoor(options: GraphqlDoorOptions): Door {
  const client: Client = connect(options)
  return {
    async registerNodes(nodes) {
      const data = await client.send<{ registerClusterNodes: Registration }>(registerDocument, { nodes })
      return data.registerClusterNodes
    },
    async renewLeases(nodeNames, leaseDurationSeconds) {
      const data = await client.send<{ renewLeases: number }>(renewDocument, { nodeNames, leaseDurationSeconds })
      return data.renewLeases
    },
    async reportPodStatuses(reports) {
      const data = await client.send<{ reportPodStatuses: PodStatusOutcome[] }>(reportDocument, { reports })
      return data.reportPodStatuses
    },
    async reportEvents(events) {
      const data = await client.send<{ reportEvents: number }>(eventsDocument, { events: events.map(reportOf) })
      return data.reportEvents
    },
    async *assignments(nodeNames) {
      const stream = client.subscribe<{ podAssignments: Assignments }>(assignmentsDocument, { nodeNames })
      for await (const { podAssignments } of stream) yield podAssignments
    },
    async *logRequests(nodeNames) {
      const stream = client.subscribe<{ logRequests: LogRequests }>(logRequestsDocument, { nodeNames })
      for await (const { logRequests } of stream) yield logRequests
    },
    openLogChannel() {
      const channel = connect(options)
      return {
        async send(piece) {
          const data = await channel.send<{ sendLogs: boolean }>(sendLogsDocument, { ...piece })
          return data.sendLogs
        },
        close: () => channel.close(),
      }
    },
    close: () => client.close(),
  }
}

/** An event of a pod as the mutation takes it. */
function reportOf(event: EventRecord): Record<string, unknown> {
  const { uid, type, reason, message, component, count } = event
  return {
    uid,
    nodeName: event.host,
    podUid: event.involvedUid,
    namespace: event.namespace,
    podName: event.involvedName,
    type,
    reason,
    message,
    component,
    count,
    firstTimestamp: new Date(event.firstTimestamp).toISOString(),
    lastTimestamp: new Date(event.lastTimestamp).toISOString(),
  }
}

const registerDocument = `mutation RegisterClusterNodes($nodes: [JSON!]!) {
  registerClusterNodes(nodes: $nodes) { count failed { name message } }
}`

const renewDocument = `mutation RenewLeases($nodeNames: [String!]!, $leaseDurationSeconds: Int!) {
  renewLeases(nodeNames: $nodeNames, leaseDurationSeconds: $leaseDurationSeconds)
}`

const reportDocument = `mutation ReportPodStatuses($reports: [PodStatusReport!]!) {
  reportPodStatuses(reports: $reports) { uid result message }
}`

const assignmentsDocument = `subscription PodAssignments($nodeNames: [String!]!) {
  podAssignments(nodeNames: $nodeNames) { complete pods removed }
}`

const logRequestsDocument = `subscription LogRequests($nodeNames: [String!]!) {
  logRequests(nodeNames: $nodeNames) {
    requests { id pod container restartCount follow tailLines sinceTime }
    cancelled
  }
}`

const sendLogsDocument = `mutation SendLogs($id: ID!, $nodeName: String!, $text: String!, $done: Boolean!, $error: LogFault) {
  sendLogs(id: $id, nodeName: $nodeName, text: $text, done: $done, error: $error)
}`

const eventsDocument = `mutation ReportEvents($events: [EventReport!]!) {
  reportEvents(events: $events)
}`
