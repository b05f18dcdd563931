// Tells when a pod crashes again and again, once per episode, and when it has recovered. Ctrl-C ends it.

import { parseArgs } from 'node:util'
import { connect, type Pod } from 'myriad/client'
import { token, url } from './support/connection.ts'
import { describeState, type PodState, stateOf } from './support/pod-state.ts'
import { positiveInteger, positiveNumber, runProgram } from './support/program.ts'

const usage = `alert-on-crash-loops [--restarts N] [--window SECONDS] [--webhook URL]

  --restarts N       how many restarts within the window are an alert, default 3; CrashLoopBackOff always is one
  --window SECONDS   default 300; who is ready and was not restarted for so long has recovered
  --webhook URL      where each message is posted, too, as JSON {"text": "…"}`

async function main(args: string[]): Promise<number> {
  const options = {
    restarts: { type: 'string', default: '3' },
    window: { type: 'string', default: '300' },
    webhook: { type: 'string' },
  } as const
  const { values } = parseArgs({ args, options })
  const limits = {
    restarts: positiveInteger('--restarts', values.restarts),
    windowMs: positiveNumber('--window', values.window) * 1000,
  }
  const tell = (pod: Pod, what: string) =>
    void send(`${pod.metadata.namespace}/${pod.metadata.name} ${what}`, values.webhook)

  const histories = new Map<string, History>()
  const timers = new Map<string, NodeJS.Timeout>()
  const look = (pod: Pod) => {
    const { uid } = pod.metadata
    const state = stateOf(pod)
    const before = histories.get(uid)
    const history = judge(before, state, { ...limits, nowMs: Date.now() })
    histories.set(uid, history)
    if (history.isCrashing && before?.isCrashing !== true) tell(pod, `is crashing: ${describeState(state)}`)
    if (!history.isCrashing && before?.isCrashing === true) tell(pod, `has recovered: ${describeState(state)}`)
    // Of a pod that just runs there is no event to hear.
    clearTimeout(timers.get(uid))
    timers.delete(uid)
    if (history.isCrashing) timers.set(uid, setTimeout(look, limits.windowMs + 1, pod))
  }
  const forget = (pod: Pod) => {
    const { uid } = pod.metadata
    if (histories.get(uid)?.isCrashing === true) tell(pod, 'is gone')
    clearTimeout(timers.get(uid))
    timers.delete(uid)
    histories.delete(uid)
  }

  let isWatching = false
  const watch = connect({ url, token }).pods.watch({
    waitForServer: true,
    onBookmark: () => {
      if (!isWatching) console.error(`watching, ${histories.size} pods at present`)
      isWatching = true
    },
    onDisconnect: ({ message }) => console.error(`connection lost (${message}), waiting for the server`),
    onReconnect: () => console.error('connected, nothing was missed'),
  })
  for await (const { type, object } of watch) {
    if (type === 'DELETED') forget(object)
    else look(object)
  }
  return 0
}

/** What is remembered of a pod: its restarts up to now, and when those within the window were noticed. */
interface History {
  readonly restarts: number
  readonly restartTimesMs: readonly number[]
  readonly isCrashing: boolean
}

/** What is to be remembered of a pod from now on. Restarts from before it was first seen are not counted. */
function judge(
  before: History | undefined,
  { restarts, reason, isReady }: PodState,
  limits: { readonly restarts: number; readonly windowMs: number; readonly nowMs: number },
): History {
  const news = Array<number>(Math.max(0, restarts - (before?.restarts ?? restarts))).fill(limits.nowMs)
  const recent = (before?.restartTimesMs ?? []).filter((timeMs) => timeMs > limits.nowMs - limits.windowMs)
  const restartTimesMs = [...recent, ...news]
  const isAlarming = reason.startsWith('CrashLoopBackOff') || restartTimesMs.length >= limits.restarts
  const isCalm = isReady && restartTimesMs.length === 0
  return { restarts, restartTimesMs, isCrashing: isAlarming || (before?.isCrashing === true && !isCalm) }
}

async function send(message: string, webhook: string | undefined): Promise<void> {
  console.log(`${new Date().toISOString()}  ${message}`)
  if (webhook === undefined) return
  const body = JSON.stringify({ text: message })
  try {
    const { status } = await fetch(webhook, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    if (status >= 300) console.error(`the webhook answered with ${status}`)
  } catch (error) {
    console.error(`the webhook cannot be reached: ${String(error)}`)
  }
}

await runProgram(usage, main)
