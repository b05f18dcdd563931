import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchOptions, BenchSite } from '../bench.ts'
import { type ControlPlane, metricOf, startControlPlane, startMachines, until } from '../control-plane.ts'
import { Histogram, type HistogramSteps } from '../histogram.ts'
import { busiestThreadSeconds, cpuSecondsOf, databaseMb, memoryOf } from '../process-usage.ts'
import type { BenchProcess, Part } from '../processes.ts'
import { step } from '../progress.ts'
import type { Figure, Report } from '../report.ts'

/** What the watcher has seen when all pods run. */
export interface WatchResult {
  /** Wall clock in milliseconds at which the last pod was seen running. */
  readonly lastRunningAt: number
  readonly createToRunning: HistogramSteps
}

/** Pods that a simulated machine takes. */
const podsPerNodeMax = 110

/**
 * A ReplicationController of N pods on simulated machines, created through GraphQL, until a subscriber in a process of its
 * own has seen all of them running. Then, with everything else stopped, what the store could do at best on this disk.
 */
export async function churn({ nodes = 5_000, pods = 50_000 }: BenchOptions, site: BenchSite): Promise<Report> {
  if (pods > nodes * podsPerNodeMax) throw new Error(`${nodes} machines take at most ${nodes * podsPerNodeMax} pods`)
  step(`starting a server and an agent with ${nodes} simulated machines`)
  const controlPlane = await startControlPlane(site)
  const agent = await startMachines(site, controlPlane, nodes)
  const { cluster } = await controlPlane.client.query<{ cluster: { resourceVersion: string } }>(
    '{ cluster { resourceVersion } }',
  )
  const watcher = site.processes.part('watcher', new URL('./watcher.js', import.meta.url), {
    port: controlPlane.port,
    after: cluster.resourceVersion,
    pods,
  })
  await until(
    'the watcher watches',
    watcher,
    30_000,
    async () => (await metricOf(controlPlane, 'myriad_subscribers')) > 0,
  )
  step(`creating a ReplicationController of ${pods} pods`)
  const processes = [controlPlane.process, agent, watcher]
  const cpuBefore = processes.map(({ pid }) => cpuSecondsOf(pid))
  const threadsBefore = busiestThreadSeconds(controlPlane.process.pid, 2)
  const begun = Date.now()
  await createController(controlPlane, pods)
  const seen = await Promise.race([watcher.next<WatchResult>(), controlPlane.process.failed, agent.failed])
  const seconds = (seen.lastRunningAt - begun) / 1_000
  step(`all running after ${seconds.toFixed(1)} s`)
  const cpu = processes.map(
    ({ name, pid }, index) => [name, share(cpuSecondsOf(pid) - (cpuBefore[index] ?? 0), seconds)] as const,
  )
  const threads = busiestThreadSeconds(controlPlane.process.pid, 2).map((now, index) =>
    share(now - (threadsBefore[index] ?? 0), seconds),
  )
  const usage = { memory: memoryByProcess(processes), megabytes: databaseMb(controlPlane.databaseFile) }
  const limit = await measureLimit(site, { controlPlane, others: [watcher, agent], pods })
  return reportOf({ nodes, pods, seconds, seen, usage, limit, cpu: Object.fromEntries(cpu), threads })
}

async function createController({ client }: ControlPlane, replicas: number): Promise<void> {
  const labels = { app: 'churn' }
  const resources = { requests: { cpu: '10m', memory: '16Mi' } }
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'bench', resources }] } }
  const input = { metadata: { name: 'churn' }, spec: { replicas, selector: labels, template } }
  await client.mutate(
    'mutation ($input: ReplicationControllerInput!) { createReplicationController(input: $input) { name } }',
    { input },
  )
}

/** The best that the store can do, on the same disk, with the machine to itself. */
async function measureLimit(
  { processes, folder }: BenchSite,
  {
    controlPlane,
    others,
    pods,
  }: { controlPlane: ControlPlane; others: readonly (BenchProcess | Part)[]; pods: number },
): Promise<number> {
  step('stopping, then measuring the limit of the store')
  for (const one of others) await one.stop()
  await controlPlane.stop()
  mkdirSync(join(folder, 'limit'))
  const part = processes.part('store limit', new URL('./store-limit.js', import.meta.url), {
    file: join(folder, 'limit', 'limit.db'),
    pods,
  })
  const { podsPerSecond } = await part.next<{ podsPerSecond: number }>()
  await part.stop()
  return podsPerSecond
}

function memoryByProcess(processes: readonly BenchProcess[]): Record<'rss' | 'peak', Record<string, number>> {
  const all = [...processes, { name: 'bench', pid: process.pid }].map(({ name, pid }) => ({ name, ...memoryOf(pid) }))
  return {
    rss: Object.fromEntries(all.map(({ name, rssMb }) => [name, rssMb])),
    peak: Object.fromEntries(all.map(({ name, peakMb }) => [name, peakMb])),
  }
}

interface Outcome {
  readonly nodes: number
  readonly pods: number
  readonly seconds: number
  readonly seen: WatchResult
  readonly usage: { readonly memory: ReturnType<typeof memoryByProcess>; readonly megabytes: number }
  readonly limit: number
  /** Percent of one processor over the run, by process. */
  readonly cpu: Readonly<Record<string, number>>
  /** The same of the server's two busiest threads. */
  readonly threads: readonly number[]
}

function reportOf({ nodes, pods, seconds, seen, usage, limit, cpu, threads }: Outcome): Report {
  const latency = new Histogram()
  latency.merge(seen.createToRunning)
  const podsPerSecond = Math.round(pods / seconds)
  const ratio = Math.round((podsPerSecond / limit) * 1_000) / 1_000
  const [p50, p99] = [latency.percentile(0.5), latency.percentile(0.99)]
  const bar = { size: '5,000 nodes and 50,000 pods', applies: nodes === 5_000 && pods === 50_000 }
  const figures: Figure[] = [
    {
      name: 'created to Running',
      value: podsPerSecond,
      unit: 'pods/s',
      limit: { value: limit, of: 'three raw commits per pod' },
      bar: { atLeast: 2_500, ...bar },
    },
    { name: 'ratio to the limit', value: ratio, unit: '', bar: { atLeast: 0.2, ...bar } },
    { name: 'one pod, created to seen Running, p50', value: p50, unit: 'ms' },
    { name: 'one pod, created to seen Running, p99', value: p99, unit: 'ms' },
    ...Object.entries(usage.memory.rss).map(([name, value]) => ({ name: `memory of the ${name}`, value, unit: 'MB' })),
    { name: 'database', value: usage.megabytes, unit: 'MB' },
  ]
  const processors = Object.entries(cpu).map(([name, percent]) => `${name} ${percent} %`)
  return {
    title: `churn: ${pods} pods on ${nodes} simulated machines`,
    figures,
    remarks: [
      `Processor time over the run: ${processors.join(', ')} of one processor; the server's busiest threads ${threads.join(' % and ')} %.`,
    ],
    json: {
      nodes,
      pods,
      podsPerSecond,
      createToRunningMsP50: p50,
      createToRunningMsP99: p99,
      storeLimitPodsPerSecond: limit,
      ratio,
      rssMb: usage.memory.rss,
      rssPeakMb: usage.memory.peak,
      databaseMb: usage.megabytes,
      seconds,
      cpuPercent: cpu,
      serverThreadsCpuPercent: threads,
    },
  }
}

function share(cpuSeconds: number, seconds: number): number {
  return Math.round((cpuSeconds / seconds) * 100)
}
