// Records how long each new pod takes from its creation until it has a machine, and until it runs, as CSV. At the end, by
// Ctrl-C or after so many pods, tells the median and the 99th percentile. All times are those of the server.

import { openSync, writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { connect } from 'myriad/client'
import { token, url } from './support/connection.ts'
import { positiveInteger, runProgram, UsageError } from './support/program.ts'

const usage = `scheduling-latencies [FILE] [--pods N]

  FILE       where the CSV goes, default standard output
  --pods N   end after so many pods`

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: { pods: { type: 'string' } }, allowPositionals: true })
  const rowsMax = values.pods === undefined ? Number.POSITIVE_INFINITY : positiveInteger('--pods', values.pods)
  const [file, ...more] = positionals
  if (more.length > 0) throw new UsageError('it takes one FILE at most')
  const output = file === undefined ? process.stdout.fd : openSync(file, 'w')
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())

  // From now on: every pod that is ADDED was made by then.
  const client = connect({ url, token })
  const { cluster } = await client.query<{ cluster: { resourceVersion: string } }>('{ cluster { resourceVersion } }')
  console.error('recording')
  writeSync(output, 'namespace,name,created,bound_ms,running_ms\n')
  const waiting = new Map<string, Latency>()
  const rows: Latency[] = []
  for await (const event of client.pods.watch({ after: cluster.resourceVersion, signal: stop.signal })) {
    const { type, at, object: pod } = event
    const { uid, namespace, name } = pod.metadata
    if (type === 'ADDED') waiting.set(uid, { created: at })
    const latency = waiting.get(uid)
    if (latency === undefined) continue
    const ms = Date.parse(at) - Date.parse(latency.created)
    if (pod.spec.nodeName != null) latency.boundMs ??= ms
    const hasRun = pod.status?.phase != null && pod.status.phase !== 'Pending'
    if (hasRun) latency.runningMs ??= ms
    // A pod that was deleted before it ran has a row with an empty place.
    if (!hasRun && type !== 'DELETED') continue
    waiting.delete(uid)
    rows.push(latency)
    const { created, boundMs = '', runningMs = '' } = latency
    writeSync(output, `${namespace},${name},${created},${boundMs},${runningMs}\n`)
    if (rows.length === rowsMax) break
  }
  client.close()
  console.error(
    summary(
      'bound',
      rows.flatMap(({ boundMs }) => boundMs ?? []),
    ),
  )
  console.error(
    summary(
      'running',
      rows.flatMap(({ runningMs }) => runningMs ?? []),
    ),
  )
  if (waiting.size > 0) console.error(`not running yet: ${waiting.size}`)
  return 0
}

/** Milliseconds from the creation of a pod. */
interface Latency {
  readonly created: string
  boundMs?: number
  runningMs?: number
}

/** `running: 12 pods, median 83 ms, p99 121 ms`. */
function summary(name: string, latenciesMs: readonly number[]): string {
  if (latenciesMs.length === 0) return `${name}: no pods`
  const sorted = latenciesMs.toSorted((a, b) => a - b)
  const [median, p99] = [0.5, 0.99].map((share) => sorted[Math.ceil(sorted.length * share) - 1])
  return `${name}: ${sorted.length} ${sorted.length === 1 ? 'pod' : 'pods'}, median ${median} ms, p99 ${p99} ms`
}

await runProgram(usage, main)
