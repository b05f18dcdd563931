import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { BenchOptions, BenchSite } from '../bench.ts'
import { startControlPlane, startMachines } from '../control-plane.ts'
import { cpuPercentOf, memoryOf } from '../process-usage.ts'
import type { BenchProcess } from '../processes.ts'
import { step } from '../progress.ts'
import type { Figure, Report } from '../report.ts'

/** How long processes are left alone before they are measured, and how long they are measured. */
const settleMs = 10_000
const measureMs = 30_000

interface Usage {
  readonly rssMb: number
  readonly cpuPercent: number
}

/** What a control plane uses while nothing happens: empty, and with `nodes` machines that do nothing but live. */
export async function idle({ nodes }: BenchOptions, site: BenchSite): Promise<Report> {
  const bare = site.processes.part('bare server', new URL('./idle-limit.js', import.meta.url), {})
  await bare.next()
  step('starting an empty control plane')
  const empty = await startControlPlane(folderOf(site, 'empty'))
  const [limit, ofEmpty] = await usageOf([bare, empty.process])
  await bare.stop()
  await empty.stop()
  const figures: Figure[] = figuresOf('empty control plane', { usage: ofEmpty, limit, rssBelow: 150, cpuBelow: 1 })
  if (nodes === undefined) {
    return { title: 'idle', figures, json: { ...ofEmpty, limitRssMb: limit.rssMb } }
  }
  step(`starting a control plane with ${nodes} idle machines`)
  const full = await startControlPlane(folderOf(site, 'full'))
  const agent = await startMachines(folderOf(site, 'full'), full, nodes)
  const [ofServer, ofAgent] = await usageOf([full.process, agent])
  const cpuBar = { below: 10, size: '10,000 machines', applies: nodes === 10_000 }
  const name = `control plane with ${nodes} machines`
  return {
    title: `idle: empty, and with ${nodes} machines`,
    figures: [
      ...figures,
      { name: `${name}: memory`, value: ofServer.rssMb, unit: 'MB' },
      { name: `${name}: processor`, value: ofServer.cpuPercent, unit: '%', bar: cpuBar },
      { name: 'the agent of these machines: memory', value: ofAgent.rssMb, unit: 'MB' },
      { name: 'the agent of these machines: processor', value: ofAgent.cpuPercent, unit: '%' },
    ],
    json: {
      ...ofServer,
      agentRssMb: ofAgent.rssMb,
      agentCpuPercent: ofAgent.cpuPercent,
      emptyRssMb: ofEmpty.rssMb,
      emptyCpuPercent: ofEmpty.cpuPercent,
      limitRssMb: limit.rssMb,
    },
  }
}

function folderOf(site: BenchSite, name: string): BenchSite {
  const folder = join(site.folder, name)
  mkdirSync(folder, { recursive: true })
  return { ...site, folder }
}

async function usageOf<Of extends readonly [BenchProcess, BenchProcess]>(processes: Of): Promise<[Usage, Usage]> {
  step(`letting it settle for ${settleMs / 1_000} s`)
  await delay(settleMs)
  step(`measuring for ${measureMs / 1_000} s`)
  const measured = cpuPercentOf(
    processes.map(({ pid }) => pid),
    measureMs,
  )
  const percents = await Promise.race([measured, ...processes.map(({ failed }) => failed)])
  const usage = (index: 0 | 1): Usage => ({
    rssMb: memoryOf(processes[index].pid).rssMb,
    cpuPercent: percents[index] ?? Number.NaN,
  })
  return [usage(0), usage(1)]
}

interface Judged {
  readonly usage: Usage
  readonly limit: Usage
  readonly rssBelow: number
  readonly cpuBelow: number
}

function figuresOf(name: string, { usage, limit, rssBelow, cpuBelow }: Judged): Figure[] {
  const of = 'a bare Node HTTP server'
  return [
    {
      name: `${name}: memory`,
      value: usage.rssMb,
      unit: 'MB',
      limit: { value: limit.rssMb, of },
      bar: { below: rssBelow },
    },
    {
      name: `${name}: processor`,
      value: usage.cpuPercent,
      unit: '%',
      limit: { value: limit.cpuPercent, of },
      bar: { below: cpuBelow },
    },
  ]
}
