// urql against Myriad: a query over HTTP, then a subscription over WebSocket, from exactly there on and over losses of the
// connection. Ctrl-C ends it.

import { parseArgs } from 'node:util'
import { Client, type ExecutionResult, fetchExchange, subscriptionExchange } from '@urql/core'
import { endpoint, token } from './support/connection.ts'
import { podEventsDocument, podsDocument } from './support/pod-documents.ts'
import { runProgram } from './support/program.ts'
import { createResumingSocket } from './support/resuming-socket.ts'

async function main(args: string[]): Promise<number> {
  parseArgs({ args })
  const socket = createResumingSocket()
  const client = new Client({
    url: endpoint().href,
    fetchOptions: { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } },
    preferGetMethod: false,
    exchanges: [
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: ({ next, error, complete }) => ({
            unsubscribe: socket.subscribe(
              { query, variables },
              { next: (result) => next(result as ExecutionResult), error, complete },
            ),
          }),
        }),
      }),
    ],
  })

  const { data, error } = await client.query(podsDocument, {})
  if (error !== undefined) throw error.networkError ?? error
  for (const { name, status } of data?.pods.nodes ?? []) console.log(`${name} ${status?.phase}`)

  const after = data?.pods.resourceVersion ?? '0'
  await new Promise((_, reject) => {
    client.subscription(podEventsDocument, { after }).subscribe(({ data, error }) => {
      if (error !== undefined) return reject(error.networkError ?? error)
      const { type, resourceVersion, pod } = data?.podEvents ?? {}
      if (pod != null) console.log(`${resourceVersion} ${type} ${pod.name} ${pod.status?.phase}`)
    })
  })
  return 0
}

await runProgram('urql   takes no arguments', main)
