import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { WorkerData, WorkerMessage } from './control/worker.ts'
import { type AgentSettings, agentEnvironment, type ControllerSettings, type ServerSettings } from './server/config.ts'
import { createLog } from './server/log.ts'
import { type MachineSettings, machineArguments, machineOf } from './server/machine-config.ts'
import { nodeOptionsOf } from './server/node-settings.ts'
import { type Server, startServer } from './server/server.ts'
import { version } from './server/version.ts'
import { WriteTurn } from './store/write-turn.ts'

/** Settings of `myriad up`. */
export type UpSettings = ServerSettings & Omit<AgentSettings, 'url'> & MachineSettings & { readonly agent: boolean }

const log = createLog()

/** How long the agent gets to end once the user has asked, and of that its pods, whatever grace they would have. */
const agentEndsMsMax = 8_000
const gracePeriodSecondsMax = 5

/** `myriad up`: server, worker and one agent; the agent is a process of its own. */
export async function up(settings: UpSettings): Promise<void> {
  // A server with a token needs one for its own agent, too; nobody else learns it.
  const agentToken = settings.token === undefined ? undefined : (settings.agentToken ?? randomBytes(24).toString('hex'))
  const parts = await startParts({ ...settings, ...(agentToken === undefined ? {} : { agentToken }) })
  const agentProcess = settings.agent ? startAgentProcess(parts.server, settings, agentToken) : undefined
  tellWhatToTry(parts.server.url)
  await endOfLife()
  log.info('stopping', { pods: settings.keepPods ? 'kept' : 'stopped' })
  if (agentProcess !== undefined) await endProcess(agentProcess)
  await parts.close()
}

/** `myriad server`: the API server, with the worker as a thread unless told otherwise. */
export async function server(settings: ServerSettings): Promise<void> {
  const parts = await startParts(settings)
  log.info('ready', { url: `${parts.server.url}/graphql` })
  await endOfLife()
  await parts.close()
}

/** `myriad controller`: the controller worker as a process of its own. */
export async function controller(settings: ControllerSettings): Promise<void> {
  const worker = await startWorker({
    file: databaseFile(settings.data),
    turn: new WriteTurn().shared,
    pollMs: pollMsOf('none'),
    scoring: settings.scoring,
    ...nodeOptionsOf(settings),
  })
  log.info('the controller worker runs', { data: settings.data })
  await endOfLife()
  await worker.close()
}

/** `myriad agent`: a node agent. */
export async function agent(settings: AgentSettings & MachineSettings): Promise<void> {
  const { runAgent } = await import('./agent/agent.ts')
  const { url, token, runtime, nodeName, podNetwork, podCidr, nodes, leaseSeconds, keepPods } = settings
  const running = await runAgent({
    url,
    runtime,
    nodeName,
    podNetwork,
    podCIDR: podCidr,
    nodes,
    leaseSeconds,
    version: `v${version}`,
    machine: machineOf(settings),
    dataFolder: resolve(settings.data),
    log: log.named('agent'),
    ...(token === undefined ? {} : { token }),
  })
  await endOfLife()
  await running.close({ keepPods, gracePeriodSecondsMax })
  process.exit(0)
}

interface Parts {
  readonly server: Server
  close(): Promise<void>
}

