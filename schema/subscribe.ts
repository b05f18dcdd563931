import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type SelectionSetNode,
  subscribe,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { getArgumentValues, getVariableValues } from 'graphql/execution/values.js'
import { Refusal } from '../src/model/errors.ts'
import type { Question } from '../src/watch/question.ts'
import { StreamSink } from '../src/watch/stream-sink.ts'
import type { Context } from './context.ts'
import { formatError, formatResult } from './error-format.ts'
import { withVariableFaults } from './judge-variables.ts'
import type { WatchExtension, WatchPlan } from './watch-plan.ts'
import { questionOf } from './watch-question.ts'

type Stream = AsyncGenerator<ExecutionResult, void, void>

/**
 * Answers a subscription. Watches go to the hub, where equal ones share one execution; their results carry their text
 * ready-made. With a sink in the context the frames go there, and the stream only tells the end.
 */
export async function subscribeTo(args: ExecutionArgs): Promise<Stream | ExecutionResult> {
  try {
    const asked = readWatch(args)
    if (asked !== undefined) return watch(asked.question, asked.plan, args.contextValue as Context)
    const stream = await subscribe(args)
    return Symbol.asyncIterator in stream ? (stream as Stream) : withVariableFaults(formatResult(stream), args)
  } catch (error) {
    return withVariableFaults({ errors: [formatError(error)] }, args)
  }
}

/** The watch that a document asks for; undefined when its field is not answered by the hub. */
function readWatch(args: ExecutionArgs): { question: Question; plan: WatchPlan } | undefined {
  const { schema, document, operationName, variableValues, contextValue } = args
  const operation = getOperationAST(document, operationName)
  const field = operation == null ? undefined : rootField(document, operation.selectionSet)
  const definition = field === undefined ? undefined : schema.getSubscriptionType()?.getFields()[field.name.value]
  const extension = definition?.extensions['watch'] as WatchExtension | undefined
  if (operation == null || field === undefined || definition === undefined || extension === undefined) return undefined
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {}, {
    maxErrors: 1,
  })
  if (errors !== undefined) throw errors[0] ?? new GraphQLError('the variables do not fit')
  assertWatchable(schema, document)
  const plan = extension(getArgumentValues(definition, field, coerced))
  const context = contextValue as Context
  return { plan, question: questionOf({ schema, document, operation, field, variables: coerced, plan, context }) }
}

/** Documents that have been found to select only what can be watched: many subscribers share one. */
const watchable = new WeakSet<DocumentNode>()

/** Refuses a watch that selects what cannot be told anew with every event, as what other machines have to be asked for. */
function assertWatchable(schema: GraphQLSchema, document: DocumentNode): void {
  if (watchable.has(document)) return
  const types = new TypeInfo(schema)
  const visitor = {
    Field: ({ name }: FieldNode) => {
      const instead: unknown = types.getFieldDef()?.extensions['unwatchable']
      if (typeof instead !== 'string') return
      const message = `${types.getParentType()?.name}.${name.value} cannot be selected in a watch: ${instead}`
      throw new Refusal('INVALID', message, {
        causes: [{ field: name.value, reason: 'FieldValueForbidden', message }],
      })
    },
  }
  visit(document, visitWithTypeInfo(types, visitor))
  watchable.add(document)
}

function rootField(document: DocumentNode, { selections }: SelectionSetNode): FieldNode | undefined {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) return selection
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection.selectionSet
        : document.definitions.flatMap((definition) =>
            definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value
              ? definition.selectionSet
              : [],
          )[0]
    const found = inner === undefined ? undefined : rootField(document, inner)
    if (found !== undefined) return found
  }
  return undefined
}

function watch(question: Question, plan: WatchPlan, { hub, sink, signal }: Context): Stream {
  const stop = new AbortController()
  signal?.()?.addEventListener('abort', () => stop.abort(), { once: true })
  if (sink !== undefined) return endOnly(hub.serve(question, plan.start, sink, stop.signal), stop)
  const stream = new StreamSink(stop)
  hub.serve(question, plan.start, stream, stop.signal).then(
    () => stream.end(),
    (error: unknown) => stream.end(JSON.stringify({ errors: [formatError(error)] })),
  )
  return stream.results() as Stream
}

/** A stream that yields nothing and ends when what it stands for ends. Returning it stops that. */
function endOnly(served: Promise<void>, stop: AbortController): Stream {
  const ended = served.then(() => ({ done: true as const, value: undefined }))
  ended.catch(() => stop.abort())
  return {
    next: () => ended,
    return: () => {
      stop.abort()
      return Promise.resolve({ done: true, value: undefined })
    },
    throw: (error: Error) => {
      stop.abort()
      return Promise.reject(error)
    },
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.asyncDispose]: async () => stop.abort(),
  } as Stream
}
