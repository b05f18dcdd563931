import { setTimeout as delay } from 'node:timers/promises'
import type { BenchOptions, BenchSite } from '../bench.ts'
import { type ControlPlane, launchControlPlane } from '../control-plane.ts'
import { median } from '../histogram.ts'
import { memoryOf } from '../process-usage.ts'
import { step } from '../progress.ts'
import type { Report } from '../report.ts'
import { stock } from '../stock.ts'

const rounds = 3
const machines = 1_000
const waitMsMax = 120_000

/** From the start of the server's process to its first correct answer, with a database that holds N pods. */
export async function coldstart({ pods = 100_000, nodes = machines }: BenchOptions, site: BenchSite): Promise<Report> {
  await stock(site, { nodes, pods })
  const times: number[] = []
  const limits: number[] = []
  const memories: number[] = []
  for (let round = 1; round <= rounds; round++) {
    step(`start ${round} of ${rounds}`)
    const begun = performance.now()
    const controlPlane = await launchControlPlane(site)
    await firstAnswer(controlPlane, pods)
    times.push(Math.round(performance.now() - begun))
    memories.push(memoryOf(controlPlane.process.pid).rssMb)
    await controlPlane.stop()
    limits.push(await parseTime(site, controlPlane.databaseFile, pods + nodes))
  }
  const [ms, limit] = [median(times), median(limits)]
  return {
    title: `coldstart: ${pods} pods in the database, median of ${rounds} starts`,
    figures: [
      {
        name: 'from process start to the first correct answer',
        value: ms,
        unit: 'ms',
        limit: { value: limit, of: 'a Node process that reads and parses every object, nothing else' },
        bar: { below: 5_000, size: '100,000 pods', applies: pods === 100_000 },
      },
      { name: 'memory at that moment', value: median(memories), unit: 'MB' },
    ],
    remarks: [`Starts: ${times.join(', ')} ms. The file is in the page cache, as after a restart.`],
    json: { nodes, pods, ms, limitMs: limit, startsMs: times, rssMb: median(memories) },
  }
}

/** Asks, over and over, for the number of pods and for the last of them, until the answer comes and is right. */
async function firstAnswer({ url, process }: ControlPlane, pods: number): Promise<void> {
  const name = `stock-${String(pods - 1).padStart(6, '0')}`
  const query = `query ($name: String!) { pods(first: 1) { totalCount } pod(name: $name) { name status { phase } } }`
  const body = JSON.stringify({ query, variables: { name } })
  const overdue = performance.now() + waitMsMax
  while (performance.now() < overdue) {
    const answer = await Promise.race([ask(url, body), process.failed])
    if (answer === undefined) await delay(5)
    else if (isRight(answer, { pods, name })) return
    else throw new Error(`the first answer is wrong: ${JSON.stringify(answer)}`)
  }
  throw new Error(`no answer within ${waitMsMax / 1_000} s`)
}

interface Answer {
  readonly data?: {
    readonly pods: { readonly totalCount: number }
    readonly pod: { readonly name: string; readonly status: { readonly phase: string } } | null
  }
}

function isRight({ data }: Answer, { pods, name }: { pods: number; name: string }): boolean {
  return data?.pods.totalCount === pods && data.pod?.name === name && data.pod.status.phase === 'Running'
}

/** The answer, or undefined while nobody listens. */
async function ask(url: string, body: string): Promise<Answer | undefined> {
  const headers = { 'content-type': 'application/json' }
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(waitMsMax) })
    return (await response.json()) as Answer
  } catch (error) {
    const refused = (error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED'
    if (refused) return undefined
    throw error
  }
}

async function parseTime({ processes }: BenchSite, file: string, objects: number): Promise<number> {
  const begun = performance.now()
  const part = processes.part('reader', new URL('./coldstart-limit.js', import.meta.url), { file })
  const { parsed } = await part.next<{ parsed: number }>()
  const ms = Math.round(performance.now() - begun)
  await part.stop()
  if (parsed < objects) throw new Error(`the database holds ${parsed} objects, not ${objects}`)
  return ms
}
