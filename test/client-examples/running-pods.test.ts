import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { line } from '../faults/support/myriad.ts'
import { clusterForAll, example } from './support/examples.ts'

const cluster = clusterForAll()
const watchPods = example('watch-pods')
const deployAndWait = example('deploy-and-wait')
const schedulingLatencies = example('scheduling-latencies')
const alertOnCrashLoops = example('alert-on-crash-loops')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'myriad-examples-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A file with these objects, each with one container that runs a script. */
function manifestFile(...objects: object[]): string {
  const file = join(folder, 'manifest.yaml')
  writeFileSync(file, objects.map((object) => JSON.stringify(object)).join('\n---\n'))
  return file
}

function pod(name: string, script: string, spec: object = {}) {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } }, spec: podSpec(script, spec) }
}

function podSpec(script: string, more: object) {
  return { containers: [{ name: 'main', image: 'none', command: ['sh', '-c', script] }], ...more }
}

function replicas(name: string, count: number) {
  const template = { metadata: { labels: { app: name } }, spec: podSpec('sleep 1000', {}) }
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name },
    spec: { replicas: count, selector: { matchLabels: { app: name } }, template },
  }
}

it('watch-pods prints what becomes of a pod, from the beginning to the end', async () => {
  const { url, client } = cluster()
  await client.resources().apply([pod('first', 'sleep 1000')])
  const watching = watchPods(url, '-n', 'default', '-l', 'app in (first,told)')
  await line(watching, /first {2}new → /)
  await client.resources().apply([pod('told', 'sleep 0.1; exit 7'), pod('other', 'sleep 1000')])
  await line(watching, /told .*→ Running on local, 1 restart \(CrashLoopBackOff/)
  await client.pods.delete({ name: 'told', gracePeriodSeconds: 0 })
  await line(watching, /told .*→ gone$/)
  const told = watching.lines.filter((text) => text.includes('told')).join('\n')
  expect(told).toMatch(
    /new → Pending\n[^]*→ Running on local, ready\n[^]*1 restart \(CrashLoopBackOff: back-off 10s restarting failed container\)\n.*→ gone$/,
  )
  expect(watching.lines.join('\n')).not.toContain('other')
})

it('deploy-and-wait ends once it has said that it took too long, also with pods that are ready', async () => {
  const steady = manifestFile(pod('steady', 'sleep 60'))
  const waiting = deployAndWait(cluster().url, steady, '--timeout', '1.5', '--min-ready', '600')
  expect(await waiting.ended).toBe(1)
  expect(waiting.lines).toContain('not ready within 1.5 s')
})

it('deploy-and-wait says why pods are not ready in time', async () => {
  const big = pod('big', '', {
    containers: [{ name: 'main', image: 'none', resources: { requests: { cpu: '1k' } } }],
  })
  const waiting = deployAndWait(cluster().url, manifestFile(big, pod('crash', 'exit 7')), '--timeout', '2')
  expect(await waiting.ended).toBe(1)
  expect(waiting.lines).toContain('0 of 2 pods are ready; big Unschedulable; crash CrashLoopBackOff')
  expect(waiting.lines.slice(-3)).toEqual([
    'not ready within 2 s',
    '  big: Pending (Unschedulable: 0/1 nodes are available: 1 Insufficient cpu.)',
    expect.stringMatching(/^ {2}crash: Running on local, 1 restart \(CrashLoopBackOff: back-off 10s/),
  ])
})

it.each([
  [
    'a pod that has ended',
    'once',
    'exit 3',
    'pod once has ended, and nobody replaces it',
    /once: Failed on local \(.*exit code 3\)/,
  ],
  [
    'a pod that has done its work',
    'job',
    'true',
    'pod job has ended, and nobody replaces it',
    /job: Succeeded on local/,
  ],
])('deploy-and-wait does not wait for %s', async (_, name, script, end, why) => {
  const waiting = deployAndWait(cluster().url, manifestFile(pod(name, script, { restartPolicy: 'Never' })))
  expect(await waiting.ended).toBe(1)
  expect(waiting.lines.slice(-2)).toEqual([end, expect.stringMatching(why)])
})

it('deploy-and-wait tells all faults of a manifest, and applies nothing of it', async () => {
  const waiting = deployAndWait(
    cluster().url,
    manifestFile(pod('fine', 'true'), { ...pod('Wrong_', 'true'), speck: {} }),
  )
  expect(await waiting.ended).toBe(1)
  expect(waiting.lines.join('\n')).toMatch(/manifests\[1\].speck: .*unknown field[^]*\nmanifests\[1\].metadata.name: /)
  expect(await cluster().client.pods.get({ name: 'fine' })).toBeUndefined()
})

it('deploy-and-wait waits until all pods of the manifest are ready', async () => {
  const file = manifestFile(replicas('set', 3), pod('alone', 'sleep 1000'))
  const waiting = deployAndWait(cluster().url, file, '--min-ready', '0.2')
  expect(await waiting.ended).toBe(0)
  expect(waiting.lines.slice(0, 2)).toEqual(['ReplicaSet set: created', 'Pod alone: created'])
  expect(waiting.lines.at(-1)).toBe('all pods are ready')
  const { items } = await cluster().client.pods.list({ labelSelector: 'app in (set,alone)' })
  expect(items.map(({ status }) => status?.phase)).toEqual(['Running', 'Running', 'Running', 'Running'])
})

it('alert-on-crash-loops tells once of each episode, and of recovery', async () => {
  const { url, client } = cluster()
  const posted: string[] = []
  const webhook = createServer((request, response) => {
    void text(request).then((body) => posted.push((JSON.parse(body) as { text: string }).text))
    response.end()
  }).listen(0, '127.0.0.1')
  await once(webhook, 'listening')
  const hookUrl = `http://127.0.0.1:${(webhook.address() as { port: number }).port}`
  const alerting = alertOnCrashLoops(url, '--restarts', '1', '--window', '0.5', '--webhook', hookUrl)
  await line(alerting, /^watching/)
  // Crashes once, then runs: what it has left behind is there after the restart.
  const volumes = { volumes: [{ name: 'memory', emptyDir: {} }] }
  const unlucky = pod('unlucky', '[ -e was-here ] || { touch was-here; exit 7; }; sleep 1000', volumes)
  Object.assign(unlucky.spec.containers[0] ?? {}, {
    workingDir: '/memory',
    volumeMounts: [{ name: 'memory', mountPath: '/memory' }],
  })
  await client.resources().apply([pod('looping', 'exit 7'), unlucky])
  await line(alerting, /default\/looping is crashing: .*1 restart/)
  await line(alerting, /default\/unlucky has recovered: Running on local, ready, 1 restart/)
  await client.pods.delete({ name: 'looping', gracePeriodSeconds: 0 })
  await line(alerting, /default\/looping is gone/)
  const told = alerting.lines.filter((text) => text.includes('default/')).map((text) => text.replace(/^\S+ {2}/, ''))
  await vi.waitFor(() => expect(posted).toEqual(told))
  webhook.close()
  const toldOf = (name: string) =>
    alerting.lines.flatMap((text) => new RegExp(`default/${name} ([a-z ]+)`).exec(text)?.[1] ?? [])
  expect(toldOf('looping')).toEqual(['is crashing', 'is gone'])
  expect(toldOf('unlucky')).toEqual(['is crashing', 'has recovered'])
})

it('scheduling-latencies records each new pod, and sums up', async () => {
  const { url, client } = cluster()
  const file = join(folder, 'latencies.csv')
  const recording = schedulingLatencies(url, file)
  await line(recording, /^recording$/)
  const specs = { containers: [{ name: 'main', image: 'none', resources: { requests: { cpu: '1k' } } }] }
  await client.resources().apply([replicas('quick', 2), pod('hopeless', '', specs)])
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toMatch(/(?:.*quick.*\n){2}/), { timeout: 15_000 })
  await client.pods.delete({ name: 'hopeless', gracePeriodSeconds: 0 })
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toMatch('hopeless'), { timeout: 15_000 })
  recording.process.kill('SIGINT')
  expect(await recording.ended).toBe(0)

  const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(header).toBe('namespace,name,created,bound_ms,running_ms')
  const times = rows.slice(0, 2).map((row) => row.split(',').slice(3).map(Number) as [number, number])
  for (const [boundMs, runningMs] of times) {
    expect(boundMs).toBeGreaterThanOrEqual(0)
    expect(runningMs).toBeGreaterThan(boundMs)
  }
  expect(rows[2]).toMatch(/^default,hopeless,.*Z,,$/)
  const [bound, running] = [0, 1].map((column) => times.map((row) => row[column] ?? 0).toSorted((a, b) => a - b))
  expect(recording.lines.slice(1)).toEqual([
    `bound: 2 pods, median ${bound?.[0]} ms, p99 ${bound?.[1]} ms`,
    `running: 2 pods, median ${running?.[0]} ms, p99 ${running?.[1]} ms`,
  ])
})

it('scheduling-latencies ends by itself after so many pods', async () => {
  const { url, client } = cluster()
  const recording = schedulingLatencies(url, '--pods', '1')
  await line(recording, /^recording$/)
  await client.resources().apply([pod('one', 'sleep 1000')])
  expect(await recording.ended).toBe(0)
  expect(recording.lines.slice(1)).toEqual([
    'namespace,name,created,bound_ms,running_ms',
    expect.stringMatching(/^default,one,\d{4}-.*Z,\d+,\d+$/),
    expect.stringMatching(/^bound: 1 pod, median \d+ ms, p99 \d+ ms$/),
    expect.stringMatching(/^running: 1 pod,/),
  ])
})
