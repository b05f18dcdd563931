import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AgentProcess, handOverSignal, tellUp } from './agent-process.ts'
import type { WorkerData, WorkerMessage } from './control/worker.ts'
import { keptAgentToken } from './server/agent-token.ts'
import { type AgentSettings, agentEnvironment, type ControllerSettings, type ServerSettings } from './server/config.ts'
import { createLog } from './server/log.ts'
import { type MachineSettings, machineArguments, machineOf } from './server/machine-config.ts'
import { nodeOptionsOf } from './server/node-settings.ts'
import { helloManifest } from './server/playground.ts'
import { type Server, startServer } from './server/server.ts'
import { version } from './server/version.ts'
import { type DataLock, lockData } from './store/data-lock.ts'
import { assertSound } from './store/file-faults.ts'
import { WriteTurn } from './store/write-turn.ts'

/** Settings of `myriad up`. */
export type UpSettings = ServerSettings & Omit<AgentSettings, 'url'> & MachineSettings & { readonly agent: boolean }

const log = createLog()

/** How long pods get to end once the user has asked for the end of all, whatever grace they would have. */
const gracePeriodSecondsMax = 5

/**
 * `myriad up`: server, worker and one agent; the agent is a process of its own. Ends with exit code 1 when that cannot run on
 * this machine.
 */
export async function up(settings: UpSettings): Promise<void> {
  // From the beginning: who asks for the end early wants the pods to end, too, that a crash has left.
  const asked = endOfLife()
  const locks = await lockFor(settings)
  // A server with a token needs one for its own agent, too; nobody else learns it.
  const agentToken =
    settings.token === undefined ? undefined : (settings.agentToken ?? keptAgentToken(resolve(settings.data)))
  const parts = await startParts({ ...settings, ...(agentToken === undefined ? {} : { agentToken }) })
  const agentProcess = settings.agent
    ? await AgentProcess.start({
        folder: resolve(settings.data),
        args: agentArguments(parts.server, settings),
        environment: agentEnvironment(agentToken),
        log,
      })
    : undefined
  if ((await Promise.race([asked, agentProcess?.comesUp()])) === false) process.exitCode = 1
  else {
    tellWhatToTry(parts.server.url)
    await asked
    log.info('stopping', { pods: settings.keepPods ? 'kept' : 'stopped' })
  }
  await agentProcess?.end()
  await parts.close()
  await release(locks)
}

/** `myriad server`: the API server, with the worker as a thread unless told otherwise. */
export async function server(settings: ServerSettings): Promise<void> {
  const locks = await lockFor(settings)
  const parts = await startParts(settings)
  log.info('ready', { url: `${parts.server.url}/graphql` })
  await endOfLife()
  await parts.close()
  await release(locks)
}

/** `myriad controller`: the controller worker as a process of its own. */
export async function controller(settings: ControllerSettings): Promise<void> {
  const lock = await lockData(resolve(settings.data), 'controller')
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
  await lock.release()
}

/** `myriad agent`: a node agent. */
export async function agent(settings: AgentSettings & MachineSettings): Promise<void> {
  // Who is asked to end while it begins stops the pods that are left, too.
  const asked = endOfLife()
  tellUp('hears')
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
  tellUp('runs')
  const reason = await asked
  await running.close({ keepPods: keepPods || reason === 'handed over', gracePeriodSecondsMax })
  process.exit(0)
}

interface Parts {
  readonly server: Server
  close(): Promise<void>
}

async function startParts(settings: ServerSettings): Promise<Parts> {
  const file = databaseFile(settings.data)
  assertSound(file)
  const turn = new WriteTurn()
  const { nodes, tolerationSeconds } = nodeOptionsOf(settings)
  const { scoring } = settings
  const server = await startServer({
    file,
    host: settings.host,
    port: settings.port,
    tokens: { admin: settings.token, agent: settings.agentToken },
    ...(settings.allowedOrigins === undefined ? {} : { allowedOrigins: settings.allowedOrigins }),
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
    onWriteHealth: (fault) => tellWriteHealth('the server', fault),
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

function tellWriteHealth(who: string, fault: string | undefined): void {
  if (fault === undefined) log.info(`${who} can write to the database again`)
  else log.warn(`${who} cannot write: ${fault}`)
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
      else if (message.type === 'health') tellWriteHealth('the controller worker', message.fault)
      else log.error(`a fault in the controller worker: ${message.what}`, message.error)
    })
    worker.once('error', reject)
  })
  worker.once('error', (error) => log.error('the controller worker died', error))
  worker.once('exit', (code) => {
    if (closing) return
    log.warn(
      'the controller worker has ended, and so does this process: start it again; agents and pods go on meanwhile',
    )
    process.exit(code === 0 ? 1 : code)
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

/** Its secrets the agent gets by its environment: arguments can be read by everybody on the machine. */
function agentArguments({ url }: Server, settings: UpSettings): string[] {
  return [
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
}

/** One server and one controller worker to a data folder: a second of either would only seem to work. */
async function lockFor({ data, controller }: ServerSettings): Promise<DataLock[]> {
  const server = await lockData(resolve(data), 'server')
  return controller === 'thread' ? [server, await lockData(resolve(data), 'controller')] : [server]
}

async function release(locks: readonly DataLock[]): Promise<void> {
  for (const lock of locks) await lock.release()
}

/** Resolves when the process is asked to end, or to leave its work to another. Asked again, it ends at once. */
function endOfLife(): Promise<'asked' | 'handed over'> {
  return new Promise((resolve) => {
    const end = () => {
      process.once('SIGINT', () => process.exit(130))
      resolve('asked')
    }
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
    process.once(handOverSignal, () => resolve('handed over'))
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
${helloManifest.replace(/^/gm, '    ')}
  """) { applied { action resource { kind name } } } }

  subscription { podEvents { type pod { name status { phase } node { name } } } }

  mutation { scale(kind: "rc", name: "hello", replicas: 10) { name } }

Ctrl-C stops it.

`)
}