async function startParts(settings: ServerSettings): Promise<Parts> {
  const file = databaseFile(settings.data)
  const turn = new WriteTurn()
  const { nodes, tolerationSeconds } = nodeOptionsOf(settings)
  const { scoring } = settings
  const server = await startServer({
    file,
    host: settings.host,
    port: settings.port,
    tokens: { admin: settings.token, agent: settings.agentToken },
    version,
    turn,
    pollMs: pollMsOf(settings.controller),
    scoring,
    tolerationSeconds,
    retention: { ageMs: settings.logRetentionHours * 3_600_000, sizeBytes: settings.logRetentionMb * 1024 ** 2 },
    limits: {
      bodySizeMax: settings.maxBodyMb * 1024 ** 2,
      subscriptionsMax: settings.maxSubscriptions,
      logStreamsMax: settings.maxLogStreams,
      subscriptionsPerConnectionMax: settings.maxSubscriptionsPerConnection,
      document: {
        depth: settings.maxQueryDepth,
        cost: settings.maxQueryCost,
        aliases: settings.maxQueryAliases,
        tokens: 10_000,
      },
    },
    onFault: (error) => log.error('a fault in the server', error),
  })
  const worker =
    settings.controller === 'thread'
      ? await startWorker({ file, turn: turn.shared, pollMs: pollMsOf('thread'), scoring, nodes, tolerationSeconds })
      : undefined
  return {
    server,
    close: async () => {
      await worker?.close()
      await server.close()
    },
  }
}

/** Threads ring each other's doorbell, so that their poll is for the rare lost ring only; processes cannot. */
function pollMsOf(controller: ServerSettings['controller']): number {
  return controller === 'thread' ? 1_000 : 100
}

/** Starts the controller worker as a thread. It ends the process when it dies: a cluster without it would only seem to live. */
async function startWorker(workerData: WorkerData) {
  const worker = new Worker(new URL('./control/worker.js', import.meta.url), { workerData })
  let closing = false
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'ready') resolve()
      else log.error(`a fault in the controller worker: ${message.what}`, message.error)
    })
    worker.once('error', reject)
  })
  worker.once('error', (error) => log.error('the controller worker died', error))
  worker.once('exit', (code) => {
    if (!closing) process.exit(code === 0 ? 1 : code)
  })
  await ready
  return {
    close: async () => {
      closing = true
      const exited = once(worker, 'exit')
      worker.postMessage('end')
      await exited
    },
  }
}

/** The agent gets its secrets by its environment: arguments can be read by everybody on the machine. */
function startAgentProcess({ url }: Server, settings: UpSettings, token: string | undefined): ChildProcess {
  const args = [
    process.argv[1] ?? '',
    'agent',
    '--url',
    `${url}/graphql`,
    '--runtime',
    settings.runtime,
    '--node-name',
    settings.nodeName,
    '--pod-network',
    settings.podNetwork,
    '--pod-cidr',
    settings.podCidr,
    '--nodes',
    String(settings.nodes),
    '--lease-seconds',
    String(settings.leaseSeconds),
    '--data',
    settings.data,
    ...machineArguments(settings),
    ...(settings.keepPods ? ['--keep-pods'] : []),
  ]
  // In a process group of its own: Ctrl-C reaches this process, which then ends the agent in order.
  const child = spawn(process.execPath, args, {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: agentEnvironment(token),
  })
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) log.error('the agent ended', `exit code ${code}`)
  })
  return child
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), agentEndsMsMax)
  await exited
  clearTimeout(timer)
}

/** Resolves when the process is asked to end. Asked again, it ends at once. */
function endOfLife(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      process.once('SIGINT', () => process.exit(130))
      resolve()
    }
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
  })
}

function databaseFile(data: string): string {
  return join(resolve(data), 'myriad.db')
}

function tellWhatToTry(url: string): void {
  process.stdout.write(`
Myriad ${version} is ready.

  Playground   ${url}/graphql
  Health       ${url}/healthz   ${url}/readyz   ${url}/metrics

Try, in the playground or with curl:

  mutation { apply(manifests: """
    apiVersion: v1
    kind: ReplicationController
    metadata: { name: hello }
    spec:
      replicas: 3
      selector: { app: hello }
      template:
        metadata: { labels: { app: hello } }
        spec: { containers: [{ name: main, image: none, command: [sleep, "1000"] }] }
  """) { applied { action resource { kind name } } } }

  subscription { podEvents { type pod { name status { phase } node { name } } } }

  mutation { scale(kind: "rc", name: "hello", replicas: 10) { name } }

Ctrl-C stops it.

`)
}
