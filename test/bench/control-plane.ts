import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { type Client, connect } from '../../src/client/client.ts'
import type { BenchSite } from './bench.ts'
import type { BenchProcess, StartOptions } from './processes.ts'
import { tick } from './progress.ts'

/** A control plane in a process of its own, as `myriad server` starts it: API and controller worker. */
export interface ControlPlane {
  readonly process: BenchProcess
  readonly port: number
  readonly url: string
  readonly databaseFile: string
  readonly client: Client
  stop(): Promise<void>
}

/** Starts a control plane over the data in `folder` and waits until it is ready. */
export async function startControlPlane(site: BenchSite, options: StartOptions = {}): Promise<ControlPlane> {
  const controlPlane = await launchControlPlane(site, options)
  await until('the server is ready', controlPlane.process, 120_000, () => isReady(controlPlane.port))
  return controlPlane
}

/** Starts a control plane and does not wait for it. */
export async function launchControlPlane(
  { processes, folder }: BenchSite,
  options: StartOptions = {},
): Promise<ControlPlane> {
  const port = await freePort()
  const process = processes.start('server', ['server', '--port', String(port), '--data', folder], options)
  const url = `http://127.0.0.1:${port}/graphql`
  const client = connect({ url, webSocketImpl: WebSocket, keepAliveMs: 120_000 })
  return {
    process,
    port,
    url,
    databaseFile: join(folder, 'myriad.db'),
    client,
    stop: async () => {
      client.close()
      await process.stop()
    },
  }
}

/** Starts one agent process with so many simulated machines and waits until all of them are registered. */
export async function startMachines(
  site: BenchSite,
  { url, client }: ControlPlane,
  nodes: number,
): Promise<BenchProcess> {
  const args = ['agent', '--url', url, '--runtime', 'simulated', '--nodes', String(nodes), '--data', site.folder]
  const agent = site.processes.start('agent', args)
  await until('all machines are registered', agent, 300_000, async () => {
    const { cluster } = await client.query<{ cluster: { nodeCount: number } }>('{ cluster { nodeCount } }')
    tick(`registering machines: ${cluster.nodeCount} of ${nodes}`)
    return cluster.nodeCount >= nodes
  })
  return agent
}

/** Waits for a condition, asked every 100 ms. Throws when it does not come within a time, or when the process ends. */
export async function until(
  what: string,
  { failed }: Pick<BenchProcess, 'failed'>,
  msMax: number,
  condition: () => Promise<boolean>,
): Promise<void> {
  const begun = performance.now()
  const asked = async () => {
    while (!(await condition())) {
      if (performance.now() - begun > msMax) return false
      await delay(100)
    }
    return true
  }
  const late = new AbortController()
  const overdue = delay(msMax + 1_000, false, { signal: late.signal }).catch(() => false)
  const came = await Promise.race([asked(), overdue, failed])
  late.abort()
  if (!came) throw new Error(`waited ${msMax / 1_000} s in vain until ${what}`)
}

/** A port on which nobody listens now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

/** The value of one of the server's metrics. */
export async function metricOf({ port }: ControlPlane, name: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`)
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(await answer.text())?.[1] ?? Number.NaN)
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok
  } catch {
    // It does not listen yet: that is what is being waited for.
    return false
  }
}
