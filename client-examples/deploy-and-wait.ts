// Applies a manifest, and waits until all of its pods are Running and Ready. Tells meanwhile what a pod waits for.
// Exit codes: 0 they are, 1 they are not (refused, ended, or not in time), 2 called wrongly.

import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type AnyObject, type Client, connect, type Pod } from 'myriad/client'
import { token, url } from './support/connection.ts'
import { describeState, stateOf } from './support/pod-state.ts'
import { positiveNumber, runProgram, UsageError } from './support/program.ts'

const usage = `deploy-and-wait FILE [--timeout SECONDS] [--min-ready SECONDS]

  FILE                  YAML or JSON of any objects: pods, and what makes pods
  --timeout SECONDS     how long to wait for the pods, default 60
  --min-ready SECONDS   how long all of them must have been ready, default 1`

async function main(args: string[]): Promise<number> {
  const seconds = (value: string) => ({ type: 'string', default: value }) as const
  const options = { timeout: seconds('60'), 'min-ready': seconds('1') }
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new UsageError('it takes one FILE')
  const timeoutMs = positiveNumber('--timeout', values.timeout) * 1000
  const minReadyMs = positiveNumber('--min-ready', values['min-ready']) * 1000

  const client = connect({ url, token, timeoutMs })
  try {
    // One request: all of the file is applied, or nothing.
    const applied = await client.resources().apply(await readFile(file, 'utf8'))
    for (const { action, object } of applied) {
      console.log(`${object.kind} ${object.metadata.name}: ${action.toLowerCase()}`)
    }
    return (await becomeReady(client, { workloads: applied.map(workloadOf), timeoutMs, minReadyMs })) ? 0 : 1
  } finally {
    client.close()
  }
}

/** An applied object, and how many pods it wants. A pod wants itself, and nobody replaces it. */
interface Workload {
  readonly name: string
  readonly uid: string
  readonly isPod: boolean
  readonly replicas: number
}

function workloadOf({ object }: { readonly object: AnyObject }): Workload {
  const { name, uid } = object.metadata
  if (object.kind === 'Pod') return { name, uid, isPod: true, replicas: 1 }
  const replicas = 'spec' in object && object.spec !== undefined && 'replicas' in object.spec ? object.spec.replicas : 0
  return { name, uid, isPod: false, replicas: replicas ?? 1 }
}

interface Wait {
  readonly workloads: readonly Workload[]
  readonly timeoutMs: number
  readonly minReadyMs: number
}

/** Whether the pods become ready in time. They are a live map, looked at on each of its changes. */
async function becomeReady(client: Client, { workloads, timeoutMs, minReadyMs }: Wait): Promise<boolean> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const pods = client.pods.inform({ signal: timeout })
  await pods.synced
  let success: NodeJS.Timeout | undefined
  const end = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const { progress, isReady, lost } = judge(workloads, pods.list())
      showProgress(progress)
      clearTimeout(success)
      // A container without probes is ready as soon as it runs, also one that crashes at once.
      if (isReady) success = setTimeout(() => resolve(ready), minReadyMs)
      if (lost !== undefined) resolve(`pod ${lost} has ended, and nobody replaces it`)
    }
    for (const change of ['add', 'update', 'delete'] as const) pods.on(change, look)
    pods.on('error', reject)
    timeout.addEventListener('abort', () => resolve(`not ready within ${timeoutMs / 1000} s`))
    look()
  }).finally(() => clearTimeout(success))
  showProgress('')
  console.log(end)
  if (end === ready) return true
  for (const pod of workloads.flatMap((workload) => podsOf(workload, pods.list()))) {
    if (!stateOf(pod).isReady) console.log(`  ${pod.metadata.name}: ${describeState(stateOf(pod))}`)
  }
  return false
}

const ready = 'all pods are ready'

/** How far it has come. `lost` is the name of a pod that will never be ready. */
function judge(workloads: readonly Workload[], pods: readonly Pod[]) {
  const lasting = workloads.map((workload) => ({ ...workload, pods: podsOf(workload, pods).filter(isLasting) }))
  const present = lasting.flatMap((workload) => workload.pods)
  const unready = present.filter((pod) => !stateOf(pod).isReady)
  const wanted = workloads.reduce((sum, { replicas }) => sum + replicas, 0)
  const waiting = unready.slice(0, 3).map((pod) => `${pod.metadata.name} ${whyUnready(pod)}`)
  return {
    progress: [`${present.length - unready.length} of ${wanted} pods are ready`, ...waiting].join('; '),
    isReady: unready.length === 0 && lasting.every(({ pods, replicas }) => pods.length === replicas),
    lost: lasting.find(({ isPod, pods }) => isPod && pods.length === 0)?.name,
  }
}

function podsOf({ uid }: Workload, pods: readonly Pod[]): Pod[] {
  return pods.filter(
    ({ metadata }) => metadata.uid === uid || metadata.ownerReferences?.some((owner) => owner.uid === uid),
  )
}

/** Whether a pod has neither ended nor been asked to. */
function isLasting(pod: Pod): boolean {
  return !['Succeeded', 'Failed', 'Terminating'].includes(stateOf(pod).phase)
}

/** In a word: `CrashLoopBackOff`, `Unschedulable`, `Pending`. */
function whyUnready(pod: Pod): string {
  const { reason, phase } = stateOf(pod)
  return reason.split(':')[0] || phase
}

let shown = ''

/** One line that changes, on a terminal; a line for each change, elsewhere. */
function showProgress(text: string): void {
  if (text === shown) return
  shown = text
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text.slice(0, process.stderr.columns - 1)}`)
  else if (text !== '') console.error(text)
}

await runProgram(usage, main)
