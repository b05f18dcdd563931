import type { BenchOptions, BenchSite } from '../bench.ts'
import { type ControlPlane, freePort, metricOf, startControlPlane, until } from '../control-plane.ts'
import { Histogram, type HistogramSteps } from '../histogram.ts'
import { cpuSecondsOf } from '../process-usage.ts'
import type { BenchProcess, Part } from '../processes.ts'
import { step, tick } from '../progress.ts'
import type { Figure, Report } from '../report.ts'
import { markOf, runOnSchedule } from './schedule.ts'

const changesPerSecond = 100
/** Pods that are changed in turn. */
const podCount = 10
/** Changes before those that are measured, and those that are. */
const warmUp = 200
const measured = 1_000
/** Subscribers that one client process carries: beyond that one processor of ours would be the limit. */
const subscribersPerPartMax = 5_000

/** What the subscribers of one part have received. */
export interface Received {
  readonly deliveries: number
  readonly missing: number
  readonly doubled: number
  readonly lost: number
  /** From the moment at which a change was due to its arrival; only of those that are measured. */
  readonly sinceDue: HistogramSteps
  /** From the commit of a change to its arrival. */
  readonly sinceCommit: HistogramSteps
  readonly lastArrivalMs: number
}

/** One stream of 100 changes/s to N equal subscribers over WebSocket; then the same from a server that only writes to sockets. */
export async function fanout({ subscribers = 1_000 }: BenchOptions, site: BenchSite): Promise<Report> {
  const controlPlane = await startControlPlane(site)
  for (let index = 0; index < podCount; index++) await writePod(controlPlane, 'create', index, '')
  const parts = await startSubscribers(site, controlPlane.port, subscribers)
  await until('all subscribers are served', controlPlane.process, 120_000, async () => {
    const served = await metricOf(controlPlane, 'myriad_subscribers')
    tick(`${served} of ${subscribers} subscribers are served`)
    return served >= subscribers
  })
  const ours = await contest({ server: controlPlane.process, parts, play: () => changePods(controlPlane) })
  for (const part of parts) await part.stop()
  await controlPlane.stop()
  const limit = await measureLimit(site, subscribers)
  return reportOf(subscribers, ours, limit)
}

async function measureLimit(site: BenchSite, subscribers: number): Promise<Outcome> {
  step('the same from a server that does nothing but write to sockets')
  const port = await freePort()
  const server = site.processes.part('bare socket server', new URL('./fanout-limit.js', import.meta.url), { port })
  await server.next()
  const parts = await startSubscribers(site, port, subscribers)
  const play = async () => {
    server.send({ subscribers, warmUp, measured, changesPerSecond })
    return (await server.next<{ firstDueMs: number }>()).firstDueMs
  }
  return contest({ server, parts, play })
}

async function startSubscribers({ processes }: BenchSite, port: number, subscribers: number): Promise<Part[]> {
  const count = Math.ceil(subscribers / subscribersPerPartMax)
  step(`opening ${subscribers} subscriptions from ${count} process${count === 1 ? '' : 'es'}`)
  const parts = Array.from({ length: count }, (_, index) =>
    processes.part(`subscribers ${index + 1}`, new URL('./subscribers.js', import.meta.url), {
      port,
      subscribers: Math.floor((subscribers + index) / count),
      warmUp,
    }),
  )
  await Promise.all(parts.map((part) => part.next()))
  return parts
}

interface Outcome extends Omit<Received, 'sinceDue' | 'sinceCommit'> {
  readonly sinceDue: Histogram
  readonly sinceCommit: Histogram
  readonly deliveriesPerSecond: number
  /** Percent of one processor, of the server and of all clients together. */
  readonly serverCpu: number
  readonly clientCpu: number
}

