import { setTimeout as delay } from 'node:timers/promises'
import { RequestError } from '../client/request-error.ts'
import { isServing, type PodView, restartsOf } from './pod-view.ts'
import { killProcess } from './process-family.ts'
import { nodeName, type Stage } from './stage.ts'
import type { Step } from './step.ts'
import { type WebAnswer, webServers } from './web-server.ts'

const name = 'web'
const pollMs = 50

/** The demonstration's story, from the start of a cluster to its end. */
export function walkThrough(stage: Stage): readonly Step[] {
  const step = (title: string, limitMs: number, run: (stage: Stage, signal: AbortSignal) => Promise<string>): Step => ({
    title,
    limitMs,
    run: (signal) => run(stage, signal),
  })
  return [
    step('Start a control plane with one agent', 20_000, start),
    step('Create a ReplicationController of three HTTP servers', 15_000, create),
    step('Kill one server process from outside', 10_000, kill),
    step('Scale from 3 to 10 by one mutation', 20_000, scaleUp),
    step('Scale back to 1', 15_000, scaleDown),
    step('Stop', 10_000, stop),
  ]
}

async function start(stage: Stage, signal: AbortSignal): Promise<string> {
  const client = await stage.open()
  const document = '{ cluster { version readyNodeCount } }'
  for (;;) {
    const answer = await client
      .query<{ cluster: { version: string; readyNodeCount: number } }>(document)
      .catch((error: unknown) => {
        if (error instanceof RequestError && error.code === 'UNAVAILABLE') return undefined
        throw error
      })
    if (answer !== undefined && answer.cluster.readyNodeCount > 0) {
      return `Myriad ${answer.cluster.version} answers at ${stage.url}, and node ${nodeName} is ready`
    }
    await delay(pollMs, undefined, { signal }).catch((cause: unknown) => {
      const missing = answer === undefined ? `${stage.url} answers` : `node ${nodeName} is ready`
      throw new Error(`it was waiting until ${missing}`, { cause: signal.reason ?? cause })
    })
  }
}

async function create(stage: Stage, signal: AbortSignal): Promise<string> {
  const watch = stage.follow(`app=${name}`)
  await stage.client.mutate(
    'mutation ($input: ReplicationControllerInput!) { createReplicationController(input: $input) { name } }',
    { input: webServers(name, 3) },
  )
  await watch.until('3 pods are ready', areServing(3), signal)
  const answers = await askAll(stage, watch.pods, signal)
  for (const { pod, url, pid } of answers) stage.say(`${pod.name} answers at ${url} as process ${pid}`)
  return '3 pods run, and each server answers'
}

async function kill(stage: Stage, signal: AbortSignal): Promise<string> {
  const { watch } = stage
  const [victim] = await askAll(stage, watch.pods, signal)
  if (victim === undefined) throw new Error('there is no server to kill')
  const { uid } = victim.pod
  const restarts = restartsOf(victim.pod)
  if (!killProcess(victim.pid)) throw new Error(`process ${victim.pid} had ended before it was killed`)
  stage.say(`kill -9 ${victim.pid}, the server of ${victim.pod.name}`)
  const hasHealed = (pod: PodView): boolean => pod.uid === uid && isServing(pod) && restartsOf(pod) > restarts
  await watch.until(
    `${victim.pod.name} is ready again after a restart`,
    (pods) => pods.length === 3 && pods.some(hasHealed),
    signal,
  )
  const [healed] = await askAll(stage, watch.pods.filter(hasHealed), signal)
  if (healed === undefined || healed.pid === victim.pid) throw new Error(`process ${victim.pid} still answers`)
  stage.say(`${healed.pod.name} answers at ${healed.url} as process ${healed.pid}`)
  return `the container was restarted, restartCount ${restartsOf(healed.pod)}`
}

async function scaleUp(stage: Stage, signal: AbortSignal): Promise<string> {
  await scale(stage, 10)
  await stage.watch.until('10 pods are ready', areServing(10), signal)
  const answers = await askAll(stage, stage.watch.pods, signal)
  const processes = new Set(answers.map(({ pid }) => pid))
  if (processes.size !== 10)
    throw new Error(`10 servers should answer as 10 processes, and there are ${processes.size}`)
  return '10 pods run, and each server answers'
}

async function scaleDown(stage: Stage, signal: AbortSignal): Promise<string> {
  const before = await askAll(stage, stage.watch.pods, signal)
  await scale(stage, 1)
  await stage.watch.until('1 pod is left', areServing(1), signal)
  const [last] = await askAll(stage, stage.watch.pods, signal)
  if (last === undefined || !before.some(({ pid }) => pid === last.pid)) throw new Error('no server was left alone')
  return `9 pods are gone, and ${last.pod.name} still answers as process ${last.pid}`
}

async function stop(stage: Stage, signal: AbortSignal): Promise<string> {
  const processes = await stage.stop(signal)
  return `the control plane, its agent and the last server have ended (${processes} processes), and their folder is removed`
}

async function scale(stage: Stage, replicas: number): Promise<void> {
  const document =
    'mutation ($name: String!, $replicas: Int!) { scale(kind: "ReplicationController", name: $name, replicas: $replicas) { name } }'
  await stage.client.mutate(document, { name, replicas })
}

async function askAll(
  stage: Stage,
  pods: readonly PodView[],
  signal: AbortSignal,
): Promise<readonly (WebAnswer & { readonly pod: PodView })[]> {
  const answers = await stage.ask(pods, signal)
  return answers.map((answer, index) => ({ ...answer, pod: pods[index] as PodView }))
}

function areServing(count: number): (pods: readonly PodView[]) => boolean {
  return (pods) => pods.length === count && pods.every(isServing)
}
