import { WebSocket } from 'ws'
import { type Client, connect } from '../../src/client/client.ts'
import { Chance } from './chance.ts'
import { ChaosCluster } from './cluster.ts'
import type { AcknowledgedWrite } from './ledger.ts'
import { readEnd, readLog } from './log-reader.ts'
import { findProcessFaults } from './pod-processes.ts'
import { tick } from './progress.ts'
import { Subscriber, subscriptions } from './subscriber.ts'
import { Tormentor } from './tormentor.ts'
import { judge, type Verdict } from './verdict.ts'
import { Writer } from './writer.ts'

/** What a run is told. The signal ends it early; it is judged all the same. */
export interface TormentOptions {
  readonly folder: string
  readonly seed: number
  readonly durationMs: number
  readonly signal: AbortSignal
}

/** The figures of a run. */
export interface Figures {
  readonly kills: number
  readonly acknowledgedWrites: number
  readonly lostWrites: number
  readonly events: number
  readonly lostEvents: number
  readonly doubledEvents: number
  readonly unneededRestarts: number
}

/** What a run has shown. */
export interface Outcome {
  readonly seed: number
  readonly figures: Figures
  /** Whether all is zero that must be. */
  readonly isWell: boolean
  /** One sentence for each thing that is wrong. */
  readonly faults: readonly string[]
  /** How often each deed was done, and what else a reader may want to know. */
  readonly remarks: readonly string[]
}

const writersCount = 4
/**
 * How long nothing may happen before the run counts as quiet, which is longer than anybody waits before they connect again,
 * and how long that is waited for.
 */
const quietMs = 15_000
const quietMsMax = 150_000
/** How long a stop may last: a minute, when that leaves time for other things. */
const stopMsMax = { long: 60_000, short: 6_000 }
const longRunMs = 180_000
const faultsShownMax = 20

/** Starts a cluster, has it used and tormented for a time, waits for quiet, and holds what is left against what was promised. */
export async function torment({ folder, seed, durationMs, signal }: TormentOptions): Promise<Outcome> {
  const chance = new Chance(seed)
  const cluster = await ChaosCluster.prepare(folder, new Chance(chance.whole(0, 2 ** 31)))
  const onExit = () => {
    for (const victim of cluster.victims) victim.dispatch()
  }
  process.once('exit', onExit)
  const clients: Client[] = []
  const newClient = (): Client => {
    const client = connect({ url: cluster.url, webSocketImpl: WebSocket, keepAliveMs: 3_000 })
    clients.push(client)
    return client
  }
  try {
    await cluster.start()
    if (!(await cluster.waitFor(() => cluster.isReady()))) throw new Error('the server did not become ready')
    return await observe({ cluster, chance, seed, durationMs, folder, signal, newClient })
  } finally {
    for (const client of clients) client.close()
    await cluster.stop()
    process.off('exit', onExit)
  }
}

interface Observation extends TormentOptions {
  readonly cluster: ChaosCluster
  readonly chance: Chance
  readonly newClient: () => Client
}

async function observe(observation: Observation): Promise<Outcome> {
  const { cluster, chance, seed, durationMs, signal, newClient } = observation
  const over = overAfter(durationMs, signal)
  const acknowledged: AcknowledgedWrite[] = []
  const writers = Array.from({ length: writersCount }, (_, index) => {
    const own = new Chance(chance.whole(0, 2 ** 31))
    return new Writer({ name: `w${index}`, client: newClient(), chance: own, acknowledged, signal: over })
  })
  const subscribers = subscriptions.map((subscription) => new Subscriber(subscription, newClient()))
  const stopMs = durationMs >= longRunMs ? stopMsMax.long : stopMsMax.short
  const tormentor = new Tormentor({ cluster, chance, stopMsMax: stopMs, signal: over })
  const heard = new AbortController()
  const following = Promise.all(subscribers.map((subscriber) => subscriber.run(heard.signal)))
  const begun = performance.now()
  const progress = setInterval(() => {
    const seconds = Math.round((performance.now() - begun) / 1_000)
    tick(`${seconds} s: ${tormentor.count} deeds, ${acknowledged.length} writes, ${countOf(subscribers)} events`)
  }, 1_000)
  try {
    await Promise.race([Promise.all([tormentor.run(), ...writers.map((writer) => writer.run())]), following])
    const faults = await becomeQuiet(observation, subscribers)
    heard.abort()
    await following
    const log = readLog(cluster.databaseFile)
    const verdict = judge({
      log,
      acknowledged,
      killed: tormentor.killed,
      hearings: subscribers.map(({ subscription, seen }) => ({ ...subscription, seen })),
      staleMsMax: stopMs + 10_000,
    })
    faults.push(...(await findProcessFaults(log, observation.folder)), ...cluster.victims.flatMap((one) => one.ownEnds))
    return outcomeOf({ seed, verdict, faults, acknowledged, subscribers, tormentor, writers, cluster })
  } finally {
    clearInterval(progress)
    heard.abort()
  }
}

