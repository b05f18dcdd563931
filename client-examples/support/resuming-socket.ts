import { setTimeout as wait } from 'node:timers/promises'
import type { GraphQLFormattedError } from 'graphql'
import { type Client, createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { endpoint, token } from './connection.ts'

/** How long a subscription waits that the server has ended for a reason that passes. */
const againMs = 1_000

/**
 * A graphql-ws client, as Apollo Client and urql take it, whose subscriptions go on where they were when the connection was
 * lost: they begin behind a place of the log, their variable `$after`, and select the `resourceVersion` of each event, behind
 * which they begin the next time. A log that no longer reaches back so far ends them with EXPIRED.
 */
export function createResumingSocket(): Client {
  let isConnected = false
  const told = (is: boolean) => () => {
    if (is !== isConnected) console.error(is ? 'connected' : 'connection lost')
    isConnected = is
  }
  const client = createClient({
    url: endpoint().href.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    ...(token === undefined ? {} : { connectionParams: { authorization: `Bearer ${token}` } }),
    // Also a server that is not there, which graphql-ws would give up, but not one that does not know the token.
    shouldRetry: (event) => ![4401, 4403].includes((event as CloseEvent).code),
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) => wait(Math.random() * Math.min(5_000, 250 * 2 ** retries)),
    on: { connected: told(true), closed: told(false) },
  })
  const subscribe: Client['subscribe'] = (payload, sink) => {
    // What graphql-ws sends after each connecting is this very object, as it is then.
    const variables: Record<string, unknown> = { ...payload.variables }
    const start = () =>
      client.subscribe<never, never>(
        { ...payload, variables },
        {
          next: (result) => {
            const [event] = Object.values<{ readonly resourceVersion?: string }>(result.data ?? {})
            if (event?.resourceVersion !== undefined) variables['after'] = event.resourceVersion
            sink.next(result)
          },
          error: (error) => {
            if (!Array.isArray(error)) return sink.error(error)
            const errors = error as GraphQLFormattedError[]
            if (errors.some(isPassing)) {
              const again = setTimeout(() => {
                stop = start()
              }, againMs)
              stop = () => clearTimeout(again)
              return
            }
            // As a result is how clients understand what the server refuses.
            sink.next({ errors })
            sink.complete()
          },
          complete: () => sink.complete(),
        },
      )
    let stop = start()
    return () => stop()
  }
  return { ...client, subscribe }
}

/** The server is closing, or this reader was too slow: what it said up to then counts. */
function isPassing({ extensions }: GraphQLFormattedError): boolean {
  return extensions?.['code'] === 'UNAVAILABLE' || extensions?.['code'] === 'SLOW_CONSUMER'
}
