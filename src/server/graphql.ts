import { randomUUID } from 'node:crypto'
import { type GraphQLSchema, parse } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import type { Context } from '../../schema/context.ts'
import { formatResult } from '../../schema/error-format.ts'
import { Executor } from '../../schema/execution.ts'
import { subscribeTo } from '../../schema/subscribe.ts'
import type { Store } from '../store/store.ts'
import type { Assignments } from '../watch/assignments.ts'
import type { Hub } from '../watch/hub.ts'
import type { Sink } from '../watch/sink.ts'
import type { Principal } from './authentication.ts'
import { type DocumentLimits, documentLimitsRule } from './limits.ts'

/** What a transport tells of a request. */
export interface RequestContext {
  readonly principal: Principal
  readonly sink?: Sink
}

export interface GraphqlOptions {
  readonly schema: GraphQLSchema
  readonly store: Store
  readonly hub: Hub
  readonly assignments: Assignments
  readonly limits: DocumentLimits
  readonly now?: () => number
}

export type Yoga = ReturnType<typeof createGraphql>

/** The GraphQL server, without a transport: over HTTP and SSE through `fetch`, over WebSocket through `getEnveloped`. */
export function createGraphql(options: GraphqlOptions) {
  const { schema, store, hub, assignments } = options
  const contextOf = ({ principal, sink, request }: RequestContext & { request?: Request }): Context => ({
    store,
    hub,
    assignments,
    ...principal,
    sink,
    signal: request?.signal,
    now: options.now ?? Date.now,
    newUid: randomUUID,
    random: Math.random,
  })
  return createYoga<RequestContext, Context>({
    schema,
    context: (initial) => contextOf(initial),
    logging: false,
    maskedErrors: false,
    cors: false,
    multipart: false,
    batching: false,
    landingPage: false,
    healthCheckEndpoint: '/yoga-health',
    parserAndValidationCache: true,
    graphiql: { title: 'Myriad', subscriptionsProtocol: 'WS', defaultQuery },
    renderGraphiQL: async (graphiql) => {
      // Large, and wanted by few: loaded when the first page is.
      const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
      return renderGraphiQL(graphiql)
    },
    plugins: [ownExecution(), tokenLimit(options.limits.tokens), documentLimits(options.limits)],
  })
}

function ownExecution(): Plugin {
  const executor = new Executor()
  return {
    onExecute({ setExecuteFn }) {
      setExecuteFn((execution) => executor.execute(execution))
    },
    onSubscribe({ setSubscribeFn }) {
      setSubscribeFn((subscription) => subscribeTo(subscription))
    },
    onResultProcess(process) {
      const { result } = process
      if (!Array.isArray(result) && !(Symbol.asyncIterator in result)) process.setResult(formatResult(result))
    },
  }
}

function tokenLimit(maxLexicalTokens: number): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn((source: string) => parse(source, { maxLexicalTokens }))
    },
  }
}

function documentLimits(limits: DocumentLimits): Plugin {
  const rule = documentLimitsRule(limits)
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(rule)
    },
  }
}

const defaultQuery = `# Myriad: press the play button to run the query under the cursor.

query Cluster {
  cluster {
    version
    nodeCount
    podsByPhase { phase count }
    capacity
    allocated
  }
}

query Pods {
  pods(first: 20, labelSelector: "") {
    totalCount
    nodes { namespace name status { phase podIP } node { name } }
  }
}

subscription PodEvents {
  podEvents {
    type
    resourceVersion
    pod { name status { phase } node { name } }
  }
}
`
