import type { Client } from '../client/index.ts'
import { type ConnectionSettings, readSettings } from './config.ts'
import type { Surroundings } from './surroundings.ts'

/** What a command works with: the server that it was told to use, the namespace that it is about, and where it prints. */
export interface Session extends Surroundings {
  readonly client: Client
  /** The GraphQL endpoint, for messages. */
  readonly url: string
  /** The namespace that is meant where none is said. */
  readonly namespace: string
  /** How long one answer may take, and a watch go on; for ever when absent. */
  readonly requestTimeoutMs: number | undefined
}

/** Runs something with a session, which is closed afterwards. The connection is made when it is first used. */
export async function withSession<Result>(
  surroundings: Surroundings,
  settings: ConnectionSettings,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const { url, token, namespace, requestTimeoutMs } = await readSettings(settings, surroundings)
  const { connect } = await import('../client/index.ts')
  const { plainFetch } = await import('./plain-fetch.ts')
  const client = connect({ url, token, timeoutMs: requestTimeoutMs, fetch: plainFetch })
  try {
    return await work({ ...surroundings, client, url, namespace, requestTimeoutMs })
  } finally {
    client.close()
  }
}
