import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  GraphQLSchema as Schema,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'
import type { WatchEvent } from '../src/watch/event.ts'
import type { Question } from '../src/watch/question.ts'
import type { Context } from './context.ts'
import { formatResult } from './error-format.ts'
import { type Runner, runnerFor } from './execution.ts'
import type { WatchPlan } from './watch-plan.ts'

export interface Asked {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly field: FieldNode
  readonly variables: Readonly<Record<string, unknown>>
  readonly plan: WatchPlan
  readonly context: Context
}

const documentTexts = new WeakMap<DocumentNode, string>()

/**
 * The question that a subscription document asks. Documents with equal text, variables and rights make equal keys;
 * where the subscriber begins is no part of the question.
 */
export function questionOf(asked: Asked): Question {
  const { document, operation, variables, plan, context } = asked
  const startNames = startVariables(operation, asked.field)
  const relevant = Object.entries(variables).filter(([name]) => !startNames.has(name))
  const key = JSON.stringify([
    textOf(document),
    operation.name?.value,
    relevant.sort(([left], [right]) => (left < right ? -1 : 1)),
    context.role,
  ])
  const reader: Context = { ...context, sink: undefined, signal: undefined }
  return {
    key,
    filter: plan.filter,
    render: lazily(() => renderer(asked, reader)),
    mask: plan.masked && selects(asked) ? lazily(() => masker(asked, reader)) : undefined,
  }
}

function textOf(document: DocumentNode): string {
  let text = documentTexts.get(document)
  if (text === undefined) documentTexts.set(document, (text = print(document)))
  return text
}

/** Variables that are used for nothing but to say where the stream begins. */
function startVariables(operation: OperationDefinitionNode, field: FieldNode): Set<string> {
  const names = new Set<string>()
  for (const { name, value } of field.arguments ?? []) {
    if (value.kind === Kind.VARIABLE && (name.value === 'after' || name.value === 'initial'))
      names.add(value.name.value)
  }
  const uses = new Map<string, number>()
  visit(operation, { Variable: ({ name }) => void uses.set(name.value, (uses.get(name.value) ?? 0) + 1) })
  // One use is the definition, the other the argument.
  for (const name of names) if ((uses.get(name) ?? 0) > 2) names.delete(name)
  return names
}

/** Compiles on the first call: of many subscribers with the same question only one ever asks. */
function lazily<Argument, Result>(make: () => (argument: Argument) => Result): (argument: Argument) => Result {
  let made: ((argument: Argument) => Result) | undefined
  return (argument) => {
    made ??= make()
    return made(argument)
  }
}

type MaybePromise<Value> = Value | Promise<Value>

function renderer(asked: Asked, context: Context): (event: WatchEvent) => MaybePromise<string> {
  const run = runnerOf(asked, asked.document)
  return (event) => textFrom(run(event, context, asked.variables), (result) => JSON.stringify(formatResult(result)))
}

function masker(asked: Asked, context: Context): Question['mask'] & {} {
  const run = runnerOf(asked, maskedDocument(asked))
  return (object) => {
    const event: WatchEvent = { type: 'MODIFIED', revision: 0, at: 0, object }
    return textFrom(run(event, context, asked.variables), ({ data }) => JSON.stringify(data))
  }
}

function textFrom(result: MaybePromise<ExecutionResult>, text: (result: ExecutionResult) => string) {
  return result instanceof Promise ? result.then(text) : text(result)
}

/** Runs the subscription's selection over an event: its operation as a query on the subscription type. */
function runnerOf({ schema, operation }: Asked, document: DocumentNode): Runner {
  const asQuery: DocumentNode = {
    ...document,
    definitions: document.definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value === operation.name?.value
        ? { ...definition, operation: OperationTypeNode.QUERY }
        : definition,
    ),
  }
  return runnerFor(eventSchemaOf(schema), asQuery, operation.name?.value)
}

const eventSchemas = new WeakMap<GraphQLSchema, GraphQLSchema>()

/** The same types, with the subscription type as the one that is queried: the event is the root value. */
function eventSchemaOf(schema: GraphQLSchema): GraphQLSchema {
  let eventSchema = eventSchemas.get(schema)
  if (eventSchema === undefined) {
    const config = schema.toConfig()
    eventSchema = new Schema({
      ...config,
      query: config.subscription,
      mutation: null,
      subscription: null,
      assumeValid: true,
    })
    eventSchemas.set(schema, eventSchema)
  }
  return eventSchema
}

/** Whether the document selects anything of the object. */
function selects(asked: Asked): boolean {
  return keepObject(asked, asked.field.selectionSet) !== undefined
}

/** The document with nothing left below its root field but what is selected of the object. */
function maskedDocument(asked: Asked): DocumentNode {
  const { document, operation, field } = asked
  const kept = keepObject(asked, field.selectionSet)
  if (kept === undefined) return document
  const masked: OperationDefinitionNode = {
    ...operation,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [{ ...field, selectionSet: kept }] },
  }
  return {
    ...document,
    definitions: document.definitions.map((definition) => (definition === operation ? masked : definition)),
  }
}

function keepObject(asked: Asked, selectionSet: SelectionSetNode | undefined): SelectionSetNode | undefined {
  const selections = (selectionSet?.selections ?? []).flatMap((selection) => keepSelection(asked, selection) ?? [])
  return selections.length === 0 ? undefined : { kind: Kind.SELECTION_SET, selections }
}

function keepSelection(asked: Asked, selection: SelectionNode): SelectionNode | undefined {
  if (selection.kind === Kind.FIELD) return selection.name.value === asked.plan.objectField ? selection : undefined
  const inner =
    selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragmentOf(asked, selection.name.value)
  const kept = keepObject(asked, inner)
  if (kept === undefined) return undefined
  return { kind: Kind.INLINE_FRAGMENT, directives: selection.directives ?? [], selectionSet: kept }
}

function fragmentOf({ document }: Asked, name: string): SelectionSetNode | undefined {
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name) return definition.selectionSet
  }
  return undefined
}
