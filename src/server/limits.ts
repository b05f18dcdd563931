import {
  type ASTVisitor,
  type DocumentNode,
  type ExecutionArgs,
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isObjectType,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
  type ValidationContext,
  visit,
} from 'graphql'
import { invalid, type Refusal } from '../model/errors.ts'
import { excessIn } from '../model/json-size.ts'

/** How much one document may ask for. */
export interface DocumentLimits {
  /** Levels of selection. */
  readonly depth: number
  /** Fields that the answer may have, with lists counted by their `first`. */
  readonly cost: number
  /** Fields under another name. */
  readonly aliases: number
  /** Words and signs of the document's text. */
  readonly tokens: number
}

export const defaultDocumentLimits: DocumentLimits = { depth: 20, cost: 250_000, aliases: 200, tokens: 10_000 }

/** Characters that a document's text may have: large texts, such as manifests, belong into variables. */
const documentLengthMax = 1024 ** 2

/** Brackets within brackets that a document's text may have: what reads it goes as deep. Selections are limited further. */
const documentNestingMax = 500

/** Levels of objects and lists that a variable may have; no object of a kind has half of them. */
const variableNestingMax = 100

/**
 * Values that all variables of a request may have. An agent reports up to 500 pods at once, each of which may then have a
 * thousand; a text of manifests is one.
 */
const variableValuesMax = 500_000

/**
 * The refusal of a text that is no document for its length or its nesting alone, before it is read. Undefined when it may
 * be one. What has too many tokens is for the parser to refuse.
 */
export function judgeText(text: string, { tokens }: Pick<DocumentLimits, 'tokens'>): Refusal | undefined {
  if (text.length > documentLengthMax) {
    const size = `${text.length} characters; the limit is ${documentLengthMax}`
    return tooLong('query', `Too long: ${size}; send large texts as variables`)
  }
  return isNested(text, tokens) ? tooDeep('query', documentNestingMax) : undefined
}

/** The refusal of variables that are nested too deep, or have too many values; undefined when they are neither. */
export function judgeSize(variables: ExecutionArgs['variableValues']): Refusal | undefined {
  const excess = excessIn(variables ?? {}, { levels: variableNestingMax + 1, values: variableValuesMax })
  if (excess === undefined) return undefined
  if (excess === 'values') {
    const message = `Too many: one request may have ${variableValuesMax} values in its variables`
    return invalid('the request', [{ field: 'variables', reason: 'FieldValueTooMany', message }])
  }
  const isDeep = ([, value]: [string, unknown]) => excessIn(value, { levels: variableNestingMax }) !== undefined
  return tooDeep(Object.entries(variables ?? {}).find(isDeep)?.[0] ?? 'variables', variableNestingMax)
}

function tooDeep(field: string, max: number): Refusal {
  return tooLong(field, `Too long: nested more than ${max} levels deep`)
}

function tooLong(field: string, message: string): Refusal {
  return invalid('the request', [{ field, reason: 'FieldValueTooLong', message }])
}

/** Whether the brackets of a document's text are nested too deep, up to where it can be read and may be parsed. */
function isNested(text: string, tokensMax: number): boolean {
  const lexer = new Lexer(new Source(text))
  let depth = 0
  try {
    for (let count = 0; count < tokensMax; count += 1) {
      const { kind } = lexer.advance()
      if (kind === TokenKind.EOF) return false
      if (['{', '[', '('].includes(kind)) depth += 1
      if (['}', ']', ')'].includes(kind)) depth -= 1
      if (depth > documentNestingMax) return true
    }
  } catch (error) {
    // A fault of syntax is for the parser to tell.
    if (!(error instanceof GraphQLError)) throw error
  }
  return false
}

/** A validation rule that refuses operations beyond the limits, telling which limit and by how much. */
export function documentLimitsRule(limits: DocumentLimits): (context: ValidationContext) => ASTVisitor {
  return (context) => ({
    OperationDefinition(operation) {
      const measure = new Measurer(context.getSchema(), context.getDocument(), undefined).measure(operation)
      for (const name of ['depth', 'aliases', 'cost'] as const) {
        if (measure[name] > limits[name]) context.reportError(tooLarge(operation, name, measure[name], limits[name]))
      }
    },
  })
}

/** The refusal of an operation whose page sizes are variables that make it too costly; undefined when it may go on. */
export function judgeCost(args: ExecutionArgs, limit: number): GraphQLError | undefined {
  const { schema, document, operationName, variableValues } = args
  const operation = getOperationAST(document, operationName)
  if (operation == null || !hasVariablePages(document)) return undefined
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
  )
  const given = { ...(Object.fromEntries(defaults) as object), ...variableValues }
  const { cost } = new Measurer(schema, document, given).measure(operation)
  return cost > limit ? tooLarge(operation, 'cost', cost, limit) : undefined
}