/** Plays the changes and gathers what has arrived. `play` gives the moment at which the first measured one was due. */
async function contest({
  server,
  parts,
  play,
}: {
  readonly server: BenchProcess
  readonly parts: readonly Part[]
  readonly play: () => Promise<number>
}): Promise<Outcome> {
  step(`${warmUp + measured} changes, ${changesPerSecond} per second`)
  const cpu = () => [cpuSecondsOf(server.pid), parts.reduce((sum, { pid }) => sum + cpuSecondsOf(pid), 0)] as const
  const [serverBefore, clientsBefore] = cpu()
  const begun = performance.now()
  const firstDueMs = await Promise.race([play(), server.failed])
  for (const part of parts) part.send({ expected: warmUp + measured })
  const received = await Promise.race([Promise.all(parts.map((part) => part.next<Received>())), server.failed])
  const seconds = (performance.now() - begun) / 1_000
  const [serverAfter, clientsAfter] = cpu()
  const sinceDue = new Histogram()
  const sinceCommit = new Histogram()
  for (const one of received) {
    sinceDue.merge(one.sinceDue)
    sinceCommit.merge(one.sinceCommit)
  }
  const sum = (key: 'deliveries' | 'missing' | 'doubled' | 'lost') =>
    received.reduce((total, one) => total + one[key], 0)
  const lastArrivalMs = Math.max(...received.map((one) => one.lastArrivalMs))
  return {
    deliveries: sum('deliveries'),
    missing: sum('missing'),
    doubled: sum('doubled'),
    lost: sum('lost'),
    sinceDue,
    sinceCommit,
    lastArrivalMs,
    deliveriesPerSecond: Math.round(sinceDue.count / ((lastArrivalMs - firstDueMs) / 1_000)),
    serverCpu: Math.round(((serverAfter - serverBefore) / seconds) * 100),
    clientCpu: Math.round(((clientsAfter - clientsBefore) / seconds) * 100),
  }
}

/** One update after the other on its due time, over a WebSocket. Gives the moment at which the first measured one was due. */
async function changePods(controlPlane: ControlPlane): Promise<number> {
  let firstDueMs = 0
  await runOnSchedule({ changes: warmUp + measured, changesPerSecond }, async (index, dueMs) => {
    if (index === warmUp) firstDueMs = dueMs
    tick(`change ${index + 1} of ${warmUp + measured}`)
    await writePod(controlPlane, 'update', index % podCount, markOf(index, dueMs))
  })
  return firstDueMs
}

/** Writes one of the pods whose annotation is changed in turn. No scheduler looks at them. */
async function writePod(
  { client }: ControlPlane,
  verb: 'create' | 'update',
  index: number,
  mark: string,
): Promise<void> {
  const metadata = { name: `fanout-${index}`, labels: { app: 'fanout' }, annotations: { mark } }
  const spec = { schedulerName: 'nobody', containers: [{ name: 'main', image: 'bench' }] }
  const document = `mutation ($input: PodInput!) { ${verb}Pod(input: $input) { name } }`
  await client.send(document, { input: { metadata, spec } })
}

function reportOf(subscribers: number, ours: Outcome, limit: Outcome): Report {
  const of = 'bare sockets'
  const [p50, p99] = [ours.sinceDue.percentile(0.5), ours.sinceDue.percentile(0.99)]
  const bar =
    subscribers > 1_000
      ? { below: 1_000, size: '10,000 subscribers', applies: subscribers === 10_000 }
      : { below: 250, size: '1,000 subscribers', applies: subscribers === 1_000 }
  const figures: Figure[] = [
    {
      name: 'deliveries',
      value: ours.deliveriesPerSecond,
      unit: '/s',
      limit: { value: limit.deliveriesPerSecond, of },
    },
    {
      name: 'from sending a change to arrival, p50',
      value: p50,
      unit: 'ms',
      limit: { value: limit.sinceDue.percentile(0.5), of },
    },
    {
      name: 'from sending a change to arrival, p99',
      value: p99,
      unit: 'ms',
      limit: { value: limit.sinceDue.percentile(0.99), of },
      bar,
    },
    { name: 'from its commit to arrival, p99', value: ours.sinceCommit.percentile(0.99), unit: 'ms' },
  ]
  const faults = ours.missing + ours.doubled + ours.lost
  return {
    title: `fanout: ${changesPerSecond} changes/s to ${subscribers} equal subscribers`,
    figures,
    remarks: [
      `${ours.deliveries} deliveries, ${ours.missing} missing, ${ours.doubled} doubled or out of order, ${ours.lost} subscribers lost.`,
      `Processor time: server ${ours.serverCpu} %, clients ${ours.clientCpu} %; with bare sockets ${limit.serverCpu} % and ${limit.clientCpu} %.`,
    ],
    json: {
      subscribers,
      deliveriesPerSecond: ours.deliveriesPerSecond,
      latencyMsP50: p50,
      latencyMsP99: p99,
      commitLatencyMsP99: ours.sinceCommit.percentile(0.99),
      limitDeliveriesPerSecond: limit.deliveriesPerSecond,
      limitLatencyMsP99: limit.sinceDue.percentile(0.99),
      missing: ours.missing,
      doubled: ours.doubled,
      lost: ours.lost,
      serverCpuPercent: ours.serverCpu,
      clientCpuPercent: ours.clientCpu,
    },
    ...(faults === 0 ? {} : { failure: 'not every subscriber has received every change exactly once and in order' }),
  }
}