/** Comes after a time, or when the other signal does. */
function overAfter(ms: number, signal: AbortSignal): AbortSignal {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(), ms)
  const interrupt = () => {
    clearTimeout(timer)
    over.abort()
  }
  if (signal.aborted) interrupt()
  else signal.addEventListener('abort', interrupt, { once: true })
  return over.signal
}

/** Waits until nothing happens any more and everybody has heard of everything. Resolves with what is wrong then. */
async function becomeQuiet({ cluster }: Observation, subscribers: readonly Subscriber[]): Promise<string[]> {
  for (const victim of cluster.agents) if (!victim.isRunning) victim.start()
  if (cluster.needsController && !cluster.controller.isRunning) cluster.controller.start()
  if (!cluster.server.isRunning) await cluster.startServer()
  let since = performance.now()
  let last = -1
  const isQuiet = await cluster.waitFor(() => {
    const { revision } = readEnd(cluster.databaseFile)
    if (revision !== last) since = performance.now()
    last = revision
    return performance.now() - since > quietMs && subscribers.every((one) => hasHeard(one, cluster))
  }, quietMsMax)
  const { faults } = readEnd(cluster.databaseFile)
  if (!isQuiet) faults.push(`${quietMsMax / 1_000} s after the last deed it was not quiet: the log was at ${last}`)
  return [...faults, ...unsettled(readLog(cluster.databaseFile))]
}

function hasHeard({ subscription, seen }: Subscriber, { databaseFile }: ChaosCluster): boolean {
  const last = readLog(databaseFile).findLast(subscription.concerns)
  return last === undefined || (seen.at(-1)?.revision ?? 0) >= last.revision
}

/** Pods that should run and do not, and controllers that have not what they want. */
function unsettled(log: ReturnType<typeof readLog>): string[] {
  const newest = new Map(log.map((entry) => [entry.uid, entry]))
  const living = [...newest.values()].filter(({ type }) => type !== 'DELETED')
  const pods = living.filter(({ kind }) => kind === 'Pod')
  return living.flatMap(({ kind, uid, object }) => {
    const { name, deletionTimestamp } = object.metadata
    if (deletionTimestamp !== undefined) return [`${kind} ${name} is being deleted and does not go`]
    if (kind === 'Pod' && object.status?.phase !== 'Running') return [`pod ${name} is ${object.status?.phase}`]
    if (kind !== 'ReplicationController') return []
    const owned = pods.filter((pod) => pod.object.metadata.ownerReferences?.some((owner) => owner.uid === uid))
    const wanted = object.spec?.replicas ?? 1
    return owned.length === wanted ? [] : [`${kind} ${name} wants ${wanted} pods and has ${owned.length}`]
  })
}

interface Found extends Pick<Outcome, 'seed' | 'faults'> {
  readonly verdict: Verdict
  readonly acknowledged: readonly AcknowledgedWrite[]
  readonly subscribers: readonly Subscriber[]
  readonly writers: readonly Writer[]
  readonly tormentor: Tormentor
  readonly cluster: ChaosCluster
}

function outcomeOf(found: Found): Outcome {
  const { seed, verdict, acknowledged, subscribers, tormentor, writers } = found
  const { lostWrites, lostEvents, doubledEvents, unneededRestarts } = verdict
  const figures = {
    kills: tormentor.count,
    acknowledgedWrites: acknowledged.length,
    lostWrites: lostWrites.length,
    events: countOf(subscribers),
    lostEvents: lostEvents.length,
    doubledEvents: doubledEvents.length,
    unneededRestarts: unneededRestarts.length,
  }
  const faults = [...lostWrites, ...lostEvents, ...doubledEvents, ...unneededRestarts, ...found.faults]
  const resumptions = subscribers.reduce((sum, subscriber) => sum + subscriber.resumptions, 0)
  const refusals = writers.reduce((sum, writer) => sum + writer.refusals, 0)
  const logs =
    faults.length === 0 ? [] : found.cluster.victims.flatMap(({ name, log }) => [`log of the ${name}:`, ...log])
  return {
    seed,
    figures,
    faults: [
      ...faults.slice(0, faultsShownMax),
      ...(faults.length > faultsShownMax ? [`and ${faults.length - faultsShownMax} more`] : []),
      ...logs,
    ],
    isWell: faults.length === 0,
    remarks: [
      [...tormentor.done].map(([deed, count]) => `${deed} ${count}`).join(', '),
      `${refusals} writes without an answer, ${resumptions} resumptions`,
    ],
  }
}

function countOf(subscribers: readonly Subscriber[]): number {
  return subscribers.reduce((sum, { seen }) => sum + seen.length, 0)
}

/** The outcome as a table, and what is wrong below it. */
export function printOutcome({ seed, figures, isWell, faults, remarks }: Outcome): string {
  const rows = Object.entries(figures).map(([name, value]) => `  ${name.padEnd(20)}${String(value).padStart(8)}`)
  const end = isWell ? ['Nothing was lost, and nothing was doubled.'] : [`FAILED with seed ${seed}:`, ...faults]
  return [`Chaos, seed ${seed}`, ...rows, ...remarks.map((remark) => `  ${remark}`), ...end, ''].join('\n')
}
