// Prints each transition of each pod: its phase, whether it is ready, its machine, its restarts, and why.
// Goes on by itself when the connection is lost or the server restarts. Ctrl-C ends it.

import { parseArgs } from 'node:util'
import { connect } from 'myriad/client'
import { token, url } from './support/connection.ts'
import { describeState, stateOf } from './support/pod-state.ts'
import { runProgram } from './support/program.ts'

const usage = `watch-pods [-n NAMESPACE] [-l SELECTOR]

  -n, --namespace NAME   only the pods of this namespace
  -l, --selector LABELS  only pods with these labels, such as app=web,tier!=test`

const flags = {
  namespace: { type: 'string', short: 'n' },
  selector: { type: 'string', short: 'l' },
} as const

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: flags, allowPositionals: false })
  const client = connect({ url, token })

  // First the pods that are there, as ADDED; then every change, each once and in order.
  const watch = client.pods.watch({
    namespace: values.namespace,
    labelSelector: values.selector,
    waitForServer: true,
    onDisconnect: ({ message }) => console.error(`connection lost (${message}), waiting for the server`),
    onReconnect: () => console.error('connected again, nothing was missed'),
  })
  for await (const { type, at, object, previous } of watch) {
    // What is gone comes as it was last, and what is new has nothing before it.
    const last = type === 'DELETED' ? object : previous
    const before = last === undefined ? 'new' : describeState(stateOf(last))
    const now = type === 'DELETED' ? 'gone' : describeState(stateOf(object))
    // Much of a pod can change that is not told here.
    if (now === before) continue
    const { namespace, name } = object.metadata
    console.log(`${at}  ${namespace}/${name}  ${before.replace(/ \(.*/, '')} → ${now}`)
  }
  return 0
}

await runProgram(usage, main)
