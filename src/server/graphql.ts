import { randomUUID } from 'node:crypto'
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  parse,
} from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import { judgeAccess } from '../../schema/access.ts'
import type { Context } from '../../schema/context.ts'
import { formatError, formatResult } from '../../schema/error-format.ts'
import { Executor } from '../../schema/execution.ts'
import { judgeManyVariables } from '../../schema/judge-variables.ts'
import { subscribeTo } from '../../schema/subscribe.ts'
import type { EventInbox } from '../commands/event-inbox.ts'
import { invalid, Refusal } from '../model/errors.ts'
import type { Store } from '../store/store.ts'
import type { Assignments } from '../watch/assignments.ts'
import type { EventFeed } from '../watch/event-feed.ts'
import type { Hub } from '../watch/hub.ts'
import type { LogRelay } from '../watch/log-relay.ts'
import type { Sink } from '../watch/sink.ts'
import type { Principal } from './authentication.ts'
import { DocumentCache } from './document-cache.ts'
import { type DocumentLimits, documentLimitsRule, judgeCost, judgeSize, judgeText } from './limits.ts'
import { takesStreams } from './media-type.ts'
import { playground } from './playground.ts'

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
  readonly logs: LogRelay
  readonly events: EventInbox
  readonly eventFeed: EventFeed
  readonly limits: DocumentLimits
  readonly scoring?: Context['scoring']
  readonly tolerationSeconds?: Context['tolerationSeconds']
  readonly now?: () => number
}

export type Yoga = ReturnType<typeof createGraphql>

/** The GraphQL server, without a transport: over HTTP and SSE through `fetch`, over WebSocket through `getEnveloped`. */
export function createGraphql(options: GraphqlOptions) {
  const { schema, store, hub, assignments, logs, events, eventFeed } = options
  const contextOf = ({ principal, sink, request }: RequestContext & { request?: Request }): Context => ({
    store,
    hub,
    assignments,
    logs,
    events,
    eventFeed,
    scoring: options.scoring ?? 'LeastAllocated',
    tolerationSeconds: options.tolerationSeconds,
    ...principal,
    sink,
    signal: () => request?.signal,
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
    parserAndValidationCache: {
      documentCache: new DocumentCache<DocumentNode>(),
      errorCache: new DocumentCache<unknown>(),
    },
    graphiql: playground,
    renderGraphiQL: async (graphiql) => {
      // Large, and wanted by few: loaded when the first page is.
      const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
      return renderGraphiQL(graphiql)
    },
    plugins: [ownExecution(options.limits), textLimits(options.limits), documentLimits(options.limits)],
  })
}

function ownExecution(limits: DocumentLimits): Plugin {
  const executor = new Executor()
  const judge = (args: ExecutionArgs): ExecutionResult | undefined => {
    const refused = judgeAccess(args)
    if (refused !== undefined) return refused
    const error = judgeSize(args.variableValues) ?? judgeCost(args, limits.cost)
    return error === undefined ? judgeManyVariables(args) : { errors: [formatError(error)] }
  }
  return {
    onExecute({ args, setExecuteFn, setResultAndStopExecution }) {
      const refused = judge(args)
      if (refused !== undefined) setResultAndStopExecution(refused)
      else setExecuteFn((execution) => executor.execute(execution))
    },
    onSubscribe({ args, setSubscribeFn, setResultAndStopExecution }) {
      const refused = judge(args) ?? judgeAccept(args)
      if (refused !== undefined) setResultAndStopExecution(refused)
      else setSubscribeFn((subscription) => subscribeTo(subscription))
    },
    onResultProcess(process) {
      const { result } = process
      if (!Array.isArray(result) && !(Symbol.asyncIterator in result)) process.setResult(formatResult(result))
    },
  }
}

/** The refusal of a subscription over HTTP whose client takes no stream; over WebSocket there is no request. */
function judgeAccept({ contextValue }: ExecutionArgs): ExecutionResult | undefined {
  const { request } = contextValue as { request?: Request }
  if (request === undefined || takesStreams(request.headers.get('accept'))) return undefined
  const message = 'the results of a subscription are events: send "Accept: text/event-stream"'
  return { errors: [formatError(new Refusal('INVALID', message))] }
}

function textLimits(limits: DocumentLimits): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn((text: string) => {
        const refusal = judgeText(text, limits)
        if (refusal !== undefined) throw formatError(refusal)
        return parse(text, { maxLexicalTokens: limits.tokens })
      })
    },
  }
}

function documentLimits(limits: DocumentLimits): Plugin {
  const rule = documentLimitsRule(limits)
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(rule)
      return ({ result, setResult }) => {
        // The message, and all, of `validationAbortedError`, which GraphQL keeps to itself: its rule for fields of one name
        // gives up with it. A row of test/server/refusals/question-rows.ts would tell if it were another.
        const isAborted = (result as readonly GraphQLError[]).some(({ message }) => message === 'Validation aborted.')
        if (isAborted) setResult([formatError(tooComplicated())])
      }
    },
  }
}

/** What GraphQL's own rules give up on, since it would take them too long. */
function tooComplicated(): Refusal {
  const message = 'Too many: it has too many fields of one name, or fragments, to be judged'
  return invalid('the request', [{ field: 'query', reason: 'FieldValueTooMany', message }])
}
