import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type PodView, restartsOf } from './pod-view.ts'

/** Where a server of the demonstration answers, and which process that is. */
export interface WebAnswer {
  readonly url: string
  readonly pid: number
}

const container = 'web'
const logPollMs = 25

const port = 8080

/**
 * A small HTTP server: answers with the names of its pod and of its process, on the address of its pod, and writes its
 * port to its log: the same for all, unless another program has it, or pods have no address of their own.
 */
const program = `
  const { createServer } = require('node:http')
  const { POD_NAME: pod, POD_IP: host } = process.env
  const server = createServer((_, response) => response.end(JSON.stringify({ pod, pid: process.pid })))
  server.once('error', () => server.listen(0, host))
  server.once('listening', () => console.log('listening on port ' + server.address().port))
  server.listen(${port}, host)
  process.on('SIGTERM', () => process.exit(0))
`

/** A ReplicationController of such servers, as the mutation `createReplicationController` takes it. */
export function webServers(name: string, replicas: number): Readonly<Record<string, unknown>> {
  const labels = { app: name }
  const env = [
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
  ]
  const containers = [{ name: container, image: 'none', command: [process.execPath, '-e', program], env }]
  return {
    metadata: { name },
    spec: {
      replicas,
      selector: labels,
      template: { metadata: { labels }, spec: { containers, terminationGracePeriodSeconds: 5 } },
    },
  }
}

/** Asks the server of a pod who it is, once its log tells the port. Rejects when another answers, or the signal gives up. */
export async function askServer(pod: PodView, podsFolder: string, signal: AbortSignal): Promise<WebAnswer> {
  const port = await portFromLog(pod, podsFolder, signal)
  const url = `http://${pod.status?.podIP ?? '127.0.0.1'}:${port}`
  const response = await fetch(url, { signal })
  const answer = (await response.json()) as { readonly pod: string; readonly pid: number }
  if (answer.pod === pod.name) return { url, pid: answer.pid }
  throw new Error(`${url} should be answered by ${pod.name}, and ${answer.pod} answered`)
}

/** The port that a server wrote to its log; undefined where it has not yet. */
export function portInLog(text: string): number | undefined {
  const port = /listening on port (\d+)\n/.exec(text)?.[1]
  return port === undefined ? undefined : Number(port)
}

async function portFromLog(pod: PodView, podsFolder: string, signal: AbortSignal): Promise<number> {
  const file = join(podsFolder, `default_${pod.name}_${pod.uid}`, 'logs', container, `${restartsOf(pod)}.log`)
  for (;;) {
    const port = portInLog(await readIfThere(file))
    if (port !== undefined) return port
    await delay(logPollMs, undefined, { signal }).catch((cause: unknown) => {
      throw new Error(`pod ${pod.name} did not write its port to ${file}`, { cause: signal.reason ?? cause })
    })
  }
}

async function readIfThere(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}
