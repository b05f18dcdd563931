import type { BenchOptions, BenchSite } from '../bench.ts'
import { type ControlPlane, freePort, startControlPlane } from '../control-plane.ts'
import { median } from '../histogram.ts'
import { cpuSecondsOf } from '../process-usage.ts'
import { canPin, type Part } from '../processes.ts'
import { step } from '../progress.ts'
import type { Report } from '../report.ts'
import { stock } from '../stock.ts'
import type { LoadJob, LoadResult } from './http-load.ts'

const connections = 16
const rounds = 3
const roundSeconds = 4
const machines = 1_000
const pageSize = 50
/** The processor of the server that is measured, and that of the load. */
const [serverCpu, loadCpu] = [0, 1]

const query = `query ($labelSelector: String, $after: String) {
  pods(labelSelector: $labelSelector, first: ${pageSize}, after: $after) {
    nodes { namespace name labels status { phase podIP } node { name labels } }
    pageInfo { hasNextPage endCursor }
  }
}`

interface Shape {
  readonly name: string
  readonly variables: Readonly<Record<string, string>>
}

/** Requests for a page of pods with labels and machine per second, the server on one processor, in three shapes. */
export async function selector({ pods = 100_000 }: BenchOptions, site: BenchSite): Promise<Report> {
  if (pods < pageSize * 100) throw new Error(`the bench needs at least ${pageSize * 100} pods, so that 1 % fill a page`)
  await stock(site, { nodes: machines, pods })
  const controlPlane = await startControlPlane(site, { cpu: serverCpu })
  const shapes: Shape[] = [
    { name: '1 % match', variables: { labelSelector: 'app=stock,share=one' } },
    { name: '50 % match', variables: { labelSelector: 'app=stock,half=yes' } },
    { name: 'no selector, cursor in the middle', variables: { after: await middleCursor(controlPlane, pods) } },
  ]
  const sizes: number[] = []
  for (const { variables } of shapes) sizes.push(await checkedSize(controlPlane, variables))
  const yogaPort = await freePort()
  const yoga = site.processes.part(
    'plain Yoga server',
    new URL('./yoga-limit.js', import.meta.url),
    { port: yogaPort, bytes: Math.round(median(sizes)) },
    { cpu: serverCpu },
  )
  await yoga.next()
  const contests = [
    ...shapes.map(({ name, variables }) => ({
      name,
      port: controlPlane.port,
      body: { query, variables },
      server: controlPlane.process,
    })),
    { name: 'plain Yoga', port: yogaPort, body: { query: '{ answer }' }, server: yoga },
  ]
  return measure(site, contests, { pods, sizes })
}

interface Contest {
  readonly name: string
  readonly port: number
  readonly body: object
  readonly server: { readonly pid: number }
}

/** Every contest in turn, several rounds, so that what else the machine does spoils none of them alone. */
async function measure(
  { processes }: BenchSite,
  contests: readonly Contest[],
  { pods, sizes }: { pods: number; sizes: readonly number[] },
): Promise<Report> {
  const load = processes.part('load', new URL('./http-load.js', import.meta.url), {}, { cpu: loadCpu })
  const results = contests.map((): (LoadResult & { readonly cpuPercent: number })[] => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { name, port, body, server }] of contests.entries()) {
      step(round === 0 ? `warming up: ${name}` : `round ${round} of ${rounds}: ${name}`)
      const before = cpuSecondsOf(server.pid)
      const result = await demand(load, { port, body: JSON.stringify(body), connections, seconds: roundSeconds })
      const cpuPercent = Math.round(((cpuSecondsOf(server.pid) - before) / roundSeconds) * 100)
      if (round > 0) results[index]?.push({ ...result, cpuPercent })
    }
  }
  const rates = results.map((ofOne) => median(ofOne.map(({ requestsPerSecond }) => requestsPerSecond)))
  const perCpuSecond = results.map((ofOne) =>
    Math.round(median(ofOne.map(({ requestsPerSecond, cpuPercent }) => (requestsPerSecond / cpuPercent) * 100))),
  )
  const limit = rates.at(-1) ?? Number.NaN
  const ofShapes = rates.slice(0, -1)
  const slowest = Math.min(...ofShapes)
  const ratio = Math.round((slowest / limit) * 1_000) / 1_000
  const bar = { atLeast: 3_000, size: '100,000 pods', applies: pods === 100_000 }
  const named = contests.slice(0, -1).map(({ name }, index) => ({ name, value: ofShapes[index] ?? Number.NaN }))
  return {
    title: `selector: pages of ${pageSize} out of ${pods} pods, ${connections} connections, median of ${rounds} rounds`,
    figures: [
      ...named.map(({ name, value }) => ({ name, value, unit: 'requests/s' })),
      {
        name: 'the slowest',
        value: slowest,
        unit: 'requests/s',
        limit: { value: limit, of: `plain Yoga, a constant of ${median(sizes)} bytes` },
        bar,
      },
      { name: 'ratio to the limit', value: ratio, unit: '' },
    ],
    remarks: [
      canPin ? 'Server and load each had one processor.' : 'Processes could not be held to a processor here.',
      `Requests per second of the server's processor time, whatever else the machine did: ${contests.map(({ name }, index) => `${name} ${perCpuSecond[index]}`).join('; ')}.`,
    ],
    json: {
      pods,
      requestsPerSecond: slowest,
      yogaLimitRequestsPerSecond: limit,
      ratio,
      shapes: Object.fromEntries(named.map(({ name, value }) => [name, value])),
      latencyMsP99: Object.fromEntries(
        contests.map(({ name }, index) => [name, median((results[index] ?? []).map(({ p99Ms }) => p99Ms))]),
      ),
      requestsPerCpuSecond: Object.fromEntries(contests.map(({ name }, index) => [name, perCpuSecond[index]])),
      answerBytes: sizes,
    },
  }
}

async function demand(load: Part, job: LoadJob): Promise<LoadResult> {
  load.send(job)
  return load.next<LoadResult>()
}

/** The cursor of the pod in the middle, got as a client gets it: page after page. */
async function middleCursor({ client }: ControlPlane, pods: number): Promise<string> {
  let after: string | null = null
  for (let seen = 0; seen < pods / 2; seen += 1_000) {
    const page: { pods: { pageInfo: { endCursor: string } } } = await client.query(
      'query ($after: String) { pods(first: 1000, after: $after) { pageInfo { endCursor } } }',
      { after },
    )
    after = page.pods.pageInfo.endCursor
  }
  return after ?? ''
}

/** Checks the answer to one shape, and gives its size in bytes. */
async function checkedSize({ url }: ControlPlane, variables: Shape['variables']): Promise<number> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  const text = await answer.text()
  const { data } = JSON.parse(text) as {
    data?: { pods: { nodes: { labels: object; node: { name: string } | null }[] } }
  }
  const nodes = data?.pods.nodes ?? []
  if (nodes.length === pageSize && nodes.every(({ node, labels }) => node !== null && 'app' in labels))
    return text.length
  throw new Error(
    `the answer to ${JSON.stringify(variables)} is not a page of ${pageSize} pods with their machines: ${text.slice(0, 500)}`,
  )
}
