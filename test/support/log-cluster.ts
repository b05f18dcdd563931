import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { WebSocket } from 'ws'
import { type Agent, type AgentOptions, runAgent } from '../../src/agent/agent.ts'
import { type Client, connect } from '../../src/client/client.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import type { Server, ServerOptions } from '../../src/server/server.ts'
import { until } from '../agent/support/until.ts'
import { runCgroupRoot } from './run-traces.ts'
import { testServers } from './test-server.ts'

/** One batch of a log that is followed. */
export interface Batch {
  readonly container: string
  readonly restartCount: number
  readonly text: string
}

/** A server and an agent that talk over real sockets; pods are processes, bound by hand. */
export interface LogCluster {
  readonly server: Server
  readonly client: Client
  readonly dataFolder: string
  readonly faults: unknown[]
  /** Starts an agent; one runs already. */
  startAgent(options?: Partial<AgentOptions>): Promise<Agent>
  /** Creates a pod on a node, whose containers run these scripts by their names. */
  create(name: string, scripts: Readonly<Record<string, string>>, more?: object): Promise<void>
  pod(name: string): Pod | undefined
  /** Resolves when what is asked of the pod holds. */
  wait(name: string, what: string, holds: (pod: Pod) => boolean): Promise<void>
  logs(name: string, args?: string): Promise<string>
  /** Begins to follow; `args` as in GraphQL. */
  follow(name: string, args?: string): AsyncIterableIterator<{ readonly podLogs: Batch }>
  /** Ends the server and starts another one on the same address and database; something may happen meanwhile. */
  restartServer(meanwhile?: () => Promise<void>): Promise<void>
}

/** Clusters for the tests of a file, each with a data folder of its own; ended after each test. */
export function logClusters() {
  const faults: unknown[] = []
  const servers = testServers(faults)
  const agents: Agent[] = []
  const clients: Client[] = []
  const folders: string[] = []
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close()
    for (const agent of agents.splice(0)) await agent.close({ gracePeriodSecondsMax: 0 })
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })
  return async (
    options: Partial<ServerOptions> = {},
    agentOptions: Partial<AgentOptions> | null = {},
  ): Promise<LogCluster> => {
    const file = servers.newFile()
    const dataFolder = mkdtempSync(join(tmpdir(), 'log-cluster-'))
    folders.push(dataFolder)
    let server = await servers.start({ file, ...options })
    const url = `${server.url}/graphql`
    const machine = { cgroupRoot: runCgroupRoot }
    const log = { info: () => undefined, warn: () => undefined }
    const startAgent = async (more: Partial<AgentOptions> = {}): Promise<Agent> => {
      const agent = await runAgent({ url, runtime: 'process', nodeName: 'box', dataFolder, machine, log, ...more })
      agents.push(agent)
      return agent
    }
    if (agentOptions !== null) await startAgent(agentOptions)
    const client = connect({ url, webSocketImpl: WebSocket, retryWaitMs: () => 20 })
    clients.push(client)
    const pod = (name: string) =>
      server.store.replica.get({ kind: 'Pod', namespace: 'default', name }) as Pod | undefined
    const wait = (name: string, what: string, holds: (pod: Pod) => boolean) =>
      until(`${name} ${what}`, () => {
        const found = pod(name)
        return found !== undefined && holds(found)
      })
    return {
      get server() {
        return server
      },
      client,
      dataFolder,
      faults,
      startAgent,
      pod,
      wait,
      async create(name, scripts, more = {}) {
        const containers = Object.entries(scripts).map(([container, script]) => containerOf(container, script))
        const spec = { nodeName: 'box', terminationGracePeriodSeconds: 1, containers, ...more }
        await client.mutate('mutation ($input: PodInput!) { createPod(input: $input) { name } }', {
          input: { metadata: { name }, spec },
        })
      },
      async logs(name, args = '') {
        const data = await client.query<{ pod: { logs: string } }>(`{ pod(name: "${name}") { logs${args} } }`)
        return data.pod.logs
      },
      follow: (name, args = '') =>
        client.subscribe(`subscription { podLogs(name: "${name}"${args}) { container restartCount text } }`),
      async restartServer(meanwhile = async () => {}) {
        const { port } = server
        await server.close()
        await meanwhile()
        server = await servers.start({ file, ...options, port })
      },
    }
  }
}

/** A container that runs a script in sh; what looks like a variable is the script's. */
export function containerOf(name: string, script: string) {
  return { name, image: 'none', command: ['sh', '-c', script.replaceAll('$', () => '$$')] }
}

/** Everything that a followed log says, to its end. */
export async function textOf(batches: AsyncIterable<{ readonly podLogs: Batch }>): Promise<string> {
  let text = ''
  for await (const { podLogs } of batches) text += podLogs.text
  return text
}
