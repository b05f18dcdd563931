import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema, execute, subscribe, validate } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import type { NodeManifest, PodStatusReport } from '../../../src/agent/door.ts'
import type { FakeDoor } from './fake-door.ts'

const schema = buildSchema(`
  scalar JSON
  type RegistrationFailure { name: String! message: String! }
  type RegistrationResult { count: Int! failed: [RegistrationFailure!]! }
  input PodStatusReport { uid: ID! namespace: String! name: String! status: JSON ended: Boolean = false }
  input EventReport {
    uid: ID! nodeName: String! podUid: ID! namespace: String! podName: String! type: String! reason: String!
    message: String! component: String! count: Int! firstTimestamp: String! lastTimestamp: String!
  }
  enum ReportResult { APPLIED GONE REFUSED CONFLICT }
  type PodStatusOutcome { uid: ID! result: ReportResult! message: String }
  type PodAssignments { complete: Boolean! pods: [JSON!]! removed: [ID!]! }
  type Query { version: String }
  type Mutation {
    registerClusterNodes(nodes: [JSON!]!): RegistrationResult!
    renewLeases(nodeNames: [String!]!, leaseDurationSeconds: Int! = 40): Int!
    reportPodStatuses(reports: [PodStatusReport!]!): [PodStatusOutcome!]!
    reportEvents(events: [EventReport!]!): Int!
  }
  type LogRequest {
    id: ID! pod: JSON! container: String! restartCount: Int! follow: Boolean! tailLines: Int sinceTime: String
  }
  type LogRequests { requests: [LogRequest!]! cancelled: [ID!]! }
  type Subscription {
    podAssignments(nodeNames: [String!]!): PodAssignments!
    logRequests(nodeNames: [String!]!): LogRequests!
  }
`)

export interface DoorServer {
  readonly url: string
  /** Cuts every connection without a word. */
  cut(): void
  close(): Promise<void>
}

/** Serves a door in memory over GraphQL, to those who show the token. */
export async function serveDoor(door: FakeDoor, token: string): Promise<DoorServer> {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, path: '/graphql' })
  const root = {
    registerClusterNodes: ({ nodes }: { nodes: NodeManifest[] }) => door.registerNodes(nodes),
    renewLeases: (args: { nodeNames: string[]; leaseDurationSeconds: number }) =>
      door.renewLeases(args.nodeNames, args.leaseDurationSeconds),
    reportPodStatuses: ({ reports }: { reports: PodStatusReport[] }) => door.reportPodStatuses(reports),
    reportEvents: ({ events }: { events: never[] }) => door.reportEvents(events),
    podAssignments: () => named('podAssignments', door.assignments()),
    logRequests: () => named('logRequests', door.logRequests()),
  }
  const onConnect = (ctx: { connectionParams?: Record<string, unknown> | undefined }): boolean =>
    ctx.connectionParams?.authorization === `Bearer ${token}`
  const roots = { query: root, mutation: root, subscription: root }
  useServer({ schema, execute, subscribe, validate, roots, onConnect }, sockets)
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve)
  })
  const cut = (): void => {
    for (const socket of sockets.clients) socket.terminate()
  }
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`,
    cut,
    close: () =>
      new Promise((resolve) => {
        cut()
        sockets.close()
        http.close(() => resolve())
      }),
  }
}

async function* named<Item>(field: string, items: AsyncIterable<Item>): AsyncGenerator<Record<string, Item>> {
  for await (const item of items) yield { [field]: item }
}
