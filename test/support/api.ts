import type { Context } from '../../schema/context.ts'
import { createSchema } from '../../schema/schema.ts'
import { bootstrap } from '../../src/commands/bootstrap.ts'
import type { CommandContext } from '../../src/commands/command-context.ts'
import { EventInbox } from '../../src/commands/event-inbox.ts'
import { type ControlPlane, type ControlPlaneOptions, startControlPlane } from '../../src/control/control-plane.ts'
import { createGraphql, type Yoga } from '../../src/server/graphql.ts'
import { type DocumentLimits, defaultDocumentLimits } from '../../src/server/limits.ts'
import type { Store } from '../../src/store/store.ts'
import { Assignments } from '../../src/watch/assignments.ts'
import { EventFeed } from '../../src/watch/event-feed.ts'
import { Hub } from '../../src/watch/hub.ts'
import { LogRelay } from '../../src/watch/log-relay.ts'
import { FakeClock } from './fake-clock.ts'
import type { TemporaryStores } from './temporary-stores.ts'

/** One error of an answer. */
export interface AnswerError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions: {
    readonly code: string
    readonly causes?: readonly { readonly field: string; readonly reason: string; readonly message: string }[]
    readonly resourceVersion?: string
  }
}

/** An answer as it travels. */
export interface Answer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly AnswerError[]
}

type Variables = Readonly<Record<string, unknown>>

/** The GraphQL API without a socket, over a real store, with a clock that is turned by hand. */
export interface Api {
  readonly store: Store
  readonly hub: Hub
  readonly assignments: Assignments
  readonly logs: LogRelay
  readonly events: EventInbox
  readonly eventFeed: EventFeed
  readonly yoga: Yoga
  readonly clock: FakeClock
  /** What commands are given, for tests of these alone. */
  readonly context: CommandContext
  /** Asks and resolves with the whole answer. */
  ask<Data = Record<string, never>>(
    document: string,
    variables?: Variables,
    role?: Context['role'],
  ): Promise<Answer<Data>>
  /** Asks and resolves with the data; an error fails the test. */
  take<Data = Record<string, never>>(document: string, variables?: Variables): Promise<Data>
  /** Asks and resolves with the only error; an answer without one fails the test. */
  refusal(document: string, variables?: Variables, role?: Context['role']): Promise<AnswerError>
  /** Starts the controllers and the scheduler, in this thread. */
  startControllers(options?: Pick<ControlPlaneOptions, 'nodes' | 'clock'>): void
  /** Ends them, as when their worker ends. */
  stopControllers(): Promise<void>
  /** Resolves when no controller has anything to do now. Time does not pass. */
  settle(): Promise<void>
  close(): Promise<void>
}

const actors: Readonly<Record<Context['role'], string>> = {
  admin: 'ann',
  agent: 'system:nodes',
  nobody: 'system:anonymous',
}

/** What an API may be opened with; what chance gives and the clock outlive it, where it is one of several in turn. */
export interface ApiOptions {
  readonly limits?: Partial<DocumentLimits>
  readonly file?: string
  readonly clock?: FakeClock
  readonly chance?: { readonly random: () => number; readonly newUid: () => string }
}

/** Opens an API over a new store, or over one on `file`. */
export async function openApi(stores: TemporaryStores, options: ApiOptions = {}): Promise<Api> {
  const { limits, file, clock = new FakeClock(), chance = countingChance() } = options
  const now = () => clock.now()
  const store = await stores.open({ now, ...(file === undefined ? {} : { file }) })
  const hub = new Hub({ store, now })
  const assignments = new Assignments(store)
  const logs = new LogRelay({ streamsMax: 3 })
  const faults: unknown[] = []
  const events = new EventInbox({ store, onFault: (error) => void faults.push(error) })
  const eventFeed = new EventFeed({ events: store.events, onFault: (error) => void faults.push(error) })
  const yoga = createGraphql({
    schema: testSchema,
    store,
    hub,
    assignments,
    logs,
    events,
    eventFeed,
    limits: { ...defaultDocumentLimits, ...limits },
    now,
  })
  const { random, newUid } = chance
  const context = { store, actor: 'ann', now, newUid, random }
  await bootstrap({ ...context, actor: 'system:server' })
  let plane: ControlPlane | undefined
  const ask: Api['ask'] = async (query, variables = {}, role = 'admin') => {
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query, variables }),
    }
    const response = await yoga.fetch('http://test/graphql', request, { principal: { actor: actors[role], role } })
    return (await response.json()) as never
  }
  return {
    store,
    hub,
    assignments,
    logs,
    events,
    eventFeed,
    yoga,
    clock,
    context,
    ask,
    async take(document, variables) {
      const { data, errors } = await ask<never>(document, variables)
      if (errors !== undefined || data == null) throw new Error(`refused: ${JSON.stringify(errors, undefined, 1)}`)
      return data
    },
    async refusal(document, variables, role) {
      const answer = await ask(document, variables, role)
      if (answer.errors?.length !== 1) throw new Error(`not one error: ${JSON.stringify(answer)}`)
      return answer.errors[0] as AnswerError
    },
    startControllers(options = {}) {
      const onFault = (what: string, error: unknown) => void faults.push(what, error)
      plane = startControlPlane({ store, clock, random, newUid, onFault, ...options })
    },
    async stopControllers() {
      await plane?.close()
      plane = undefined
    },
    async settle() {
      for (let revision = -1; revision !== store.replica.revision; ) {
        revision = store.replica.revision
        await plane?.idle()
        clock.advance(0)
        await new Promise((resolve) => {
          setImmediate(resolve)
        })
      }
      if (faults.length > 0) throw new AggregateError(faults, 'a controller has failed')
    },
    async close() {
      hub.close()
      assignments.close()
      logs.close()
      eventFeed.close()
      await events.close()
      await plane?.close()
    },
  }
}

/** The schema of all tests; its `cluster.version` is `test`. */
export const testSchema = createSchema('test')

/** Chance that is always the same. */
function countingChance() {
  let made = 0
  let seed = 1
  return {
    random: () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647
    },
    newUid: () => `made-${(made += 1)}`,
  }
}
