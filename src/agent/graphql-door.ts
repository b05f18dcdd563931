import { type Client, connect } from '../client/client.ts'
import type { Assignments, Door, PodStatusOutcome, Registration } from './door.ts'

/** Where the control plane is, and how to reach it. */
export interface GraphqlDoorOptions {
  readonly url: string
  readonly token?: string | undefined
  readonly webSocketImpl: unknown
  /** Milliseconds of silence after which the control plane is asked whether it is still there. */
  readonly keepAliveMs?: number
}

/** The control plane's door over GraphQL: everything goes over one WebSocket. */
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
    async *assignments(nodeNames) {
      const stream = client.subscribe<{ podAssignments: Assignments }>(assignmentsDocument, { nodeNames })
      for await (const { podAssignments } of stream) yield podAssignments
    },
    close: () => client.close(),
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
