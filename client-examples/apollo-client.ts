// Apollo Client against Myriad: a query over HTTP, then a subscription over WebSocket, from exactly there on and over losses
// of the connection. Ctrl-C ends it.

import { parseArgs } from 'node:util'
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { OperationTypeNode } from 'graphql'
import { endpoint, token } from './support/connection.ts'
import { podEventsDocument, podsDocument } from './support/pod-documents.ts'
import { runProgram } from './support/program.ts'
import { createResumingSocket } from './support/resuming-socket.ts'

async function main(args: string[]): Promise<number> {
  parseArgs({ args })
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(createResumingSocket()),
      new HttpLink({
        uri: endpoint().href,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      }),
    ),
  })

  const { data } = await client.query({ query: podsDocument })
  for (const { name, status } of data?.pods.nodes ?? []) console.log(`${name} ${status?.phase}`)

  // The cache hears of each pod by its id, too: whoever renders the list has it up to date.
  const after = data?.pods.resourceVersion ?? '0'
  await client.subscribe({ query: podEventsDocument, variables: { after } }).forEach(({ data, error }) => {
    if (error !== undefined) throw new Error(error.message)
    const { type, resourceVersion, pod } = data?.podEvents ?? {}
    if (pod != null) console.log(`${resourceVersion} ${type} ${pod.name} ${pod.status?.phase}`)
  })
  return 0
}

await runProgram('apollo-client   takes no arguments', main)