function tooLarge(operation: OperationDefinitionNode, field: string, value: number, limit: number): GraphQLError {
  const message = `the operation is too large: its ${field} is ${value}, the limit is ${limit}`
  const causes = [{ field, reason: 'FieldValueTooMany', message }]
  return new GraphQLError(message, { nodes: operation, extensions: { code: 'INVALID', causes } })
}

const variablePages = new WeakMap<DocumentNode, boolean>()

/** Whether a document leaves a page size to a variable. */
function hasVariablePages(document: DocumentNode): boolean {
  let found = variablePages.get(document)
  if (found !== undefined) return found
  found = false
  visit(document, {
    Argument: ({ name, value }) => {
      if (name.value === 'first' && value.kind === Kind.VARIABLE) found = true
    },
  })
  variablePages.set(document, found)
  return found
}

interface Measure {
  readonly depth: number
  readonly cost: number
  readonly aliases: number
}

const nothing: Measure = { depth: 0, cost: 0, aliases: 0 }

/** A page's size at most: more is refused when the list is read. */
const pageSizeMax = 1_000

/** Measures what an operation asks for. Without variables a page whose size is one counts as a single item. */
class Measurer {
  private readonly schema: GraphQLSchema
  private readonly variables: Readonly<Record<string, unknown>> | undefined
  private readonly fragments = new Map<string, { readonly on: string; readonly selectionSet: SelectionSetNode }>()
  private readonly known = new Map<string, Measure>()
  private readonly open = new Set<string>()

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Readonly<Record<string, unknown>> | undefined) {
    this.schema = schema
    this.variables = variables
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue
      const { name, typeCondition, selectionSet } = definition
      this.fragments.set(name.value, { on: typeCondition.name.value, selectionSet })
    }
  }

  measure({ operation, selectionSet }: OperationDefinitionNode): Measure {
    return this.measureSet(selectionSet, this.schema.getRootType(operation) ?? undefined)
  }

  private measureSet({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): Measure {
    let total = nothing
    for (const selection of selections) {
      let one: Measure
      if (selection.kind === Kind.FIELD) one = this.measureField(selection, type)
      else if (selection.kind === Kind.FRAGMENT_SPREAD) one = this.measureFragment(selection.name.value)
      else {
        const { typeCondition, selectionSet } = selection
        const inner = typeCondition === undefined ? type : this.schema.getType(typeCondition.name.value)
        one = this.measureSet(selectionSet, inner)
      }
      total = {
        depth: Math.max(total.depth, one.depth),
        cost: Math.min(total.cost + one.cost, Number.MAX_SAFE_INTEGER),
        aliases: Math.min(total.aliases + one.aliases, Number.MAX_SAFE_INTEGER),
      }
    }
    return total
  }

  private measureFragment(name: string): Measure {
    const measured = this.known.get(name)
    const fragment = this.fragments.get(name)
    // Unknown fragments and cycles are refused by GraphQL's own rules.
    if (measured !== undefined || fragment === undefined || this.open.has(name)) return measured ?? nothing
    this.open.add(name)
    const measure = this.measureSet(fragment.selectionSet, this.schema.getType(fragment.on))
    this.open.delete(name)
    this.known.set(name, measure)
    return measure
  }

  private measureField(node: FieldNode, type: GraphQLNamedType | undefined): Measure {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined
    const inner =
      node.selectionSet === undefined ? nothing : this.measureSet(node.selectionSet, field && getNamedType(field.type))
    const own = Number(field?.extensions['cost'] ?? 1)
    return {
      depth: inner.depth + 1,
      cost: Math.min(own + inner.cost * this.pageSizeOf(node, field), Number.MAX_SAFE_INTEGER),
      aliases: inner.aliases + (node.alias === undefined ? 0 : 1),
    }
  }

  private pageSizeOf(node: FieldNode, field: GraphQLField<unknown, unknown> | undefined): number {
    const usual = field?.args.find(({ name }) => name === 'first')?.defaultValue
    if (typeof usual !== 'number') return 1
    const first = node.arguments?.find(({ name }) => name.value === 'first')?.value
    if (first?.kind === Kind.VARIABLE && this.variables === undefined) return 1
    const given = first?.kind === Kind.VARIABLE ? this.variables?.[first.name.value] : undefined
    const size = first?.kind === Kind.INT ? Number(first.value) : Number(given ?? usual)
    return Math.min(Math.max(1, Number.isNaN(size) ? usual : size), pageSizeMax)
  }
}
